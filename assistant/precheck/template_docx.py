"""The blank form as a Word document: a table for each section, boxes that can be clicked."""

import io
from collections.abc import Mapping
from typing import Any

from assistant.forms.form_schema import FieldType, FormField, FormSchema
from assistant.precheck.printable import printable

_WIDTHS_MM = (44, 72, 54)
_TALL_MM = 18
_LINE = 28
_FONT = "宋体"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"


def docx_template(schema: FormSchema, values: Mapping[str, str] | None = None) -> bytes:
    """The document's bytes. `values`: what is filled in already."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    document = Document()
    _page(document)
    document.core_properties.title = schema.title
    document.core_properties.author = ""
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _words(title, schema.title, size=16, bold=True)
    if schema.draft_notice:
        _words(document.add_paragraph(), schema.draft_notice, size=10).font.color.rgb = RGBColor(0x9C, 0x2A, 0x00)
    if schema.instructions:
        _words(document.add_paragraph(), schema.instructions, size=10)
    for section in schema.sections:
        heading = document.add_paragraph()
        heading.paragraph_format.keep_with_next = True
        heading.paragraph_format.space_before = Pt(10)
        _words(heading, section.title, size=12, bold=True)
        _section_table(document, schema.of_section(section), values or {})
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _page(document: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(20)
    page.top_margin = page.bottom_margin = Mm(22)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(10.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    normal.paragraph_format.space_after = Pt(4)


def _section_table(document: Any, fields: tuple[FormField, ...], values: Mapping[str, str]) -> None:
    from docx.shared import Mm

    table = document.add_table(rows=1, cols=len(_WIDTHS_MM))
    table.style = "Table Grid"
    table.autofit = False
    for cell, heading in zip(table.rows[0].cells, ("项目", "填写内容", "填写说明"), strict=True):
        _words(cell.paragraphs[0], heading, bold=True)
        _shade(cell, "D9E2EC")
    _repeat(table.rows[0])
    for field in fields:
        row = table.add_row()
        _keep_whole(row)
        unit = f"（{field.unit}）" if field.type.is_number else ""
        _words(row.cells[0].paragraphs[0], field.label + unit, bold=True)
        _answer(row.cells[1].paragraphs[0], field, values.get(field.id, ""))
        _words(row.cells[2].paragraphs[0], field.explanation, size=9)
        if field.type is FieldType.LONG_TEXT:
            row.height = Mm(_TALL_MM)
    for column, width in zip(table.columns, _WIDTHS_MM, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, _WIDTHS_MM, strict=True):
            cell.width = Mm(width)


def _answer(paragraph: Any, field: FormField, value: str) -> None:
    """Boxes for what is to be chosen, that of the value ticked; else the value, or an empty line to write on."""
    one_line = sum(len(option) + 3 for option in field.offered) <= _LINE
    for number, option in enumerate(field.offered):
        if number and one_line:
            _words(paragraph, "   ")
        elif number:
            paragraph.add_run().add_break()
        _box(paragraph, ticked=option == value)
        _words(paragraph, option)
    if value and value not in field.offered:
        _words(paragraph, ("   " if field.offered else "") + printable(value))


def _box(paragraph: Any, ticked: bool) -> None:
    """A box that a click ticks: a content control of Word 2010 and later; elsewhere a ☐ to write over."""
    from lxml import etree

    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    state = '<w14:{0} w14:val="{1}" w14:font="MS Gothic"/>'
    paragraph._p.append(
        etree.fromstring(
            f'<w:sdt xmlns:w="{w}" xmlns:w14="{_W14}"><w:sdtPr><w14:checkbox><w14:checked w14:val="{int(ticked)}"/>'
            f"{state.format('checkedState', '2611')}{state.format('uncheckedState', '2610')}</w14:checkbox></w:sdtPr>"
            '<w:sdtContent><w:r><w:rPr><w:rFonts w:ascii="MS Gothic" w:hAnsi="MS Gothic" w:eastAsia="MS Gothic"'
            f' w:hint="eastAsia"/></w:rPr><w:t>{"☑" if ticked else "☐"}</w:t></w:r></w:sdtContent></w:sdt>'
        )
    )


def _words(paragraph: Any, text: str, size: float | None = None, bold: bool = False) -> Any:
    from docx.shared import Pt

    run = paragraph.add_run(text)
    run.bold = bold or None
    if size:
        run.font.size = Pt(size)
    return run


def _shade(cell: Any, colour: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(shade)


def _repeat(row: Any) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep_whole(row: Any) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
