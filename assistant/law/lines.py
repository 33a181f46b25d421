"""The lines of a source, and what their beginnings and ends tell: blanks, full stops, hyphen-less line wraps."""

import re
from dataclasses import dataclass

BLANKS = " \t\u3000\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a" + (
    "\u200b\u200c\u200d\u200e\u200f\u202f\u205f\u2060\u00ad\ufeff\x00"
)
"""Characters that show nothing; `str.strip` does not know the zero-width ones."""

_LINE = re.compile("[^\n\r\x0b\x0c\x1c-\x1e\u2028\u2029\x85]+")
_STOPS = tuple("。；;！!？?：:”）)》」】.")
# A line that ends so goes on in the next one: what follows is the object of a verb, or the rest of a list.
_LEADS_ON = re.compile(
    r"(?:[，,、“（(]|依照|依据|按照|根据|违反|符合|适用|参照|执行|除|以及|[及和或与至到对]|本办法|本规定|本条例|本细则|本法"
    r"|(?:办法|条例|规定|细则|法)》)\Z"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that shows something: `[start, end)` without the blanks around it; `indent` blanks before it."""

    start: int
    end: int
    indent: int


def text_lines(text: str, start: int = 0, end: int | None = None) -> list[Line]:
    """The lines of `text[start:end]` that are not blank."""
    found = []
    for match in _LINE.finditer(text, start, len(text) if end is None else end):
        words = match.group().lstrip(BLANKS)
        indent = len(match.group()) - len(words)
        words = words.rstrip(BLANKS)
        if words:
            at = match.start() + indent
            found.append(Line(at, at + len(words), indent))
    return found


def is_complete(text: str, line: Line) -> bool:
    """Whether a line ends as a sentence or a part of one does, so that the next line begins something new."""
    return text[line.end - 1] in _STOPS


def leads_on(text: str, line: Line) -> bool:
    """Whether a line breaks off where only a continuation can follow: 依照本办法 / 第七条的规定."""
    return _LEADS_ON.search(text, max(line.start, line.end - 6), line.end) is not None


def compact(text: str) -> str:
    """A text without any blank."""
    return "".join(text.translate(_NOTHING).split())


_NOTHING = {ord(c): None for c in BLANKS}


def wrap_width(text: str, lines: list[Line]) -> int | None:
    """The width at which a text is hard-wrapped, in columns; None if its lines end where its paragraphs do."""
    broken = sorted(_columns(text, a) for a in lines[:2000] if not is_complete(text, a) and a.end - a.start > 12)
    if len(broken) < 8:
        return None
    middle = broken[len(broken) // 2]
    near = sum(1 for width in broken if abs(width - middle) <= 6)
    return middle if near * 10 >= len(broken) * 7 and middle < 160 else None


def fills(text: str, line: Line, width: int | None) -> bool:
    """Whether a line reaches the width of a hard-wrapped text, so that its end may be a wrap."""
    return width is not None and _columns(text, line) >= width - 4


def _columns(text: str, line: Line) -> int:
    """The columns up to a line's end; the line may begin behind a heading that stands in the same line."""
    begin = text.rfind("\n", max(0, line.start - 60), line.start) + 1
    return sum(1 if c.isascii() else 2 for c in text[begin or line.start : line.end])
