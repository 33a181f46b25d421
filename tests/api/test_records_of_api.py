"""What is answered here is recorded before it goes out, under its channel."""

from pathlib import Path

from api_samples import asked, service_of
from ui.fake_engine import FakeEngine

from assistant.config import Settings
from assistant.records.recording import Recorder
from assistant.records.store import open_records

STAFF = "研发人员要多少人？"


def test_answers_and_prechecks_are_recorded(tmp_path: Path) -> None:
    engine = FakeEngine()
    store = open_records(Settings(data_dir=tmp_path / "data"), engine.packs)
    with asked(service_of(tmp_path, engine, Recorder(store))) as client:
        answer = client.post("/api/v1/ask", json={"question": STAFF}).json()
        client.post("/api/v1/precheck", files={"f": ("甲.json", b'{"rd_staff_fixed": 75}')})
    recorded = list(store.entries())
    assert [(one.kind, one.channel) for one in recorded] == [("answer", "api"), ("precheck", "api")]
    assert recorded[0].id == answer["id"]


def test_what_has_to_be_recorded_and_cannot_be_is_not_shown(tmp_path: Path) -> None:
    class Full:
        def add_answer(self, *_: object, **__: object) -> str:
            raise OSError("disk full at /srv/data")

    recorder = Recorder(Full(), required=True)  # type: ignore[arg-type]
    with asked(service_of(tmp_path, FakeEngine(), recorder)) as client:
        got = client.post("/api/v1/ask", json={"question": STAFF})
    assert got.status_code == 503
    assert "80人" not in got.text
    assert "/srv" not in got.text
