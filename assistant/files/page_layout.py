"""Words with their places on pages -> tables and paragraphs; the same for printed text and for recognised pictures.

Lengths are in the page's own unit (points or pixels), from the top left; they place words and are no figures of
the draft. Where lines are ruled, their cells hold the words; elsewhere words far apart in a row stand in columns.
"""

from decimal import Decimal
from statistics import median

from assistant.files import pdf_lines
from assistant.files.content import Cell, Line, Table
from assistant.files.page_columns import blocks_of, column_cells, segments_of
from assistant.files.page_words import (
    Box,
    PageWords,
    Word,
    edges_of,
    lowest,
    nearest,
    row_text,
    rows_of,
    unbreakable,
    wrapped,
)

_REACHES_EDGE = 1.6


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
        lines.append(Line(pdf_lines.joined_lines(group), origin[id(group[0])][0], lowest(confidences)))
    return tuple(tables), tuple(lines)


def _read_page(
    page: PageWords, number: int, origin: dict[int, tuple[str, Decimal | None]]
) -> tuple[list[Table], pdf_lines.Page]:
    heights = [float(median(word.box.middle for word in row)) for row in rows_of(page.words)]
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
    rows = rows_of(rest)
    for is_table, group in blocks_of(segments_of(rows)):
        if is_table:
            tables.append((group[0][0].box.top, Table("", column_cells(group), "")))
            continue
        for segment in (each for line in group for each in line):
            box = segment.box
            line = pdf_lines.Line(
                segment.text, box.left, box.right, box.top, usual if _near(box, usual) else box.height
            )
            origin[id(line)] = (f"page {number}, line {nearest(heights, box.middle) + 1}", segment.confidence)
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
    xs = edges_of([edge for box in grid for edge in (box.left, box.right)], tolerance)
    ys = edges_of([edge for box in grid for edge in (box.top, box.bottom)], tolerance)
    cells: dict[tuple[int, int], Cell] = {}
    free = list(words)
    for box in sorted(grid, key=lambda each: (each.bottom - each.top) * (each.right - each.left)):
        inside = [word for word in free if box.holds(word.box)]
        kept = {id(word) for word in inside}
        free = [word for word in free if id(word) not in kept]
        row, column = nearest(ys, box.top) + 1, nearest(xs, box.left) + 1
        row_span = max(nearest(ys, box.bottom) + 1 - row, 1)
        column_span = max(nearest(xs, box.right) + 1 - column, 1)
        confidence = lowest([word.confidence for word in inside])
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
            full = last.right + (_REACHES_EDGE + unbreakable(text)) * last.height >= box.right
            written = wrapped(written, text) if full else f"{written}\n{text}"
        else:
            written = text
    return written
