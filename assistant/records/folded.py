"""A text in plain characters with the way back: full-width and other digits as 0-9, invisible characters left out."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


class _Plain(dict[int, str]):
    """Each character's plain form, worked out when it is first seen."""

    def __missing__(self, code: int) -> str:
        self[code] = form = _plain(chr(code))
        return form


_PLAIN = _Plain()


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` holds one character for each visible one of the original; `places` say where each stands there."""

    text: str
    places: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original for a span that is not empty."""
        return self.places[start], self.places[end - 1] + 1


def folded(text: str) -> Folded:
    """The text with every character in its plain form, where that is a single one."""
    if not _INVISIBLE.search(text):
        return Folded(text.translate(_PLAIN), range(len(text)))
    places = [place for place, character in enumerate(text) if not _INVISIBLE.match(character)]
    return Folded("".join(text[place] for place in places).translate(_PLAIN), places)


def _plain(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    if category == "Pd" or character == "\u2212":  # dashes, and the sign minus
        return "-"
    form = unicodedata.normalize("NFKC", character)
    # A Chinese comma stays one: it stands between things, never inside a number.
    return form if len(form) == 1 and form != "," else character
