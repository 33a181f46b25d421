"""A line for each request, with its id, and never a word of what was asked."""

import json
import logging
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import pytest
from api_samples import asked, service_of
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from assistant.api.metrics import Metrics
from assistant.api.request_log import RequestLog, set_up_logging
from assistant.config import Settings

PRIVATE = "我叫张三，手机13800000000，出错"


@pytest.fixture(autouse=True)
def own_logging() -> Iterator[None]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield
    root.handlers, root.level = before, level


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_lines_hold_no_words_of_a_person(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging(Settings(log_format="json"))
    with asked(service_of(tmp_path)) as client:
        failed = client.post("/api/v1/ask", json={"question": PRIVATE})
        client.get("/api/v1/search", params={"q": PRIVATE, "k": 0})
        client.post("/api/v1/precheck", files={"f": ("张三.json", b"{}")})
        client.get("/law/张三/a/b/c")
        client.get("/healthz")
    said = lines(capsys)
    text = json.dumps(said, ensure_ascii=False)
    assert not any(word in text for word in ("张三", "13800000000", "127.0.0.1", "secret detail"))
    error = next(one for one in said if one["event"] == "a request failed")
    assert error["error"] == "RuntimeError"
    assert "fake_engine.py" in str(error["at"])
    requests = [one for one in said if one["event"] == "request"]
    assert [(one["route"], one["status"]) for one in requests] == [
        ("/api/v1/ask", 500),
        ("/api/v1/search", 422),
        ("/api/v1/precheck", 200),
        ("/law/*", 404),
    ]
    assert requests[0]["request_id"] == error["request_id"] == failed.headers["x-request-id"]
    assert all({"timestamp", "level", "method", "ms"} <= set(one) for one in requests)


def test_an_address_stands_there_only_where_it_is_wanted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging(Settings(log_format="json"))
    with asked(service_of(tmp_path, log_addresses=True)) as client:
        client.get("/api/v1/version")
    assert lines(capsys)[-1]["client"] == "127.0.0.1"


@pytest.mark.parametrize(
    ("given", "kept"), [("abc-12345", True), ("short", False), ("x" * 65, False), ('a"b\\c{}12345', False)]
)
def test_an_id_is_taken_over_if_it_is_one(tmp_path: Path, given: str, kept: bool) -> None:
    with asked(service_of(tmp_path)) as client:
        got = client.get("/healthz", headers={"X-Request-ID": given}).headers["x-request-id"]
    assert (got == given) is kept
    assert len(got) >= 8


def test_text_lines_and_levels(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging(Settings(log_format="text", log_level="warning"))
    with asked(service_of(tmp_path)) as client:
        client.get("/api/v1/version")
        client.post("/api/v1/ask", json={"question": PRIVATE})
    said = capsys.readouterr().err
    assert "/api/v1/version" not in said
    assert "status=500" in said
    assert "张三" not in said


def test_every_response_has_security_headers_and_keeps_its_own(tmp_path: Path) -> None:
    with asked(service_of(tmp_path)) as client:
        plain, page = client.get("/healthz"), client.get("/law/a/b/c/d")
    assert plain.headers["x-content-type-options"] == page.headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'self'" in plain.headers["content-security-policy"]
    assert page.headers.get_list("content-security-policy") == [page.headers["content-security-policy"]]
    assert page.headers["content-security-policy"].startswith("default-src 'none'")


def test_a_status_is_a_number_also_where_it_is_a_member_of_an_enumeration(capsys: pytest.CaptureFixture[str]) -> None:
    async def gone(_: Scope, __: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": HTTPStatus.GONE, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    set_up_logging(Settings())
    assert TestClient(RequestLog(gone, Metrics())).get("/api/v1/x").status_code == 410
    assert "status=410" in capsys.readouterr().err
