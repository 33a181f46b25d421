"""Where an interview stands, as data for the page and for programs: facts, question, ledger and flips."""

from collections.abc import Mapping, Sequence

from assistant.forms.form_schema import FieldType
from assistant.interview.follow import Interview, State
from assistant.interview.plan import Next
from assistant.qa.compose import Composer
from assistant.qa.facts_english import amount_in_english, fact_in_english, label_in_english, message_in_english
from assistant.qa.models import Asked, Flip, InterviewState, LedgerRow, StatedFact
from assistant.qa.wording import NEXT_STEPS, NEXT_STEPS_ENGLISH
from assistant.rules.evaluate import Finding, actual_of
from assistant.rules.facts import Fact
from assistant.rules.quantity import Quantity
from assistant.rules.rule_schema import Ask, Force, Stage, Verdict

_ROWS = (Stage.APPLICATION, Stage.SELECTION)


def state_of(
    state: State, interview: Interview, composer: Composer, *, paused: bool, flips: Sequence[Flip]
) -> InterviewState:
    """The state of a conversation after its last turn."""
    findings = interview.plan.findings(state.facts)
    asked = interview.plan.next(state.facts, state.passed, state.pressed)
    english = composer.english
    return InterviewState(
        move=state.move.value,
        paused=paused,
        complete=asked is None,
        facts=[
            StatedFact(
                field=name,
                label=label_of(interview, name, english),
                value=fact_in_words(interview, state.facts[name]),
                raw=state.facts[name].raw,
            )
            for name in interview.schema.by_id
            if name in state.facts
        ],
        asked=asked
        and Asked(
            fields=list(asked.fields),
            question=(english and asked.ask_en) or asked.ask,
            choices=_choices(asked, interview, english),
        ),
        ledger=[_row(f, interview, state, composer) for f in findings if _is_row(f, interview)],
        judged=[f.label for f in findings if _is_judged(f, interview, state)],
        flips=list(flips),
    )


def _choices(asked: Next, interview: Interview, english: bool) -> list[str]:
    """What may be picked; in English only where all of it has English names."""
    if not english:
        return list(asked.choices)
    names = interview.script.values_in_english(asked.fields[0])
    return [names[c] for c in asked.choices] if all(c in names for c in asked.choices) else list(asked.choices)


def label_of(interview: Interview, name: str, english: bool) -> str:
    """What a field is called; in English by the pack's script, where that names it."""
    spoken = interview.script.of_field.get(name)
    label = interview.schema.by_id[name].label
    return (spoken.label_en if english and spoken else "") or label


def fact_in_words(interview: Interview, fact: Fact, english: bool = False) -> str:
    """The value as it was understood: 75人, 是, 公司."""
    field = interview.schema.by_id[fact.field]
    if english:
        return fact_in_english(interview.script, fact, field.unit)
    if isinstance(fact.value, bool):
        yes, no = ("有", "没有") if field.type is FieldType.YES_NO_OR_COUNT else ("是", "否")
        return yes if fact.value else no
    actual = actual_of(fact) or ""
    if not isinstance(fact.value, Quantity):
        return actual
    return f"{actual}{field.unit}" if fact.value.exact else _bounded(fact.value, actual, field.unit)


def _bounded(value: Quantity, raw: str, unit: str) -> str:
    """研发人员70人 says of the fixed ones that they are 70 at most."""
    only_high = value.low is None and value.high is not None and not value.high_open
    return f"至多{value.high.normalize():f}{unit}" if only_high and value.high is not None else raw


def flips_of(
    interview: Interview, facts: Mapping[str, Fact], supposed: Mapping[str, Fact], english: bool = False
) -> list[Flip]:
    """Every verdict that a supposition changes, and that of every field that it is about."""
    before = {f.rule: f for f in interview.plan.findings(facts)}
    flips = []
    for after in interview.plan.findings(supposed):
        old = before[after.rule]
        about = supposed.get(after.field) != facts.get(after.field)
        if after.verdict is old.verdict and not about:
            continue
        flips.append(
            Flip(
                rule=after.rule,
                field=after.field,
                label=label_in_english(interview.script, after.field, after.label) if english else after.label,
                before=old.verdict.value,
                after=after.verdict.value,
                value_before=_words(interview, facts.get(after.field), english),
                value_after=_words(interview, supposed.get(after.field), english),
            )
        )
    return flips


def _words(interview: Interview, fact: Fact | None, english: bool) -> str:
    return fact_in_words(interview, fact, english) if fact and fact.field in interview.schema.by_id else ""


def _is_row(finding: Finding, interview: Interview) -> bool:
    stage = interview.plan.rule(finding).entry.stage
    if stage not in _ROWS or finding.verdict is Verdict.NOT_APPLICABLE:
        return False
    return finding.verdict is not Verdict.MISSING or interview.plan.counts(finding)


def _is_judged(finding: Finding, interview: Interview, state: State) -> bool:
    entry = interview.plan.rule(finding).entry
    applies = all(
        name in state.facts and state.facts[name].value in values for name, values in entry.applies_to.items()
    )
    return (
        entry.stage is Stage.APPLICATION
        and entry.force is not Force.NONE
        and entry.ask is Ask.NEVER
        and finding.verdict is Verdict.NOT_APPLICABLE
        and applies
    )


def _row(finding: Finding, interview: Interview, state: State, composer: Composer) -> LedgerRow:
    provision = composer.document.get(finding.provision)
    unit, english, script = finding.unit or "", composer.english, interview.script
    gap = f"{finding.gap}{unit}" if finding.gap else ""
    if english and finding.gap:
        gap = amount_in_english(script, finding.field, finding.gap, unit)
    return LedgerRow(
        rule=finding.rule,
        field=finding.field,
        label=label_in_english(script, finding.field, finding.label) if english else finding.label,
        stage=finding.stage,
        force=finding.force,
        verdict=finding.verdict.value,
        value=_words(interview, state.facts.get(finding.field), english),
        gap=gap,
        message=message_in_english(script, finding) if english else finding.message,
        basis=composer.label(provision) if provision else "",
        next_step=_next_step(finding, interview, state, gap, composer),
    )


def _next_step(finding: Finding, interview: Interview, state: State, gap: str, composer: Composer) -> str:
    """What the person can do about a criterion; never what will come of it."""
    steps = NEXT_STEPS_ENGLISH if composer.english else NEXT_STEPS
    proof = steps["proof"].format(proof=finding.evidence[0]) if finding.evidence else ""
    match finding.verdict:
        case Verdict.MISSING:
            return steps["missing"]
        case Verdict.NOT_MET:
            return steps["short"].format(gap=gap) if gap else steps["not_met"]
        case Verdict.REVIEW if interview.plan.is_vague(finding, state.facts):
            return steps["exactly"]
        case Verdict.REVIEW:
            return steps["joint"].join(step for step in (steps["review"], proof) if step)
        case _:
            return proof
