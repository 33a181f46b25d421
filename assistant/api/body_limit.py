"""How large the body of a request may be: told by what it says of itself, and counted where it says nothing."""

from collections.abc import Collection

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.problems import problem

TOO_LARGE = "请求超过{limit}字节的上限，没有收下；请减少内容后再试。"


def declared(headers: Headers) -> int:
    """How many bytes a request says that it has; what says nothing is counted as it comes, nonsense is endless."""
    length = headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() and len(length) < 19 else 10**18 if length else 0


def counted(receive: Receive, limit: int, words: str = TOO_LARGE) -> Receive:
    """The same body, read no further than `limit` bytes: what reads it then gets HTTPException 413 with `words`."""
    received = 0

    async def read() -> Message:
        nonlocal received
        message = await receive()
        if message["type"] == "http.request":
            received += len(message.get("body", b""))
            if received > limit:
                raise HTTPException(413, words.format(limit=limit))
        return message

    return read


class BodyLimit:
    """Stands before an application and lets no body through that is larger than `limit` bytes.

    `apart`: paths below it that count for themselves.
    """

    def __init__(self, app: ASGIApp, limit: int, apart: Collection[str] = ()) -> None:
        self._app, self._limit, self._apart = app, limit, tuple(apart)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or (self._apart and str(scope["path"]).endswith(self._apart)):
            await self._app(scope, receive, send)
        elif declared(Headers(scope=scope)) > self._limit:
            refused = problem(413, TOO_LARGE.format(limit=self._limit), headers={"Connection": "close"})
            await refused(scope, receive, send)
        else:
            await self._app(scope, counted(receive, self._limit), send)
