"""Which field a label names, in whatever words: numbering, units, years, remarks in brackets do not matter."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from functools import lru_cache

from assistant.forms.form_schema import FieldType, FormField, FormSchema
from assistant.forms.words import folded, plain
from assistant.rules.quantity import read_quantity

MAX_LABEL = 60
_LOOSE_FROM = 5
_MAX_GUESSED = 26
_MAX_ASKED = 44
_ASKED = re.compile(r"是否|有无|能否")
# What a label asks for stands at its end: 牵头单位电话 is no name, 研发费用加计扣除额 no expense.
_OTHER_HEAD = re.compile(
    r"联系|简历|率$|电话|手机|传真|邮箱|邮编|网址|代码|编号|缩写|简称|简介|概况|介绍|薪酬|工资|年龄|学历|职称|专业|占比|比例|比重|增长|增幅|增速"
    r"|强度|扣除|抵免|资本化|补助|收入|利润|税|价值|制度|预案|应急|章程|办法|名单|名额|清单|目录|主任|主席|委员(?!会)|秘书|负责|法定代表"
    r"|代表人|时间|日期|年限|期限|地点|地址|面积|区号|人均|平均|计划|目标|预算|变更|培训|考核|协议|文号|原因|理由|措施|依据|账户|开户"
    r"|差异|区别|名次|排名|级别|等级|职务|经费|构成|结构|分布|来源|用途|去向"
)
_A_SENTENCE = re.compile(
    r"[,。;!?:]|[0-9]{3}|一起|尚未|已(?![建有认经])|均|将|(?<!^)拟(?!建|申|创|组|设|任|聘|认)|没有|未发生|暂|我们|本中心|[a-z]{3}"
)
_SAYS_NO = re.compile(r"(?:基本|部分)?不.{0,3}$|[无未没]")
_DENIED = re.compile(r"(?<!有)无|未|没有|不(?!满足|足)")
# A figure or name of something else, whatever follows.
_ANOTHERS = re.compile(
    r"委托|委外|下一?年|明年|来年|预计|预期|拟新|新增|净增|子公司|集团(?!公司名)|合作单位|合作企业|外籍|女性|硕士|博士|同行"
    r"|(?:19|20)[0-9]{2}年?度?(?:计划|目标|预算)"
)
_MORE_OF_A_NAME = re.compile(
    r"(?:[的及与和或、/]|名称|名字|全称|全名|姓名|人选|[中英]文名?|盖章|公章|写法|表述|方向|领域|归属|类别|范围|区域|城市|地区|地市"
    r"|示范区|新区|市|区|县|所在|所属|情况|信息|[a-z])*"
)
_ABOUT = re.compile(r"(?:简介|概述|介绍|简历|概况)$")
_NUMBERING = re.compile(
    r"^(?:[*★☆●■◆▲·•#\-]+|[(【\[]?(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2}(?:\.[0-9]{1,2}){0,3})[)】\]]?[、.．:)]+"
    r"|[(【\[](?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[)】\]]|[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}|[①-⑳]|其中[:,、]?)"
)
_BRACKETS = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]{0,60})[)\]】〕]")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:年度?)?")
_PERIOD = re.compile(
    r"^(?:上一?年度?|上一会计年度|本年度|去年|最近一年|最近一个?(?:会计)?年度|近一年|截至目前|目前|当前|现有)"
)
_MONEY_UNIT = r"(?:人民币)?(?:百|千|万|十万|百万|千万|亿)?(?:元|美元|欧元|港元|港币|日元|英镑)(?:人民币)?"
_UNIT = re.compile(rf"^(?:单位[:为]?)?({_MONEY_UNIT}|[人名位件项个家套])$")
_UNIT_AT_END = re.compile(rf"[,/、\-—|]({_MONEY_UNIT}|[人名位件项个家])$")
_REQUIREMENT = re.compile(
    r"(?:不(?:得)?[少低]于|不小于|≥|>=|>|至少|达到|大于|超过|应|需|须)[^()]{0,4}[0-9一二三四五六七八九十百千万].{0,12}$"
)
_PREFIXES = (
    "是否已",
    "是否有",
    "是否",
    "有无",
    "现有",
    "目前",
    "本单位",
    "单位",
    "请填写",
    "填写",
    "拟",
    "申报",
    "中心",
    "本中心",
)
_SUFFIXES = (
    "情况",
    "情况说明",
    "说明",
    "数",
    "数量",
    "名称",
    "人数",
    "总数",
    "金额",
    "总额",
    "简介",
    "概述",
    "介绍",
    "填写",
)
_SMALL_WORDS = re.compile(
    r"是否|有无|是不是|能否|等?情况|等(?:问题|事项)?$|的|有|存在|具有|拥有|具备|发生|出现|获得?|取得|[、,/和及与或]|事件|贵|本|该"
)
_WITHOUT = re.compile(r"不含|不包括|不包含|除|非|扣除|剔除")


class Closeness(IntEnum):
    """How well a name fits its field; the smaller, the better."""

    SAME = 0
    NEAR = 1
    WIDER = 2
    TOTAL = 3


@dataclass(frozen=True, slots=True)
class LabelMatch:
    """What a label says: the field, how close, its unit and year where named. `inverse`: yes there is no here."""

    field: FormField
    closeness: Closeness
    written: str
    unit: str = ""
    year: str = ""
    inverse: bool = False
    by_id: bool = False


class LabelIndex:
    """Looks labels up in the names of a form's fields."""

    def __init__(self, schema: FormSchema) -> None:
        self.schema = schema
        self._names: dict[str, tuple[FormField, Closeness, bool]] = {}
        for field in schema.fields:
            for name in (field.id, field.label, *field.same):
                self._names[plain(name)] = (field, Closeness.SAME, False)
        for field in schema.fields:
            for name in field.inverse:
                self._names.setdefault(plain(name), (field, Closeness.SAME, True))
            for name in field.near:
                self._names.setdefault(plain(name), (field, Closeness.NEAR, False))
            for name in field.wider:
                self._names.setdefault(plain(name), (field, Closeness.WIDER, False))
            for name in field.total:
                self._names.setdefault(plain(name), (field, Closeness.TOTAL, False))

        self._loose = self._loosened()
        firm = [name for name, (_, close, _) in self._names.items() if close is Closeness.SAME and len(name) > 2]
        alternatives = "|".join(re.escape(name) for name in sorted(firm, key=len, reverse=True))
        self.inside = re.compile(rf"(?:{alternatives})(?:名称|情况|数)?(?:[(][^()]{{0,12}}[)])?:")

        self._holds = [
            (re.compile(".*".join(f"({words})" for words in words.split())), field, closeness)
            for field in schema.fields
            for closeness, lists in zip(Closeness, (field.holds, field.holds_near, field.holds_wider), strict=False)
            for words in map(plain_words, lists)
        ]

        self._answers = {
            plain(word)
            for field in schema.fields
            for words in (field.yes, field.no, *((one.value, *one.aliases, *one.near) for one in field.choices))
            for word in words
        }

    def guess(self, text: str) -> LabelMatch | None:
        """The field whose telling words `text` holds in their order; only for what stands where a label stands.

        Where several fields could be meant, the one that is named last (申报单位所在市 asks for a place), then the one
        of which most is said; None if two have an equal claim.
        """
        label = _numberless(plain(text)).strip(":;,.。?*")
        longest = _MAX_ASKED if _ASKED.search(label) else _MAX_GUESSED
        if not 1 < len(label) <= longest or _A_SENTENCE.search(_YEAR.sub("", label)):
            return None
        if label in self._answers or _SAYS_NO.match(label):
            return None
        remarks = _BRACKETS.findall(label)
        base = _BRACKETS.sub("", label)
        claims = [
            ((found.end(), sum(len(word) for word in found.groups())), field, closeness)
            for words, field, closeness in self._holds
            if (found := words.search(base))
            and not _asks_more(field, base[found.end() :])
            and not _of_another(field, base)
            and not any(word in label for word in (*field.never, *field.parts))
        ]
        if not claims:
            return None
        most = max(weight for weight, _, _ in claims)
        best = {(field.id, closeness) for weight, field, closeness in claims if weight == most}
        if len({field for field, _ in best}) > 1:
            return None
        name, closeness = min(best, key=lambda claim: claim[1])
        field = self.schema.by_id[name]
        unit = next((u for remark in remarks if (u := unit_of(remark))), "")
        if unit.endswith("元") and not field.unit.endswith("元"):
            return None
        inverse = field.type.is_yes_no and bool(_DENIED.search(base))
        return LabelMatch(field, closeness, text.strip(), unit, inverse=inverse)

    def _loosened(self) -> dict[str, tuple[FormField, Closeness, bool]]:
        """The names without the small words that people put elsewhere; those that then mean two fields fall out."""
        found: dict[str, tuple[FormField, Closeness, bool] | None] = {}
        for name, meant in self._names.items():
            key = _loose(name)
            known = found.setdefault(key, meant)
            if known is not None and (known[0].id, known[2]) != (meant[0].id, meant[2]):
                found[key] = None
        return {key: meant for key, meant in found.items() if meant is not None and len(key) >= _LOOSE_FROM}

    def match(self, text: str) -> LabelMatch | None:
        """The field that `text` as a whole is a label of; None if it is none."""
        if len(text) > 4 * MAX_LABEL:
            return None
        label = _numberless(plain(text)).rstrip(":;,.。?")
        if not 0 < len(label) <= 2 * MAX_LABEL:
            return None
        whole = self._names.get(label)
        if whole:
            return LabelMatch(*whole[:2], text.strip(), inverse=whole[2], by_id=label == whole[0].id)
        remarks = _BRACKETS.findall(label)
        base = _BRACKETS.sub("", label).strip(":;,.。*")
        unit = next((u for remark in remarks if (u := unit_of(remark))), "")
        if not unit and (found := _UNIT_AT_END.search(base)):
            unit, base = found.group(1), base[: found.start()]
        year = next((y.group()[:4] for part in (base, *remarks) if (y := _YEAR.search(part))), "")
        variants = list(_variants(base, remarks))
        found_name = next((self._names[name] for name in variants if name in self._names), None)
        found_name = found_name or next(
            (self._loose[key] for name in variants if (key := _loose(name)) in self._loose), None
        )
        if not found_name:
            return None
        field, closeness, inverse = found_name
        if _of_another(field, base) or any(_a_part(field, remark) for remark in remarks):
            return None
        for remark in remarks:
            if any(word in remark for word in field.never) and not _WITHOUT.search(remark):
                if not re.search(r"[含加及和与、]|包括", remark):
                    return None  # 研发人员（兼职） is not what was asked for
                closeness = max(closeness, Closeness.WIDER)
        return LabelMatch(field, closeness, text.strip(), unit, year, inverse)


def _asks_more(field: FormField, rest: str) -> bool:
    """Whether what a label says behind a field's words asks for something else."""
    named = field.type is not FieldType.TEXT or _MORE_OF_A_NAME.fullmatch(rest)
    return not named or bool(_OTHER_HEAD.search(rest))


def _of_another(field: FormField, base: str) -> bool:
    """Whether a label asks for a figure of somebody or something else, or to tell about what the field names."""
    if field.type is FieldType.LONG_TEXT:
        return False
    return bool(_ANOTHERS.search(base)) or (field.type is FieldType.TEXT and bool(_ABOUT.search(base)))


def _a_part(field: FormField, remark: str) -> bool:
    """研发人员（博士）: the remark narrows the figure to one of its parts."""
    narrowed = any(word in remark for word in field.parts) and not re.search(r"含|包括|[及和与]", remark)
    return narrowed and not _WITHOUT.search(remark)


def plain_words(words: str) -> str:
    """Words of a list made plain one by one, for a pattern: those between | are one another's equals."""
    return " ".join("|".join(map(re.escape, map(plain, word.split("|")))) for word in words.split())


def _numberless(label: str) -> str:
    for _ in range(3):
        shorter = _NUMBERING.sub("", label)
        if shorter == label or not shorter:
            return label
        label = shorter
    return label


def _variants(base: str, remarks: list[str]) -> Iterator[str]:
    """What may stand in the names for this label, the most faithful first."""
    for remark in remarks:
        if not unit_of(remark):
            yield remark + base
            yield base + remark
    stems = list(
        dict.fromkeys((base, _YEAR.sub("", base), _PERIOD.sub("", _YEAR.sub("", base)), _REQUIREMENT.sub("", base)))
    )
    yield from stems
    for stem in stems:
        yield from (stem.removeprefix(prefix) for prefix in _PREFIXES if stem.startswith(prefix))
        yield from (stem.removesuffix(suffix) for suffix in _SUFFIXES if stem.endswith(suffix))
        yield stem + "数"


def _loose(name: str) -> str:
    """A name without 是否, 已, 的, 等情况 and the like, wherever they stand."""
    return _SMALL_WORDS.sub("", name)


def unit_of(text: str) -> str:
    """The unit that a remark, header or cell names and nothing else: 万元, 单位：人."""
    found = _UNIT.match(plain(text).strip("()[]【】"))
    return found.group(1) if found else ""


@lru_cache(maxsize=256)
def scale_of_unit(unit: str, base: str) -> tuple[Decimal | None, tuple[str, ...]]:
    """What one of `unit` is in `base`, with the doubts of it; None where it does not convert (美元)."""
    one = read_quantity(f"1{unit}", base)
    return (one.low if one and one.exact else None, one.doubts if one else ())


def split_label(text: str) -> Iterator[tuple[str, str, int]]:
    """The ways to split “标签：值” and the like: label, value, where the value begins in `text`."""
    width = folded(text)
    for found in re.finditer(r"[:\n\t]|[☐☑☒□■√✓●○◯◉]| {1,}|_{2,}|——+|—(?=[0-9])|=", width[: 3 * MAX_LABEL]):
        kept = found.start() if found.group() in "☐☑☒□■√✓●○◯◉" else found.end()
        yield text[: found.start()], text[kept:], kept
