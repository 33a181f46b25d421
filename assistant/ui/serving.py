"""Serves the application until it is told to stop, and then lets what runs come to its end."""

import errno
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI

from assistant.api.request_log import set_up_logging
from assistant.api.service import open_service
from assistant.config import Settings
from assistant.errors import UsageError

_BACKLOG = 2048


def serve_web(settings: Settings, host: str, port: int, progress: Callable[[str], None]) -> None:
    """Opens everything and serves it until SIGTERM or SIGINT; returns when all requests have ended.

    Raises UsageError if the address cannot be used, which is found out first, and MicError if the assistant cannot be
    opened.
    """
    with bound(host, port) as listener:
        from assistant.ui.reception import reception_of
        from assistant.ui.web_app import build_web_app

        set_up_logging(settings)
        service = open_service(settings, progress)
        app = build_web_app(service, reception_of(service))
        _listen(listener, host, port)
        shown = f"[{host}]" if ":" in host else host
        progress(f"网页地址：http://{shown}:{listener.getsockname()[1]}{settings.root_path}")
        run(app, listener, settings)
        progress("服务已停止。")


def bound(host: str, port: int) -> socket.socket:
    """A socket that has the address and does not listen yet. Raises UsageError."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
        except BaseException:
            listener.close()
            raise
    except (OSError, OverflowError, UnicodeError) as error:
        raise _unusable(host, port, error) from error
    return listener


def run(app: FastAPI, listener: socket.socket, settings: Settings) -> None:
    """Serves until told to stop. A second signal ends at once."""
    server = _Server(_config(app, settings))
    before = {number: signal.signal(number, _nothing) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        server.run([listener])
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def serving_in_thread(app: FastAPI, listener: socket.socket, settings: Settings) -> Iterator[None]:
    """Serves while the block runs, without any signal."""
    server = _Server(_config(app, settings))
    listener.listen(_BACKLOG)
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(settings.shutdown_seconds + 5)


def _config(app: FastAPI, settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        ws="none",
        lifespan="on",
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=settings.shutdown_seconds,
    )


class _Server(uvicorn.Server):
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """An open page holds a connection that never ends by itself; so these are ended first."""
        app: Any = self.config.app
        app.state.end_streams()
        await super().shutdown(sockets)


def _listen(listener: socket.socket, host: str, port: int) -> None:
    """Several may have an address that nobody listens at; so it may still be taken now."""
    try:
        listener.listen(_BACKLOG)
    except OSError as error:
        raise _unusable(host, port, error) from error


def _unusable(host: str, port: int, error: Exception) -> UsageError:
    taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
    why = "端口已被占用" if taken else "地址或端口不对，或没有权限"
    return UsageError(f"{host}:{port} 不能用（{why}）。", "请用 --port 换一个端口。")


def _nothing(*_: object) -> None:
    """uvicorn repeats the signal that ended it; by then all is done."""
