"""The words of labels: numbering, units, years, remarks, and what makes a label ask for something else."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from assistant.forms.form_schema import FieldType, FormField
from assistant.forms.words import folded, form_words, plain, spoken_words
from assistant.rules.quantity import read_quantity

MAX_LABEL = 60
LOOSE_FROM = 5
MAX_GUESSED = 26
MAX_ASKED = 44
ASKED = re.compile(r"是否|有无|能否")
# What a label asks for stands at its end: 牵头单位电话 is no name, 研发费用加计扣除额 no expense.
OTHER_HEAD = re.compile(
    r"联系|简历|率$|电话|手机|传真|邮箱|邮编|网址|代码|编号|缩写|简称|简介|概况|介绍|薪酬|工资|年龄|学历|职称|专业|占比|比例|比重|增长|增幅|增速"
    r"|强度|扣除|抵免|资本化|补助|收入|利润|税|价值|制度|预案|应急|章程|办法|名单|名额|清单|目录|主任|主席|委员(?!会)|秘书|负责|法定代表"
    r"|代表人|时间|日期|年限|期限|地点|地址|面积|区号|人均|平均|计划|目标|预算|变更|培训|考核|协议|文号|原因|理由|措施|依据|账户|开户"
    r"|差异|区别|名次|排名|级别|等级|职务|经费|构成|结构|分布|来源|用途|去向"
)
A_SENTENCE = re.compile(
    r"[,。;!?:]|[0-9]{3}|[0-9]\s*[件项人名家个万亿元]|一起|尚未|已(?![建有认经批设获])|均|将|(?<!^)拟(?!建|申|创|组|设|任|聘|认)|没有|未发生|暂|我们|本中心|[a-z]{3}"
)
SAYS_NO = re.compile(r"(?:基本|部分)?不(?!良).{0,3}$|[无未没]")
EITHER = re.compile(r"有没有|有无|(.)不\1")
DENIED = re.compile(r"(?<!有)无|未|没有|不(?!满足|足)")
# A figure or name of something else, whatever follows.
ANOTHERS = re.compile(
    r"委托|委外|下一?年|明年|来年|预计|预期|拟新|新增|净增|子公司|集团(?!公司名)|合作单位|合作企业|外籍|女性|硕士|博士|同行"
    r"|(?:19|20)[0-9]{2}年?度?(?:计划|目标|预算)|(?:19|20)[0-9]{2}年?度?[-—–~至到]+(?:19|20)?[0-9]{2}年.*(?:合计|累计|共)"
)
MORE_OF_A_NAME = re.compile(
    r"(?:[的及与和或、/]|名称|名字|全称|全名|姓名|人选|[中英]文名?|字|盖章|公章|写法|表述|方向|领域|归属|类别|范围|区域|城市|地区|地市"
    r"|示范区|新区|市|区|县|所在|所属|情况|信息|简要|基本|[a-z])*"
)
# 中心主任及职称: what is asked besides does not change what is asked first.
WITH_TITLE = re.compile(r"(?:[及和与、/]|以及)(?:职称|职务|学历|专业|单位|联系方式|联系电话|电话)$")
A_NAME = re.compile(r"(?:名称|全称)$")
ABOUT = re.compile(r"(?:简介|概述|介绍|简历|概况)$")
NUMBERING = re.compile(
    r"^(?:[*★☆●■◆▲·•#\-]+|[(【\[]?(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2}(?:\.[0-9]{1,2}){0,3})[)】\]]?[、.．:)]+"
    r"|[(【\[](?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[)】\]]|[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}|[①-⑳]|其中[:,、]?)"
)
BRACKETS = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]{0,60})[)\]】〕]")
YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:年度?)?")
PERIOD = re.compile(
    r"^(?:上一?年度?|上一会计年度|本年度|去年|最近一年|最近一个?(?:会计)?年度|近一年|截至目前|目前|当前|现有)"
)
MONEY_UNIT = r"(?:人民币)?(?:百|千|万|十万|百万|千万|亿)?(?:元|美元|欧元|港元|港币|日元|英镑)(?:人民币)?"
UNIT = re.compile(rf"^(?:单位[:为]?)?({MONEY_UNIT}|[人名位件项个家套])$")
UNIT_AT_END = re.compile(rf"[,/、\-—|]({MONEY_UNIT}|[人名位件项个家])$")
REQUIREMENT = re.compile(
    r"(?:不(?:得)?[少低]于|不小于|≥|>=|>|至少|达到|大于|超过|应|需|须)[^()]{0,4}[0-9一二三四五六七八九十百千万].{0,12}$"
)
PREFIXES = (
    "有没有",
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
SUFFIXES = (
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
SMALL_WORDS = re.compile(
    r"有没有|是否|有无|是不是|能否|等?情况|等(?:问题|事项)?$|的|有|存在|具有|拥有|具备|发生|出现|获得?|取得|[、,/和及与或]|事件|贵|本|该"
)
WITHOUT = re.compile(r"不含|不包括|不包含|除|非|扣除|剔除")


def asks_more(field: FormField, rest: str) -> bool:
    """Whether what a label says behind a field's words asks for something else."""
    rest = WITH_TITLE.sub("", rest)
    named = field.type is not FieldType.TEXT or MORE_OF_A_NAME.fullmatch(rest)
    return not named or bool(OTHER_HEAD.search(rest))


def of_another(field: FormField, base: str) -> bool:
    """Whether a label asks for a figure of somebody or something else, or to tell about what the field names."""
    if field.type is FieldType.LONG_TEXT:
        return False
    return bool(ANOTHERS.search(base)) or (field.type is FieldType.TEXT and bool(ABOUT.search(base)))


def a_part(field: FormField, remark: str) -> bool:
    """研发人员（博士）: the remark narrows the figure to one of its parts."""
    narrowed = any(word in remark for word in field.parts) and not re.search(r"含|包括|[及和与]", remark)
    return narrowed and not WITHOUT.search(remark)


def plain_words(words: str) -> str:
    """Words of a list made plain one by one, for a pattern: those between | are one another's equals."""
    # The longest first: 英文名称 is read to its end, not to its 名.
    groups = (sorted(map(plain, word.split("|")), key=len, reverse=True) for word in words.split())
    return " ".join("|".join(map(re.escape, group)) for group in groups)


_ENGLISH = re.compile(r"(?<=[一-龥)])[a-z][a-z&.,'/\-]{3,}$")
_POPULATIONS = re.compile("|".join(map(re.escape, form_words("doubts", "populations"))))
_LEFT_OUT = re.compile(r"(?:不含|不包括|不包含|除|扣除|剔除|不计|未计)[^,;。]{0,8}$")
_QUESTION = re.compile("|".join(sorted(map(re.escape, form_words("labels", "question_words")), key=len, reverse=True)))


def asked_plainly(label: str) -> str:
    """A label without the words of a question: 固定研发人员有多少 asks for 固定研发人员."""
    for said, meant in spoken_words():
        label = label.replace(said, meant)
    shorter = _QUESTION.sub("", label).strip(":;,.。?")
    return shorter if len(shorter) > 1 else label


def one_language(label: str) -> str:
    """中心名称 Center Name: the Chinese of a label that is given in English too."""
    chinese = _ENGLISH.sub("", label)
    return chinese if len(chinese) > 1 else label


def of_more(text: str) -> bool:
    """Whether words name a group, members or the like, and not only to say that they are left out."""
    return any(not _LEFT_OUT.search(text[: found.start()]) for found in _POPULATIONS.finditer(text))


def numberless(label: str) -> str:
    for _ in range(3):
        shorter = NUMBERING.sub("", label)
        if shorter == label or not shorter:
            return label
        label = shorter
    return label


def variants(base: str, remarks: list[str]) -> Iterator[str]:
    """What may stand in the names for this label, the most faithful first."""
    for remark in remarks:
        if not unit_of(remark):
            yield remark + base
            yield base + remark
    stems = list(
        dict.fromkeys((base, YEAR.sub("", base), PERIOD.sub("", YEAR.sub("", base)), REQUIREMENT.sub("", base)))
    )
    yield from stems
    for stem in stems:
        yield from (stem.removeprefix(prefix) for prefix in PREFIXES if stem.startswith(prefix))
        yield from (stem.removesuffix(suffix) for suffix in SUFFIXES if stem.endswith(suffix))
        yield stem + "数"


def remarks_in(label: str) -> list[str]:
    """What stands in brackets, and its parts: （全职，人）."""
    remarks = BRACKETS.findall(label)
    return remarks + [part for remark in remarks if len(parts := re.split(r"[,、;]", remark)) > 1 for part in parts]


def loose(name: str) -> str:
    """A name without 是否, 已, 的, 等情况 and the like, wherever they stand."""
    return SMALL_WORDS.sub("", name)


_FOREIGN_UNITS = dict(word.split(">") for word in form_words("labels", "units"))


def unit_of(text: str) -> str:
    """The unit that a remark, header or cell names and nothing else: 万元, 单位：人."""
    words = plain(text).strip("()[]【】")
    found = UNIT.match(words)
    return found.group(1) if found else _FOREIGN_UNITS.get(words, "")


@lru_cache(maxsize=256)
def scale_of_unit(unit: str, base: str) -> tuple[Decimal | None, tuple[str, ...]]:
    """What one of `unit` is in `base`, with the doubts of it; None where it does not convert (美元)."""
    one = read_quantity(f"1{unit}", base)
    return (one.low if one and one.exact else None, one.doubts if one else ())


_BETWEEN = r"[:\n\t]|[☐☑☒□■√✓●○◯◉]| *(?:→|⇒|[-=]+>|») *| {1,}|_{2,}|——+|—(?=[0-9])|="


def split_label(text: str) -> Iterator[tuple[str, str, int]]:
    """The ways to split “标签：值” and the like: label, value, where the value begins in `text`."""
    width = folded(text)
    for found in re.finditer(_BETWEEN, width[: 3 * MAX_LABEL]):
        kept = found.start() if found.group() in "☐☑☒□■√✓●○◯◉" else found.end()
        yield text[: found.start()], text[kept:], kept
