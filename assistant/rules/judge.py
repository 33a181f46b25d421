"""One declared value against one test: passed, failed or open, and why."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from assistant.rules.facts import Fact
from assistant.rules.logic import Truth
from assistant.rules.numbers import plain
from assistant.rules.quantity import Quantity
from assistant.rules.quote_template import Comparison
from assistant.rules.rule_schema import Choice, Name, Pattern, Threshold, YesNo
from assistant.rules.rulebook import Rule

_SPACES = re.compile(r"\s+")
_EDGES = "“”\"'《》「」 。．.;；，,"
_SEVERAL = re.compile("[、,，;；/|和与及]")
_YES = {True: "是", False: "否"}


@dataclass(frozen=True, slots=True)
class Judgement:
    """`reason`: why it is open, or how it fails; empty where the rule's own message says it. `gap`: exact shortfall."""

    truth: Truth
    reason: str = ""
    gap: Decimal | None = None


def judge(rule: Rule, fact: Fact) -> Judgement:
    """Whether the fact passes the rule's test. The rule must not be disabled and the fact must have a value."""
    test = rule.entry.test
    if isinstance(test, Threshold):
        return _against_threshold(rule, test, fact)
    if isinstance(test, YesNo):
        return _yes_or_no(test, fact)
    if isinstance(test, Choice):
        return _one_of(rule, test, words_of(fact))
    if isinstance(test, Name):
        return _named(rule, test, words_of(fact))
    if isinstance(test, Pattern):
        return Judgement(Truth.of(bool(re.search(test.pattern, _tidy(words_of(fact))))))
    return Judgement(Truth.TRUE)


def words_of(fact: Fact) -> str:
    return fact.value if isinstance(fact.value, str) else fact.raw


def alike(text: str) -> str:
    """Half width and without blanks, for comparing choices: 公司 + 联盟 is 公司＋联盟."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text))


def _tidy(text: str) -> str:
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip().strip(_EDGES).strip()


def _against_threshold(rule: Rule, test: Threshold, fact: Fact) -> Judgement:
    if not isinstance(fact.value, Quantity):
        return Judgement(Truth.UNKNOWN, f"所填“{fact.raw}”不能读作数量，须人工核对")
    limit = rule.reading.threshold if rule.reading else None
    comparison = test.comparison or (rule.reading.comparison if rule.reading else None)
    if limit is None or comparison is None:
        return Judgement(Truth.UNKNOWN, "条文中的数量要求无法读出，须人工核对")
    quantity = fact.value
    if test.whole and quantity.exact and quantity.low is not None and quantity.low % 1:
        return Judgement(Truth.UNKNOWN, f"所填“{fact.raw}”不是整数，须人工核对")
    truth = _compared(quantity, comparison, limit)
    if truth is Truth.UNKNOWN:
        # A wider figure (the whole company's) may be exact, and still is only a bound of this one.
        bound = quantity.low is None and quantity.high is not None
        why = "只能算作上限" if bound else "不是确切数"
        return Judgement(truth, f"所填“{quantity.raw}”{why}，可能在{plain(limit)}{test.unit}的任何一侧，须人工核对")
    gap = abs(limit - quantity.low) if truth is Truth.FALSE and quantity.exact and quantity.low is not None else None
    return Judgement(
        truth, _shortfall(quantity, comparison, limit, test.unit) if truth is Truth.FALSE else "", gap or None
    )


def _compared(quantity: Quantity, comparison: Comparison, limit: Decimal) -> Truth:
    """Decided only if all that the quantity may be lies on one side."""
    if comparison in (Comparison.AT_MOST, Comparison.MORE_THAN):
        # Not more than the limit, and its opposite.
        within = quantity.high is not None and quantity.high <= limit
        beyond = quantity.low is not None and (quantity.low > limit or (quantity.low == limit and quantity.low_open))
        passed, failed = (within, beyond) if comparison is Comparison.AT_MOST else (beyond, within)
    else:
        reached = quantity.low is not None and quantity.low >= limit
        below = quantity.high is not None and (quantity.high < limit or (quantity.high == limit and quantity.high_open))
        passed, failed = (reached, below) if comparison is Comparison.AT_LEAST else (below, reached)
    return Truth.TRUE if passed else Truth.FALSE if failed else Truth.UNKNOWN


def _shortfall(quantity: Quantity, comparison: Comparison, limit: Decimal, unit: str) -> str:
    if comparison in (Comparison.AT_MOST, Comparison.LESS_THAN):
        return f"所填{quantity.raw}，超出{plain(limit)}{unit}的限度"
    nearest = limit - quantity.high if quantity.high is not None else Decimal(0)
    if nearest <= 0:
        must = "须超过" if comparison is Comparison.MORE_THAN else "未达到"
        return f"{must}{plain(limit)}{unit}"
    return f"{'' if quantity.exact else '至少'}还差{plain(nearest)}{unit}"


def _yes_or_no(test: YesNo, fact: Fact) -> Judgement:
    value = fact.value
    if isinstance(value, Quantity) and test.counts:
        counted = _compared(value, Comparison.MORE_THAN, Decimal(0))
        if counted is Truth.UNKNOWN:
            return Judgement(counted, f"所填“{value.raw}”不能确定是否多于零，须人工核对")
        answer = counted is Truth.TRUE
    elif isinstance(value, bool):
        answer = value
    else:
        return Judgement(Truth.UNKNOWN, f"所填“{fact.raw}”不能读作“是”或“否”，须人工核对")
    return Judgement(Truth.of(answer is test.expected), "" if answer is test.expected else f"所填为“{_YES[answer]}”")


def _one_of(rule: Rule, test: Choice, words: str) -> Judgement:
    accepted = {alike(choice) for choice in rule.choices}
    same = {alike(other): alike(choice) for other, choice in test.same.items()}
    given = alike(words).strip(_EDGES)
    if same.get(given, given) in accepted:
        return Judgement(Truth.TRUE)
    parts = [same.get(part, part) for part in _SEVERAL.split(given) if part]
    if len(parts) > 1 and all(part in accepted for part in parts):
        return Judgement(Truth.UNKNOWN, f"填了多个选项（{words}），须明确其一")
    if given in {alike(other) for other in test.unclear}:
        return Judgement(Truth.UNKNOWN, f"条文没有写明“{words}”是否属于“{'、'.join(rule.choices)}”，须人工核对")
    return Judgement(Truth.FALSE, f"所填“{words}”不在“{'、'.join(rule.choices)}”之中")


def _named(rule: Rule, test: Name, words: str) -> Judgement:
    pattern = _tidy(rule.reading.name if rule.reading else "")
    name = _tidy(words)
    blanks = re.compile(rf"{re.escape(_tidy(test.blank))}+")
    literal = [re.escape(part) for part in blanks.split(pattern)]
    whole = "(?P<filled>.+)".join(literal)
    found = re.fullmatch(whole, name)
    if found is None and re.fullmatch(whole, name, re.IGNORECASE):
        return Judgement(Truth.UNKNOWN, f"与“{pattern}”只有大小写不同，须人工核对")
    if found is None:
        return Judgement(Truth.FALSE, f"应为“{rule.reading.name if rule.reading else ''}”的格式")
    if not found.groupdict().get("filled", "").strip(f"{test.blank}×xX*_ 　某"):
        return Judgement(Truth.FALSE, "名称中留空的部分还没有填写")
    return Judgement(Truth.TRUE)
