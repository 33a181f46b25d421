"""What goes wrong, as RFC 9457 problems: one Chinese sentence that says what to do, and nothing of the inside."""

import json
import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from assistant.errors import MicError
from assistant.precheck.printable import one_sentence, printable, short

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
NO_STORE = {"Cache-Control": "no-store"}

_DETAILS = {
    400: "请求的内容读不懂；请检查格式后再试。",
    404: "没有这个地址；可用的地址见 /api/v1/openapi.json。",
    405: "这个地址不支持这种请求方式；可用的方式见 /api/v1/openapi.json。",
    413: "请求太大，没有收下；请减少内容后再试。",
    415: "请求的内容类型不对；请按接口说明设置 Content-Type。",
    500: "没有处理成功；请稍后再试。",
}
_SAID = {
    "missing": "缺少这一项",
    "extra_forbidden": "不是认识的项",
    "string_type": "应是字符串",
    "string_unicode": "含有不能识别的字符",
    "string_too_short": "不能为空",
    "string_too_long": "太长",
    "string_pattern_mismatch": "不能为空",
    "list_type": "应是列表",
    "model_attributes_type": "应是 JSON 对象（Content-Type: application/json）",
    "model_type": "应是 JSON 对象",
    "value_error": "含有不能识别的字符",
    "too_short": "不能为空",
    "too_long": "太多",
    "int_parsing": "应是整数",
    "int_type": "应是整数",
    "int_parsing_size": "数字太大",
    "greater_than_equal": "太小",
    "less_than_equal": "太大",
    "json_invalid": "不是有效的 JSON",
}


class FieldProblem(BaseModel):
    """What is wrong with one part of a request."""

    field: str = Field(description="where, e.g. turns.0; empty for the request as a whole")
    message: str


class Problem(BaseModel):
    """RFC 9457. `detail` is one Chinese sentence for a person."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] = []


def problem(
    status: int, detail: str = "", errors: Sequence[FieldProblem] = (), headers: Mapping[str, str] | None = None
) -> Response:
    """The response for a problem; without `detail` what usually has to be said of this status."""
    said = Problem(
        title=HTTPStatus(status).phrase,
        status=status,
        detail=short(printable(detail or _DETAILS.get(status, _DETAILS[400 if status < 500 else 500]))),
        errors=list(errors),
    )
    body = json.dumps(said.model_dump(), ensure_ascii=False).encode()
    return Response(body, status, {**NO_STORE, **(headers or {})}, MEDIA_TYPE)


def answer_problems(app: FastAPI) -> None:
    """Makes every error of an application a problem."""
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(MicError, _failed)
    app.add_exception_handler(Exception, _broken)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems that an operation may answer with, for its description."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in statuses}


async def _invalid(_: Request, error: Exception) -> Response:
    """What was sent is not repeated: it may be a person's words."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for it
    found = error.errors()
    if any(one["type"] == "json_invalid" for one in found):
        return problem(400, "请求内容不是有效的 JSON；请检查后再试。")
    said = {_where(one["loc"]): _SAID.get(str(one["type"]), "不符合要求") for one in found[:20]}
    errors = [FieldProblem(field=field, message=message) for field, message in said.items()]
    listed = "；".join(f"{one.field or '请求内容'}{one.message}" for one in errors[:3])
    return problem(422, f"请求不符合要求：{listed}。", errors)


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it
    own = error.detail if isinstance(error.detail, str) and error.detail.endswith("。") else ""
    return problem(error.status_code, own, headers=error.headers)


async def _failed(_: Request, error: Exception) -> Response:
    assert isinstance(error, MicError)  # noqa: S101 - registered for it
    if error.exit_code == 3:  # the operator's matter
        logger.error("the service is not in order: %s", type(error).__name__)
        return problem(503, "服务暂时不可用；请联系管理员。")
    return problem(422, one_sentence(error))


async def _broken(_: Request, error: Exception) -> Response:
    logger.error("a request could not be processed", exc_info=error)
    return problem(500)


def _where(place: Sequence[int | str]) -> str:
    """The path of a field without what FastAPI puts around it."""
    steps = [str(step) for step in place[1:]]
    return short(printable(".".join(step for step in steps if not step.endswith("Request"))), 60)
