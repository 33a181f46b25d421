"""Words with their places on a page, and the rows in which they stand."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

_LATIN_WORD = re.compile(r"[!-~]{2,30}")
_BRACKETED = re.compile(r"[（(《“].{0,3}[）)》”]?")
_SAME_ROW = 0.7  # of the height of the characters


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: "Box") -> bool:
        """Whether the middle of the other one lies in this one."""
        x, y = (other.left + other.right) / 2, (other.top + other.bottom) / 2
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        return max(self.bottom - self.top, 0.1)


@dataclass(frozen=True, slots=True)
class Word:
    """Characters that stand together, and how sure a recognition is of them (0 to 1)."""

    text: str
    box: Box
    confidence: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PageWords:
    """A page: its words, and the cells of each ruled table on it."""

    words: tuple[Word, ...]
    grids: tuple[tuple[Box, ...], ...]
    width: float
    height: float


def rows_of(words: Iterable[Word]) -> list[list[Word]]:
    """Words in rows from top to bottom, each from left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda each: each.box.middle):
        # A cell of two lines stands half above and half below the label beside it: two lines are one row's at most
        # where they do not stand under one another.
        row = next((row for row in rows[-2:] if _in_row(word, row)), None)
        if row is not None:
            row.append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda each: each.box.left) for row in rows]


def _in_row(word: Word, row: list[Word]) -> bool:
    last = row[-1].box
    level = last.top + 0.2 * last.height <= word.box.middle <= last.bottom
    near = word.box.middle - last.middle <= _SAME_ROW * min(word.box.height, last.height)
    return (level or near) and not any(_under(word.box, other.box) for other in row)


def _under(box: Box, other: Box) -> bool:
    """Whether two boxes share most of the shorter one's width."""
    shared = min(box.right, other.right) - max(box.left, other.left)
    return shared > 0.5 * min(box.right - box.left, other.right - other.left)


def row_text(row: list[Word]) -> str:
    """The words of a row as one text: a space only between Latin words and figures that stood apart."""
    written = ""
    before: Word | None = None
    for word in row:
        if before is not None:
            gap = word.box.left - before.box.right
            pair = before.text[-1:] + word.text[:1]
            apart = gap > 0.15 * word.box.height and pair.isascii()
            written += " " if apart or gap > word.box.height else ""
        written += word.text
        before = word
    return written.strip()


def joined(words: list[Word]) -> Word:
    box = Box(
        min(word.box.left for word in words),
        min(word.box.top for word in words),
        max(word.box.right for word in words),
        max(word.box.bottom for word in words),
    )
    return Word(row_text(words), box, lowest([word.confidence for word in words]))


def wrapped(first: str, second: str) -> str:
    """Two lines of one cell that were one: a space only between Latin words."""
    latin = (first[-1:] + second[:1]).isascii() and first[-1:].isalnum() and second[:1].isalnum()
    return first + (" " if latin else "") + second


def unbreakable(text: str) -> float:
    """How much wider than one character the start of a line is that could not stay on the line before."""
    latin = _LATIN_WORD.match(text)
    if latin:
        return 0.6 * len(latin.group())
    return float(len(found.group()) - 1) if (found := _BRACKETED.match(text)) else 0.0


def edges_of(values: list[float], tolerance: float) -> list[float]:
    """The places of rules or columns: values within the tolerance of each other are one."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= tolerance:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def nearest(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - value))


def lowest(confidences: list[Decimal | None]) -> Decimal | None:
    known = [confidence for confidence in confidences if confidence is not None]
    return min(known) if known else None
