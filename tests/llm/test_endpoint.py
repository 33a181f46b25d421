"""The real client against a local server that behaves in every way a server can."""

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from pydantic import SecretStr

from assistant.llm.endpoint import Endpoint
from assistant.llm.failure import Fallback, LlmFailure

KEY = "sk-0123456789"
TEXT = '{"statements": [{"text": "不少于80人", "citations": [1]}]}'
# Long enough for a busy machine where the server does answer.
PATIENT = 60.0

Act = Callable[["Handler", dict[str, Any]], None]


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.acts: list[Act] = []
        self.requests: list[tuple[dict[str, str], dict[str, Any]]] = []
        self.over = threading.Event()

    def handle_error(self, *_: object) -> None:
        pass


class Handler(BaseHTTPRequestHandler):
    server: Server

    def log_message(self, *_: object) -> None:
        pass

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append((dict(self.headers), body))
        act = self.server.acts.pop(0) if len(self.server.acts) > 1 else self.server.acts[0]
        act(self, body)

    def head(self, status: int = 200, kind: str = "application/json", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()


def status(code: int, body: str = "{}", **headers: str) -> Act:
    def act(handler: Handler, _: dict[str, Any]) -> None:
        handler.head(code, **headers)
        handler.wfile.write(body.encode())

    return act


def streams(*pieces: str) -> Act:
    def act(handler: Handler, _: dict[str, Any]) -> None:
        handler.head(kind="text/event-stream")
        for piece in pieces:
            delta = {"choices": [{"index": 0, "delta": {"content": piece}}]}
            handler.wfile.write(b"data: " + json.dumps(delta).encode() + b"\n\n")
        handler.wfile.write(b"data: [DONE]\n\n")

    return act


def whole(handler: Handler, _: dict[str, Any]) -> None:
    handler.head()
    message = {"role": "assistant", "content": TEXT}
    handler.wfile.write(json.dumps({"choices": [{"index": 0, "message": message}]}).encode())


def without_schema(handler: Handler, body: dict[str, Any]) -> None:
    (status(400) if "response_format" in body else streams(TEXT))(handler, body)


def stalls(handler: Handler, _: dict[str, Any]) -> None:
    handler.server.over.wait()


def drips(what: bytes, head: bool) -> Act:
    def act(handler: Handler, _: dict[str, Any]) -> None:
        if head:
            handler.head(kind="text/event-stream")
        while not handler.server.over.wait(0.05):
            handler.wfile.write(what)
            handler.wfile.flush()

    return act


@pytest.fixture
def server() -> Iterator[Server]:
    started = Server()
    threading.Thread(target=started.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield started
    started.over.set()
    started.shutdown()
    started.server_close()


@pytest.fixture
def ask(server: Server) -> Callable[..., str]:
    endpoint = Endpoint(f"http://127.0.0.1:{server.server_address[1]}/v1", "small", SecretStr(KEY))

    def asked(*acts: Act, seconds: float = PATIENT) -> str:
        server.acts = list(acts)
        return "".join(endpoint.stream("系统", "用户", seconds))

    return asked


Ask = Callable[..., str]


def why(ask: Ask, *acts: Act, seconds: float = PATIENT) -> Fallback:
    with pytest.raises(LlmFailure) as failed:
        ask(*acts, seconds=seconds)
    return failed.value.why


def test_a_streamed_reply_comes_in_pieces(ask: Ask, server: Server) -> None:
    assert ask(streams(TEXT[:9], "", TEXT[9:])) == TEXT
    headers, body = server.requests[0]
    assert headers["Authorization"] == f"Bearer {KEY}"
    assert (body["model"], body["stream"], body["temperature"]) == ("small", True, 0)
    assert [m["role"] for m in body["messages"]] == ["system", "user"]
    assert body["response_format"]["type"] == "json_schema"


def test_a_server_that_does_not_stream_is_understood(ask: Ask) -> None:
    assert ask(whole) == TEXT


def test_a_server_without_schemas_is_asked_without_and_remembered(ask: Ask, server: Server) -> None:
    assert ask(without_schema) == TEXT
    assert ask(without_schema) == TEXT
    assert ["response_format" in body for _, body in server.requests] == [True, False, False]


@pytest.mark.parametrize("code", [429, 500, 503])
def test_what_may_pass_is_tried_again(ask: Ask, server: Server, code: int) -> None:
    assert ask(status(code), streams(TEXT)) == TEXT
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (status(429), Fallback.RATE_LIMITED),
        (status(429, Retry_After="3600"), Fallback.RATE_LIMITED),
        (status(500), Fallback.SERVER_ERROR),
        (status(401), Fallback.NOT_AUTHORISED),
        (status(403), Fallback.NOT_AUTHORISED),
        (status(400), Fallback.REQUEST_REFUSED),
        (status(404), Fallback.REQUEST_REFUSED),
        (status(302, Location="http://192.0.2.1/"), Fallback.REQUEST_REFUSED),
        (status(200, "no json"), Fallback.BROKEN_REPLY),
        (status(200, "[]"), Fallback.BROKEN_REPLY),
        (status(200, '{"choices": []}'), Fallback.EMPTY_REPLY),
        (status(200, Content_Encoding="gzip"), Fallback.BROKEN_REPLY),
        (streams(), Fallback.EMPTY_REPLY),
        (streams("", ""), Fallback.EMPTY_REPLY),
    ],
)
def test_each_failure_has_its_code(ask: Ask, act: Act, code: Fallback) -> None:
    assert why(ask, act) is code


@pytest.mark.parametrize(
    "act",
    [stalls, drips(b": ping\n\n", head=True), drips(b"X-A: ", head=False), drips(b"data: ", head=True)],
)
def test_nothing_takes_longer_than_the_limit(ask: Ask, act: Act) -> None:
    started = time.monotonic()
    assert why(ask, act, seconds=1) is Fallback.TIMEOUT
    assert time.monotonic() - started < 10


def test_nobody_there() -> None:
    started = time.monotonic()
    with pytest.raises(LlmFailure) as failed:
        list(Endpoint("http://127.0.0.1:1/v1", "m", SecretStr("")).stream("a", "b", PATIENT))
    assert failed.value.why is Fallback.UNREACHABLE
    assert time.monotonic() - started < PATIENT


def test_a_full_house_is_said_at_once_and_empties_again(server: Server) -> None:
    endpoint = Endpoint(f"http://127.0.0.1:{server.server_address[1]}/v1", "m", SecretStr(KEY))
    server.acts = [stalls]
    threads = [threading.Thread(target=_ignoring, args=(endpoint, 2.0)) for _ in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    with pytest.raises(LlmFailure) as failed:
        list(endpoint.stream("a", "b", PATIENT))
    assert failed.value.why is Fallback.BUSY
    for thread in threads:
        thread.join()
    server.acts = [streams(TEXT)]
    assert _until(lambda: "".join(endpoint.stream("a", "b", PATIENT)) == TEXT)


def test_closing_ends_the_request(server: Server) -> None:
    endpoint = Endpoint(f"http://127.0.0.1:{server.server_address[1]}/v1", "m", SecretStr(KEY))
    ended = threading.Event()

    def begun(handler: Handler, _: dict[str, Any]) -> None:
        handler.head(kind="text/event-stream")
        handler.wfile.write(b'data: {"choices": [{"index": 0, "delta": {"content": "a"}}]}\n\n')
        endless_body(handler)

    def endless_body(handler: Handler) -> None:
        try:
            while not handler.server.over.is_set():
                handler.wfile.write(b": ping\n\n")
        except OSError:
            ended.set()

    server.acts = [begun]
    pieces = endpoint.stream("a", "b", PATIENT)
    assert next(pieces) == "a"
    pieces.close()
    assert ended.wait(20)


def test_the_key_is_in_no_error_no_log_and_no_repr(ask: Ask, caplog: pytest.LogCaptureFixture) -> None:
    bad_key = status(401, json.dumps({"error": {"message": f"bad key {KEY}"}}))
    with caplog.at_level(logging.DEBUG):
        assert ask(streams(TEXT)) == TEXT
        for act in (bad_key, status(500, KEY)):
            with pytest.raises(LlmFailure) as failed:
                ask(act)
            told = repr(failed.value), str(failed.value.__context__), str(failed.value.__cause__)
            assert KEY not in "".join(told)
    assert KEY not in caplog.text
    assert KEY not in repr(Endpoint("http://127.0.0.1:1/v1", "m", SecretStr(KEY)).__dict__)


def _ignoring(endpoint: Endpoint, seconds: float) -> None:
    try:
        list(endpoint.stream("a", "b", seconds))
    except LlmFailure:
        return


def _until(holds: Callable[[], bool]) -> bool:
    for _ in range(100):
        try:
            if holds():
                return True
        except LlmFailure:
            time.sleep(0.1)
    return False
