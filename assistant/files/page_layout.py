"""Words with their places on pages -> tables and paragraphs; the same for printed text and for recognised pictures.

Lengths are in the page's own unit (points or pixels), from the top left; they place words and are no figures of
the draft. Where lines are ruled, their cells hold the words; elsewhere words far apart in a row stand in columns.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from assistant.files import pdf_lines
from assistant.files.content import Cell, Line, Table

_COLUMN_GAP = 1.2  # of the height of the characters
_REACHES_EDGE = 1.6
_SAME_ROW = 0.7  # of the height of the characters
_LATIN_WORD = re.compile(r"[!-~]{2,30}")
_BRACKETED = re.compile(r"[（(《“].{0,3}[）)》”]?")


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


def compose(pages: list[PageWords]) -> tuple[tuple[Table, ...], tuple[Line, ...]]:
    """The tables and paragraphs on `pages`, in reading order; places name page, table, row and line."""
    tables: list[Table] = []
    proses: list[pdf_lines.Page] = []
    origin: dict[int, tuple[str, Decimal | None]] = {}
    for number, page in enumerate(pages, start=1):
        found, prose = _read_page(page, number, origin)
        tables += found
        proses.append(prose)
    lines = []
    for group in pdf_lines.paragraph_lines(proses):
        confidences = [origin[id(line)][1] for line in group]
        lines.append(Line(pdf_lines.joined_lines(group), origin[id(group[0])][0], _lowest(confidences)))
    return tuple(tables), tuple(lines)


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


def _read_page(
    page: PageWords, number: int, origin: dict[int, tuple[str, Decimal | None]]
) -> tuple[list[Table], pdf_lines.Page]:
    line_of = {id(word): count for count, row in enumerate(rows_of(page.words), start=1) for word in row}
    tables: list[tuple[float, Table]] = []
    rest = list(page.words)
    for grid in page.grids:
        inside = [word for word in rest if any(box.holds(word.box) for box in grid)]
        kept = {id(word) for word in inside}
        rest = [word for word in rest if id(word) not in kept]
        cells = _grid_cells(grid, inside, page.width * 0.006)
        tables.append((min(box.top for box in grid), Table("", cells, "")))
    # Recognised boxes of one font size differ a little in height.
    usual = float(median(word.box.height for word in page.words)) if page.words else 0.0
    prose: list[pdf_lines.Line] = []
    block: list[list[Word]] = []
    for row in [*rows_of(rest), []]:
        segments = _segments(row)
        if len(segments) > 1 or (block and segments and _hangs(segments[0], block)):
            block.append(segments)
            continue
        if block:
            tables.append((block[0][0].box.top, Table("", _column_cells(block), "")))
            block = []
        for segment in segments:
            box = segment.box
            line = pdf_lines.Line(
                segment.text, box.left, box.right, box.top, usual if _near(box, usual) else box.height
            )
            origin[id(line)] = (f"page {number}, line {line_of[id(row[0])]}", segment.confidence)
            prose.append(line)
    ordered = [table for _, table in sorted(tables, key=lambda placed: placed[0]) if table.cells]
    named = [_named(table, f"page {number}, table {at}") for at, table in enumerate(ordered, start=1)]
    return named, pdf_lines.Page(tuple(prose), page.width, page.height)


def _near(box: Box, usual: float) -> bool:
    return abs(box.height - usual) < 0.25 * usual


def _named(table: Table, place: str) -> Table:
    cells = tuple(
        Cell(c.text, c.row, c.column, f"{place}, row {c.row}", c.row_span, c.column_span, c.confidence)
        for c in table.cells
    )
    return Table(table.name, cells, place)


def _grid_cells(grid: tuple[Box, ...], words: list[Word], tolerance: float) -> tuple[Cell, ...]:
    """The cells of a ruled table, the empty ones too; spans come from the rules they reach over."""
    xs = _edges([edge for box in grid for edge in (box.left, box.right)], tolerance)
    ys = _edges([edge for box in grid for edge in (box.top, box.bottom)], tolerance)
    cells: dict[tuple[int, int], Cell] = {}
    free = list(words)
    for box in sorted(grid, key=lambda each: (each.bottom - each.top) * (each.right - each.left)):
        inside = [word for word in free if box.holds(word.box)]
        kept = {id(word) for word in inside}
        free = [word for word in free if id(word) not in kept]
        row, column = _index(ys, box.top) + 1, _index(xs, box.left) + 1
        row_span = max(_index(ys, box.bottom) + 1 - row, 1)
        column_span = max(_index(xs, box.right) + 1 - column, 1)
        confidence = _lowest([word.confidence for word in inside])
        cell = Cell(_cell_text(inside, box), row, column, "", row_span, column_span, confidence)
        cells.setdefault((row, column), cell)
    return tuple(cells[at] for at in sorted(cells)) if any(cell.text for cell in cells.values()) else ()


def _cell_text(words: list[Word], box: Box) -> str:
    """The lines of a cell, those that were wrapped at its edge joined again."""
    rows = rows_of(words)
    texts = [row_text(row) for row in rows]
    if len(texts) > 2 and all(len(text) <= 2 for text in texts):  # a heading down the side
        return "".join(texts)
    written = ""
    for at, text in enumerate(texts):
        if at:
            last = rows[at - 1][-1].box
            wrapped = last.right + (_REACHES_EDGE + _unbreakable(text)) * last.height >= box.right
            written = _wrapped(written, text) if wrapped else f"{written}\n{text}"
        else:
            written = text
    return written


def _wrapped(first: str, second: str) -> str:
    """Two lines of one cell that were one: a space only between Latin words."""
    latin = (first[-1:] + second[:1]).isascii() and first[-1:].isalnum() and second[:1].isalnum()
    return first + (" " if latin else "") + second


def _unbreakable(text: str) -> float:
    """How much wider than one character the start of a line is that could not stay on the line before."""
    latin = _LATIN_WORD.match(text)
    if latin:
        return 0.6 * len(latin.group())
    return float(len(found.group()) - 1) if (found := _BRACKETED.match(text)) else 0.0


def _segments(row: list[Word]) -> list[Word]:
    """A row's words joined where they stand close."""
    segments: list[list[Word]] = []
    for word in row:
        close = segments and word.box.left - segments[-1][-1].box.right < _COLUMN_GAP * word.box.height
        if close:
            segments[-1].append(word)
        else:
            segments.append([word])
    return [_one(words) for words in segments]


def _one(words: list[Word]) -> Word:
    box = Box(
        min(word.box.left for word in words),
        min(word.box.top for word in words),
        max(word.box.right for word in words),
        max(word.box.bottom for word in words),
    )
    return Word(row_text(words), box, _lowest([word.confidence for word in words]))


def _hangs(segment: Word, block: list[list[Word]]) -> bool:
    """Whether a lone segment goes on below a column other than the first of the row above."""
    above = block[-1]
    size = segment.box.height
    near = segment.box.top - max(word.box.bottom for word in above) < size
    return near and any(abs(word.box.left - segment.box.left) < size for word in (above[1:] or above))


def _column_cells(block: list[list[Word]]) -> tuple[Cell, ...]:
    """Rows of segments as cells: segments that begin at the same place share a column."""
    size = min(word.box.height for row in block for word in row)
    xs = _edges([word.box.left for row in block for word in row], 1.5 * size)
    cells: list[Cell] = []
    number = 0
    for segments in block:
        if len(segments) == 1 and cells:
            column = _index(xs, segments[0].box.left) + 1
            above = next((at for at in range(len(cells) - 1, -1, -1) if cells[at].column == column), None)
            if above is not None:
                cell = cells[above]
                text, confidence = _wrapped(cell.text, segments[0].text), _lowest([cell.confidence, segments[0].confidence])
                cells[above] = Cell(text, cell.row, column, "", confidence=confidence)
                continue
        number += 1
        used = 0
        for word in segments:
            used = max(_index(xs, word.box.left) + 1, used + 1)
            cells.append(Cell(word.text, number, used, "", confidence=word.confidence))
    return tuple(cells)


def _edges(values: list[float], tolerance: float) -> list[float]:
    """The places of rules or columns: values within the tolerance of each other are one."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= tolerance:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _index(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - value))


def _lowest(confidences: list[Decimal | None]) -> Decimal | None:
    known = [confidence for confidence in confidences if confidence is not None]
    return min(known) if known else None
