"""One request on the wire: the key goes on here and nowhere else, and what comes back has an end.

Whatever the server does (drip bytes, answer for ever, pack a bomb), the deadline, the size limit and `stop` hold.
"""

import json
import socket
import ssl
import time
from collections.abc import Iterator
from threading import Event
from typing import Any

import httpx
from pydantic import SecretStr

from assistant.llm.failure import Fallback, LlmFailure

MAX_BYTES = 4_000_000


class Call:
    """One question to the endpoint, with all its attempts: how long it may take, and the way to end it at once."""

    def __init__(self, seconds: float) -> None:
        self.deadline = time.monotonic() + seconds
        self.failure: Fallback | None = None  # what the wire found wrong; the library above only sees an error
        self._stopped = Event()
        self._socket: socket.socket | None = None

    @property
    def left(self) -> float:
        return self.deadline - time.monotonic()

    @property
    def stopped(self) -> bool:
        return self._stopped.is_set()

    def wait(self, seconds: float) -> None:
        """Sleeps between attempts, no longer than there is time."""
        self._stopped.wait(max(0.0, min(seconds, self.left)))

    def stop(self) -> None:
        """Ends whatever is under way. A read that waits in another thread returns."""
        self._stopped.set()
        if self._socket is not None:
            try:
                self._socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # it was closed already

    def check(self) -> None:
        """Raises LlmFailure when it is over."""
        if self.stopped or self.left <= 0:
            raise LlmFailure(Fallback.TIMEOUT)

    def note_socket(self, event: str, info: dict[str, Any]) -> None:
        """httpcore's trace: keeps the socket that is connected, so that `stop` can reach it."""
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._socket = info["return_value"].get_extra_info("socket")


class LimitedTransport(httpx.BaseTransport):
    """Carries the requests of one call."""

    def __init__(self, call: Call, key: SecretStr, tls: ssl.SSLContext) -> None:
        self._call, self._key = call, key
        self._inner = httpx.HTTPTransport(verify=tls, trust_env=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._call.check()
        request.headers.pop("Authorization", None)
        if key := self._key.get_secret_value():
            request.headers["Authorization"] = f"Bearer {key}"
        request.headers["Accept-Encoding"] = "identity"
        request.extensions = {**request.extensions, "trace": self._call.note_socket}
        response = self._inner.handle_request(request)
        if response.headers.get("Content-Encoding", "identity").lower() != "identity":
            # It was asked not to: what it packs could unpack to anything.
            response.close()
            self._call.failure = Fallback.BROKEN_REPLY
            raise httpx.DecodingError("packed", request=request)
        assert isinstance(response.stream, httpx.SyncByteStream)  # noqa: S101 - the transport is a synchronous one
        stream: httpx.SyncByteStream = _Limited(response.stream, self._call)
        headers = response.headers
        if response.is_success and headers.get("Content-Type", "").startswith("application/json"):
            stream = _AsEvents(stream, self._call)
            headers = httpx.Headers({"Content-Type": "text/event-stream"})
        return httpx.Response(response.status_code, headers=headers, stream=stream, extensions=response.extensions)

    def close(self) -> None:
        self._inner.close()


class _Limited(httpx.SyncByteStream):
    """A body that ends with the call, and before it grows too large."""

    def __init__(self, inner: httpx.SyncByteStream, call: Call) -> None:
        self._inner, self._call = inner, call

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for piece in self._inner:
            self._call.check()
            size += len(piece)
            if size > MAX_BYTES:
                self._call.failure = Fallback.TOO_LONG
                raise httpx.ReadError("too long")
            yield piece

    def close(self) -> None:
        self._inner.close()


class _AsEvents(httpx.SyncByteStream):
    """The whole reply of a server that does not stream, as the one event of a stream."""

    def __init__(self, inner: httpx.SyncByteStream, call: Call) -> None:
        self._inner, self._call = inner, call

    def __iter__(self) -> Iterator[bytes]:
        try:
            whole = json.loads(b"".join(self._inner))
            for choice in whole.get("choices", []):
                choice["delta"] = choice.pop("message")
        except (ValueError, RecursionError, AttributeError, TypeError, KeyError):
            self._call.failure = Fallback.BROKEN_REPLY
            raise httpx.DecodingError("no completion") from None
        yield b"data: " + json.dumps(whole).encode() + b"\n\ndata: [DONE]\n\n"

    def close(self) -> None:
        self._inner.close()
