"""A Word draft -> its tables, cell by cell, and the paragraphs outside them.

What counts is what docx_story says; ticks, choices and filled content controls count too. Tables are numbered in
the order in which they begin, nested ones and those in text boxes included; rows count from 1 without deleted ones;
paragraphs outside tables count from 1 without empty ones.
"""

import io
from dataclasses import dataclass, field

from docx.oxml.xmlchemy import BaseOxmlElement

from assistant.errors import UnreadableFileError
from assistant.files.content import Cell, Draft, Line, Table
from assistant.files.docx_story import Story
from assistant.files.docx_text import damaged, document_in
from assistant.files.docx_xml import attribute, child, number
from assistant.files.limits import Limits
from assistant.files.package import plain_word

_MAX_NESTING = 20
_MAX_SPAN = 1000


def read_docx(archive: io.BytesIO, limits: Limits) -> Draft:
    """The draft in a .docx, .docm or .dotx that was checked and repacked. Raises UnreadableFileError."""
    document = document_in(plain_word(archive))
    reading = _Reading(Story(document, filled=True), limits)
    try:
        reading.read(document.element.body)
    except (UnreadableFileError, MemoryError):
        raise
    except Exception as error:  # a damaged part may lead anywhere
        raise damaged() from error
    tables = tuple(table for table in reading.tables if table is not None)
    return Draft("docx", tables, tuple(reading.lines))


@dataclass
class _Reading:
    story: Story
    limits: Limits
    tables: list[Table | None] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    row_count: int = 0
    paragraph_count: int = 0

    def read(self, body: BaseOxmlElement) -> None:
        for piece in self.story.pieces(body):
            if not isinstance(piece, str):
                self._table(piece, 1)
            elif piece.strip():
                self.paragraph_count += 1
                place = f"paragraph {self.paragraph_count}"
                self.lines += [Line(line.strip(), place) for line in piece.split("\n") if line.strip()]

    def _table(self, element: BaseOxmlElement, depth: int) -> None:
        """Reads a table into its place in `tables`, and those nested in it after it."""
        if depth > _MAX_NESTING:
            raise damaged()
        self.tables.append(None)
        position = len(self.tables)
        place = f"table {position}"
        cells: list[Cell] = []
        open_at: dict[int, int] = {}  # grid column -> index in `cells` of the cell that may go on below
        for row_number, (row, row_cells) in enumerate(self.story.rows(element), start=1):
            self._count_row()
            column = 1 + _span(child(row, "w:trPr"), "w:gridBefore", default=0)
            for cell in row_cells:
                properties = child(cell, "w:tcPr")
                span = _span(properties, "w:gridSpan", default=1)
                merged = child(properties, "w:vMerge")
                goes_on = merged is not None and attribute(merged) != "restart" and column in open_at
                if goes_on:
                    above = cells[open_at[column]]
                    cells[open_at[column]] = _taller(above)
                else:
                    text = self._cell_text(cell, depth)
                    cells.append(Cell(text, row_number, column, f"{place}, row {row_number}", 1, span))
                    for covered in range(column, column + span):
                        open_at.pop(covered, None)
                    if merged is not None:
                        open_at[column] = len(cells) - 1
                column += span
        self.tables[position - 1] = Table("", tuple(cells), place)

    def _cell_text(self, cell: BaseOxmlElement, depth: int) -> str:
        lines: list[str] = []
        for piece in self.story.pieces(cell):
            if isinstance(piece, str):
                lines.append(piece)
            else:
                self._table(piece, depth + 1)
        return "\n".join(line.strip() for line in "\n".join(lines).split("\n") if line.strip())

    def _count_row(self) -> None:
        self.row_count += 1
        if self.row_count > self.limits.rows:
            raise too_many_rows(self.limits)


def too_many_rows(limits: Limits) -> UnreadableFileError:
    """What to raise for a draft with more table rows than are read."""
    return UnreadableFileError(f"文件中的表格超过{limits.rows}行的上限，没有读取。", "请只保留要检查的表格后再试。")


def _taller(cell: Cell) -> Cell:
    return Cell(cell.text, cell.row, cell.column, cell.place, cell.row_span + 1, cell.column_span)


def _span(properties: BaseOxmlElement | None, tag: str, default: int) -> int:
    value = number(child(properties, tag))
    return default if value is None else min(max(value, default), _MAX_SPAN)
