"""REST: the same JSON as the commands, and a clear problem for whatever is sent."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from api_samples import asked, service_of
from starlette.testclient import TestClient
from ui.fake_engine import FakeEngine

from assistant.api.service import Service
from assistant.law.pack import Pack
from assistant.precheck.models import Report
from assistant.qa.models import Answer
from assistant.retrieval.passages import whole_provision
from assistant.retrieval.search import Hit

STAFF = "研发人员要多少人？"
FORM = json.dumps({"center_name": "机器人省级制造业创新中心", "rd_staff_fixed": 75}).encode()


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return service_of(tmp_path, max_file_mb=1, upload_total_mb=2, upload_files=3)


@pytest.fixture
def client(service: Service) -> Iterator[TestClient]:
    with asked(service) as client:
        yield client


def is_problem(response: httpx.Response, status: int) -> dict[str, Any]:
    """A problem says what it is in Chinese, and nothing of the inside."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    said = dict(response.json())
    assert said["status"] == status
    assert said["detail"].endswith("。")
    assert any("\u4e00" <= c <= "\u9fff" for c in said["detail"])
    assert not any(word in response.text for word in ("Traceback", "/work", ".py", "RuntimeError", "assistant."))
    return said


def test_an_answer_is_the_engines_own(client: TestClient) -> None:
    got = client.post("/api/v1/ask", json={"question": STAFF})
    assert got.status_code == 200
    (expected,) = FakeEngine().ask_in_steps([STAFF])
    assert got.json() == expected.model_dump(mode="json")
    assert got.headers["cache-control"] == "no-store"


def test_turns_go_to_the_engine_as_they_are(tmp_path: Path) -> None:
    engine = FakeEngine()
    with asked(service_of(tmp_path, engine)) as client:
        got = client.post("/api/v1/ask", json={"turns": ["你好", STAFF]})
    assert Answer.model_validate(got.json()).question == STAFF
    assert engine.asked == [("你好", STAFF)]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"{", 400),
        (b"\xff\xfe\x00", 400),
        (b"[" * 100_000, 400),
        (b'{"question": ' + b"9" * 5000 + b"}", 400),
        (b'{"question": 1e999}', 422),
        (b"null", 422),
        (b"[]", 422),
        (b'"x"', 422),
        (b"{}", 422),
        (b'{"question": ""}', 422),
        (b'{"question": " \\n\\u3000"}', 422),
        (b'{"question": "\\ud800"}', 422),
        (b'{"turns": ["a", "\\udfff"]}', 422),
        (b'{"turns": []}', 422),
        (b'{"turns": "abc"}', 422),
        (b'{"turns": [1]}', 422),
        (b'{"turns": ["a"], "question": "b"}', 422),
        (b'{"turns": ["a"], "secret words": 1}', 422),
        (json.dumps({"question": "长" * 2001}).encode(), 422),
        (json.dumps({"turns": ["a"] * 31}).encode(), 422),
        (b'{"question": "' + b"x" * 2_000_000 + b'"}', 413),
    ],
)
def test_what_is_no_question_is_a_problem(client: TestClient, body: bytes, status: int) -> None:
    got = client.post("/api/v1/ask", content=body, headers={"content-type": "application/json"})
    is_problem(got, status)


def test_a_problem_names_the_field_and_repeats_no_words(client: TestClient) -> None:
    said = is_problem(client.post("/api/v1/ask", json={"turns": ["我的手机是13800000000", 5]}), 422)
    assert [one["field"] for one in said["errors"]] == ["turns.1"]
    assert "13800000000" not in json.dumps(said)


def test_an_engine_that_fails_is_a_problem_without_its_words(client: TestClient) -> None:
    got = client.post("/api/v1/ask", json={"question": "出错"})
    is_problem(got, 500)
    assert "secret" not in got.text
    assert got.headers["x-request-id"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/ask", 405),
        ("DELETE", "/api/v1/version", 405),
        ("POST", "/api/v1/nothing", 404),
        ("GET", "/api/v1/", 404),
        ("GET", "/api/v1/search", 422),
        ("GET", "/api/v1/search?q=%20", 422),
        ("GET", "/api/v1/search?q=a&k=0", 422),
        ("GET", "/api/v1/search?q=a&k=99999999999999999999999999", 422),
        ("GET", "/api/v1/search?q=a&k=x", 422),
        ("GET", "/api/v1/search?q=a&version=第九版", 404),
        ("GET", "/api/v1/provisions/art_99", 404),
        ("GET", "/api/v1/provisions/art_" + "9" * 5000, 404),
        ("GET", "/api/v1/provisions/随便", 404),
        ("GET", "/api/v1/provisions/%00", 404),
        ("GET", "/api/v1/provisions/%FF%FE", 404),
        ("GET", "/api/v1/provisions/art_7?document=nothing", 404),
        ("GET", "/api/v1/provisions?pack=nothing", 404),
        ("POST", "/api/v1/precheck", 415),
    ],
)
def test_what_there_is_not_is_a_problem(client: TestClient, method: str, path: str, status: int) -> None:
    is_problem(client.request(method, path), status)


@pytest.mark.parametrize("reference", ["art_7.item_4", "第七条第（四）项", "Art. 7(4)"])
def test_a_provision_is_found_by_any_name(client: TestClient, reference: str) -> None:
    got = client.get(f"/api/v1/provisions/{reference}", params={"document": "measures"}).json()
    (provision,) = got["provisions"]
    (document,) = got["documents"]
    assert provision["locator"] == "art_7.item_4"
    assert document["text"][provision["start"] : provision["end"]] == provision["text"]
    assert (got["pack"], got["version"]) == ("liaoning-mic", "征求意见稿")


def test_all_provisions_and_those_of_one_document(client: TestClient) -> None:
    whole = client.get("/api/v1/provisions").json()
    part = client.get("/api/v1/provisions", params={"document": "related-policies", "version": "征求意见稿"}).json()
    assert {d["document"] for d in whole["documents"]} == {"measures", "related-policies"}
    assert {p["document"] for p in part["provisions"]} == {"related-policies"}


def test_search_gives_ranked_provisions(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    class InOrder:
        def __init__(self, pack: Pack) -> None:
            self.pack = pack

        def dense_scores(self, _: str) -> np.ndarray:
            return np.ones(1)

        def search(self, _: str, k: int) -> list[Hit]:
            law = self.pack.regulation
            return [Hit(whole_provision(law, p), 1 / n, n) for n, p in enumerate(law.provisions[:k], 1)]

    monkeypatch.setattr(Service, "_search", lambda _, pack: InOrder(pack))
    rows = client.get("/api/v1/search", params={"q": "摘牌", "k": 3, "version": "征求意见稿"}).json()
    assert [row["rank"] for row in rows] == [1, 2, 3]
    assert rows[2]["score"] == 0.333333
    assert {"pack", "document", "locator", "label", "article", "branch", "item", "text", "start", "end"} <= set(rows[0])


def test_version_says_what_answers(client: TestClient) -> None:
    said = client.get("/api/v1/version").json()
    assert said["composer"] == "extractive"
    assert len(said["packs"][0]["sha256"]) == 64


def test_several_drafts_have_a_report_each_and_leave_nothing(client: TestClient, service: Service) -> None:
    files = [("files", ("../甲.json", FORM)), ("files", ("坏.docx", b"not a document"))]
    reports = [Report.model_validate(one) for one in client.post("/api/v1/precheck", files=files).json()]
    assert [(r.file, r.outcome) for r in reports] == [("甲.json", "blocked"), ("坏.docx", "unreadable")]
    assert "还差5人" in [c.message for c in reports[0].checks]
    assert not [f for f in (service.settings.data_dir / "uploads").rglob("*") if f.suffix in (".json", ".docx")]


def test_a_zip_is_its_drafts_and_one_name_is_told_apart(client: TestClient) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("一.json", FORM)
        archive.writestr("二.json", FORM)
    got = client.post("/api/v1/precheck", files=[("x", ("包.zip", packed.getvalue())), ("y", ("甲.json", FORM))])
    assert [one["file"] for one in got.json()] == ["包.zip/一.json", "包.zip/二.json", "甲.json"]


def test_a_draft_that_is_too_large_has_a_report_and_a_request_that_is_has_none(client: TestClient) -> None:
    (report,) = client.post("/api/v1/precheck", files={"files": ("大.txt", b"x" * 1_200_000)}).json()
    assert report["outcome"] == "unreadable"
    assert "上限" in report["error"]
    is_problem(client.post("/api/v1/precheck", files={"files": ("大.txt", b"x" * 3_500_000)}), 413)


@pytest.mark.parametrize("count", [0, 4])
def test_no_file_or_too_many_is_a_problem(client: TestClient, count: int) -> None:
    files = [("files", (f"{i}.json", FORM)) for i in range(count)] or None
    got = client.post("/api/v1/precheck", files=files, data=None if files else {"a": "b"})
    assert got.status_code in (400, 415, 422)
    is_problem(got, got.status_code)


def test_a_broken_form_is_a_problem(client: TestClient) -> None:
    for kind, body in (
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=a", b"--a\r\nnonsense"),
        (
            "multipart/form-data; boundary=a",
            b'--a\r\nContent-Disposition: form-data; name="f"; filename="\xff"\r\n\r\nx',
        ),
    ):
        got = client.post("/api/v1/precheck", content=body, headers={"content-type": kind})
        assert got.status_code in (200, 400, 422), got.text
        if got.status_code != 200:
            is_problem(got, got.status_code)


def test_without_a_form_there_is_no_precheck(tmp_path: Path) -> None:
    service = service_of(tmp_path)
    service.desk = None
    with asked(service) as client:
        is_problem(client.post("/api/v1/precheck", files={"f": ("a.json", FORM)}), 404)


def test_health_and_description_load_nothing_from_elsewhere(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ready"}
    described = client.get("/api/v1/openapi.json").json()
    assert set(described["paths"]) >= {
        "/ask",
        "/precheck",
        "/search",
        "/provisions",
        "/provisions/{locator}",
        "/version",
    }
    assert client.get("/docs").status_code == client.get("/openapi.json").status_code == 404
