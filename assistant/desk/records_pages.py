"""The records, for administrators: prove them, take them along, erase one."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from assistant.desk.doorkeeper import ADMIN
from assistant.desk.filters import Filters, filters
from assistant.desk.item_view import STATUS
from assistant.desk.pages import Desk, administrator_of, home_of, write_page
from assistant.records.export import MOST_ROWS, as_workbook, csv_lines, jsonl_lines
from assistant.records.models import Record
from assistant.staff.exports import case_lines, lexicon_toml
from assistant.staff.sessions import Session

Administrator = Annotated[Session, Depends(administrator_of)]
Chosen = Annotated[Filters, Depends(filters)]

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def routes(desk: Desk) -> APIRouter:
    router = APIRouter(prefix=ADMIN.rstrip("/"), dependencies=[Depends(administrator_of)])

    @router.get("/records")
    def show(request: Request) -> Response:
        content = {"statuses": STATUS, "report": None}
        return write_page(request, "records.html", content, tab="/admin/records")

    @router.post("/records/verify")
    def verify(request: Request, head: Annotated[str, Form(max_length=80)] = "") -> Response:
        content = {"statuses": STATUS, "report": desk.store.verify(head.strip().lower())}
        return write_page(request, "records.html", content, tab="/admin/records")

    @router.get("/records/export")
    def export(chosen: Chosen, form: Literal["csv", "xlsx", "jsonl"] = "csv") -> Response:
        records = _chosen(desk, chosen)
        if form == "xlsx":
            return _file(iter([as_workbook(islice(records, MOST_ROWS + 1))]), "records.xlsx", _XLSX)
        lines = csv_lines(records) if form == "csv" else jsonl_lines(records)
        kind = "text/csv" if form == "csv" else "application/x-ndjson"
        return _file((line.encode() for line in lines), f"records.{form}", kind)

    @router.get("/cases.jsonl")
    def cases() -> Response:
        lines = case_lines(desk.store.entries(kinds=["answer"]))
        return _file((line.encode() for line in lines), "cases.jsonl", "application/x-ndjson")

    @router.get("/lexicon.toml")
    def lexicon() -> Response:
        written = lexicon_toml(desk.store.entries(), desk.packs)
        return _file(iter([written.encode()]), "lexicon.toml", "application/toml")

    @router.post("/records/{record_id}/erase")
    def erase(
        request: Request, record_id: str, session: Administrator, reason: Annotated[str, Form(max_length=500)] = ""
    ) -> Response:
        desk.store.erase(record_id, by=session.account.name, reason=reason)
        return RedirectResponse(f"{home_of(request)}/?said=erased", 303)

    return router


def _chosen(desk: Desk, chosen: Filters) -> Iterator[Record]:
    wanted = chosen.wanted()
    statuses = [wanted.status] if wanted.status else []
    return desk.store.entries(since=wanted.since, until=wanted.until, statuses=statuses)


def _file(content: Iterable[bytes], name: str, kind: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(content, headers=headers, media_type=kind)
