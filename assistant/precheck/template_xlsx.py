"""The blank form as a workbook: one sheet, one row for each field, lists to choose from."""

import io
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from assistant.forms.form_schema import FieldType, FormField, FormSchema
from assistant.precheck.workbook import inert

_COLUMNS = ("项目", "填写内容", "单位", "填写说明", "依据")
_WIDTHS = (30, 46, 8, 52, 18)
_MAX_PROMPT = 250


def xlsx_template(schema: FormSchema, values: Mapping[str, str] | None = None) -> bytes:
    """The workbook's bytes; the same for the same form. `values`: what is filled in already."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": schema.title})
    sheet = book.add_worksheet(schema.file_name[:31])
    looks = _looks(book)
    row = _head(sheet, schema, looks)
    for section in schema.sections:
        sheet.merge_range(row, 0, row, len(_WIDTHS) - 1, section.title, looks["section"])
        row += 1
        for field in schema.of_section(section):
            _row(sheet, row, field, looks, (values or {}).get(field.id, ""))
            row += 1
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    book.close()
    return buffer.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "text_wrap": True}
    boxed = base | {"border": 1, "border_color": "#999999"}
    return {
        "title": book.add_format(base | {"bold": True, "font_size": 16, "align": "center"}),
        "notice": book.add_format(base | {"font_color": "#9C2A00"}),
        "plain": book.add_format(base),
        "head": book.add_format(boxed | {"bold": True, "bg_color": "#D9E2EC", "align": "center"}),
        "section": book.add_format(boxed | {"bold": True, "bg_color": "#EEF2F6"}),
        "label": book.add_format(boxed | {"bold": True}),
        # Text, so that 12-3 stays what was typed and no zero is lost; numbers stay numbers.
        "text": book.add_format(boxed | {"bg_color": "#FFFDE7", "num_format": "@", "align": "left"}),
        "number": book.add_format(boxed | {"bg_color": "#FFFDE7", "align": "left"}),
        "hint": book.add_format(boxed | {"font_size": 10, "font_color": "#444444"}),
    }


def _head(sheet: Any, schema: FormSchema, looks: dict[str, Any]) -> int:
    """Title, notices and headings; the row that follows them."""
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    last = len(_WIDTHS) - 1
    sheet.merge_range(0, 0, 0, last, schema.title, looks["title"])
    sheet.set_row(0, 32)
    row = 1
    for words, look in ((schema.draft_notice, "notice"), (schema.instructions, "plain")):
        if words:
            sheet.merge_range(row, 0, row, last, words, looks[look])
            sheet.set_row(row, 34)
            row += 1
    for column, heading in enumerate(_COLUMNS):
        sheet.write_string(row, column, heading, looks["head"])
    sheet.freeze_panes(row + 1, 1)
    sheet.repeat_rows(row)
    return row + 1


def _fill(sheet: Any, row: int, value: str, look: Any, number: bool) -> None:
    """A plain number as a number, all else as words in which nothing can act."""
    try:
        exact = Decimal(value) if number and value else None
    except InvalidOperation:
        exact = None
    if not value:
        sheet.write_blank(row, 1, None, look)
    elif exact is not None:
        sheet.write_number(row, 1, exact, look)
    else:
        sheet.write_string(row, 1, inert(value), look)


def _row(sheet: Any, row: int, field: FormField, looks: dict[str, Any], value: str) -> None:
    sheet.write_string(row, 0, field.label, looks["label"])
    _fill(sheet, row, value, looks["number" if field.type.is_number else "text"], field.type.is_number)
    sheet.write_string(row, 2, field.unit if field.type.is_number else "", looks["hint"])
    sheet.write_string(row, 3, field.hint, looks["hint"])
    sheet.write_string(row, 4, field.basis, looks["hint"])
    sheet.set_row(row, 60 if field.type is FieldType.LONG_TEXT else 34)
    options = field.offered
    prompt = {"input_title": field.label[:32], "input_message": f"{field.wanted}。{field.hint}"[:_MAX_PROMPT]}
    if options:
        # A warning only: whoever has another answer can still write it down.
        sheet.data_validation(
            row, 1, row, 1,
            {"validate": "list", "source": list(options), "error_type": "information",
             "error_title": "不在选项中", "error_message": "可以这样填写，但检查时可能要人工判断。", **prompt},
        )  # fmt: skip
    else:
        sheet.data_validation(row, 1, row, 1, {"validate": "any", **prompt})
