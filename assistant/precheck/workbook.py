"""The plain part of writing a workbook: sheets of words and counts in which nothing can act, in the same bytes."""

import datetime
import io
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import xlsxwriter

# Office takes no longer cell; the rest is cut with an ellipsis.
MAX_CELL = 32_000
# A workbook says when it was made; this one is the same whenever it is made.
_MADE = datetime.datetime(2000, 1, 1)
# Words that a program could take for a formula, also after a copy into a CSV file or another sheet.
_ACTIVE = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
_FONT = {"font_name": "微软雅黑", "font_size": 10}
_FILLS = {"not_met": "#F6D5D2", "missing": "#FBE3C8", "review": "#FAF0C8", "met": "#DDEFE2"}

Cell = str | int
# Cells with their styles.
Row = list[tuple[Cell, str]]


def inert(text: str) -> str:
    """The words as a cell may hold them: what begins like a formula gets an apostrophe in front."""
    cut = text if len(text) <= MAX_CELL else text[: MAX_CELL - 1] + "…"
    return f"'{cut}" if cut.lstrip(" \u3000\u00a0").startswith(_ACTIVE) else cut


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading and its width in characters."""

    heading: str
    width: int


class Workbook:
    """A workbook in memory; `with` closes it, then `data` are its bytes."""

    def __init__(self, title: str) -> None:
        self._stream = io.BytesIO()
        self.book = xlsxwriter.Workbook(self._stream, _OPTIONS)
        self.book.set_properties({"title": inert(title), "author": "", "created": _MADE})
        self._formats: dict[str, Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.book.close()

    @property
    def data(self) -> bytes:
        return self._stream.getvalue()

    def style(self, name: str) -> Any:
        """The format of a verdict, or of `title`, `heading`, `notice`, `plain`, `cell`, `count`."""
        if name not in self._formats:
            looks: dict[str, Any] = {**_FONT, "valign": "top", "text_wrap": True}
            if name == "title":
                looks |= {"bold": True, "font_size": 15, "text_wrap": False}
            elif name == "notice":
                looks |= {"bold": True, "font_color": "#7A4B00", "text_wrap": False}
            elif name == "plain":
                looks |= {"text_wrap": False}
            else:
                looks |= {"border": 1, "border_color": "#C9D0D9"}
            if name == "count":
                looks |= {"align": "center"}
            if name == "heading":
                looks |= {"bold": True, "bg_color": "#E6EBF0", "valign": "vcenter"}
            if name in _FILLS:
                looks |= {"bg_color": _FILLS[name]}
            self._formats[name] = self.book.add_format(looks)
        return self._formats[name]

    def add_sheet(self, name: str) -> Any:
        """A sheet that prints on A4 across, as wide as one page. `name` is the program's own, never a stranger's."""
        sheet = self.book.add_worksheet(name)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
        sheet.set_footer("&C&P / &N")
        return sheet

    def write(self, sheet: Any, row: int, column: int, value: Cell, style: str = "cell") -> None:
        """One cell: a count as a number, everything else as inert words."""
        if isinstance(value, int):
            sheet.write_number(row, column, value, self.style("count" if style == "cell" else style))
        else:
            sheet.write_string(row, column, inert(value), self.style(style))

    def add_table(self, sheet: Any, top: int, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        """A table with its headings at row `top`; every cell comes with its style. Columns can be filtered."""
        for number, column in enumerate(columns):
            sheet.set_column(number, number, column.width)
        heads: Row = [(column.heading, "heading") for column in columns]
        for offset, row in enumerate([heads, *rows]):
            # Not every program fits a row to its words by itself.
            sheet.set_row(top + offset, _height(row, columns))
            for number, (value, style) in enumerate(row):
                self.write(sheet, top + offset, number, value, style)
        sheet.freeze_panes(top + 1, 0)
        sheet.repeat_rows(top)
        if rows:
            sheet.autofilter(top, 0, top + len(rows), len(columns) - 1)


def _height(row: Row, columns: Sequence[Column]) -> int:
    """How high a row must be for its words, in points; Office takes no more than 409."""
    lines = 1
    for (value, _), column in zip(row, columns, strict=True):
        wrapped = sum(-(-max(_width(line), 1) // (column.width - 1)) for line in str(value).split("\n"))
        lines = max(lines, wrapped)
    return min(4 + 14 * lines, 409)


def _width(line: str) -> int:
    return sum(2 if character > "\u2e7f" or character in "“”‘’…—" else 1 for character in line)
