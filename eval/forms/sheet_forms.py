"""Writes plans as xlsx, csv and json."""

import csv
import json
from itertools import groupby
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from eval.forms.plan import Plan, Row
from eval.forms.words import INSTRUCTIONS, REMARK, TITLE, marked


def write_xlsx(plan: Plan, path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 - a new workbook has one sheet
    if plan.layout.sheet == 2:
        sheet.title = "填表说明"
        for number, line in enumerate(INSTRUCTIONS, 1):
            sheet.cell(number, 1, line)
        sheet = book.create_sheet("自评数据")
    {"side": _side, "units": _units, "on_top": _on_top, "blocks": _blocks}[plan.layout.shape](plan, sheet)
    book.save(path)


def _put(sheet: Worksheet, row: int, column: int, plan: Plan, entry: Row) -> None:
    """A number where the plan types numbers, else text; numbers are shown with thousands separators."""
    cell = sheet.cell(row, column)
    if plan.layout.typed and entry.number is not None:
        cell.value = entry.number
        cell.number_format = "#,##0.00" if entry.number % 1 else "#,##0"
    elif entry.text:
        cell.value = marked(entry, plan.layout.marks)
        cell.number_format = "@"


def _side(plan: Plan, sheet: Worksheet) -> None:
    layout = plan.layout
    sheet.cell(1, layout.left, TITLE[plan.split])
    sheet.merge_cells(start_row=1, end_row=1, start_column=layout.left, end_column=layout.left + 3)
    row = 2
    for column, word in enumerate(layout.head, layout.left):
        sheet.cell(row, column, word)
    row += bool(layout.head)
    first = layout.left + layout.serial
    for number, entry in enumerate(plan.rows, 1):
        if layout.serial:
            sheet.cell(row, layout.left, number)
        sheet.cell(row, first, entry.label)
        _put(sheet, row, first + 1, plan, entry)
        row += 1


def _blocks(plan: Plan, sheet: Worksheet) -> None:
    """A form drawn on a sheet: the section down the side, label and value each over several joined columns."""
    sheet.cell(1, 1, TITLE[plan.split])
    sheet.merge_cells("A1:F1")
    row = 2
    for section, group in groupby(plan.rows, key=lambda entry: entry.section):
        first = row
        for entry in group:
            sheet.cell(row, 2, entry.label)
            _put(sheet, row, 4, plan, entry)
            sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=3)
            sheet.merge_cells(start_row=row, end_row=row, start_column=4, end_column=6)
            row += 1
        sheet.cell(first, 1, section)
        sheet.merge_cells(start_row=first, end_row=row - 1, start_column=1, end_column=1)


def _units(plan: Plan, sheet: Worksheet) -> None:
    for column, word in enumerate(plan.layout.head, 1):
        sheet.cell(1, column, word)
    for number, entry in enumerate(plan.rows, 2):
        sheet.cell(number, 1, entry.label)
        sheet.cell(number, 2, entry.unit or "—")
        _put(sheet, number, 3, plan, entry)
        if len(plan.layout.head) > 3:
            sheet.cell(number, 4, REMARK)


def _on_top(plan: Plan, sheet: Worksheet) -> None:
    sheet.cell(1, 1, TITLE[plan.split])
    for column, entry in enumerate(plan.rows, 1):
        sheet.cell(2, column, entry.label)
        if plan.layout.below == 2:
            sheet.cell(3, column, entry.unit)
        _put(sheet, 2 + plan.layout.below, column, plan, entry)


def write_csv(plan: Plan, path: Path) -> None:
    with path.open("w", encoding=plan.layout.encoding, newline="") as stream:
        writer = csv.writer(stream)
        if plan.layout.head:
            writer.writerow(plan.layout.head)
        more = [""] * (len(plan.layout.head) - 2)
        writer.writerows([row.label, row.text, *more] for row in plan.rows)


def write_json(plan: Plan, path: Path) -> None:
    """A flat object: numbers where the plan types numbers, with the digits as written."""
    entries = []
    for number, row in enumerate(plan.rows):
        typed = plan.layout.typed and row.number is not None
        name = row.field or f"extra_{number}"
        entries.append(f"  {json.dumps(name)}: {row.number if typed else json.dumps(row.text, ensure_ascii=False)}")
    path.write_text("{\n" + ",\n".join(entries) + "\n}\n", encoding="utf-8")
