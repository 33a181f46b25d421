"""The report as a Word document, with charts that Word draws itself."""

from collections.abc import Sequence

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Length, Pt
from docx.text.paragraph import Paragraph

from assistant.open_matters.docx_chart import add_bar_chart
from assistant.open_matters.fault import KINDS
from assistant.open_matters.report import OpenMatters
from assistant.open_matters.wording import MACHINE, MASKED, SHOWN_BARS, SHOWN_GROUPS, heading, opening
from assistant.precheck.docx_bytes import docx_bytes
from assistant.precheck.printable import printable, short

_HEADING_FONT, _BODY_FONT = "黑体", "仿宋"


def report_docx(report: OpenMatters) -> bytes:
    """The document; the same bytes for the same report."""
    document = Document()
    _set_up(document)
    _line(document, heading(report), _HEADING_FONT, Pt(18))
    for words in opening(report):
        _line(document, words)
    _line(document, "一、人们问到而办法没有规定的", _HEADING_FONT, Pt(14))
    if report.groups:
        _questions(document, report)
    else:
        _line(document, "没有记录。")
    _line(document, "二、程序在文本中找出的问题", _HEADING_FONT, Pt(14))
    _line(document, MACHINE)
    if report.by_kind:
        add_bar_chart(document, 3, "各类问题的数量（处）", report.by_kind[:SHOWN_BARS])
    rows = [(f.label, KINDS[f.kind], short(f.quote, 80), f.problem) for f in report.faults]
    _table(document, ("条款", "类别", "文字", "问题"), rows, (Cm(3), Cm(2.6), Cm(5.2), Cm(5.8)))
    if report.known:
        _line(document, "三、已登记的已知问题", _HEADING_FONT, Pt(14))
        known = [(d.label, d.problem, d.suggestion or "—", "、".join(d.found_by) or "此处未找到") for d in report.known]
        _table(
            document, ("条款", "已知问题", "建议", "程序在此处找到的类别"), known, (Cm(3), Cm(6.4), Cm(3.4), Cm(3.8))
        )
    return docx_bytes(document)


def _questions(document: WordDocument, report: OpenMatters) -> None:
    _line(document, MASKED)
    add_bar_chart(document, 1, "最接近的条款（问题数）", report.by_provision[:SHOWN_BARS])
    add_bar_chart(document, 2, "所问的事项（问题数）", report.by_need[:SHOWN_BARS])
    rows = [
        (
            str(g.count),
            short(g.typical, 160),
            g.need,
            f"{g.label}：{short(g.quote, 80)}" if g.label else "没有相近的条款",
            "；".join(short(e, 80) for e in g.examples) or "—",
        )
        for g in report.groups[:SHOWN_GROUPS]
    ]
    heads = ("次数", "典型问题", "所问", "最接近的条款（不是依据）", "其他问法")
    _table(document, heads, rows, (Cm(1.2), Cm(4.6), Cm(1.8), Cm(4.6), Cm(4.4)))
    if len(report.groups) > SHOWN_GROUPS:
        _line(document, f"另有{len(report.groups) - SHOWN_GROUPS}组未列出。")


def _set_up(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2.4)
    document.core_properties.author = ""
    document.core_properties.title = "未决事项报告"
    document.core_properties.comments = ""
    document.styles["Normal"].font.size = Pt(12)


def _line(document: WordDocument, words: str, font: str = _BODY_FONT, size: Pt | None = None) -> None:
    paragraph = document.add_paragraph()
    _write(paragraph, words, font, size)
    paragraph.paragraph_format.space_after = Pt(4)
    paragraph.paragraph_format.keep_with_next = font == _HEADING_FONT or None


def _write(paragraph: Paragraph, words: str, font: str, size: Pt | None = None) -> None:
    run = paragraph.add_run(printable(" ".join(words.split())))
    fonts: BaseOxmlElement = OxmlElement("w:rFonts")
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia"):
        fonts.set(qn(script), font)
    run._r.get_or_add_rPr().insert(0, fonts)
    run.font.size = size


def _table(
    document: WordDocument, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[Length]
) -> None:
    table = document.add_table(rows=1, cols=len(heads))
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for number, cells in enumerate([heads, *rows]):
        row = table.rows[0] if number == 0 else table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit" if number else "w:tblHeader"))
        for cell, words, width in zip(row.cells, cells, widths, strict=True):
            cell.width = width
            cell.paragraphs[0].paragraph_format.space_after = Pt(1)
            _write(cell.paragraphs[0], words, _BODY_FONT if number else _HEADING_FONT, Pt(10.5))
    document.add_paragraph().paragraph_format.space_after = Pt(0)
