"""A local endpoint that does what it is told: replies in pieces or whole, or misbehaves on the wire."""

import gzip
import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

from eval.attacks.cases import KEY, Attack, Reply, reply_of

_PIECE = 5
_TICK = 0.05


@dataclass
class Script:
    """What the endpoint does with every request from now on; `told` collects the replies it made."""

    attack: Attack
    among: bool
    told: list[Reply]
    requests: int = 0


class ScriptedEndpoint(ThreadingHTTPServer):
    """Serves on a free port of 127.0.0.1."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script: Script | None = None
        self.over = Event()  # ends what never ends of itself

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def play(self, attack: Attack, *, among: bool) -> Script:
        self.script = Script(attack, among, [])
        return self.script

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is what half of this is about."""


@contextmanager
def running_endpoint() -> Iterator[ScriptedEndpoint]:
    server = ScriptedEndpoint()
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: ScriptedEndpoint

    def log_message(self, *_: object) -> None:
        pass

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        script = self.server.script
        assert script is not None  # noqa: S101 - nothing asks before something is played
        script.requests += 1
        if script.attack.transport:
            getattr(self, "_" + script.attack.transport.replace("-", "_"))(script.attack)
            return
        prompt = next(m["content"] for m in reversed(request["messages"]) if m["role"] == "user")
        reply = reply_of(script.attack, prompt, among=script.among)
        script.told.append(reply)
        if script.among or not request.get("stream"):
            self._whole(reply.text)
        else:
            self._events(_chunk(reply.text[i : i + _PIECE]) for i in range(0, len(reply.text), _PIECE))

    # Replies

    def _head(self, kind: str, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def _whole(self, text: str) -> None:
        message = {"role": "assistant", "content": text}
        body = {"id": "x", "object": "chat.completion", "created": 0, "model": "m"}
        body |= {"choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}
        self._head("application/json")
        self.wfile.write(json.dumps(body).encode())

    def _events(self, chunks: Iterator[bytes], end: bytes = b"data: [DONE]\n\n") -> None:
        self._head("text/event-stream")
        for chunk in chunks:
            self.wfile.write(chunk)
        self.wfile.write(end)

    # Misbehaviour, by the name that stands in `transport`

    def _until_over(self, act: Callable[[], object], tick: float = _TICK) -> None:
        while not self.server.over.wait(tick):
            act()

    def _refuse(self, _: Attack) -> None:
        raise AssertionError("the runner asks a port where nobody is")

    def _stall(self, _: Attack) -> None:
        self._until_over(lambda: None)

    def _drip(self, _: Attack) -> None:
        self._head("text/event-stream")
        self._until_over(lambda: self._flush(_chunk("嗯")))

    def _comments(self, _: Attack) -> None:
        self._head("text/event-stream")
        self._until_over(lambda: self._flush(b": ping\n\n"))

    def _headers(self, _: Attack) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        self._until_over(lambda: self._flush(b"a"))

    def _flush(self, data: bytes) -> None:
        self.wfile.write(data)
        self.wfile.flush()

    def _status(self, attack: Attack) -> None:
        self._head("application/json", attack.status, **attack.headers)
        self.wfile.write((attack.body or '{"error": {"message": "no"}}').replace("{key}", KEY).encode())

    def _empty(self, _: Attack) -> None:
        self._events(iter(()))

    def _hangup(self, _: Attack) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)

    def _half(self, _: Attack) -> None:
        self._head("text/event-stream", Content_Length="100000")
        self._flush(_chunk('{"statements": [{"te'))
        self.connection.shutdown(socket.SHUT_RDWR)

    def _html(self, _: Attack) -> None:
        self._head("text/html")
        self.wfile.write(b"<html><body>Log in to continue</body></html>")

    def _broken_events(self, _: Attack) -> None:
        self._events(iter([b'data: {"choices": [{"delta": \n\n']))

    def _gzip(self, _: Attack) -> None:
        body = gzip.compress(b"data: " + b" " * 50_000_000 + b"\n\n")
        self._head("text/event-stream", Content_Encoding="gzip")
        self.wfile.write(body)

    def _huge(self, _: Attack) -> None:
        self._head("text/event-stream")
        filler = _chunk("长" * 4000)
        self._until_over(lambda: self._flush(filler), tick=0)


def _chunk(text: str) -> bytes:
    delta = {"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": None}]}
    body = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "m"}
    return b"data: " + json.dumps(body | delta).encode() + b"\n\n"
