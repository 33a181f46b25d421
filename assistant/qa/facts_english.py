"""Facts and verdicts of a person in English: labels, values and messages, by the words of the pack's script."""

from decimal import Decimal

from assistant.interview.script import Script, Spoken
from assistant.qa.wording import VERDICTS_ENGLISH
from assistant.rules.evaluate import Finding, actual_of
from assistant.rules.facts import Fact
from assistant.rules.quantity import Quantity
from assistant.rules.rule_schema import Verdict
from assistant.rules.units import measure_of


def label_in_english(script: Script, field: str, label: str) -> str:
    """What a field is called; `label`, the law's word for it, where the script has no English one."""
    return _spoken(script, field).label_en or label


def fact_in_english(script: Script, fact: Fact, unit: str) -> str:
    """A value as it was understood: 75 people, RMB 12,000,000, yes, company. `unit`: the field's."""
    if isinstance(fact.value, bool):
        return VERDICTS_ENGLISH["yes" if fact.value else "no"]
    actual = actual_of(fact) or ""
    if not isinstance(fact.value, Quantity):
        return script.values_in_english(fact.field).get(actual, actual)
    if fact.value.exact:
        return amount_in_english(script, fact.field, actual, unit)
    if fact.value.low is None and fact.value.high is not None and not fact.value.high_open:
        most = amount_in_english(script, fact.field, f"{fact.value.high.normalize():f}", unit)
        return VERDICTS_ENGLISH["at_most"].format(amount=most)
    return actual


def amount_in_english(script: Script, field: str, number: str, unit: str) -> str:
    """A plain decimal number of the field's unit; money in its base unit. What is no such number stays as it is."""
    name = _spoken(script, field).unit_en
    if not number.replace(".", "", 1).isdigit():
        return number
    measure = measure_of(unit)
    if not measure.scale_is_unit:
        return f"{number} {name or unit}".strip()
    base = (Decimal(number) * measure.factor).normalize()
    return f"{name} {base:,f}" if name else f"{number}{unit}"


def message_in_english(script: Script, finding: Finding) -> str:
    """A verdict with what is short of it; why a person has to judge stands in the assessment's caveats."""
    words = VERDICTS_ENGLISH
    if finding.verdict is Verdict.NOT_MET and finding.gap:
        gap = amount_in_english(script, finding.field, finding.gap, finding.unit or "")
        return words["short"].format(gap=gap)
    inexact = finding.unit and finding.actual and not finding.actual.replace(".", "", 1).isdigit()
    if inexact and finding.verdict in (Verdict.NOT_MET, Verdict.REVIEW):
        return words[f"inexact_{finding.verdict.value}"]
    return words[finding.verdict.value]


def _spoken(script: Script, field: str) -> Spoken:
    return script.of_field.get(field, Spoken(field=field))
