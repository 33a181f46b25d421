"""A query in a person's words in, the same query with the law's words beside it out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.law.lexicon import Lexicon
from assistant.retrieval.tokens import normalize

_LATIN = re.compile(r"[a-z]")
_WORD = re.compile(r"[a-z0-9]")


@dataclass(frozen=True, slots=True)
class ExpandedQuery:
    """`text`: the query normalised, typos mended. `terms`: words of the law for words in it, none twice."""

    text: str
    terms: tuple[str, ...]

    @property
    def with_terms(self) -> str:
        return " ".join((self.text, *self.terms))


class Expander:
    """Knows the law's words for people's words, from a pack's lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._typos = {normalize(wrong): normalize(right) for wrong, right in lexicon.typos.items()}
        self._terms: dict[str, tuple[str, ...]] = {}
        for surfaces in (lexicon.terms, lexicon.english):
            for surface, terms in surfaces.items():
                known = self._terms.get(normalize(surface), ())
                self._terms[normalize(surface)] = tuple(dict.fromkeys((*known, *terms)))
        # Ten thousand words make a pattern that takes half a second to compile; looking them up does not.
        self._longest: dict[str, int] = {}
        for surface in self._terms:
            self._longest[surface[:1]] = max(self._longest.get(surface[:1], 0), len(surface))
        self.expand = lru_cache(maxsize=512)(self._expand)

    def _expand(self, query: str) -> ExpandedQuery:
        """The longest words of the lexicon win: 省工信厅 is not also read as 工信厅."""
        whole = query.encode("utf-8", "replace").decode()  # a lone surrogate would stop the libraries below
        text = " ".join(normalize(whole).split())
        for wrong, right in self._typos.items():
            text = text.replace(wrong, right)
        found: dict[str, None] = {}
        for surface in self._surfaces(text):
            for term in self._terms[surface]:
                if normalize(term) not in text:
                    found.setdefault(term)
        return ExpandedQuery(text, tuple(found))

    def _surfaces(self, text: str) -> Iterator[str]:
        """The lexicon's words in a text from left to right, none overlapping another, the longest at each place."""
        at = 0
        while at < len(text):
            longest = min(self._longest.get(text[at], 0), len(text) - at)
            sizes = (n for n in range(longest, 0, -1) if text[at : at + n] in self._terms and _is_whole(text, at, n))
            size = next(sizes, 0)
            if size:
                yield text[at : at + size]
            at += max(size, 1)


def _is_whole(text: str, at: int, size: int) -> bool:
    """Latin words match as whole words, Chinese ones anywhere."""
    if not _LATIN.search(text[at : at + size]):
        return True
    return not (_WORD.match(text[at - 1 : at]) or _WORD.match(text[at + size : at + size + 1]))
