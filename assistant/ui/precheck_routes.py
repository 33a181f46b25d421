"""How files come in and go out, beside the page's own traffic.

A request names its room by the secret in a header, never in an address: addresses end up in histories and logs. What
goes wrong is answered with one Chinese sentence.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote, unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from assistant.errors import MicError, UsageError
from assistant.precheck.printable import one_sentence
from assistant.ui.precheck_reports import Parcel, draft_parcel, form_parcel, report_parcel
from assistant.ui.reception import Reception
from assistant.ui.upload_rooms import Room

logger = logging.getLogger(__name__)

FILES = "precheck/files"
ROOM_HEADER = "x-precheck-room"
_SECRET_LENGTH = 200
_SLOWEST_UPLOAD_SECONDS = 900
_MAKING_AT_ONCE = 2
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    # A report opened from here must not act on the page.
    "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
}

Answering = Callable[[Request], Awaitable[Response]]


def precheck_routes(reception: Reception) -> list[Route]:
    """The routes, to be put before the page's own."""
    gates = _Gates(reception)
    return [
        Route(f"/{FILES}", _safe(gates.receive), methods=["POST"]),
        Route("/precheck/end", _safe(gates.end), methods=["POST"]),
        Route("/precheck/forms/{kind}", _safe(gates.form), methods=["GET"]),
        Route("/precheck/reports/{kind}", _safe(gates.report), methods=["GET"]),
        Route("/precheck/drafts/{number:int}/{kind}", _safe(gates.draft), methods=["GET"]),
    ]


class _Gates:
    def __init__(self, reception: Reception) -> None:
        self._desk = reception.desk
        self._rooms = reception.rooms
        self._making = asyncio.Semaphore(_MAKING_AT_ONCE)

    async def receive(self, request: Request) -> Response:
        """One file as the body; its name, percent-encoded, in the query."""
        room = self._room(request)
        name = unquote(request.query_params.get("name", ""), errors="replace")
        length = request.headers.get("content-length", "")
        if not (length.isascii() and length.isdigit()) or len(length) > 15:
            raise UsageError("上传的请求不完整。", "请刷新页面后再试。")
        size = int(length)
        received = 0
        try:
            async with asyncio.timeout(_SLOWEST_UPLOAD_SECONDS):
                with self._rooms.receiving(room, name, size) as stream:
                    async for part in request.stream():
                        received += len(part)
                        if received > size:
                            break
                        stream.write(part)
                    if received != size:
                        raise UsageError("上传中断，这个文件没有收下。", "请再试一次。")
        except (TimeoutError, ClientDisconnect) as error:
            raise UsageError("上传中断，这个文件没有收下。", "请检查网络后再试。") from error
        return JSONResponse({"received": True}, headers=_HEADERS)

    async def end(self, request: Request) -> Response:
        """The visitor has left; the body is the secret, for a page that closes can set no header."""
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > _SECRET_LENGTH:
                return Response(status_code=204)
        await run_in_threadpool(self._rooms.end, body.decode("ascii", "replace"))
        return Response(status_code=204)

    async def form(self, request: Request) -> Response:
        kind = request.path_params["kind"]
        return await self._sent(lambda: form_parcel(kind, self._desk))

    async def report(self, request: Request) -> Response:
        kind, reports = request.path_params["kind"], self._room(request).reports
        return await self._sent(lambda: report_parcel(kind, reports, self._desk))

    async def draft(self, request: Request) -> Response:
        number, kind = request.path_params["number"], request.path_params["kind"]
        drafts = list(self._room(request).drafts)
        return await self._sent(lambda: draft_parcel(kind, number, drafts, self._desk))

    def _room(self, request: Request) -> Room:
        room = self._rooms.get(request.headers.get(ROOM_HEADER, ""))
        if room is None:
            raise UsageError("这次预审已经结束，文件已删除。", "请刷新页面后重新上传。")
        return room

    async def _sent(self, make: Callable[[], Parcel]) -> Response:
        async with self._making:
            parcel = await run_in_threadpool(make)
        disposition = f"attachment; filename*=UTF-8''{quote(parcel.name)}"
        headers = {**_HEADERS, "Content-Disposition": disposition}
        return Response(parcel.data, media_type=parcel.media_type, headers=headers)


def _safe(answering: Answering) -> Any:
    """The same with every error as one sentence."""

    async def answered(request: Request) -> Response:
        try:
            return await answering(request)
        except MicError as error:
            return JSONResponse({"error": one_sentence(error)}, status_code=400, headers=_HEADERS)
        except Exception:
            logger.exception("a file could not be taken in or handed over")
            words = "没有处理成功，请稍后再试。"
            return JSONResponse({"error": words}, status_code=500, headers=_HEADERS)

    return answered
