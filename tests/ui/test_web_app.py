"""The whole application: what is open to others beside the page, and how it starts and stops."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from fake_engine import FakeEngine

from assistant import cli
from assistant.api.app import WORDS_BYTES
from assistant.api.keys import key_ring
from assistant.api.service import Service
from assistant.config import PROJECT, Settings
from assistant.precheck.check import open_desk
from assistant.ui.reception import reception_of
from assistant.ui.serving import bound, serving_in_thread
from assistant.ui.web_app import build_web_app

# A service of its own, told by a signal to stop.
PROGRAM = """
import sys, time
from pathlib import Path
from fake_engine import FakeEngine
from assistant.api.keys import key_ring
from assistant.api.service import Service
from assistant.config import Settings
from assistant.precheck.check import open_desk
from assistant.ui.reception import reception_of
from assistant.ui.serving import bound, run
from assistant.ui.web_app import build_web_app


class Patient(FakeEngine):
    def ask(self, turns):
        (Path(sys.argv[1]) / "asked").touch()
        while not (Path(sys.argv[1]) / "go-on").exists():
            time.sleep(0.02)
        return super().ask(turns)


settings = Settings(data_dir=Path(sys.argv[1]), shutdown_seconds=60)
service = Service(Patient(), settings, open_desk(settings))
reception = reception_of(service)
room = reception.rooms.get(reception.rooms.open())
with reception.rooms.receiving(room, "a.json", 2) as stream:
    stream.write(b"{}")
app = build_web_app(service, reception)
with bound("127.0.0.1", 0) as listener:
    listener.listen()
    print(listener.getsockname()[1], flush=True)
    run(app, listener, settings)
print("ended", flush=True)
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"))
    service = Service(FakeEngine(), settings, open_desk(settings))
    app = build_web_app(service, reception_of(service))
    with bound("127.0.0.1", 0) as listener, serving_in_thread(app, listener, settings):
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def test_page_interface_and_permalinks_stand_side_by_side(address: str) -> None:
    assert "gradio" in httpx.get(f"{address}/", timeout=60).text
    assert httpx.get(f"{address}/healthz").json() == {"status": "ready"}
    assert httpx.post(f"{address}/api/v1/ask", json={"question": "研发人员要多少人？"}).json()["status"] == "answered"
    assert httpx.get(f"{address}/api/v1/nothing").headers["content-type"] == "application/problem+json"
    assert "第七条" in httpx.get(f"{address}/law/liaoning-mic/征求意见稿/measures/art_7").text
    assert httpx.get(f"{address}/precheck/forms/docx").content.startswith(b"PK")
    assert httpx.get(f"{address}/").headers["x-frame-options"] == "SAMEORIGIN"


def test_the_frameworks_own_endpoints_offer_nothing_of_the_page(address: str) -> None:
    described = httpx.get(f"{address}/gradio_api/info").json()
    assert described["named_endpoints"] == {}
    assert described["unnamed_endpoints"] == {}
    for number in range(3):
        body = {"data": ["研发人员要多少人？", []], "fn_index": number, "session_hash": "x"}
        for way in ("run/predict", "run/predict/", "api/predict", "call/predict", "call/v2/predict", "run/ask"):
            assert httpx.post(f"{address}/gradio_api/{way}", json=body).status_code == 404
    for path in ("/docs", "/redoc", "/openapi.json", "/gradio_api/docs", "/monitoring"):
        assert httpx.get(f"{address}{path}").status_code in (401, 403, 404)
    small = {"files": ("a.txt", b"x")}
    assert httpx.post(f"{address}/gradio_api/upload", files=small).status_code == 404
    for path in ("file=/etc/passwd", "file/etc/passwd", "proxy=http://127.0.0.1/", "stream/a/b/c/playlist.m3u8"):
        assert httpx.get(f"{address}/gradio_api/{path}").status_code == 404
    assert httpx.post(f"{address}/gradio_api/component_server", json={}).status_code == 404


def test_the_page_s_own_traffic_takes_no_more_than_a_conversation(address: str) -> None:
    body = {"data": ["x" * WORDS_BYTES, None], "fn_index": 0, "session_hash": "x"}
    refused = httpx.post(f"{address}/gradio_api/queue/join", json=body)
    assert (refused.status_code, refused.json()["status"]) == (413, 413)
    pieces = (b"x" * 65536 for _ in range(WORDS_BYTES // 65536 + 2))
    counted = httpx.post(
        f"{address}/gradio_api/queue/join", content=pieces, headers={"content-type": "application/json"}
    )
    assert counted.status_code in (400, 413)
    draft = httpx.post(f"{address}/precheck/files?name=a.txt", content=b"x" * (WORDS_BYTES + 1))
    assert draft.json() == {"error": "这次预审已经结束，文件已删除；请刷新页面后重新上传。"}


@pytest.mark.parametrize("path", ["/config", "/precheck/forms/docx", "/healthz", "/api/v1/version", "/staff"])
@pytest.mark.parametrize("host", ["127.0.0.1", "office.example"])
@pytest.mark.parametrize("origin", ["http://evil.example", "null"])
def test_no_other_site_s_script_may_read_anything(address: str, path: str, host: str, origin: str) -> None:
    asks = {"Host": host, "Origin": origin}
    got = httpx.get(f"{address}{path}", headers=asks)
    before = httpx.options(f"{address}{path}", headers=asks | {"Access-Control-Request-Method": "POST"})
    for response in (got, before):
        assert not [name for name in response.headers if name.startswith("access-control-")]


def test_when_told_to_stop_what_runs_is_finished_and_uploads_go(tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": f"{PROJECT}:{Path(__file__).parent}"}
    command = [sys.executable, "-c", PROGRAM, str(tmp_path)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout
        address = f"http://127.0.0.1:{int(process.stdout.readline())}"
        httpx.get(f"{address}/healthz", timeout=60)
        assert list((tmp_path / "uploads").rglob("*.json"))
        got: list[httpx.Response] = []

        def ask() -> None:
            got.append(httpx.post(f"{address}/api/v1/ask", json={"question": "研发人员要多少人？"}, timeout=60))

        # An open page holds a stream that never ends by itself.
        with httpx.stream("GET", f"{address}/gradio_api/heartbeat/abc", timeout=60) as stream:
            next(stream.iter_text())
            asking = threading.Thread(target=ask)
            asking.start()
            wait_for((tmp_path / "asked").exists)
            process.send_signal(signal.SIGTERM)
            wait_for(lambda: refused(address))
            (tmp_path / "go-on").touch()
            asking.join(60)
        assert process.wait(60) == 0
        assert process.stdout.read().endswith(b"ended\n")
    assert got[0].json()["status"] == "answered"
    assert not [path for path in (tmp_path / "uploads").rglob("*") if path.is_file()]


def wait_for(is_so: Callable[[], bool]) -> None:
    ends = time.monotonic() + 120
    while not is_so():
        assert time.monotonic() < ends
        time.sleep(0.05)


def refused(address: str) -> bool:
    """Whether nobody is let in any more."""
    try:
        httpx.get(f"{address}/healthz", timeout=60)
    except httpx.HTTPError:
        return True
    return False


def test_a_taken_port_is_one_sentence_and_the_same_code_for_both(capsys: pytest.CaptureFixture[str]) -> None:
    sys.path.insert(0, str(PROJECT))
    import app

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        for start in (lambda: cli.main(["serve", "--port", port]), lambda: app.main(["--port", port])):
            assert start() == 2
            said = capsys.readouterr().err
            assert said.count("\n") == 1
            assert "端口已被占用" in said


@pytest.mark.parametrize(("host", "port"), [("no.such.host.invalid", "7860"), ("203.0.113.1", "7860")])
def test_an_address_that_is_none_is_one_sentence(capsys: pytest.CaptureFixture[str], host: str, port: str) -> None:
    assert cli.main(["serve", "--host", host, "--port", port]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_behind_a_proxy_under_a_path_of_its_own(tmp_path: Path) -> None:
    """As docs/operators.md sets nginx up: the path is taken off, and the outer address is told in headers."""
    settings = Settings(data_dir=tmp_path, root_path="/mic")
    app = build_web_app(Service(FakeEngine(), settings, open_desk(settings)))
    outside = {"host": "kj.example.gov.cn", "x-forwarded-host": "kj.example.gov.cn", "x-forwarded-proto": "https"}
    outside["x-forwarded-for"] = "198.51.100.7"
    with bound("127.0.0.1", 0) as listener, serving_in_thread(app, listener, settings):
        inner = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with httpx.Client(base_url=inner, headers=outside, timeout=60) as client:
            assert '"root":"https://kj.example.gov.cn/mic"' in client.get("/").text.replace(": ", ":")
            assert client.get("/healthz").status_code == 200
            assert client.get("/law/liaoning-mic/征求意见稿/measures/art_7").status_code == 200
            for path in ("/api/v1/version", "/metrics"):  # not from this machine, whatever the peer's address is
                assert client.get(path).status_code == 403
            secret = key_ring(settings).add("甲")
            own = {"Authorization": f"Bearer {secret}"}
            assert client.get("/api/v1/version", headers=own).status_code == 200
            # A proxy that leaves the path as it is does as well.
            assert client.get("/mic/api/v1/version", headers=own).status_code == 200
            described = client.get("/api/v1/openapi.json", headers=own).json()
            assert described["servers"] == [{"url": "/mic/api/v1"}]
