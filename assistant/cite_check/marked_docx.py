"""A copy of the Word file that was checked, with a comment at each finding, on the very words."""

from copy import deepcopy

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from assistant.cite_check.folding import verbatim
from assistant.cite_check.inputs import Source
from assistant.cite_check.models import CiteReport, Finding
from assistant.cite_check.wording import comment_of, summary_comment
from assistant.errors import UnreadableFileError
from assistant.files.limits import safe_office_archive
from assistant.files.package import package_of, plain_word
from assistant.precheck.docx_bytes import docx_bytes
from assistant.precheck.docx_comments import add_comment, first_paragraph, leave_out_macros, take_away_earlier
from assistant.precheck.docx_places import Places, places_of, text_of

_AUTHOR, _INITIALS = "引文核对", "核对"
_TEXT = qn("w:t")


def marked_docx(data: bytes, source: Source, report: CiteReport) -> bytes:
    """The file `data` with comments; everything else in it stays. Raises UnreadableFileError if it is no Word file."""
    archive = safe_office_archive(data)
    if package_of(archive) != "docx":
        raise UnreadableFileError("只有Word文件（.docx）能加批注。", "请把 --out 写成 .html。")
    try:
        document = Document(plain_word(archive))
        leave_out_macros(document)
        take_away_earlier(document, _AUTHOR)
        places = places_of(document)
        # From the end on: a run that is split keeps what stands before it where it was.
        lost = [f for f in reversed(report.findings) if not _mark(document, places, source, f)]
        top = first_paragraph(document)
        _hang(document, top, _all_runs(document, top), summary_comment(report, lost[::-1]))
        return docx_bytes(document)
    except Exception as error:  # a damaged part may lead anywhere
        raise UnreadableFileError("这份Word文件的结构不完整，不能加批注。", "请用Word或WPS另存后再试。") from error


def _mark(document: WordDocument, places: Places, source: Source, finding: Finding) -> bool:
    """Hangs a finding on its words; False where its paragraph is not found again."""
    piece = next((p for p in source.pieces if p.start <= finding.start < p.end), None)
    if piece is None:
        return False
    whole = source.text[piece.start : piece.end]
    words = source.text[finding.start : min(finding.end, piece.end)]
    line = words.split("\n")[0]
    paragraph = places.find(piece.place, line)
    if paragraph is None:
        return False
    before = whole[: finding.start - piece.start].count(line)
    span = _nth(text_of(paragraph), line, before)
    runs = _runs_at(document, paragraph, span) if span else []
    _hang(document, paragraph, runs or _all_runs(document, paragraph), comment_of(finding))
    return True


def _nth(text: str, words: str, number: int) -> tuple[int, int] | None:
    """Where the words stand for the `number`th time, blanks aside; the last time if there are fewer."""
    folded, wanted = verbatim(text), verbatim(words).text
    at, found = folded.text.find(wanted) if wanted else -1, None
    while at >= 0:
        found = folded.span(at, at + len(wanted))
        if number == 0:
            break
        number -= 1
        at = folded.text.find(wanted, at + 1)
    return found


def _runs_at(document: WordDocument, paragraph: BaseOxmlElement, span: tuple[int, int]) -> list[Run]:
    """The runs that hold a span of the paragraph's text, split where it begins and ends inside one."""
    for border in span:
        _split(paragraph, border)
    found: list[BaseOxmlElement] = []
    position = 0
    for text in paragraph.iter(_TEXT):
        length = len(text.text or "")
        run = text.getparent()
        if position < span[1] and position + length > span[0] and run.tag == qn("w:r") and run not in found:
            found.append(run)
        position += length
    # A comment's range begins and ends among the same element's children.
    same = [run for run in found if run.getparent() is found[0].getparent()]
    at = Paragraph(paragraph, document._body)
    return [Run(run, at) for run in same]


def _split(paragraph: BaseOxmlElement, border: int) -> None:
    """Splits the plain run around an offset of the paragraph's text, if there is one."""
    position = 0
    for text in paragraph.iter(_TEXT):
        words = text.text or ""
        if position < border < position + len(words):
            run = text.getparent()
            if run.tag != qn("w:r") or [e for e in run if e.tag != qn("w:rPr") and e is not text]:
                return
            behind = deepcopy(run)
            for element, part in ((text, words[: border - position]), (behind.find(_TEXT), words[border - position :])):
                element.text = part
                element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.addnext(behind)
            return
        position += len(words)


def _all_runs(document: WordDocument, paragraph: BaseOxmlElement) -> list[Run]:
    at = Paragraph(paragraph, document._body)  # the parent only resolves styles, which none of this asks for
    runs = [Run(run, at) for run in paragraph.findall(qn("w:r"))]
    return runs or [at.add_run()]


def _hang(document: WordDocument, paragraph: BaseOxmlElement, runs: list[Run], words: str) -> None:
    add_comment(document, runs or _all_runs(document, paragraph), words, _AUTHOR, _INITIALS)
