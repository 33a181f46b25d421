"""Questions whether somebody may apply as a whole: they turn on facts, and the law's list of conditions is cited."""

import re

from assistant.law.types import Provision
from assistant.qa.evidence import Evidence
from assistant.qa.question import Part, Question

_APPLY = r"(?:申报|申请|报名|报(?!备|送|告)|认定|入选|拿下|评上|建|搞|弄|整|设立|牵头)"
_ABLE = r"(?:能不能|可不可以|能否|可否|可以|能|够不够|够|是否|有资格|有没有资格|符合不符合|符不符合|符合|满足|达到|有戏|有没有戏|行不行)"
_WHOLE = re.compile(
    rf"{_ABLE}[^,。?!]{{0,12}}{_APPLY}|(?:够|符合|满足|达到|具备)[^,。?!]{{0,6}}(?:条件|资格|格|要求)|够格|够条件|有资格(?:申|报)|"
    rf"{_APPLY}[^,。?!]{{0,8}}(?:行吗|行不|可以吗|成功吗|得了|有戏)|can (?:we|i|our|my)\b.{{0,30}}\bappl|are we eligible|do we qualify|eligible to apply|"
    r"(?:整体|总体)[^,。?!]{0,6}(?:符合|够|条件)",
    re.IGNORECASE,
)
_PERSON = re.compile(r"我|咱|俺|公司|企业|单位|学校|高校|学院|研究所|研究院|院所|本(?:公司|单位|校|院|所|厂)|厂|\b(?:we|our|i|my|us)\b", re.IGNORECASE)
_SELF = re.compile(r"^(?:你好|您好|是这样的?|请问|我|我们|咱|咱们|俺|俺们|本公司|我司|公司)?[^,。?!]{0,4}(?:是|做|想|打算|准备|计划|在|有|现有|来自|联合|跟|和|与|固定|年度|研发)")
_SINGLE = re.compile(r"单(?:看|说|论|就)|只(?:问|看|说|想知道)|光(?:看|问|说)|这(?:一)?[条项点]|这两[条项点]|那个?(?:人头|人数)")
_CONDITIONS = re.compile(r"条件|资格|具备|符合下列|要求")
_APPLYING = re.compile(r"申报|申请|认定|备案|设立|评选")


def asks_eligibility(text: str) -> bool:
    """Whether a text asks if the asker may apply, all conditions taken together."""
    return bool(_WHOLE.search(text)) and not _SINGLE.search(text) and bool(_PERSON.search(text) or len(text) <= 14)


def own_circumstances(question: Question, parts: tuple[Part, ...]) -> tuple[str, ...]:
    """Circumstances that the law has no word for (行政处罚记录). What people say of themselves does not count."""
    found: list[str] = []
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
        score = 2 * ("条件" in text) + bool(_APPLYING.search(text)) + sum(bool(_APPLYING.search(c.text)) for c in unit.context)
        if best is None or score > best[0]:
            best = (score, unit.provision)
    return best[1] if best else None
