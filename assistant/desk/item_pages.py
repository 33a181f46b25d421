"""One record beside the law, and what staff decide about it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from assistant.desk.deciding import DecisionForm, decision_from
from assistant.desk.filters import Filters, filters
from assistant.desk.item_view import CHANNEL, DECIDED, STATUS, view_of
from assistant.desk.pages import Desk, home_of, session_of, write_page
from assistant.desk.queue_pages import SAID
from assistant.errors import UsageError
from assistant.precheck.printable import one_sentence
from assistant.records.models import Record
from assistant.staff.queue import Wanted
from assistant.staff.reasons import IN_WORDS
from assistant.staff.sessions import Session

Chosen = Annotated[Filters, Depends(filters)]
Signed = Annotated[Session, Depends(session_of)]


def routes(desk: Desk) -> APIRouter:
    router = APIRouter(dependencies=[Depends(session_of)])

    @router.get("/items/{record_id}")
    def show(request: Request, record_id: str, chosen: Chosen, said: str = "") -> Response:
        return _page(request, desk, _found(desk, record_id), chosen, said=SAID.get(said, ""))

    @router.post("/items/{record_id}")
    def decide(
        request: Request, record_id: str, chosen: Chosen, session: Signed, form: Annotated[DecisionForm, Form()]
    ) -> Response:
        record = _found(desk, record_id)
        try:
            if form.seen != len(record.decisions):
                raise UsageError("刚才有人对这一条作了决定。", "请看过下面的经过，再决定一次。")
            pack = desk.pack_of(record.stamp.pack_sha256, record.stamp.pack)
            decision = decision_from(form, record, pack, session.account.name)
            desk.queue.follow()
            before, after = desk.queue.beside(record_id, chosen.wanted())
            desk.store.add_decision(record_id, decision)
        except UsageError as error:
            return _page(request, desk, _found(desk, record_id), chosen, form, one_sentence(error))
        following = after or before
        where = f"/items/{following}" if following else "/"
        query = chosen.address()
        said = f"{'&' if query else '?'}said={decision.verdict}"
        return RedirectResponse(f"{home_of(request)}{where}{query}{said}", 303)

    return router


def _found(desk: Desk, record_id: str) -> Record:
    record = desk.store.get(record_id) if len(record_id) <= 64 else None
    if record is None:
        raise HTTPException(404, "没有这条记录。")
    return record


def _page(
    request: Request,
    desk: Desk,
    record: Record,
    chosen: Filters,
    form: DecisionForm | None = None,
    problem: str = "",
    said: str = "",
) -> Response:
    desk.queue.follow()
    wanted: Wanted = chosen.wanted()
    before, after = desk.queue.beside(record.id, wanted)
    item = desk.queue.item(record.id)
    pack = desk.pack_of(record.stamp.pack_sha256, record.stamp.pack)
    content = {
        "view": view_of(record, desk.packs),
        "record": record,
        "item": item,
        "reasons": [(reason.value, IN_WORDS[reason]) for reason in (item.reasons if item else ())],
        "status": STATUS.get("erased" if record.erased else record.status, record.status),
        "statuses": {name: STATUS[name] for name in ("answered", "not_covered", "needs_facts", "out_of_scope")},
        "channel": CHANNEL.get(record.channel or "", ""),
        "decided": DECIDED,
        "places": [(p.label, " ".join(p.text.split())[:40]) for p in pack.regulation.provisions] if pack else [],
        "before": before,
        "after": after,
        "left": desk.queue.page(wanted).total,
        "query": chosen.address(),
        "form": form or DecisionForm(verdict="confirmed"),
        "problem": problem,
        "said": said,
    }
    return write_page(request, "item.html", content, status=422 if problem else 200, tab="/")
