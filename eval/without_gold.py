"""What leave-one-out removes from the text, and what its answers count as. No model judges: the rules stand here.

Removed are a question's gold provisions, whole, with everything below them, and a lead-in (“……包括：”) of which nothing
is left to lead in. The answer to the rest of the text is

- `abstained`: its status is `not_covered`;
- `out_of_scope`: that status; it refuses too, but says of an open question that it is another subject's;
- `supported`: it is `answered` from the regulation alone, and each of its citations is borne out. A citation is if it
  lies in a provision that the case names under `also` and that is neither removed nor stands above a removed one, or
  if its quote holds a whole sentence of at least ten characters that a removed provision had too (the text repeats it);
- `failed`: all else.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.law.locator import Locator
from assistant.law.types import Document, Provision
from assistant.qa.models import Answer
from eval.cases import Case, meets

Verdict = Literal["abstained", "supported", "out_of_scope", "failed"]
VERDICTS: tuple[Verdict, ...] = ("abstained", "supported", "out_of_scope", "failed")
_SENTENCE = re.compile(r"[^。；;\n]+")
_SHORTEST = 10


class RemovalError(Exception):
    """A case names a provision that the text does not have. The message names the case, not its words."""


@dataclass(frozen=True)
class Removal:
    """The text without some provisions, and their words."""

    gold: tuple[str, ...]
    text: str
    removed: str


def wanted(case: Case) -> bool:
    """Whether leave-one-out asks a case: an `answered` one that is no lookup by number."""
    return case.status == "answered" and case.category != "lookup" and bool(case.gold)


def group(cases: Iterable[Case]) -> dict[tuple[str, ...], list[Case]]:
    """The cases by their gold, so that one edited copy serves all that have the same."""
    groups: dict[tuple[str, ...], list[Case]] = {}
    for case in cases:
        groups.setdefault(tuple(sorted(set(case.gold))), []).append(case)
    return groups


def remove(document: Document, gold: Sequence[str], name: str) -> Removal:
    """Takes the gold provisions out. Numbers of what stays do not change: a gap is left, as an edit leaves it."""
    spans = []
    for locator in gold:
        provision = document.get(Locator.parse(locator))
        if provision is None:
            raise RemovalError(f"{name}: the text has no provision {locator}")
        spans.append((provision.start, provision.end))
    spans += [(p.start, p.end) for p in document.provisions if _leads_nowhere(p, spans, document)]
    kept, gone, position = [], [], 0
    for start, end in sorted(spans):
        if end <= position:
            continue
        kept.append(document.text[position:start])
        gone.append(document.text[max(start, position) : end])
        position = end
    return Removal(tuple(gold), "".join([*kept, document.text[position:]]), "\n".join(gone))


def _leads_nowhere(provision: Provision, gone: Sequence[tuple[int, int]], document: Document) -> bool:
    """Whether all of a list is gone, and the provision says nothing but what the list was of."""
    below = document.children(provision.locator)
    own = "".join(document.text[start:end] for start, end in document.own_spans(provision)).strip()
    emptied = all(any(start <= b.start and b.end <= end for start, end in gone) for b in below)
    return bool(below) and emptied and own.endswith(("：", ":"))


def sentences(text: str) -> set[str]:
    """The whole sentences of a text that are long enough to say something, without their marks and numbers."""
    found = (re.sub(r"^(（[^）]*）|第\S+?条)\s*", "", s.strip()).strip() for s in _SENTENCE.findall(text))
    return {s for s in found if len(s) >= _SHORTEST}


def judge(case: Case, answer: Answer, removal: Removal, document: Document) -> Verdict:
    """What an answer to the text without the case's gold counts as. `document` is the whole text's."""
    if answer.status == "not_covered":
        return "abstained"
    if answer.status == "out_of_scope":
        return "out_of_scope"
    stays = [a for a in case.also if not any(_touch(a, g, document) for g in removal.gold)]
    repeated = sentences(removal.removed)

    def borne_out(locator: str, quote: str) -> bool:
        return any(meets(locator, a, document) for a in stays) or bool(sentences(quote) & repeated)

    own = answer.status == "answered" and bool(answer.citations)
    supported = own and all(c.document == document.id and borne_out(c.locator, c.quote) for c in answer.citations)
    return "supported" if supported else "failed"


def _touch(one: str, other: str, document: Document) -> bool:
    return meets(one, other, document) or meets(other, one, document)
