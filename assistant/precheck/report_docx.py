"""A copy of the applicant's own Word file with a comment at each finding."""

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from assistant.errors import UnreadableFileError
from assistant.files.limits import safe_office_archive
from assistant.files.package import package_of, plain_word
from assistant.forms.form_schema import FormSchema
from assistant.precheck.docx_bytes import docx_bytes
from assistant.precheck.docx_comments import add_comment, first_paragraph, leave_out_macros, take_away_earlier
from assistant.precheck.docx_places import Places, places_of
from assistant.precheck.models import Check, Report
from assistant.precheck.printable import short
from assistant.precheck.wording import (
    MARK,
    NO_APPROVAL,
    OUTCOME,
    VERDICT,
    actual_in_words,
    basis_in_words,
    notice_sentence,
    requirement_in_words,
)

_AUTHOR, _INITIALS = "申报预审", "预审"


def commented_copy(data: bytes, report: Report, schema: FormSchema) -> bytes:
    """The draft `data` with what `report` found in it, as a .docx; what is met gets no comment of its own.

    A value that is not given is commented where its label stands, else at the top, where the summary is, too.
    Raises UnreadableFileError if `data` is no Word document that can be opened.
    """
    archive = safe_office_archive(data)
    if package_of(archive) != "docx":
        raise UnreadableFileError("只有Word文件（.docx）能加批注。", "请下载网页或表格形式的报告。")
    try:
        document = Document(plain_word(archive))
        leave_out_macros(document)
        take_away_earlier(document, _AUTHOR)
        places = places_of(document)
        _add_comments(document, places, report, schema)
        return docx_bytes(document)
    except Exception as error:  # a damaged part may lead anywhere
        raise UnreadableFileError("这份Word文件的结构不完整，不能加批注。", "请用Word或WPS另存后再试。") from error


def _add_comments(document: WordDocument, places: Places, report: Report, schema: FormSchema) -> None:
    raw = {d.field: d.raw for d in report.declared}
    elsewhere: list[Check] = []
    for check in report.checks:
        if check.verdict in ("met", "not_applicable"):
            continue
        found = places.find(check.found_at or "", raw.get(check.field, "")) if check.found_at else None
        if found is None:
            asked = schema.by_id.get(check.field)
            found = places.labelled(asked.names() if asked else [check.label])
        if found is None:
            elsewhere.append(check)
        else:
            _comment(document, found, _words(check))
    _comment(document, first_paragraph(document), _summary(report, elsewhere))


def _summary(report: Report, elsewhere: list[Check]) -> str:
    met = sum(check.verdict == "met" for check in report.checks)
    lines = [
        f"预审结论：{OUTCOME[report.outcome]}。{report.summary}",
        *([f"另有{met}项按所填内容符合，未加批注。"] if met else []),
        *(_words(check) for check in elsewhere),
        *(f"请人工查看：{flag}" for flag in report.flags),
        *(sentence for notice in report.notices if (sentence := notice_sentence(notice))),
        NO_APPROVAL,
    ]
    return "\n".join(lines)


def _words(check: Check) -> str:
    """One finding: verdict, what is stated and asked for, what to know, and the law's words."""
    actual, required = actual_in_words(check), requirement_in_words(check)
    label, quote = basis_in_words(check)
    stated = [f"所填：{short(actual, 200)}"] if actual else []
    asked = [f"要求：{required}"] if required else []
    lines = [
        f"{MARK[check.verdict]} {VERDICT[check.verdict]}：{check.label}。{check.message}",
        "；".join([*stated, *asked]),
        *check.caveats,
        *(f"佐证：{hint}" for hint in check.evidence),
        f"依据：{label}“{quote}”" if quote else "",
    ]
    return "\n".join(line for line in lines if line)


def _comment(document: WordDocument, paragraph: BaseOxmlElement, words: str) -> None:
    """Hangs a comment on a paragraph's own runs; an empty one gets an empty run to hang it on."""
    runs = paragraph.findall(qn("w:r"))
    at = Paragraph(paragraph, document._body)  # the parent only resolves styles, which none of this asks for
    marked = [Run(runs[0], at), Run(runs[-1], at)] if runs else [at.add_run()]
    add_comment(document, marked, words, _AUTHOR, _INITIALS)
