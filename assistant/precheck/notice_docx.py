"""补正通知: what is not met or missing in one draft, each with its provision, for staff to check and sign."""

from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.run import Run

from assistant.precheck.docx_bytes import docx_bytes
from assistant.precheck.models import Check, Report
from assistant.precheck.outcome import is_decisive
from assistant.precheck.printable import printable, short
from assistant.precheck.wording import (
    VERDICT,
    actual_in_words,
    basis_in_words,
    gap_in_words,
    notice_sentence,
    place_in_words,
    requirement_in_words,
)

_TITLE_FONT, _HEADING_FONT, _BODY_FONT = "方正小标宋简体", "黑体", "仿宋"
_WIDTHS = (Cm(1.2), Cm(4.6), Cm(4.2), Cm(5.6))
_HEADS = ("序号", "事项", "所填内容与要求", "依据")


def notice_docx(report: Report, title: str, addressee: str = "") -> bytes:
    """The draft of a notice for one report; `title` is the regulation's, `addressee` whom it goes to.

    It lists the checks that are not met or missing and nothing else, those that decide about the application first.
    """
    document = Document()
    _set_up(document)
    open_checks = [check for verdict in ("not_met", "missing") for check in report.checks if check.verdict == verdict]
    must = [check for check in open_checks if is_decisive(check)]
    other = [check for check in open_checks if not is_decisive(check)]
    _line(document, "（草稿，供工作人员核对、签发，未签发前不对外）", align=WD_ALIGN_PARAGRAPH.RIGHT, size=Pt(12))
    _line(document, "补正通知", font=_TITLE_FONT, size=Pt(22), align=WD_ALIGN_PARAGRAPH.CENTER, after=Pt(14))
    _line(document, f"{short(addressee, 80) or '＿＿＿＿＿＿＿＿'}：")
    _body(document, f"你单位报送的“{short(report.file, 120)}”收悉。对照《{title}》，经预审，{_opening(must, other)}")
    _add_list(document, "一、申报条件中不符合或未提供的事项", must)
    _add_list(document, f"{'二' if must else '一'}、其他未符合或未提供的事项", other)
    if open_checks:
        _body(document, "请核实以上事项并补充、更正材料，于＿＿＿＿年＿＿月＿＿日前重新报送。")
    _body(document, "本通知只就填报内容对照条文列出事项，不是审批决定，也不表示其他事项已经认可。")
    for notice in report.notices:
        if sentence := notice_sentence(notice):
            _body(document, f"说明：{sentence}")
    _add_signatures(document)
    return docx_bytes(document)


def _opening(must: Sequence[Check], other: Sequence[Check]) -> str:
    if not must and not other:
        return "没有需要补正的事项。"
    return f"有{len(must) + len(other)}项需要补充或更正，列示如下。"


def _set_up(document: WordDocument) -> None:
    """A4 with the usual margins of an official letter; the properties of the template are not ours."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    section.top_margin, section.bottom_margin = Cm(3.2), Cm(3)
    document.core_properties.author = ""
    document.core_properties.title = "补正通知（草稿）"
    document.core_properties.comments = ""
    style = document.styles["Normal"]
    style.font.size = Pt(15)
    _set_font(style.element.get_or_add_rPr(), _BODY_FONT)


def _set_font(properties: Any, font: str) -> None:
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia"):
        fonts.set(qn(script), font)


def _write(run: Run, font: str, size: Pt | None = None, bold: bool = False) -> None:
    _set_font(run._r.get_or_add_rPr(), font)
    run.font.size = size
    run.bold = bold or None


def _line(
    document: WordDocument,
    words: str,
    *,
    font: str = _BODY_FONT,
    size: Pt | None = None,
    align: WD_ALIGN_PARAGRAPH | None = None,
    after: Pt | None = None,
    indent: bool = False,
) -> None:
    paragraph = document.add_paragraph()
    _write(paragraph.add_run(printable(words)), font, size)
    layout = paragraph.paragraph_format
    if align is not None:
        paragraph.alignment = align
    layout.space_after = after or Pt(4)
    layout.line_spacing = 1.35
    layout.first_line_indent = Pt(30) if indent else None


def _body(document: WordDocument, words: str) -> None:
    _line(document, words, indent=True)


def _add_list(document: WordDocument, heading: str, checks: Sequence[Check]) -> None:
    if not checks:
        return
    _line(document, heading, font=_HEADING_FONT, after=Pt(6))
    table = document.add_table(rows=1, cols=len(_HEADS))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = width
    _fill(table.rows[0], [[words] for words in _HEADS], _HEADING_FONT)
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for number, check in enumerate(checks, 1):
        _fill(table.add_row(), [[str(number)], _matter(check), _stated(check), _basis(check)], _BODY_FONT)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _matter(check: Check) -> list[str]:
    return [f"{check.label}（{VERDICT[check.verdict]}）", check.message]


def _stated(check: Check) -> list[str]:
    actual, required, gap = actual_in_words(check), requirement_in_words(check), gap_in_words(check)
    place = place_in_words(check.found_at)
    lines = [f"所填：{short(actual, 120)}{f'（{place}）' if place else ''}" if actual else "所填：无"]
    lines += [f"要求：{required}"] if required else []
    return [*lines, *([f"差额：{gap}"] if gap else [])]


def _basis(check: Check) -> list[str]:
    label, quote = basis_in_words(check)
    return [label, f"“{quote}”"] if quote else ["条文已不在文中"]


def _fill(row: Any, cells: Sequence[Sequence[str]], font: str) -> None:
    unbroken = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(unbroken)
    for cell, lines, width in zip(row.cells, cells, _WIDTHS, strict=True):
        cell.width = width
        for number, words in enumerate(lines):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(2)
            _write(paragraph.add_run(printable(words)), font, Pt(11))


def _add_signatures(document: WordDocument) -> None:
    _line(document, "")
    for words in ("（单位公章）", "＿＿＿＿年＿＿月＿＿日"):
        _line(document, words, align=WD_ALIGN_PARAGRAPH.RIGHT)
    _line(document, "经办人（签字）：＿＿＿＿＿＿　　审核人（签字）：＿＿＿＿＿＿", size=Pt(12))
