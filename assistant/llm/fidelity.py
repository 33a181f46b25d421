"""A second fence beside the check of the text: bounds that a figure keeps, and words that are nearly the law's."""

import re
from collections.abc import Sequence

from assistant.llm.established import Source

# A figure with the bound that the law puts before it, and what says the same bound in other words.
_BOUNDED = re.compile(
    r"(?P<least>不(?:得)?(?:少于|低于|小于)|至少|最低|超过)?(?P<most>不(?:得)?(?:超过|多于|高于)|至多|最多)?"
    r"(?P<figure>\d[\d,.]*[万亿]?[^\d\s，。；、（）]?)"
)
_AT_LEAST = re.compile(r"不(?:得)?(?:少于|低于|小于)|至少|最低|最少|起码|下限|以上|超过")
_AT_MOST = re.compile(r"不(?:得)?(?:超过|多于|高于)|至多|最多|上限|以内|以下")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*")
# 80人年, 1000万元月: a unit with a second one behind it.
_COMPOUND = re.compile(r"\d[\d,.]*[万亿]?[^\d\s，。；、（）年月日天]{1,2}[年月日天时次]")
_PAUSES = re.compile(r"[，。；：、,;:（）()“”《》！？!?\s]")
_QUOTED = re.compile(r"“([^“”]+)”")
# A clause this long that differs from the law's in so few characters is a misquote, no wording of one's own.
_LONG, _FEW = 8, 2


def keeps_bounds(text: str, sources: Sequence[Source]) -> bool:
    """Whether a figure that the law calls the least or the most is still called so."""
    for source in sources:
        for found in _BOUNDED.finditer(source.quote):
            bound = _AT_LEAST if found["least"] else _AT_MOST if found["most"] else None
            if bound is None or found["figure"] not in text:
                continue
            clauses = [c for c in re.split(r"[，。；]", text) if found["figure"] in c]
            if not all(bound.search(clause) for clause in clauses):
                return False
    return True


def adds_letters_or_units(text: str, sources: Sequence[Source], known: Sequence[str] = ()) -> bool:
    """Whether there is a word in Latin letters, or a figure with another unit, that stands nowhere in the sources."""
    given = "\n".join((*(s.quote for s in sources), *_names(sources), *known))
    if any(word not in given for word in _LATIN.findall(text)):
        return True
    return any(found.group() not in given for found in _COMPOUND.finditer(text))


def misquotes(text: str, sources: Sequence[Source]) -> bool:
    """Whether words pass for the law's that are not: in quotation marks, or but for a character or two."""
    quotes = "\n".join(s.quote for s in sources)
    if any(quoted not in quotes and quoted not in _names(sources) for quoted in _QUOTED.findall(text)):
        return True
    bare = _PAUSES.sub("", quotes)
    return any(
        0 < _distance(clause, bare) <= _FEW
        for clause in _PAUSES.split(_without_names(text, sources))
        if len(clause) >= _LONG
    )


def _distance(clause: str, text: str) -> int:
    """In how many characters a clause differs from what is most like it in a text."""
    if clause in text:
        return 0
    windows = (text[i : i + len(clause)] for i in range(len(text) - len(clause) + 1))
    return min((sum(a != b for a, b in zip(clause, w, strict=True)) for w in windows), default=len(clause))


def _names(sources: Sequence[Source]) -> set[str]:
    return {name for s in sources for name in s.names}


def _without_names(text: str, sources: Sequence[Source]) -> str:
    for name in sorted(_names(sources), key=len, reverse=True):
        text = text.replace(name, "，")
    return text
