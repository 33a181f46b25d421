"""One line for each request, with an id that the response carries, too; and the look of all lines.

A line never holds a question, an answer, a file's name or what stood in an address beyond its route; who asked only
where a setting says so. Of an error it holds the kind and the places in the code, not the message: a message may repeat
what a person wrote. `MIC_DEBUG=1` brings the messages back, for a developer's own machine.
"""

import logging
import os
import re
import sys
import time
import traceback
import uuid
from collections.abc import MutableMapping
from typing import Any

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.locality import client_address
from assistant.api.metrics import Metrics
from assistant.api.problems import problem
from assistant.config import Settings

HEADER = "X-Request-ID"
_GIVEN = re.compile(r"[A-Za-z0-9._-]{8,64}")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_OWN = ("/api/", "/law/", "/mcp", "/metrics", "/healthz")
_QUIET = ("/metrics", "/healthz")

logger = structlog.stdlib.get_logger("assistant.requests")


def set_up_logging(settings: Settings) -> None:
    """Makes all log lines of this process look as the settings say, on stderr."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _error_without_words,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    as_json = settings.log_format == "json"
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"], drop_missing=True)
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)  # libraries: some of them tell of every request, with its address
    logging.getLogger("assistant").setLevel(settings.log_level.upper())


class RequestLog:
    """Stands around the whole application."""

    def __init__(self, app: ASGIApp, metrics: Metrics, *, addresses: bool = False) -> None:
        self._app, self._metrics, self._addresses = app, metrics, addresses

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = str(scope["path"]).removeprefix(str(scope.get("root_path", "")))
        given = Headers(scope=scope).get(HEADER, "")
        identity = given if _GIVEN.fullmatch(given) else uuid.uuid4().hex
        status, start = 0, time.perf_counter()

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])  # an enumeration's member would be written as one
                MutableHeaders(scope=message)[HEADER] = identity
            await send(message)

        self._metrics.running(1)
        try:
            with structlog.contextvars.bound_contextvars(request_id=identity):
                try:
                    await self._app(scope, receive, sent)
                except Exception as error:
                    logger.exception("a request failed", kind=type(error).__name__)
                    if not status:
                        await problem(500)(scope, receive, sent)
                finally:
                    self._done(scope, path, status, time.perf_counter() - start)
        finally:
            self._metrics.running(-1)

    def _done(self, scope: Scope, path: str, status: int, seconds: float) -> None:
        """`status` is 0 where the client left before there was a response."""
        route = route_of(scope, path)
        method = scope["method"] if scope["method"] in _METHODS else "OTHER"
        self._metrics.request(route, method, status, seconds)
        said: dict[str, object] = {"method": method, "route": route, "status": status, "ms": round(1000 * seconds)}
        if self._addresses:
            said["client"] = client_address(scope)
        if status >= 500:
            logger.error("request", **said)
        elif path.startswith(_QUIET) or not (path.startswith(_OWN) or status >= 400):
            logger.debug("request", **said)
        else:
            logger.info("request", **said)


def route_of(scope: Scope, path: str) -> str:
    """The route's pattern, never what stood in its place; one name for all of the page's own traffic."""
    if path.startswith("/api/v1"):
        return f"/api/v1{getattr(scope.get('route'), 'path', '/*')}"
    if path.startswith("/law/"):
        return "/law/*"
    return path if path in ("/mcp", "/metrics", "/healthz") else "page"


def _error_without_words(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Puts the kind of an error and its places in the code into the line, in the place of the traceback."""
    found = event.pop("exc_info", None)
    error = sys.exc_info()[1] if found is True else found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)
        event["error"] = type(error).__name__
        event["at"] = " < ".join(f"{os.path.basename(f.filename)}:{f.lineno} {f.name}" for f in reversed(frames[-8:]))
        if os.environ.get("MIC_DEBUG") == "1":
            event["traceback"] = "".join(traceback.format_exception(error))
    return event
