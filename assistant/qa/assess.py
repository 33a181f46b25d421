"""The facts of a conversation against the rulebook that the pre-check uses, said as statements with citations."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.forms.form_schema import FormSchema, load_form
from assistant.interview.own_facts import OwnFacts, OwnFactsReader
from assistant.interview.script import Script, load_script
from assistant.law.pack import Pack
from assistant.qa.compose import Composer
from assistant.qa.evidence import Evidence
from assistant.qa.facts_english import amount_in_english, label_in_english, message_in_english
from assistant.qa.guard import strange_figures
from assistant.qa.models import Assessment
from assistant.rules.evaluate import Finding, evaluate
from assistant.rules.facts import Fact
from assistant.rules.quantity import Quantity
from assistant.rules.rule_schema import Force, Stage, Verdict
from assistant.rules.rulebook import Rule, Rulebook, load_rulebook

_VERDICTS = frozenset({Verdict.MET, Verdict.NOT_MET, Verdict.REVIEW})
_SAID_BY_VERDICT = {"true", "false"}


@dataclass(frozen=True)
class Criteria:
    """A pack's rules and its form, the same that drafts are checked with."""

    rulebook: Rulebook
    schema: FormSchema
    reader: OwnFactsReader
    script: Script = field(default_factory=Script)


def criteria_of(pack: Pack) -> Criteria | None:
    """None for a pack without rules or without a form."""
    schema = load_form(pack)
    rulebook = load_rulebook(pack) if schema is not None else Rulebook()
    if schema is None or not rulebook.rules:
        return None
    return Criteria(rulebook, schema, OwnFactsReader(schema), load_script(pack))


@dataclass
class Assessed:
    """What came of the facts: assessments for the answer, notices, and what is still to be known."""

    assessments: list[Assessment] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    failed: bool = False
    vague: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


class Assessor:
    """Holds the facts of one conversation against the rules and writes the verdicts into a draft."""

    def __init__(self, criteria: Criteria, evidence: Evidence, composer: Composer) -> None:
        self._rulebook, self._schema, self._script = criteria.rulebook, criteria.schema, criteria.script
        self._evidence, self._composer = evidence, composer
        self._rules = {rule.id: rule for rule in self._rulebook.rules}

    def assess(self, own: OwnFacts, question: str, only: frozenset[str] | None = None) -> Assessed:
        """Says the verdict of every stated field, or of `only` some, failures first; what is unknown is collected."""
        findings = evaluate(self._rulebook, own.facts)
        fields = own.facts.keys() if only is None else only
        stated = [f for f in findings if f.field in fields and f.verdict in _VERDICTS]
        result = Assessed(notices=self._rulebook.fallen)
        for finding in sorted(stated, key=lambda f: f.verdict is not Verdict.NOT_MET):
            result.assessments.append(self._said(finding, question))
            rule = self._rules[finding.rule]
            result.failed = result.failed or (finding.verdict is Verdict.NOT_MET and _hard(rule))
            open_fact = finding.verdict is Verdict.REVIEW and rule.entry.at_best is Verdict.MET and not rule.disabled
            if open_fact:
                result.vague.append(self._label(finding))
        result.missing = self._missing(findings)
        others_open(own, self._evidence, self._composer)
        return result

    def open_of(self, findings: Iterable[Finding], facts: Mapping[str, Fact]) -> Assessed:
        """What is still to be known: hard criteria that nothing was said of, and figures that are not exact."""
        listed = list(findings)
        vague = [
            self._label(f)
            for f in listed
            if f.verdict is Verdict.REVIEW
            and self._rules[f.rule].entry.at_best is Verdict.MET
            and not self._rules[f.rule].disabled
            and f.field in facts
            and isinstance(facts[f.field].value, Quantity)
        ]
        return Assessed(vague=vague, missing=self._missing(listed))

    def open_for(self, findings: Iterable[Finding], fields: frozenset[str]) -> Assessed:
        """Some fields that are still to be known, with the words of the law that they are asked for."""
        asked = [f for f in findings if f.field in fields and f.verdict is Verdict.MISSING and f.end]
        for finding in asked:
            number, provision = self.cited(finding), self._composer.document.get(finding.provision)
            if number is None or provision is None:
                continue
            quote = self._composer.document.text[finding.start : finding.end]
            line = self._composer.wording.quote_line.format(label=self._composer.label(provision), quote=quote)
            self._composer.draft.say(line, [number], "- ")
        return Assessed(vague=[self._label(f) for f in asked])

    def _missing(self, findings: Iterable[Finding]) -> list[str]:
        missing = (f for f in findings if _hard(self._rules[f.rule]) and f.verdict is Verdict.MISSING)
        return [self._label(f) for f in missing]

    def noted(self, finding: Finding, **changed: str) -> Assessment:
        """The verdict with its citation, and nothing said of it. `changed`: what stands otherwise, as the message."""
        number = self.cited(finding)
        noted = Assessment(
            rule=finding.rule,
            field=finding.field,
            verdict=finding.verdict.value,
            actual=finding.actual,
            required=finding.required,
            unit=finding.unit,
            gap=finding.gap,
            message=self.message(finding),
            caveats=list(finding.caveats),
            citations=[] if number is None else [number],
        )
        return noted.model_copy(update=dict(changed))

    def message(self, finding: Finding) -> str:
        """The verdict in a sentence, in the language of the answer."""
        return message_in_english(self._script, finding) if self._composer.english else finding.message

    def told(self, finding: Finding, assessment: Assessment, question: str) -> None:
        """Says a verdict; of a rule whose words are gone there is nothing to cite, so it stays open."""
        number = assessment.citations[0] if assessment.citations else None
        if number is None:
            self._composer.draft.leave_open(assessment.message)
            return
        text = self._statement(finding, assessment, assessment.message)
        support = [self._composer.book.citations[number - 1]]
        if strange_figures(text, support, question, [assessment]):
            # A doubt that tells of figures of an earlier turn is told in the assessment, not as a statement.
            text = self._statement(finding, None, self._composer.wording.to_be_judged)
        self._composer.draft.say(text, [number])

    def _said(self, finding: Finding, question: str) -> Assessment:
        assessment = self.noted(finding)
        self.told(finding, assessment, question)
        return assessment

    def _statement(self, finding: Finding, assessment: Assessment | None, message: str) -> str:
        law = self._composer.document
        actual = (assessment.actual if assessment else None) or ""
        exact = actual.replace(".", "").isdigit()
        value = actual + (finding.unit or "") * exact
        if actual in _SAID_BY_VERDICT or (exact and not finding.unit) or (not exact and actual in message):
            value = ""
        provision = law.get(finding.provision)
        label = "" if provision is None else self._composer.label(provision)
        english = self._composer.english
        if english and exact and value:
            value = amount_in_english(self._script, finding.field, actual, finding.unit or "")
        elif english and value:
            value = self._script.values_in_english(finding.field).get(value, value)
        return self._composer.wording.assessed.format(
            label=label_in_english(self._script, finding.field, finding.label) if english else finding.label,
            actual=value + (", " if english else "，") if value else "",
            message=message.rstrip("。"),
            provision=label,
            quote=law.text[finding.start : finding.end],
        )

    def cited(self, finding: Finding) -> int | None:
        """The number of the sentence that the rule rests on."""
        provision = self._composer.document.get(finding.provision)
        if provision is None or not finding.end:
            return None
        start, end = finding.start, finding.end
        for unit in self._evidence.units:
            span = unit.sentence.span
            if unit.provision.locator == finding.provision and span.start <= start and end <= span.end:
                start, end = span.start, span.end
                break
        return self._composer.book.cite(self._composer.document, provision, start, end)

    def _label(self, finding: Finding) -> str:
        """How the form asks for it, with the provision behind it."""
        asked = self._schema.by_id.get(finding.field)
        basis = self._composer.document.get(finding.provision)
        label = finding.label if asked is None else asked.label
        if not self._composer.english:
            return label if basis is None else f"{label}（{self._composer.label(basis)}）"
        label = label_in_english(self._script, finding.field, label)
        return label if basis is None else f"{label} ({self._composer.label(basis)})"


def others_open(own: OwnFacts, evidence: Evidence, composer: Composer) -> None:
    """Says that the text does not settle whether people of another kind count, unless it names both in one sentence."""
    for kind, counted in own.others:
        sentences = [u.sentence.span.text for u in evidence.units if kind in u.sentence.span.text]
        if not any(name in s for s in sentences for name in (counted.label.removesuffix("数"), *counted.same)):
            composer.draft.leave_open(composer.wording.others_open.format(kind=kind, label=counted.label))


def asks_for(result: Assessed, composer: Composer) -> Iterable[str]:
    """What would have to be known, as questions; nothing is asserted."""
    wording = composer.wording
    joint = ", " if composer.english else "、"
    if result.vague:
        yield wording.assess_vague.format(facts=_joined(result.vague, joint))
    if result.missing:
        yield wording.assess_missing.format(facts=_joined(result.missing, joint))


def _joined(labels: Sequence[str], joint: str) -> str:
    return joint.join(dict.fromkeys(labels))


def _hard(rule: Rule) -> bool:
    return rule.entry.stage is Stage.APPLICATION and rule.entry.force is Force.MUST
