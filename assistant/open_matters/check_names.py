"""One thing, one name: organs, bodies and acts that a text calls by several names."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from assistant.law.types import Document
from assistant.open_matters.fault import Fault

_ORGAN = re.compile(r"(?<=[\u4e00-\u9fff]{4})[厅局部委](?![分门属长级件位署员])")
_HEADED = re.compile(
    r"(依托|牵头|承担|建设|申报|申请|主办|承办|运营|管理|实施|培育|责任)(建设单位|单位|公司|机构|企业|主体)"
)
_WITHDRAWN = re.compile(r"(撤销|取消)(?!等)([\u4e00-\u9fff]{2})?")
_OBJECTS = ("资格", "资质", "命名", "称号", "认定", "牌匾", "证书", "名称", "登记", "授牌")
_PERSON = re.compile(r"[\u4e00-\u9fff]{0,4}(?:公司|单位|企业)法人(?=[、和及])")


def check_names(law: Document) -> Iterator[Fault]:
    """Faults of naming."""
    yield from _organs(law)
    yield from _headed(law)
    yield from _bodies(law)
    yield from _withdrawals(law)
    for found in _PERSON.finditer(law.text):
        problem = "法人是组织不是人；与人员并列时可能是指法定代表人。"
        yield Fault("person", found.start(), found.end(), problem)


def _organs(law: Document) -> Iterator[Fault]:
    """工业和信息化部 once beside 工业和信息化厅 twelve times."""
    stems: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for found in _ORGAN.finditer(law.text):
        stems[law.text[found.start() - 4 : found.start()]].append((found.group(), found.start()))
    levels = {at: _level(law.text, at) for places in stems.values() for _, at in places}
    for stem, places in stems.items():
        counts = Counter(ending for ending, _ in places)
        usual, times = counts.most_common(1)[0]
        at_home = Counter(levels[at] for ending, at in places if ending == usual).most_common(1)[0][0]
        for ending, at in places:
            if ending != usual and times >= 3 * counts[ending] and levels[at] and levels[at] == at_home:
                problem = f"此处写作“{stem}{ending}”（{counts[ending]}次），其余写作“{stem}{usual}”（{times}次）。"
                yield Fault("organ", max(0, at - 10), at + 1, problem)


def _level(text: str, at: int) -> str:
    """Of which level an organ is, by the last 省, 市, 县 or 区 in its name: a ministry has none."""
    found = re.findall("[省市县区]", text[max(0, at - 9) : at])
    return found[-1] if found else ""


def _headed(law: Document) -> Iterator[Fault]:
    """依托公司, 依托单位 and 依托建设单位: one modifier, several heads, none of them defined."""
    groups: dict[str, dict[str, int]] = defaultdict(dict)
    for found in _HEADED.finditer(law.text):
        groups[found.group(1)].setdefault(found.group(), found.start())
    for forms in groups.values():
        open_forms = [form for form in forms if not _defined(law.text, form)]
        if len(open_forms) > 1:
            named = "、".join(sorted(open_forms, key=lambda form: forms[form]))
            for form in open_forms:
                problem = f"“{named}”混用，没有定义，看不出是否同一主体。"
                yield Fault("names", forms[form], forms[form] + len(form), problem)


def _defined(text: str, term: str) -> bool:
    return re.search(rf"(?:称|即)[“”]?{re.escape(term)}|{re.escape(term)}[”]?(?:是指|指|，?即)", text) is not None


def _bodies(law: Document) -> Iterator[Fault]:
    """技术专家委员会 here, 专家委员会 there."""
    first: dict[str, int] = {}
    for found in re.finditer(r"(?:技术|学术|指导|咨询|评审|战略)?专家(?:咨询|指导|评审)?(?:委员会|组)", law.text):
        first.setdefault(found.group(), found.start())
    if len(first) > 1:
        named = "、".join(f"“{name}”" for name in first)
        for name, at in first.items():
            yield Fault("names", at, at + len(name), f"{named}是否同一机构，文中没有说明。")


def _withdrawals(law: Document) -> Iterator[Fault]:
    """撤销资质, 撤销命名: one sanction or several."""
    first: dict[str, int] = {}
    for found in _WITHDRAWN.finditer(law.text):
        if found.group(2) in _OBJECTS:
            first.setdefault(found.group(), found.start())
    if len(first) > 1:
        named = "、".join(f"“{form}”" for form in first)
        for form, at in first.items():
            yield Fault("names", at, at + len(form), f"{named}用语不一，看不出后果是否相同。")
