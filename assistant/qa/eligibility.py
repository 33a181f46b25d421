"""Questions whether somebody may apply as a whole: they turn on facts, and the law's list of conditions is cited."""

import re

from assistant.law.types import Provision
from assistant.law.values import find_values
from assistant.qa.evidence import Evidence
from assistant.qa.need import STRICT
from assistant.qa.parts import Question

_APPLY = r"(?:申报|申请|报名|报(?!备|送|告|省厅|给)|入选|拿下|评上|(?:被|获得?)认定(?:为|成)?|(?:建|搞|弄|整)(?=[^,。?!]{0,6}中心))(?=[^,。?!]{0,3}(?:中心|省|制造|吗|么|不|没|呢|啊|嘛|成功|[,。?!]|$))"
_ABLE = r"(?:能不能|可不可以|能否|可否|可以|能|够不够|够|是否|有资格|有没有资格|符合不符合|符不符合|符合|满足|达到|有戏|有没有戏|行不行)"
_WHOLE = re.compile(
    rf"{_ABLE}[^,。?!]{{0,12}}{_APPLY}|(?:够|符合|满足|达到|具备)[^,。?!]{{0,6}}(?:条件|资格|格|要求)|够格|够条件|有资格(?:申|报)|"
    rf"{_APPLY}[^,。?!]{{0,8}}(?:行吗|行不|可以吗|成功吗|得了|有戏)|can (?:we|i|our|my)\b.{{0,30}}\bappl|are we eligible|do we qualify|eligible to apply|"
    r"(?:整体|总体)[^,。?!]{0,6}(?:符合|够|条件)",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"我|咱|俺|公司|企业|单位|学校|高校|学院|研究所|研究院|院所|本(?:公司|单位|校|院|所|厂)|厂|\b(?:we|our|i|my|us)\b",
    re.IGNORECASE,
)
_SELF = re.compile(
    r"^(?:你好|您好|是这样的?|请问|我|我们|咱|咱们|俺|俺们|本公司|我司|公司)?[^,。?!]{0,4}(?:是(?!不是)|做|想|打算|准备|计划|在|现有|有\d|来自|联合|跟|和|与|固定|年度|研发)"
)
_SINGLE = re.compile(
    r"单(?:看|说|论|就)|只(?:问|看|说|想知道)|光(?:看|问|说)|这(?:一)?[条项点]|这[两几][条项点]|那个?(?:人头|人数)|"
    r"[这那]一?个?(?:形式|模式|类型|指标|数字?|金额|方面)"
)
_OTHER_ASK = re.compile(
    r"(?:什么|啥|哪些|哪几)[^,。?!]{0,4}(?:条件|要求|资格|标准)|只有|必须|听说|是不是|牵头(?:吗|单位|不|吧|,对)|(?:资格|能|可以)牵头|同一|重复|一样"
)
_PERSON_OR_ACT = re.compile(r"企业|公司|高校|院所|单位|学校|机构|申报|申请|报|条件|资格|牵头|建设|设立|符合|联合|整体")
_ALTOGETHER = re.compile(r"整体|总体|综合")
_CONDITIONS = re.compile(r"条件|资格|具备|符合下列|要求")
_APPLYING = re.compile(r"申报|申请|认定|备案|设立|评选")


def asks_eligibility(text: str, question: Question) -> bool:
    """Whether a text asks if the asker may apply, all conditions taken together."""
    if not asks_whole(text):
        return False
    if any(a.need in STRICT for p in question.parts for a in p.asks):
        return False
    if _about_something_else(question):
        return False
    figures = any(p.figures for p in question.parts) or bool(find_values(text))
    return bool(_PERSON.search(text)) or figures or len(text) <= 14


def asks_whole(text: str) -> bool:
    """Whether a text has the words for it, whoever asks and whatever else is named in it."""
    return bool(_WHOLE.search(text)) and not _SINGLE.search(text) and not _OTHER_ASK.search(text)


def asks_whole_somewhere(text: str) -> bool:
    """The same of one clause of it: what people say of themselves in the others does not count."""
    return not _SINGLE.search(text) and any(asks_whole(clause) for clause in re.split(r"[,，。;；!！?？\n]", text))


def _about_something_else(question: Question) -> bool:
    """人才计划能报吗, 被撤销后还能再申请吗: what is applied for, or when, is named, and it is not the whole."""
    asking = question.parts[-1] if question.parts else None
    if asking is None or asking.figures or find_values(question.text) or _ALTOGETHER.search(question.text):
        return False
    return any(
        t.known and not t.asked and not _PERSON_OR_ACT.search("".join((t.text, *t.forms))) for t in asking.required
    )


def own_circumstances(question: Question, programmes: tuple[str, ...]) -> tuple[str, ...]:
    """Circumstances that the law has no word for (行政处罚记录). What people say of themselves does not count."""
    found: list[str] = [p for p in programmes if p in question.text]
    for clause in re.split(r"[,，。?!;]", question.text):
        if _SELF.match(clause.strip()):
            continue
        start = question.text.find(clause)
        words = [t for t in question.terms if not t.known and start <= t.start < start + len(clause) and t.noun]
        found += [t.text for t in words]
    return tuple(dict.fromkeys(found))


def condition_list(evidence: Evidence) -> Provision | None:
    """The list of conditions for applying: the lead of a list that speaks of conditions and of applying."""
    best: tuple[int, Provision] | None = None
    for unit in evidence.units:
        text = unit.sentence.text
        if not (unit.is_lead or unit.is_heading) or not _CONDITIONS.search(text):
            continue
        score = (
            2 * ("条件" in text)
            + bool(_APPLYING.search(text))
            + sum(bool(_APPLYING.search(c.text)) for c in unit.context)
        )
        if best is None or score > best[0]:
            best = (score, unit.provision)
    return best[1] if best else None
