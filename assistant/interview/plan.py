"""What matters next: the one question, or the few that belong together, whose answer may still change the outcome."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from assistant.forms.form_schema import FormField, FormSchema
from assistant.interview.script import Ask, Script
from assistant.rules.evaluate import Finding, evaluate
from assistant.rules.facts import Fact
from assistant.rules.quantity import Quantity
from assistant.rules.rule_schema import Force, Stage, Verdict
from assistant.rules.rulebook import Rule, Rulebook


@dataclass(frozen=True, slots=True)
class Next:
    """A question to the person. `rules`: what it is asked for; `choices`: what may be answered, if that is a list."""

    fields: tuple[str, ...]
    ask: str
    ask_en: str
    rules: tuple[Finding, ...]
    choices: tuple[str, ...] = ()
    exactly: bool = False


class Plan:
    """Decides the next question from the rules, worded by the pack's script or else by its form."""

    def __init__(self, rulebook: Rulebook, schema: FormSchema, script: Script) -> None:
        self._rulebook, self._schema, self._script = rulebook, schema, script
        self._rules = {rule.id: rule for rule in rulebook.rules}
        self._order = {name: i for i, q in reversed(list(enumerate(script.questions))) for name in q.fields}

    def next(self, facts: Mapping[str, Fact], passed: Set[str], pressed: Set[str]) -> Next | None:
        """The question to ask now. `passed`: what the person cannot say; `pressed`: asked to be exact once before."""
        findings = self.findings(facts)
        asked = {f.field for f in findings if self._is_open(f) and f.field not in passed}
        if asked:
            return self._worded(asked, findings)
        vague = [f for f in findings if self.is_vague(f, facts) and f.field not in passed | pressed]
        if not vague:
            return None
        first = vague[0]
        field = self._schema.by_id[first.field]
        return Next(
            (field.id,), f"“{field.label}”的确切数是多少", f"What is the exact figure of “{field.label}”", (first,),
            exactly=True,
        )  # fmt: skip

    def findings(self, facts: Mapping[str, Fact]) -> tuple[Finding, ...]:
        """What the rulebook says of the facts; the same as the pre-check of a form that states them."""
        return evaluate(self._rulebook, facts)

    def rule(self, finding: Finding) -> Rule:
        return self._rules[finding.rule]

    def is_hard(self, finding: Finding) -> bool:
        """Whether it must be fulfilled by whoever applies."""
        entry = self._rules[finding.rule].entry
        return entry.stage is Stage.APPLICATION and entry.force is Force.MUST

    def is_vague(self, finding: Finding, facts: Mapping[str, Fact]) -> bool:
        """Whether a figure was given that is not exact enough to decide."""
        fact = facts.get(finding.field)
        value = fact.value if fact else None
        return (
            finding.verdict is Verdict.REVIEW
            and finding.field in self._schema.by_id
            and isinstance(value, Quantity)
            and self._rules[finding.rule].entry.at_best is Verdict.MET
            and not self._rules[finding.rule].disabled
        )

    def counts(self, finding: Finding) -> bool:
        """Whether it is asked of whoever applies, as a must or in principle."""
        entry = self._rules[finding.rule].entry
        return entry.stage is Stage.APPLICATION and entry.force in (Force.MUST, Force.PRINCIPLE)

    def _is_open(self, finding: Finding) -> bool:
        missing = finding.verdict is Verdict.MISSING and finding.field in self._schema.by_id
        return missing and self.counts(finding)

    def _worded(self, open_fields: Set[str], findings: Sequence[Finding]) -> Next:
        rank = {f.field: i for i, f in reversed(list(enumerate(findings)))}
        first = min(open_fields, key=lambda name: (self._order.get(name, len(self._order) + rank[name]), rank[name]))
        # The largest group of the script that holds the first field and of which nothing is known yet.
        fitting = [q for q in self._script.questions if first in q.fields and set(q.fields) <= open_fields]
        question = max(fitting, key=lambda q: len(q.fields), default=None) or self._plainly(first)
        rules = [f for name in question.fields for f in findings if f.field == name and f.verdict is Verdict.MISSING]
        field = self._schema.by_id[question.fields[0]]
        choices = _choices(field) if len(question.fields) == 1 else ()
        return Next(question.fields, question.ask, question.ask_en, tuple(rules), choices)

    def _plainly(self, name: str) -> Ask:
        field = self._schema.by_id[name]
        unit = f"（{field.unit}）" if field.type.is_number else ""
        return Ask(fields=(name,), ask=f"“{field.label}”{unit}是怎样的情况", ask_en=f"What about “{field.label}”{unit}")


def _choices(field: FormField) -> tuple[str, ...]:
    if field.type.is_yes_no:
        return ("是", "否") if field.offered else ("有", "没有")
    return field.offered
