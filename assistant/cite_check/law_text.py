"""The regulation made ready for comparing: where words stand in it, exactly, loosely, or nearly."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.cite_check.alignment import best_fit
from assistant.cite_check.folding import Folded, loose, verbatim
from assistant.law.locator import Kind, Locator
from assistant.law.types import Document, Provision

_CANDIDATES = 4


@dataclass(frozen=True, slots=True)
class Near:
    """The stretch `[start, end)` of the law that is nearest; `similarity` from 0 to 1 counts words without marks."""

    start: int
    end: int
    similarity: float


@dataclass(frozen=True, slots=True)
class _Part:
    provision: Provision
    words: Folded
    pairs: frozenset[str]


@dataclass(frozen=True)
class LawText:
    """One document of law. Spans are offsets into its canonical text."""

    document: Document

    @cached_property
    def _verbatim(self) -> Folded:
        return verbatim(self.document.text)

    @cached_property
    def _loose(self) -> Folded:
        return loose(self.document.text)

    @cached_property
    def _parts(self) -> tuple[_Part, ...]:
        """What a quote is looked for in: articles; in a text without them what lies at the top."""
        units = tuple(self.document.articles()) or self.document.children(None)
        return tuple(_Part(p, self._folded[p.locator], self._pairs[p.locator]) for p in units)

    @cached_property
    def _folded(self) -> dict[Locator, Folded]:
        return {p.locator: loose(p.text) for p in self.document.provisions}

    @cached_property
    def _pairs(self) -> dict[Locator, frozenset[str]]:
        return {locator: pairs(folded.text) for locator, folded in self._folded.items()}

    def pairs_of(self, provision: Provision) -> frozenset[str]:
        """The pairs of neighbouring characters of a provision, loosely."""
        return self._pairs[provision.locator]

    @cached_property
    def common_runs(self) -> frozenset[str]:
        """Every eight characters of the law in a row, loosely."""
        text = self._loose.text
        return frozenset(text[i : i + SEED] for i in range(len(text) - SEED + 1))

    def exact(self, words: str) -> list[tuple[int, int]]:
        """Where the words stand character for character; blanks and line ends do not count."""
        return _places(self._verbatim, verbatim(words).text)

    def loosely(self, words: str) -> list[tuple[int, int]]:
        """Where the same words stand, whatever the punctuation, the width and the script."""
        return _places(self._loose, loose(words).text)

    def near(self, words: str, within: Sequence[Provision] = ()) -> Near | None:
        """The nearest stretch, of these provisions if any are given."""
        wanted = loose(words).text
        if not wanted:
            return None
        best: Near | None = None
        for base, folded in self._searched(wanted, within):
            fit = best_fit(wanted, folded.text)
            if fit is None or fit.end <= fit.start:
                continue
            similarity = max(0.0, 1 - fit.distance / max(len(wanted), fit.end - fit.start))
            if best is None or similarity > best.similarity:
                start, end = folded.span(fit.start, fit.end)
                best = Near(base + start, base + end, similarity)
        return best

    def _searched(self, wanted: str, within: Sequence[Provision]) -> Iterator[tuple[int, Folded]]:
        if within:
            yield from ((p.start, self._folded[p.locator]) for p in within)
            return
        mine = pairs(wanted)
        ranked = sorted(self._parts, key=lambda part: (-len(mine & part.pairs), part.provision.start))
        yield from ((part.provision.start, part.words) for part in ranked[:_CANDIDATES] if mine & part.pairs)

    def holder(self, start: int, end: int) -> Provision | None:
        """The innermost provision around a span."""
        return self.document.provision_at(start, end)

    def leaves(self) -> Iterator[Provision]:
        """The provisions that hold words of their own: items, paragraphs, articles."""
        skipped = (Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.PREAMBLE, Kind.CLOSING)
        return (p for p in self.document.provisions if p.kind not in skipped or not self.document.children(p.locator))


@lru_cache(maxsize=8)
def law_text(document: Document) -> LawText:
    """The document made ready, once for as long as it is in use."""
    return LawText(document)


SEED = 8
"""How many characters in a row make a sentence look like one of the law's."""


def pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def _places(folded: Folded, wanted: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = folded.text.find(wanted) if wanted else -1
    while at >= 0:
        found.append(folded.span(at, at + len(wanted)))
        at = folded.text.find(wanted, at + 1)
    return found
