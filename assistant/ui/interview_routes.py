"""The ledger and the filled-in form of a conversation, made from its questions alone and sent at once."""

import asyncio
import json
import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from assistant.api.engine import MAX_CHARS, MAX_TURNS, Engine
from assistant.errors import MicError, UsageError
from assistant.precheck.check import Desk
from assistant.precheck.printable import one_sentence
from assistant.precheck.told import check_facts, filled_form
from assistant.ui.conversation import kept_questions
from assistant.ui.precheck_reports import MEDIA_TYPES, Parcel, report_parcel

logger = logging.getLogger(__name__)

_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_MOST_BYTES = 6 * MAX_TURNS * MAX_CHARS
_NAME = "资格核对清单"
_MAKING_AT_ONCE = 2


def interview_routes(engine: Engine, desk: Desk) -> list[Route]:
    """POST /interview/{kind} with `{"turns": […]}`: xlsx or json is the ledger, form-docx or form-xlsx the form."""
    making = asyncio.Semaphore(_MAKING_AT_ONCE)

    async def take(request: Request) -> Response:
        try:
            turns = await _turns(request)
            async with making:
                parcel = await run_in_threadpool(lambda: taken(request.path_params["kind"], turns, engine, desk))
        except MicError as error:
            return JSONResponse({"error": one_sentence(error)}, status_code=400, headers=_HEADERS)
        except Exception:
            logger.exception("a ledger could not be made")
            return JSONResponse({"error": "没有处理成功，请稍后再试。"}, status_code=500, headers=_HEADERS)
        disposition = f"attachment; filename*=UTF-8''{quote(parcel.name)}"
        headers = {**_HEADERS, "Content-Disposition": disposition}
        return Response(parcel.data, media_type=parcel.media_type, headers=headers)

    return [Route("/interview/{kind}", take, methods=["POST"])]


def taken(kind: str, turns: list[str], engine: Engine, desk: Desk) -> Parcel:
    """One file of a conversation. Raises UsageError if there is no such file, or nothing to put into it."""
    facts = engine.facts(turns)
    if not facts:
        raise UsageError("还没有可以写进清单的情况。", "请先说说贵单位的情况。")
    makers: dict[str, Callable[[], Parcel]] = {
        "xlsx": lambda: _ledger("xlsx", facts, desk),
        "json": lambda: _ledger("json", facts, desk),
        "form-docx": lambda: _form("docx", facts, desk),
        "form-xlsx": lambda: _form("xlsx", facts, desk),
    }
    if kind not in makers:
        raise UsageError("没有这种格式。", "请用清单下方的按钮下载。")
    return makers[kind]()


def _ledger(kind: str, facts: Any, desk: Desk) -> Parcel:
    made = report_parcel(kind, [check_facts(facts, desk, _NAME)], desk)
    return Parcel(f"{_NAME}.{kind}", made.media_type, made.data)


def _form(kind: str, facts: Any, desk: Desk) -> Parcel:
    return Parcel(f"{desk.schema.file_name}（预填）.{kind}", MEDIA_TYPES[kind], filled_form(facts, desk.schema, kind))


async def _turns(request: Request) -> list[str]:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _MOST_BYTES:
            raise UsageError("对话太长，没有收下。", "请清空对话后再试。")
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        sent = None
    turns = kept_questions(sent.get("turns")) if isinstance(sent, dict) else []
    if not turns:
        raise UsageError("没有收到对话内容。", "请刷新页面后再试。")
    return turns
