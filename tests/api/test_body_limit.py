"""A body that is too large is refused before it is read, or while it is."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from assistant.api.body_limit import BodyLimit, declared
from tests.loops import run_alone


async def size_of(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


@pytest.fixture
def client() -> TestClient:
    inner = Starlette(routes=[Route("/{rest:path}", size_of, methods=["POST"])])
    return TestClient(BodyLimit(inner, 100, apart=("/large",)))


def pieces(count: int) -> Iterator[bytes]:
    for _ in range(count):
        yield b"x" * 10


def test_a_body_may_be_as_large_as_the_limit_and_no_larger(client: TestClient) -> None:
    assert client.post("/a", content=b"x" * 100).text == "100"
    assert client.post("/a", content=pieces(10)).text == "100"
    refused = client.post("/a", content=b"x" * 101)
    assert refused.status_code == 413
    assert refused.json()["detail"] == "请求超过100字节的上限，没有收下；请减少内容后再试。"
    assert refused.headers["connection"] == "close"
    assert client.post("/a", content=pieces(11)).status_code == 413


def test_what_counts_for_itself_is_left_alone(client: TestClient) -> None:
    assert client.post("/large", content=b"x" * 1000).text == "1000"
    assert client.post("/larger", content=b"x" * 1000).status_code == 413


@pytest.mark.parametrize(
    ("said", "bytes_"), [("", 0), ("7", 7), ("-1", 10**18), ("+7", 10**18), ("７", 10**18), ("9" * 30, 10**18)]
)
def test_a_length_that_is_none_is_endless(said: str, bytes_: int) -> None:
    headers = Headers(raw=[(b"content-length", said.encode())])
    assert declared(headers) == bytes_


def test_what_is_no_request_passes() -> None:
    seen = []

    async def inner(scope: object, *_: object) -> None:
        seen.append(scope)

    run_alone(BodyLimit(inner, 1)({"type": "lifespan"}, None, None))  # type: ignore[arg-type]
    assert seen
