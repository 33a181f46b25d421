"""A query in a person's words in, the same query with the law's words beside it out."""

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.law.lexicon import Lexicon
from assistant.retrieval.tokens import normalize

_LATIN = re.compile(r"[a-z]")


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
        longest_first = sorted(self._terms, key=lambda s: (-len(s), s))
        self._surfaces = re.compile("|".join(map(_pattern, longest_first))) if longest_first else None
        self.expand = lru_cache(maxsize=512)(self._expand)

    def _expand(self, query: str) -> ExpandedQuery:
        """The longest words of the lexicon win: 省工信厅 is not also read as 工信厅."""
        whole = query.encode("utf-8", "replace").decode()  # a lone surrogate would stop the libraries below
        text = " ".join(normalize(whole).split())
        for wrong, right in self._typos.items():
            text = text.replace(wrong, right)
        found: dict[str, None] = {}
        for match in self._surfaces.finditer(text) if self._surfaces else ():
            for term in self._terms[match.group()]:
                if normalize(term) not in text:
                    found.setdefault(term)
        return ExpandedQuery(text, tuple(found))


def _pattern(surface: str) -> str:
    """Latin words match as whole words, Chinese ones anywhere."""
    escaped = re.escape(surface)
    return rf"(?<![a-z0-9]){escaped}(?![a-z0-9])" if _LATIN.search(surface) else escaped
