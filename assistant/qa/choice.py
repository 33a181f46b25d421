"""审批还是报备? Where the law treats cases differently and the question does not say which case, it has to be asked."""

from assistant.qa.evidence import Evidence, Unit
from assistant.qa.parts import Question
from assistant.qa.supply import find_any
from assistant.qa.terms import Term

_OR = "还是"


def open_choice(question: Question, evidence: Evidence) -> tuple[Unit, ...]:
    """The sentences that decide for the one and for the other, if nothing in the question tells the cases apart.

    A noun in the question (名称, 目标任务) names the case, so that there is nothing to ask.
    """
    at = question.text.find(_OR)
    if at < 0:
        return ()
    before = [t for t in question.terms if t.end <= at and t.known]
    after = [t for t in question.terms if t.start >= at and t.known]
    if not before or not after:
        return ()
    first, second = before[-1], after[0]
    rest = [t for t in question.terms if t not in (first, second) and not t.subject]
    if any(not t.known or t.noun for t in rest) or not rest:
        return ()
    ones, others = _only(evidence, rest, first, second), _only(evidence, rest, second, first)
    return (*ones, *others) if ones and others else ()


def _only(evidence: Evidence, rest: list[Term], wanted: Term, unwanted: Term) -> tuple[Unit, ...]:
    return tuple(
        u
        for u in evidence.units
        if find_any(u.sentence, wanted) >= 0
        and find_any(u.sentence, unwanted) < 0
        and all(find_any(u.sentence, t) >= 0 for t in rest)
    )
