"""An Excel draft -> one table for each visible sheet, every value with the digits the file stores.

Read from the parts themselves, row by row: a library that turns numbers into floats loses what was stored, and one
that builds all cells first cannot stop at a limit. The archive was checked before.
"""

import io
import posixpath
import zipfile
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from assistant.errors import UnreadableFileError
from assistant.files.content import Cell, Draft, Table
from assistant.files.limits import Limits
from assistant.files.sheet_values import Workbook, column_and_row, local, read_workbook

_MAX_SPAN_CELLS = 20_000


@dataclass
class _Sheet:
    """What was found on one sheet so far."""

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: int = 0
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)


def read_xlsx(archive: io.BytesIO, limits: Limits) -> Draft:
    """The draft in an .xlsx or .xlsm that was checked and repacked. Raises UnreadableFileError."""
    try:
        with zipfile.ZipFile(archive) as opened:
            return _read(opened, limits)
    except UnreadableFileError:
        raise
    except (etree.XMLSyntaxError, zipfile.BadZipFile, KeyError, ValueError, IndexError, TypeError) as error:
        raise UnreadableFileError(
            "Excel文件已损坏或结构不完整，无法读取。", "请用Excel或WPS打开并重新另存为.xlsx后再试。"
        ) from error


def _read(opened: zipfile.ZipFile, limits: Limits) -> Draft:
    workbook = read_workbook(opened)
    tables: list[Table] = []
    notes: list[str] = []
    budget = [limits.rows, limits.cells]
    for name, path, visible in workbook.sheets:
        if not visible:
            notes.append(f"工作表“{name}”是隐藏的，没有读取。")
            continue
        sheet = _read_sheet(opened, path, name, workbook, budget, limits)
        cells = _placed(sheet)
        if cells:
            tables.append(Table(name, cells, f"sheet {name}"))
        notes += _hidden_notes(sheet)
    return Draft("xlsx", tuple(tables), (), notes=tuple(notes))


def _read_sheet(
    opened: zipfile.ZipFile, path: str, name: str, workbook: Workbook, budget: list[int], limits: Limits
) -> _Sheet:
    """One sheet; `budget`: rows and cells still allowed in the whole file, counted down."""
    sheet = _Sheet(name)
    row_number = 0
    with opened.open(posixpath.normpath(path)) as stream:
        wanted = [f"{{*}}{tag}" for tag in ("row", "mergeCell", "col")]
        for _, element in etree.iterparse(stream, tag=wanted, resolve_entities=False, no_network=True):
            kind = local(element)
            if kind == "row":
                row_number = int(element.get("r") or row_number + 1)
                if _read_row(element, row_number, sheet, workbook, budget):
                    budget[0] -= 1
                if budget[0] < 0 or budget[1] < 0:
                    raise UnreadableFileError(
                        f"表格超过{limits.rows}行或{limits.cells}个单元格的上限，没有读取。",
                        "请只保留要检查的表格后再试。",
                    )
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
            elif kind == "mergeCell":
                sheet.merges.append(_area(element.get("ref", "")))
                if len(sheet.merges) > limits.rows:
                    raise UnreadableFileError("表格中的合并单元格过多，没有读取。", "请只保留要检查的表格后再试。")
            elif element.get("hidden") in ("1", "true"):
                sheet.hidden_columns.append((int(element.get("min")), int(element.get("max"))))
    return sheet


def _read_row(row: Any, row_number: int, sheet: _Sheet, workbook: Workbook, budget: list[int]) -> bool:
    """Reads the cells of a row; whether it says anything."""
    column = 0
    found: list[Cell] = []
    for element in row.iterchildren("{*}c"):
        reference = element.get("r")
        column = column_and_row(reference)[0] if reference else column + 1
        text, note = workbook.value(element)
        if text or note:
            place = f"sheet {sheet.name}, {column_letters(column)}{row_number}"
            found.append(Cell(text, row_number, column, place, note=note))
    if not found:
        return False
    if row.get("hidden") in ("1", "true"):
        sheet.hidden_rows += 1
        return True
    budget[1] -= len(found)
    sheet.cells.update({(cell.row, cell.column): cell for cell in found})
    return True


def _placed(sheet: _Sheet) -> tuple[Cell, ...]:
    """The visible cells, in order, merged ones with their span."""
    for left, top, right, bottom in sheet.merges:
        first = sheet.cells.get((top, left))
        if first is not None:
            sheet.cells[top, left] = replace(first, row_span=bottom - top + 1, column_span=right - left + 1)
        size = (right - left + 1) * (bottom - top + 1)
        # What a merged area covers is not seen; a whole merged column is looked through from the cells' side.
        covered = (
            [(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)]
            if size <= _MAX_SPAN_CELLS
            else [at for at in sheet.cells if top <= at[0] <= bottom and left <= at[1] <= right]
        )
        for at in covered:
            if at != (top, left):
                sheet.cells.pop(at, None)
    visible = [
        cell
        for cell in sheet.cells.values()
        if not any(
            low <= cell.column and cell.column + cell.column_span - 1 <= high for low, high in sheet.hidden_columns
        )
    ]
    return tuple(sorted(visible, key=lambda cell: (cell.row, cell.column)))


def _hidden_notes(sheet: _Sheet) -> list[str]:
    notes = []
    if sheet.hidden_rows:
        notes.append(f"工作表“{sheet.name}”有{sheet.hidden_rows}行是隐藏的，没有读取。")
    columns = {at[1] for at in sheet.cells}
    hidden = sum(any(low <= column <= high for low, high in sheet.hidden_columns) for column in columns)
    if hidden:
        notes.append(f"工作表“{sheet.name}”有{hidden}列是隐藏的，没有读取。")
    return notes


def column_letters(column: int) -> str:
    """1 -> A, 27 -> AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _area(reference: str) -> tuple[int, int, int, int]:
    """A merged area such as A1:C2 as left, top, right, bottom."""
    first, _, last = reference.partition(":")
    left, top = column_and_row(first)
    right, bottom = column_and_row(last or first)
    return left, top, right, bottom
