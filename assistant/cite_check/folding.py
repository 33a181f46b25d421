"""Two ways to look at a text, each with the place of every character that is left.

Verbatim: without blanks and line ends, which a copy may set anew. Loose: also without punctuation, in one width and in
simplified characters; equal only here, two texts have the same words and are not the same.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from opencc import OpenCC

from assistant.law.lines import BLANKS

_BLANK = frozenset(BLANKS + "\n\r\x0b\x0c\x1c\x1d\x1e\x1f\u2028\u2029\x85\u061c\u180e")
# Signs that are words here: 公司＋联盟, 50%, a minimum of 80.
_SIGNS_THAT_COUNT = frozenset("+%<>=≥≤~～×")


@dataclass(frozen=True, slots=True)
class Folded:
    """`places[i]` is where `text[i]` stands in the original."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's span for `text[start:end]`, which is not empty."""
        return self.places[start], self.places[end - 1] + 1


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@lru_cache(maxsize=8192)
def _simplified(char: str) -> str:
    changed = str(_converter().convert(char))
    return changed if len(changed) == 1 else char


@lru_cache(maxsize=8192)
def _one_form(char: str) -> str:
    """A character in half width and simplified; as it is where that would make it another number of characters."""
    plain = unicodedata.normalize("NFKC", char)
    return _simplified(plain if len(plain) == 1 else char)


def simplified(text: str) -> str:
    """The text in simplified characters, of the same length."""
    if text.isascii():
        return text
    return "".join(c if c.isascii() else _simplified(c) for c in text)


def is_blank(char: str) -> bool:
    return char in _BLANK


def is_punctuation(char: str) -> bool:
    """Whether a character is a mark that says nothing by itself."""
    return char not in _SIGNS_THAT_COUNT and unicodedata.category(char)[0] in "PSZC"


def verbatim(text: str) -> Folded:
    kept = [(c, i) for i, c in enumerate(text) if c not in _BLANK]
    return Folded("".join(c for c, _ in kept), tuple(i for _, i in kept))


def loose(text: str) -> Folded:
    kept = []
    for place, char in enumerate(text):
        form = char if char.isascii() else _one_form(char)
        if form not in _BLANK and not is_punctuation(form):
            kept.append((form, place))
    return Folded("".join(c for c, _ in kept), tuple(i for _, i in kept))
