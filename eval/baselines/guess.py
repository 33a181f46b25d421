"""A baseline's answer to one case, in the assistant's own form, so that one code scores both."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.law.citation import Citation, make_citation
from assistant.law.pack import Pack
from assistant.law.types import Document, Provision
from assistant.qa.models import Answer, Provenance, Statement, Status
from eval.cases import Case

# What a baseline can be asked for: it knows nothing of facts that are missing or of other subjects.
STATUSES = ("answered", "not_covered")


@dataclass(frozen=True)
class Guess:
    """What a baseline says if it has to say something, and how sure it is; the surer the more it counts for."""

    case: Case
    answer: Answer
    confidence: float


class Baseline(Protocol):
    """One way to answer. `always` names whether it never abstains of itself."""

    name: str
    always: bool

    def guess(self, case: Case) -> Guess: ...


def query_of(case: Case) -> str:
    """The whole conversation: a baseline has no other way to understand a follow-up."""
    return "\n".join(case.turns)


def asked_of_baselines(cases: Sequence[Case]) -> list[Case]:
    return [c for c in cases if c.status in STATUSES]


def quoting(pack: Pack, name: str, question: str, spans: Sequence[tuple[str, int, int]]) -> Answer:
    """An answer that shows these spans (document, start, end) of the texts and cites what they lie in."""
    citations: list[Citation] = []
    for document_id, start, end in spans:
        document = pack.document(document_id)
        assert document is not None  # noqa: S101 - spans come from the pack's own texts
        for provision, first, last in _touched(document, start, end):
            citations.append(make_citation(pack, document, provision, first, last, len(citations) + 1))
    said = [Statement(text=c.quote, citations=[c.n]) for c in citations]
    return answer_of(pack, name, question, "answered" if said else "not_covered", said, citations)


def answer_of(
    pack: Pack, name: str, question: str, status: Status, said: list[Statement], citations: list[Citation]
) -> Answer:
    shown = "\n".join(s.text + "".join(f"[{n}]" for n in s.citations) for s in said)
    about = Provenance(composer=f"baseline:{name}", embedder="", pack_sha256=pack.sha256)
    return Answer(
        id="", question=question, status=status, answer=shown, statements=said, citations=citations, provenance=about
    )


def silent(answer: Answer) -> Answer:
    """The same as an abstention."""
    return answer.model_copy(update={"status": "not_covered", "answer": "", "statements": [], "citations": []})


def _touched(document: Document, start: int, end: int) -> list[tuple[Provision, int, int]]:
    """The provisions of which a span shows half or that hold half of it, innermost only, with what it shows of them."""
    found = []
    for provision in document.provisions:
        if document.children(provision.locator):
            continue
        first, last = max(start, provision.start), min(end, provision.end)
        shown = last - first
        if shown > 0 and (2 * shown >= provision.end - provision.start or 2 * shown >= end - start):
            found.append((provision, first, last))
    return found or _around(document, start, end)


def _around(document: Document, start: int, end: int) -> list[tuple[Provision, int, int]]:
    """The innermost provision that holds the whole span: a lead before its items, say."""
    holding = [p for p in document.provisions if p.start <= start and end <= p.end]
    return [(min(holding, key=lambda p: p.end - p.start), start, end)] if holding else []
