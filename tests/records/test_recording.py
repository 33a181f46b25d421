"""Recorded before it is handed out, and never lost in silence."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from record_samples import a_report, an_answer

from assistant.config import Settings
from assistant.errors import RecordsError
from assistant.records.recording import NOT_RECORDED, Recorder, RecordingAssistant, open_recorder
from assistant.records.store import RecordStore


class Growing:
    """Answers in two steps and says how many records there were when it was asked for more."""

    packs = ()

    def __init__(self, store: RecordStore) -> None:
        self._store = store

    def ask_in_steps(self, turns: Sequence[str], today: date | None = None) -> Iterator[Any]:  # noqa: ARG002
        yield an_answer(text="人数")
        yield an_answer()

    def facts(self, turns: Sequence[str]) -> dict[str, Any]:
        return {"asked": turns}


def test_the_whole_answer_comes_when_it_is_written(store: RecordStore) -> None:
    assistant = RecordingAssistant(Growing(store), Recorder(store), "api")
    steps = assistant.ask_in_steps(["要多少人？"])
    assert next(steps).answer == "人数[1]"
    assert list(store.entries()) == []
    whole = next(steps)
    (record,) = store.entries()
    assert (record.answer, record.channel) == (whole, "api")
    assert record.milliseconds is not None
    assert list(steps) == []
    assert assistant.facts(["x"]) == {"asked": ["x"]}
    assert assistant.packs == ()


def test_an_answer_that_is_not_waited_for_is_not_recorded(store: RecordStore) -> None:
    steps = RecordingAssistant(Growing(store), Recorder(store), "page").ask_in_steps(["问"])
    next(steps)
    steps.close()
    assert list(store.entries()) == []


def fail(*_: object, **__: object) -> str:
    raise RecordsError("磁盘满了", "/srv/secret")


@pytest.mark.parametrize("error", [RecordsError("磁盘满了"), ValueError("a bug")])
def test_a_failure_is_said_and_the_answer_still_goes_out(
    store: RecordStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    def failing(*_: object, **__: object) -> str:
        raise error

    monkeypatch.setattr(RecordStore, "add_answer", failing)
    monkeypatch.setattr(RecordStore, "add_precheck", failing)
    recorder = Recorder(store)
    answer = recorder.answer(["问"], an_answer(), channel="cli", milliseconds=1)
    assert answer.notices[-1] == NOT_RECORDED
    assert answer.answer == an_answer().answer
    report, record_id = recorder.precheck(a_report(), channel="cli", milliseconds=None)
    assert (report.notices[-1], record_id) == (NOT_RECORDED, "")
    assert str(error) in caplog.text


def test_what_is_required_is_refused_and_says_nothing_of_the_inside(
    store: RecordStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RecordStore, "add_answer", fail)
    monkeypatch.setattr(RecordStore, "add_precheck", fail)
    recorder = Recorder(store, required=True)
    with pytest.raises(RecordsError, match="不予显示") as refused:
        RecordingAssistant(Growing(store), recorder, "page").ask(["问"])
    assert "/srv" not in str(refused.value)
    with pytest.raises(RecordsError, match="不予显示"):
        recorder.precheck(a_report(), channel="page", milliseconds=None)


def test_switched_off_nothing_is_written(tmp_path: Path) -> None:
    recorder = open_recorder(Settings(data_dir=tmp_path, records="off"))
    assert recorder.answer(["问"], an_answer(), channel="cli", milliseconds=1) == an_answer()
    assert recorder.precheck(a_report(), channel="cli", milliseconds=None) == (a_report(), "")
    assert list(tmp_path.iterdir()) == []


def test_uploads_are_kept_only_where_a_setting_says_so(tmp_path: Path) -> None:
    upload = tmp_path / "王小明自评表.docx"
    upload.write_bytes(b"draft")
    for days in (0, 3):
        folder = tmp_path / str(days)
        recorder = open_recorder(Settings(data_dir=folder, keep_uploads_days=days))
        _, record_id = recorder.precheck(a_report(), channel="page", milliseconds=5, upload=upload)
        assert recorder.store is not None
        kept = recorder.store.uploads.find(record_id)
        assert (kept.read_bytes() if kept else None) == (b"draft" if days else None)
        assert [p.name for p in folder.rglob("*.docx")] == (["draft.docx"] if days else [])
        recorder.store.erase(record_id, by="admin", reason="本人要求")
        assert list(folder.rglob("*.docx")) == []


def test_an_upload_that_cannot_be_kept_costs_nobody_the_report(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    recorder = open_recorder(Settings(data_dir=tmp_path, keep_uploads_days=3))
    report, record_id = recorder.precheck(a_report(), channel="page", milliseconds=5, upload=tmp_path / "gone.pdf")
    assert report == a_report()
    assert record_id
    assert "could not be kept" in caplog.text
