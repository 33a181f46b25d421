"""The figures for operators: counted for each channel, without a person's words, for whom they are meant."""

from pathlib import Path

import pytest
from api_samples import asked, service_of
from starlette.testclient import TestClient
from ui.fake_engine import FakeEngine

from assistant.api.metrics import Counted, Metrics

STAFF = "研发人员要多少人？"


def figures(client: TestClient, **headers: str) -> str:
    return client.get("/metrics", headers=headers).text


def test_answers_prechecks_and_requests_are_counted(tmp_path: Path) -> None:
    service = service_of(tmp_path)
    with asked(service) as client:
        client.post("/api/v1/ask", json={"question": STAFF})
        client.post("/api/v1/ask", json={"question": "更换主任"})
        client.post("/api/v1/ask", json={"question": "出错"})
        client.post("/api/v1/precheck", files={"f": ("张三的表.json", b'{"rd_staff_fixed": 75}')})
        client.get("/api/v1/provisions/art_7.item_4")
        client.get("/law/a/b/c/d")
        *_, last = service.engine("page").ask_in_steps([STAFF])
        said = figures(client)
    assert last.status == "answered"
    for line in (
        'mic_answers_total{channel="api",composer="extractive",status="answered"} 1.0',
        'mic_answers_total{channel="api",composer="extractive",status="not_covered"} 1.0',
        'mic_answers_total{channel="page",composer="extractive",status="answered"} 1.0',
        'mic_answer_failures_total{channel="api"} 1.0',
        'mic_prechecks_total{channel="api",outcome="blocked"} 1.0',
        'mic_http_requests_total{method="POST",route="/api/v1/ask",status="200"} 2.0',
        'mic_http_requests_total{method="POST",route="/api/v1/ask",status="500"} 1.0',
        'mic_http_requests_total{method="GET",route="/api/v1/provisions/{locator}",status="200"} 1.0',
        'mic_http_requests_total{method="GET",route="/law/*",status="404"} 1.0',
        "mic_http_requests_running 1.0",
    ):
        assert line in said
    assert 'mic_index_ready{pack="liaoning-mic"' in said
    assert not any(words in said for words in ("研发", "主任", "张三", "art_7", "127.0.0.1"))


def test_dropped_statements_and_fallbacks_are_counted() -> None:
    metrics, engine = Metrics(), FakeEngine()
    (answer,) = engine.ask_in_steps([STAFF])
    made = answer.provenance.model_copy(update={"dropped": 3, "fallback": "timeout"})
    engine.ask = lambda _: answer.model_copy(update={"provenance": made})  # type: ignore[method-assign]
    list(Counted(engine, metrics, "page").ask_in_steps([STAFF]))
    said = metrics.exposition().decode()
    assert 'mic_dropped_statements_total{channel="page"} 3.0' in said
    assert 'mic_fallbacks_total{reason="timeout"} 1.0' in said


def test_steps_are_handed_on_as_they_come() -> None:
    steps = list(Counted(FakeEngine(), Metrics(), "page").ask_in_steps(["请逐句说人员要求"]))
    assert [len(step.statements) for step in steps] == [1, 2]


@pytest.mark.parametrize(
    ("token", "client", "headers", "status"),
    [
        ("", ("127.0.0.1", 1), {}, 200),
        ("", ("127.0.0.1", 1), {"x-forwarded-for": "10.0.0.1"}, 403),
        ("", ("10.0.0.1", 1), {}, 403),
        ("geheim", ("127.0.0.1", 1), {}, 403),
        ("geheim", ("10.0.0.1", 1), {"authorization": "Bearer falsch"}, 403),
        ("geheim", ("10.0.0.1", 1), {"authorization": "Bearer geheim"}, 200),
    ],
)
def test_who_may_read_them(
    tmp_path: Path, token: str, client: tuple[str, int], headers: dict[str, str], status: int
) -> None:
    with asked(service_of(tmp_path, metrics_token=token), client=client) as opened:
        assert opened.get("/metrics", headers=headers).status_code == status
