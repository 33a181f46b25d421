"""A cite-check of what is no Word file as a Word document of its own: a table, then the text with comments."""

from collections.abc import Sequence

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from assistant.cite_check.models import Action, CiteReport, Finding
from assistant.cite_check.wording import ACTION, DISCLAIMER, MARK, VERDICT, comment_of
from assistant.precheck.docx_bytes import docx_bytes
from assistant.precheck.docx_comments import add_comment
from assistant.precheck.printable import printable, short

_AUTHOR, _INITIALS = "引文核对", "核对"
_HEADING_FONT, _BODY_FONT = "黑体", "仿宋"
_WIDTHS = (Cm(1.1), Cm(2.4), Cm(4.3), Cm(4.4), Cm(4.4))
_HEADS = ("序号", "结论", "文中", "说明", "条文原文")
_COLOUR = {Action.CORRECT: "F6CFCA", Action.LOOK: "FBEBB5", Action.NONE: "E7E9EC"}


def report_docx(report: CiteReport) -> bytes:
    """The document; the same bytes for the same report."""
    document = Document()
    _set_up(document)
    _line(document, "引文核对" + (f"：{short(report.file, 80)}" if report.file else ""), _HEADING_FONT, Pt(18))
    _line(document, f"依据：《{report.title}》（版本：{report.version}）")
    _line(document, report.summary.sentence, _HEADING_FONT)
    for notice in report.notices:
        _line(document, f"注意：{notice}")
    _add_table(document, "一、须更正和请人工看的", [f for f in report.findings if f.action is not Action.NONE])
    _line(document, "二、标注后的全文", _HEADING_FONT)
    _line(document, "〔〕内是序号和结论，右侧批注是说明；底色：浅红须更正，黄色请人工看，灰色无须处理。")
    _add_text(document, report)
    _add_table(document, "三、其余各处", [f for f in report.findings if f.action is Action.NONE])
    _line(document, DISCLAIMER)
    return docx_bytes(document)


def _set_up(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2.4)
    document.core_properties.author = ""
    document.core_properties.title = "引文核对"
    document.core_properties.comments = ""
    style = document.styles["Normal"]
    style.font.size = Pt(12)
    style.element.get_or_add_rPr().append(_fonts(_BODY_FONT))


def _fonts(font: str) -> BaseOxmlElement:
    fonts: BaseOxmlElement = OxmlElement("w:rFonts")
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia"):
        fonts.set(qn(script), font)
    return fonts


def _write(paragraph: Paragraph, words: str, font: str = _BODY_FONT, size: Pt | None = None) -> Run:
    run = paragraph.add_run(printable(words))
    run._r.get_or_add_rPr().insert(0, _fonts(font))
    run.font.size = size
    return run


def _line(document: WordDocument, words: str, font: str = _BODY_FONT, size: Pt | None = None) -> None:
    paragraph = document.add_paragraph()
    _write(paragraph, words, font, size)
    paragraph.paragraph_format.space_after = Pt(4)
    paragraph.paragraph_format.keep_with_next = font == _HEADING_FONT or None


def _add_table(document: WordDocument, heading: str, findings: Sequence[Finding]) -> None:
    if not findings:
        return
    _line(document, f"{heading}（{len(findings)}处）", _HEADING_FONT)
    table = document.add_table(rows=1, cols=len(_HEADS))
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = width
    rows = [[[head] for head in _HEADS], *map(_cells, findings)]
    for number, cells in enumerate(rows):
        row = table.rows[0] if number == 0 else table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit" if number else "w:tblHeader"))
        for cell, lines, width in zip(row.cells, cells, _WIDTHS, strict=True):
            cell.width = width
            for index, words in enumerate(lines):
                paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
                paragraph.paragraph_format.space_after = Pt(2)
                _write(paragraph, words, _BODY_FONT if number else _HEADING_FONT, Pt(10.5))
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _cells(finding: Finding) -> list[list[str]]:
    cited = [f"所注：{'、'.join(finding.cited)}"] if finding.cited else []
    law = [line for w in finding.law[:2] for line in (w.label, f"“{short(' '.join(w.text.split()), 260)}”")]
    return [
        [str(finding.n)],
        [f"{MARK[finding.verdict]} {VERDICT[finding.verdict]}", ACTION[finding.action]],
        [short(" ".join(finding.text.split()), 260), *cited, f"（{finding.place}）"],
        [finding.reason],
        law or ["—"],
    ]


def _add_text(document: WordDocument, report: CiteReport) -> None:
    """The text paragraph by paragraph; a finding that runs over several is commented at its first."""
    position = 0
    for line in report.text.split("\n"):
        end = position + len(line)
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(3)
        at = position
        for finding in report.findings:
            start, stop = max(finding.start, at), min(finding.end, end)
            if finding.start > end or finding.end <= position or (start >= stop and finding.start < position):
                continue
            if start > at:
                _write(paragraph, report.text[at:start])
            _add_marked(document, paragraph, report.text[start:stop], finding, first=finding.start >= position)
            at = max(at, stop)
        if at < end:
            _write(paragraph, report.text[at:end])
        position = end + 1


def _add_marked(document: WordDocument, paragraph: Paragraph, words: str, finding: Finding, *, first: bool) -> None:
    run = _write(paragraph, words)
    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", _COLOUR[finding.action])):
        shade.set(qn(name), value)
    run._r.get_or_add_rPr().append(shade)
    if first:
        number = _write(
            paragraph, f"〔{finding.n}{MARK[finding.verdict]}{VERDICT[finding.verdict]}〕", _HEADING_FONT, Pt(9)
        )
        add_comment(document, [run, number], comment_of(finding), _AUTHOR, _INITIALS)
