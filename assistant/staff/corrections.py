"""Which corrections of a record stand: a later decision about the same thing takes an earlier one back."""

from assistant.law.citation import Citation
from assistant.records.models import Decision, Record


def standing(record: Record) -> list[Decision]:
    """The overruling decisions that no later one took back, in their order. What is said of the whole goes for all."""
    kept: dict[int | None, Decision] = {}
    for decided in record.decisions:
        decision = decided.decision
        if decision.verdict == "annotated":
            continue
        if decision.claim is None:
            kept.clear()
        kept.pop(decision.claim, None)
        if decision.verdict == "overruled":
            kept[decision.claim] = decision
    return list(kept.values())


def cited_in(record: Record, claim: int | None) -> list[Citation]:
    """What one claim of a record rests on, or all of it."""
    if record.report:
        checks = record.report.checks if claim is None else record.report.checks[claim : claim + 1]
        return [check.citation for check in checks if check.citation]
    if record.answer is None:
        return []
    if claim is None:
        return list(record.answer.citations)
    numbers = {n for statement in record.answer.statements[claim : claim + 1] for n in statement.citations}
    return [citation for citation in record.answer.citations if citation.n in numbers]


def overruled_places(record: Record) -> set[tuple[str, str]]:
    """Document and locator of what overruled claims had cited; where they had cited nothing, of what was right."""
    places: set[tuple[str, str]] = set()
    for decision in standing(record):
        # A pre-check as a whole cites the whole form's provisions, which says nothing.
        cited = cited_in(record, decision.claim) if record.answer or decision.claim is not None else []
        if cited:
            places |= {(citation.document, citation.locator) for citation in cited}
        elif decision.locator:
            places.add((decision.document, decision.locator))
    return places
