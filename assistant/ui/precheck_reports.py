"""What a visitor may take along from a pre-check: reports on all drafts, and a copy and a notice for each.

They are made when they are asked for and sent at once: no report is ever left on the disk.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.errors import UsageError
from assistant.precheck.check import Desk
from assistant.precheck.letters import addressee, letter_name
from assistant.precheck.models import Report
from assistant.precheck.template import template_bytes
from assistant.ui.upload_rooms import Draft

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES = {"docx": _WORD, "xlsx": _EXCEL, "json": "application/json", "html": "text/html; charset=utf-8"}
_GONE = UsageError("没有这份材料。", "请重新上传后再试。")

REPORTS = {"xlsx": "Excel表格", "html": "网页（可打印）", "json": "JSON"}
FORMS = {"docx": "Word", "xlsx": "Excel"}


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file to hand over."""

    name: str
    media_type: str
    data: bytes


def report_parcel(kind: str, reports: Sequence[Report], desk: Desk) -> Parcel:
    """The report on all drafts as xlsx, html or json. Raises UsageError."""
    writers: dict[str, Callable[[Sequence[Report], Desk], bytes]] = {"xlsx": _xlsx, "html": _html, "json": _json}
    if kind not in writers or not reports:
        raise UsageError("没有可以下载的报告。", "请先上传自评表。")
    return Parcel(f"预审报告.{kind}", MEDIA_TYPES[kind], writers[kind](reports, desk))


def form_parcel(kind: str, desk: Desk) -> Parcel:
    """The blank form as docx or xlsx. Raises UsageError."""
    if kind not in FORMS:
        raise UsageError("没有这种格式的空白表。", f"请选 {'、'.join(FORMS)} 之一。")
    return Parcel(f"{desk.schema.file_name}（空白）.{kind}", MEDIA_TYPES[kind], template_bytes(desk.schema, kind))


def draft_parcel(kind: str, number: int, drafts: Sequence[Draft], desk: Desk) -> Parcel:
    """Of the draft with this number (from 0) the commented copy or the notice. Raises MicError."""
    draft = drafts[number] if 0 <= number < len(drafts) else None
    if draft is None or draft.report is None or draft.report.outcome == "unreadable":
        raise _GONE
    name = letter_name(number + 1, draft.report.file)
    if kind == "notice":
        from assistant.precheck.notice_docx import notice_docx

        to = addressee(draft.report, desk.schema)
        return Parcel(f"补正通知-{name}", _WORD, notice_docx(draft.report, desk.pack.about.title, to))
    if kind != "comments":
        raise _GONE
    from assistant.precheck.report_docx import commented_copy

    try:
        data = draft.input.path.read_bytes()
    except OSError as error:
        raise _GONE from error
    return Parcel(f"批注-{name}", _WORD, commented_copy(data, draft.report, desk.schema))


def _xlsx(reports: Sequence[Report], desk: Desk) -> bytes:
    from assistant.precheck.report_xlsx import as_xlsx

    return as_xlsx(reports, desk.pack.about.title, desk.kinship)


def _html(reports: Sequence[Report], desk: Desk) -> bytes:
    from assistant.precheck.report_html import as_html

    return as_html(reports, desk.pack.about.title, desk.kinship).encode()


def _json(reports: Sequence[Report], _: Desk) -> bytes:
    from assistant.precheck.report_json import as_json

    return as_json(reports).encode()
