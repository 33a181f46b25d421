"""Facts against a rulebook: one finding for every rule, in the rulebook's order, the same for the same facts."""

from dataclasses import dataclass

from assistant.law.locator import Locator
from assistant.rules.facts import Fact, Facts
from assistant.rules.judge import Judgement, alike, judge, words_of
from assistant.rules.logic import Truth, all_of
from assistant.rules.numbers import plain
from assistant.rules.quantity import Quantity
from assistant.rules.quote_template import Comparison
from assistant.rules.rule_schema import Ask, Choice, Decidability, Measured, Threshold, Verdict, YesNo
from assistant.rules.rulebook import Rule, Rulebook

_NONE = {"无", "没有", "不涉及", "无变更"}
_UNFILLED = " 　\t\r\n/_—-–…"
_TRUE = {True: "true", False: "false"}


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of one rule. The contract's pre-check section says what `actual`, `required` and `gap` hold.

    The rule's words stand at `[start, end)` of the regulation's text, in `provision`; of a disabled rule, whose words
    are gone, that is empty (0, 0).
    """

    rule: str
    field: str
    label: str
    stage: str
    force: str
    verdict: Verdict
    actual: str | None
    required: str | None
    unit: str | None
    gap: str | None
    message: str
    caveats: tuple[str, ...]
    evidence: tuple[str, ...]
    found_at: str
    provision: Locator
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Outcome:
    verdict: Verdict
    reason: str = ""
    gap: str | None = None


def evaluate(rulebook: Rulebook, facts: Facts) -> tuple[Finding, ...]:
    """Every rule against the facts. A fact that is absent stays unknown; nothing is assumed about it."""
    return tuple(_finding(rulebook, rule, facts) for rule in rulebook.rules)


def _finding(rulebook: Rulebook, rule: Rule, facts: Facts) -> Finding:
    fact = filled(facts.get(rule.field))
    outcome = _outcome(rulebook, rule, fact, facts)
    entry, asks = rule.entry, outcome.verdict in (Verdict.MISSING, Verdict.NOT_APPLICABLE)
    caveats = () if asks else tuple(dict.fromkeys((*rule.caveats, *(fact.caveats if fact else ()))))
    values = {
        "label": entry.label,
        "actual": actual_of(fact),
        "required": required_of(rule),
        "unit": unit_of(rule),
        "gap": outcome.gap,
    }
    return Finding(
        rule=rule.id,
        field=rule.field,
        label=entry.label,
        stage=entry.stage.value,
        force=entry.force.value,
        verdict=outcome.verdict,
        actual=None if outcome.verdict is Verdict.MISSING else values["actual"],
        required=values["required"],
        unit=values["unit"],
        gap=outcome.gap,
        message=_message(rule, outcome, values),
        caveats=caveats,
        evidence=entry.evidence,
        found_at=fact.found_at if fact else "",
        provision=rule.provision,
        start=rule.reading.start if rule.reading else 0,
        end=rule.reading.end if rule.reading else 0,
    )


def filled(fact: Fact | None) -> Fact | None:
    """The fact, unless nothing was written: an empty field, or only a line to write on."""
    if fact is None or (not isinstance(fact.value, Quantity | bool) and not words_of(fact).strip(_UNFILLED)):
        return None
    return fact


def _outcome(rulebook: Rulebook, rule: Rule, fact: Fact | None, facts: Facts) -> _Outcome:
    entry = rule.entry
    if rule.disabled:
        return _Outcome(Verdict.REVIEW, rule.disabled)
    applies, unsure = _applies(rulebook, rule, facts)
    asked = entry.ask is Ask.ALWAYS or (entry.ask is Ask.IF_APPLICABLE and applies is Truth.TRUE)
    if applies is Truth.FALSE or (fact is None and not asked):
        return _Outcome(Verdict.NOT_APPLICABLE)
    if fact is None:
        return _Outcome(Verdict.MISSING)
    doubts = fact.doubts + (fact.value.doubts if isinstance(fact.value, Quantity) else ())
    if doubts:
        return _Outcome(Verdict.REVIEW, "；".join(dict.fromkeys(doubts)))
    if applies is Truth.UNKNOWN:
        # What is not known to be asked can neither be met nor failed.
        return _Outcome(Verdict.REVIEW, f"“{unsure}”决定是否要求这一项，须先明确")
    undescribed = _undescribed(rulebook, rule, facts)
    return _Outcome(Verdict.REVIEW, undescribed) if undescribed else _settled(rule, judge(rule, fact))


def _settled(rule: Rule, judgement: Judgement) -> _Outcome:
    if judgement.truth is Truth.TRUE:
        return _Outcome(rule.entry.at_best)
    if judgement.truth is Truth.FALSE:
        failing = rule.entry.failing
        gap = plain(judgement.gap) if judgement.gap and failing is Verdict.NOT_MET else None
        # The rule's own sentence says more of a review than how the test failed.
        own = failing is Verdict.REVIEW and failing in rule.entry.messages
        return _Outcome(failing, "" if own else judgement.reason, gap)
    return _Outcome(Verdict.REVIEW, judgement.reason)


def _applies(rulebook: Rulebook, rule: Rule, facts: Facts) -> tuple[Truth, str]:
    """Whether the rule applies, and the label of the first field that leaves it open."""
    truths = {name: _holds(rulebook, name, values, facts) for name, values in rule.entry.applies_to.items()}
    unsure = next((rulebook.label_of(name) for name, truth in truths.items() if truth is Truth.UNKNOWN), "")
    return all_of(truths.values()), unsure


def _holds(rulebook: Rulebook, name: str, values: tuple[str, ...], facts: Facts) -> Truth:
    """Whether a field has one of the values. A value that the law does not list leaves it open."""
    fact = filled(facts.get(name))
    if fact is None or fact.doubts or isinstance(fact.value, Quantity):
        return Truth.UNKNOWN
    if isinstance(fact.value, bool):
        return Truth.of(_TRUE[fact.value] in values)
    given = _canonical(rulebook, name, words_of(fact))
    if given in {alike(value) for value in values}:
        return Truth.TRUE
    known = {alike(choice) for choice in rulebook.known_values(name)}
    # Where the law asks for one of its choices, none of them is no answer.
    none = given in _NONE and not any(rule.entry.ask is Ask.ALWAYS for rule in rulebook.of_field(name))
    return Truth.FALSE if given in known or none else Truth.UNKNOWN


def _canonical(rulebook: Rulebook, name: str, words: str) -> str:
    given = alike(words)
    for rule in rulebook.of_field(name):
        if isinstance(rule.entry.test, Choice):
            same = {alike(other): alike(choice) for other, choice in rule.entry.test.same.items()}
            return same.get(given, given)
    return given


def _undescribed(rulebook: Rulebook, rule: Rule, facts: Facts) -> str:
    for name, values in rule.entry.undescribed_for.items():
        fact = filled(facts.get(name))
        if fact and _canonical(rulebook, name, words_of(fact)) in {alike(value) for value in values}:
            return f"条文没有写明“{words_of(fact)}”在这一项上如何要求，须人工核对"
    return ""


def actual_of(fact: Fact | None) -> str | None:
    """The declared value as the contract writes it: a plain number where it is exact, else what was written."""
    if fact is None:
        return None
    if isinstance(fact.value, Quantity):
        exact = fact.value.exact and fact.value.low is not None
        return plain(fact.value.low) if exact and fact.value.low is not None else fact.value.raw or fact.raw
    return _TRUE[fact.value] if isinstance(fact.value, bool) else words_of(fact).strip()


def required_of(rule: Rule) -> str | None:
    """What the text asks for: the threshold, the choices joined by `|`, true or false for yes and no; else null."""
    test, reading = rule.entry.test, rule.reading
    if isinstance(test, Measured):
        return plain(reading.threshold) if reading and reading.threshold is not None else None
    if isinstance(test, Choice):
        return "|".join(rule.choices) or None
    return _TRUE[test.expected] if isinstance(test, YesNo) else None


def unit_of(rule: Rule) -> str | None:
    return rule.entry.unit or None


def _left_to_a_person(rule: Rule) -> bool:
    return rule.entry.decidability is Decidability.PERSON and not rule.entry.applies_to


_SAID = {
    Comparison.AT_LEAST: "不少于",
    Comparison.MORE_THAN: "超过",
    Comparison.AT_MOST: "不超过",
    Comparison.LESS_THAN: "少于",
}


def _message(rule: Rule, outcome: _Outcome, values: dict[str, str | None]) -> str:
    """The rule's own sentence for the verdict, unless a reason says more than it could; then a general one."""
    own = rule.entry.messages.get(outcome.verdict)
    vague = own and "{gap}" in own and outcome.gap is None
    if own and not vague and not (outcome.reason and outcome.verdict is Verdict.REVIEW):
        return own.format_map({name: value or "" for name, value in values.items()})
    if outcome.reason:
        return outcome.reason
    label = rule.entry.label
    match outcome.verdict:
        case Verdict.MET:
            return _met(rule, values)
        case Verdict.MISSING:
            return f"未填写“{label}”"
        case Verdict.NOT_APPLICABLE:
            return "表中未填，由人工另行判断" if _left_to_a_person(rule) else "不涉及此项"
        case Verdict.REVIEW:
            return f"{label}须人工判断"
        case _:
            return f"{label}不符合要求"


def _met(rule: Rule, values: dict[str, str | None]) -> str:
    test = rule.entry.test
    comparison = (test.comparison if isinstance(test, Threshold) else None) or (
        rule.reading.comparison if rule.reading else None
    )
    if isinstance(test, Threshold) and comparison:
        return f"符合{_SAID[comparison]}{values['required']}{test.unit}的要求"
    return "已填写" if test.kind == "present" else "符合要求"
