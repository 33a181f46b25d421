"""Tools beside the queue: citations of any text checked, what the law leaves open, and two versions compared."""

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path, PurePath
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, File, Form, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from assistant.desk.doorkeeper import UPLOAD
from assistant.desk.filters import Filters, day_of, filters
from assistant.desk.pages import Desk, session_of, write_page
from assistant.errors import MicError, UsageError
from assistant.files.limits import Limits
from assistant.files.settings_limits import limits_of
from assistant.law.installed import standing_in_words
from assistant.law.pack import Pack
from assistant.open_matters.questions import period_in_words, recorded_questions
from assistant.open_matters.report import open_matters
from assistant.open_matters.report_docx import report_docx as open_matters_docx
from assistant.open_matters.report_html import as_html as open_matters_page
from assistant.precheck.inputs import shown
from assistant.precheck.printable import one_sentence
from assistant.versions.pack_diff import diff_packs
from assistant.versions.page import as_page
from assistant.versions.resting import cited_by

# These pages are written by the reports themselves, with their style in them and without any script.
_REPORT = {"Content-Security-Policy": "sandbox allow-downloads; default-src 'none'; style-src 'unsafe-inline'"}
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def routes(desk: Desk) -> APIRouter:
    router = APIRouter(dependencies=[Depends(session_of)])
    _add_cite_check(router, desk)
    _add_open_matters(router, desk)
    _add_versions(router, desk)
    return router


def _add_cite_check(router: APIRouter, desk: Desk) -> None:
    def page(request: Request, text: str = "", problem: str = "") -> Response:
        content = {"text": text, "problem": problem, "packs": desk.packs, "most": desk.settings.max_file_mb}
        return write_page(request, "cite_check.html", content, status=422 if problem else 200, tab=UPLOAD)

    @router.get(UPLOAD)
    def show(request: Request) -> Response:
        return page(request)

    @router.post(UPLOAD)
    def check(
        request: Request,
        text: Annotated[str, Form()] = "",
        version: Annotated[str, Form(max_length=60)] = "",
        form: Annotated[str, Form(max_length=10)] = "page",
        file: Annotated[UploadFile | None, File()] = None,
    ) -> Response:
        is_docx = form == "docx"
        try:
            packs = desk.installed.chosen(version, date.today())
            if file is None or not file.filename:
                name, made = "引文核对", _text_checked(text, packs, is_docx=is_docx)
            else:
                name = PurePath(shown(file.filename)).stem[:80] or "引文核对"
                made = _file_checked(file, packs, limits_of(desk.settings), is_docx=is_docx)
        except MicError as error:
            return page(request, text, one_sentence(error))
        if not is_docx:
            return HTMLResponse(made, headers=_REPORT)
        called = f"attachment; filename*=UTF-8''{quote(name + '-核对.docx')}"
        return Response(made, headers={"Content-Disposition": called}, media_type=_DOCX)


# The checker is loaded when it is first used: the service starts without it.
def _text_checked(text: str, packs: Sequence[Pack], *, is_docx: bool) -> bytes:
    from assistant.cite_check.check import check_text
    from assistant.cite_check.report_docx import report_docx
    from assistant.cite_check.report_html import as_html
    from assistant.cite_check.which_pack import pack_for

    report = check_text(text, pack_for(text, packs))
    return report_docx(report) if is_docx else as_html(report).encode()


def _file_checked(file: UploadFile, packs: Sequence[Pack], limits: Limits, *, is_docx: bool) -> bytes:
    """The file with its citations marked. It goes when this is done."""
    from assistant.cite_check.check import check_source
    from assistant.cite_check.inputs import read_source_text
    from assistant.cite_check.marked import marked_file
    from assistant.cite_check.which_pack import pack_for

    name = file.filename or ""
    with tempfile.TemporaryDirectory(prefix="mic-cite-") as folder:
        path = Path(folder) / f"upload{_ending(name)}"
        path.write_bytes(file.file.read())
        source = read_source_text(path, limits)
        report = check_source(source, pack_for(source.text, packs))
        report = report.model_copy(update={"file": shown(name)[:120]})
        return marked_file(".docx" if is_docx else ".html", path, source, report)


def _ending(name: str) -> str:
    ending = PurePath(name).suffix.lower()[:8]
    return ending if ending[1:].isascii() and ending[1:].isalnum() else ""


def _add_open_matters(router: APIRouter, desk: Desk) -> None:
    @router.get("/open-matters")
    def ask(request: Request) -> Response:
        current = desk.installed.current_packs(date.today())
        content = {"packs": desk.packs, "current": current}
        return write_page(request, "open_matters.html", content, tab="/open-matters")

    @router.get("/open-matters/report")
    def report(
        chosen: Annotated[Filters, Depends(filters)], number: int = 0, form: Literal["html", "docx"] = "html"
    ) -> Response:
        if not 0 <= number < len(desk.packs):
            raise UsageError("没有这个版本。", "返回后重新选择。")
        pack, wanted = desk.packs[number], chosen.wanted()
        asked = recorded_questions(desk.store, pack, wanted.since, wanted.until)
        period = period_in_words(day_of(chosen.since), day_of(chosen.until))
        made = open_matters(pack, asked, period)
        if form == "html":
            return HTMLResponse(open_matters_page(made), headers=_REPORT)
        called = f"attachment; filename*=UTF-8''{quote('未决事项.docx')}"
        return Response(open_matters_docx(made), headers={"Content-Disposition": called}, media_type=_DOCX)


def _add_versions(router: APIRouter, desk: Desk) -> None:
    @router.get("/versions")
    def versions(request: Request) -> Response:
        today = date.today()
        rows = [
            {
                "pack": pack,
                "standing": standing_in_words(pack.about, today),
                "is_current": desk.installed.current(pack.id, today) is pack,
                "number": number,
            }
            for number, pack in enumerate(desk.packs)
        ]
        return write_page(request, "versions.html", {"rows": rows}, tab="/versions")

    @router.get("/versions/diff")
    def diff(old: int, new: int) -> Response:
        if not (0 <= old < len(desk.packs) and 0 <= new < len(desk.packs)) or old == new:
            raise UsageError("请选两个不同的版本。", "返回后重新选择。")
        answers = list(cited_by(desk.store.entries()))
        found = diff_packs(desk.packs[old], desk.packs[new], (), answers)
        return HTMLResponse(as_page(found), headers=_REPORT)
