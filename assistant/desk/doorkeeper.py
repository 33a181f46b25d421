"""Stands before every page of the staff: who may see it, how large a request may be, and what a browser may do with it.

What is not named here as open to all is closed: a new page is for those who are signed in, and below /admin/ for
administrators. It is decided before a body is read.
"""

import logging
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote

from anyio.to_thread import run_sync
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.body_limit import counted, declared
from assistant.api.locality import is_same_origin
from assistant.staff.sessions import Session
from assistant.staff.staff import Staff

logger = logging.getLogger(__name__)

COOKIE = "mic_staff"
SIGN_IN = "/sign-in"
# Reached without being signed in: the way in, and what the pages look like.
OPEN_TO_ALL = frozenset({SIGN_IN, "/desk.css", "/desk.js"})
ADMIN = "/admin/"
UPLOAD = "/cite-check"
_FORM_BYTES = 64 * 1024
_TOO_LARGE = "内容太大，没有收下。"
_READS = ("GET", "HEAD")

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
}


class Doorkeeper:
    """Lets a request through to the pages, with `session` in its state where somebody is signed in."""

    def __init__(self, app: ASGIApp, staff: Staff, upload_bytes: int) -> None:
        self._app, self._staff, self._upload_bytes = app, staff, upload_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":  # nothing here speaks anything else
            return
        refusal = await self._refusal(scope)
        if refusal:
            await refusal(scope, receive, with_headers(send))
            return
        limit = self._upload_bytes if path_of(scope) == UPLOAD else _FORM_BYTES
        await self._app(scope, counted(receive, limit, _TOO_LARGE), with_headers(send))

    async def _refusal(self, scope: Scope) -> Response | None:
        path, headers = path_of(scope), Headers(scope=scope)
        if scope["method"] not in (*_READS, "POST"):
            return Response("不支持这种请求。", 405, media_type="text/plain")
        if scope["method"] == "POST" and not is_same_origin(headers):
            return Response("请求不是从核对台的页面发出的，没有执行。", 403, media_type="text/plain")
        if declared(headers) > (self._upload_bytes if path == UPLOAD else _FORM_BYTES):
            return Response(_TOO_LARGE, 413, {"Connection": "close"}, "text/plain")
        session = await self._session(headers)
        scope.setdefault("state", {})["session"] = session
        if path in OPEN_TO_ALL:
            return None
        if session is None:
            return _to_sign_in(scope, path)
        if path.startswith(ADMIN) and not session.account.is_administrator:
            logger.warning("an administrator's page was asked for by another account")
            return Response("这一页只给管理员。", 403, media_type="text/plain")
        return None

    async def _session(self, headers: Headers) -> Session | None:
        token = cookie_in(headers)
        return await run_sync(self._staff.sessions.find, token) if token else None


def path_of(scope: Scope) -> str:
    """The path below where the desk stands."""
    path, root = str(scope["path"]), str(scope.get("root_path", ""))
    return path.removeprefix(root) if path.startswith(root) else path


def cookie_in(headers: Headers) -> str:
    """The token that a browser brings along; "" if it brings none."""
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def with_headers(send: Send) -> Send:
    """Adds what every answer of the desk says, where a route has not set its own."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sent


def _to_sign_in(scope: Scope, path: str) -> Response:
    """A page that is to be read is come back to; what was to be done is not done by itself afterwards."""
    if scope["method"] not in _READS:
        return Response("没有登录，或登录已过期；没有执行。请重新登录后再试。", 401, media_type="text/plain")
    query = scope.get("query_string", b"").decode("latin-1")
    back = quote(path + (f"?{query}" if query else ""), safe="")
    return RedirectResponse(f"{scope.get('root_path', '')}{SIGN_IN}?next={back}", 303)
