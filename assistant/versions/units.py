"""What is aligned: each provision with the words that are its own, those of the provisions below it left out."""

import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from assistant.law.types import Document, Provision


@dataclass(frozen=True)
class Unit:
    """A provision with words of its own. `place`: its position in the document; `parent`: what stands around it."""

    place: int
    provision: Provision
    text: str
    parent: Provision | None = field(repr=False)

    @cached_property
    def key(self) -> str:
        """The words without blanks: what is compared."""
        return "".join(self.text.split())

    @cached_property
    def pieces(self) -> Counter[str]:
        """Pairs of characters, width and punctuation aside; of very short words the characters."""
        folded = [c for c in unicodedata.normalize("NFKC", self.key).lower() if c.isalnum()]
        if len(folded) < 3:
            return Counter(folded)
        return Counter(map("".join, pairwise(folded)))

    @property
    def locator(self) -> str:
        return str(self.provision.locator)


def units_of(document: Document) -> list[Unit]:
    """In reading order. A provision that has no words but those below it is none."""
    units: list[Unit] = []
    for provision in document.provisions:
        spans = [document.text[start:end].strip() for start, end in document.own_spans(provision)]
        text = "\n".join(span for span in spans if span)
        if text:
            parent = document.get(provision.path[-1]) if provision.path else None
            units.append(Unit(len(units), provision, text, parent))
    return units


def likeness(one: Unit, other: Unit) -> float:
    """From 0 to 1: how many of the pieces of both are shared (Dice); the same whichever comes first."""
    both = one.pieces.total() + other.pieces.total()
    return 2 * (one.pieces & other.pieces).total() / both if both else float(one.key == other.key)


def share(part: Unit, whole: Counter[str]) -> float:
    """From 0 to 1: how much of `part` stands in `whole`."""
    return (part.pieces & whole).total() / part.pieces.total() if part.pieces else 0.0
