"""The queue as a page: what is to be looked at, why, and what has been."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from assistant.desk.filters import Filters, filters
from assistant.desk.item_view import STATUS
from assistant.desk.pages import Desk, session_of, write_page
from assistant.records.models import Record
from assistant.staff.queue import Item
from assistant.staff.reasons import IN_WORDS, Reason

SAID = {"confirmed": "已确认。", "overruled": "更正已记下。", "annotated": "备注已记下。", "erased": "内容已删除。"}
_LONGEST = 90


def routes(desk: Desk) -> APIRouter:
    router = APIRouter(dependencies=[Depends(session_of)])

    @router.get("/")
    def queue(
        request: Request, chosen: Annotated[Filters, Depends(filters)], page: int = 1, said: str = ""
    ) -> Response:
        desk.queue.follow()
        listed = desk.queue.page(chosen.wanted(), page)
        rows = [_row(desk, item) for item in listed.items]
        counts = [(reason.value, IN_WORDS[reason], n) for reason, n in desk.queue.open_by_reason().items()]
        content = {
            "rows": rows,
            "listed": listed,
            "filters": chosen,
            "counts": counts,
            "statuses": STATUS,
            "said": SAID.get(said, ""),
        }
        return write_page(request, "queue.html", content, tab="/")

    return router


def _row(desk: Desk, item: Item) -> dict[str, object]:
    record = desk.store.get(item.record)
    return {
        "item": item,
        "words": words_of(record),
        "version": record.stamp.version if record else "",
        "status": STATUS.get(item.status, item.status),
        "reasons": [(reason.value, IN_WORDS[Reason(reason)]) for reason in item.reasons],
    }


def words_of(record: Record | None) -> str:
    """What was asked, or which file was checked, in one line."""
    if record is None or record.erased:
        return "（内容已删除）"
    words = record.report.file if record.report else (record.turns[-1] if record.turns else "")
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
