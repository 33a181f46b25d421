"""Records go in, come out, and are never changed."""

import sqlite3
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from record_samples import STAMP, a_report, an_answer, store_in

from assistant.errors import RecordsError, UsageError
from assistant.records.models import Decision
from assistant.records.store import RecordStore


def test_an_answer_comes_back_with_what_it_rests_on(store: RecordStore) -> None:
    answer = an_answer()
    record_id = store.add_answer(["先问一句", "要多少人？"], answer, channel="page", milliseconds=12)
    record = store.get(record_id)
    assert record is not None
    assert (record.id, record.kind, record.status, record.channel) == (answer.id, "answer", "answered", "page")
    assert (record.turns, record.answer, record.milliseconds) == (["先问一句", "要多少人？"], answer, 12)
    assert record.stamp == STAMP
    assert record.at.utcoffset() == timedelta(0)


def test_a_precheck_comes_back_without_the_persons_name(store: RecordStore) -> None:
    record = store.get(store.add_precheck(a_report(), channel="batch"))
    assert record is not None
    assert record.report is not None
    assert (record.kind, record.status, record.report.file) == ("precheck", "blocked", "〔姓名〕自评表.docx")
    assert (record.report.declared[0].raw, record.report.declared[0].value) == ("〔姓名〕", "〔姓名〕")
    assert record.report.checks == a_report().checks


def test_of_an_unknown_text_the_stamp_says_what_is_known(store: RecordStore) -> None:
    report = a_report(pack="old", version="旧", pack_sha256="9" * 64)
    record = store.get(store.add_precheck(report, channel="api"))
    assert record is not None
    assert (record.stamp.pack, record.stamp.version, record.stamp.files_sha256) == ("old", "旧", {})


def test_feedback_and_decisions_are_new_entries(store: RecordStore) -> None:
    record_id = store.add_answer(["问"], an_answer(), channel="page")
    store.add_feedback(record_id, thumb="down", comment="电话13812345678，没说清")
    store.add_decision(
        record_id, Decision(verdict="overruled", by="staff1", claim=0, locator="art_8", note="应是第八条")
    )
    store.add_decision(record_id, Decision(verdict="annotated", by="staff1", note="再看"))
    record = store.get(record_id)
    assert record is not None
    assert [(f.thumb, f.comment) for f in record.feedback] == [("down", "电话〔手机号〕，没说清")]
    assert [d.decision.verdict for d in record.decisions] == ["overruled", "annotated"]
    assert record.decisions[0].decision.locator == "art_8"
    assert store.verify().entries == 4


def test_nothing_is_entered_about_what_is_not_there(store: RecordStore) -> None:
    feedback = store.add_feedback
    with pytest.raises(UsageError):
        feedback("nobody", thumb="up")
    record_id = store.add_answer(["问"], an_answer(), channel="page")
    entry = store.add_feedback(record_id, thumb="up")
    with pytest.raises(UsageError):  # an entry about a record is no record
        feedback(entry, thumb="up")
    with pytest.raises(UsageError):
        feedback(record_id, thumb="up", comment="长" * 501)
    with pytest.raises(RecordsError):  # the same answer is not recorded twice
        store.add_answer(["问"], an_answer(), channel="page")


def test_records_are_chosen_by_time_kind_and_status(tmp_path: Path) -> None:
    start = datetime(2026, 1, 1, 12, tzinfo=UTC)
    hours = iter(range(100))
    store = store_in(tmp_path, clock=lambda: start + timedelta(hours=next(hours)))
    for number in range(3):
        store.add_answer(["问"], an_answer(f"{number:032x}"), channel="cli")
    store.add_precheck(a_report(), channel="cli")
    store.add_answer(["问"], an_answer("f" * 32, status="not_covered"), channel="cli")

    assert [r.seq for r in store.entries()] == [1, 2, 3, 4, 5]
    assert [r.seq for r in store.entries(newest_first=True)] == [5, 4, 3, 2, 1]
    assert [r.seq for r in store.entries(kinds=["precheck"])] == [4]
    assert [r.seq for r in store.entries(statuses=["not_covered", "blocked"])] == [4, 5]
    one_on = (start + timedelta(hours=1)).astimezone()
    assert [r.seq for r in store.entries(since=one_on, until=start + timedelta(hours=3))] == [2, 3]


def test_a_record_is_found_by_its_words_or_its_id(store: RecordStore) -> None:
    answer = an_answer()
    asked = store.add_answer(["先问 R&D 的事", "要多少人？"], answer, channel="page")
    checked = store.add_precheck(a_report(), channel="batch")
    for words in ("要多少人", "先问", "r&d", answer.answer[:6], asked, asked[:8].upper(), "  要多少人 "):
        assert store.search(words) == [asked]
    assert store.search("自评表.docx") == [checked]
    assert store.search("没有这样的话") == store.search("%") == store.search("_") == store.search('"turns"') == []
    assert set(store.search("人", most=5)) == {asked}
    store.erase(asked, by="甲", reason="本人要求")
    assert store.search("要多少人") == []
    assert store.search(asked) == [asked]


def test_more_records_than_a_page_all_come(store: RecordStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.records.store._PAGE", 2)
    for number in range(5):
        store.add_answer(["问"], an_answer(f"{number:032x}"), channel="cli")
        store.add_feedback(f"{number:032x}", thumb="up")
    assert [r.seq for r in store.entries()] == [1, 3, 5, 7, 9]
    assert [r.seq for r in store.entries(newest_first=True)] == [9, 7, 5, 3, 1]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log SET kind = 'precheck' WHERE seq = 1",
        "DELETE FROM log WHERE seq = 2",
        "INSERT OR REPLACE INTO log SELECT 1, 'x', kind, at, record, payload_hash, previous, hash FROM log LIMIT 1",
        "INSERT OR REPLACE INTO log SELECT 3, id, kind, at, record, payload_hash, previous, hash FROM log LIMIT 1",
        "UPDATE payloads SET body = '{}' WHERE seq = 1",
        "DELETE FROM payloads WHERE seq = 1",
        "INSERT OR REPLACE INTO payloads VALUES (1, x'00', '{}')",
    ],
)
def test_the_database_itself_refuses_changes(store: RecordStore, tmp_path: Path, statement: str) -> None:
    store.add_answer(["问"], an_answer(), channel="cli")
    store.add_answer(["问"], an_answer("b" * 32), channel="cli")
    connection = sqlite3.connect(tmp_path / "records" / "records.sqlite3")
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)
    connection.close()
    assert store.verify().is_intact


def test_an_erased_record_leaves_a_tombstone_and_no_trace(store: RecordStore, tmp_path: Path) -> None:
    store.add_answer(["很特别的一句话"], an_answer(), channel="page")
    store.add_feedback("a" * 32, thumb="down", comment="也很特别的说明")
    other = store.add_precheck(a_report(), channel="cli")
    store.erase("a" * 32, by="admin", reason="本人要求，电话13812345678")

    record = store.get("a" * 32)
    assert record is not None
    assert (record.answer, record.turns, record.feedback, record.status) == (None, [], [], "")
    assert record.erased is not None
    assert (record.erased.by, record.erased.reason) == ("admin", "本人要求，电话〔手机号〕")
    assert store.get(other) is not None
    report = store.verify()
    assert (report.is_intact, report.entries, report.erased) == (True, 4, 2)
    # Neither in the database nor in its write-ahead log, which is still open.
    left = b"".join(file.read_bytes() for file in (tmp_path / "records").iterdir())
    assert "特别".encode() not in left
    assert [r.id for r in store.entries(statuses=["answered"])] == []


def test_an_erasure_needs_a_record_a_person_and_a_reason(store: RecordStore) -> None:
    store.add_answer(["问"], an_answer(), channel="cli")
    for record_id, by, reason in (("x", "admin", "因"), ("a" * 32, " ", "因"), ("a" * 32, "admin", "")):
        with pytest.raises(UsageError):
            store.erase(record_id, by=by, reason=reason)
    store.erase("a" * 32, by="admin", reason="因")
    with pytest.raises(UsageError):
        store.erase("a" * 32, by="admin", reason="因")
    with pytest.raises(UsageError):
        store.add_feedback("a" * 32, thumb="up")


def test_an_erased_answer_cannot_be_tried_out(store: RecordStore, tmp_path: Path) -> None:
    """Equal payloads have different hashes, and the salt goes with the payload."""
    for number in range(2):
        store.add_feedback(store.add_answer(["问"], an_answer(f"{number:032x}"), channel="cli"), thumb="up")
    connection = sqlite3.connect(tmp_path / "records" / "records.sqlite3")
    hashes = [row[0] for row in connection.execute("SELECT payload_hash FROM log WHERE kind = 'feedback'")]
    bodies = {
        row[0] for row in connection.execute("SELECT body FROM payloads JOIN log USING (seq) WHERE kind = 'feedback'")
    }
    assert len(bodies) == 1
    assert len(set(hashes)) == 2
    store.erase(f"{0:032x}", by="a", reason="b")
    assert connection.execute("SELECT count(*) FROM payloads WHERE seq <= 2").fetchone() == (0,)
    connection.close()


def test_threads_and_stores_write_one_chain(tmp_path: Path) -> None:
    stores = [store_in(tmp_path) for _ in range(2)]

    def write(number: int) -> None:
        for each in range(5):
            stores[number % 2].add_answer(["问"], an_answer(f"{number * 10 + each:032x}"), channel="api")

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    report = stores[0].verify()
    assert (report.is_intact, report.entries, report.head_seq) == (True, 20, 20)
    for opened in stores:
        opened.close()


def test_files_are_for_their_owner_alone(store: RecordStore, tmp_path: Path) -> None:
    store.add_answer(["问"], an_answer(), channel="cli")
    folder = tmp_path / "records"
    assert folder.stat().st_mode & 0o077 == 0
    assert [
        f.name for f in folder.iterdir() if f.suffix != ".lock" and "lock" not in f.name and f.stat().st_mode & 0o077
    ] == []


def test_a_file_that_is_no_database_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "records.sqlite3").write_bytes(b"not a database, but long enough to be taken for one" * 100)
    with pytest.raises(RecordsError, match="备份"):
        store_in(tmp_path).verify()


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "records").write_text("in the way")
    with pytest.raises(RecordsError, match="MIC_DATA_DIR"):
        store_in(tmp_path).add_answer(["问"], an_answer(), channel="cli")


def test_a_newer_programs_database_is_left_alone(store: RecordStore, tmp_path: Path) -> None:
    store.add_answer(["问"], an_answer(), channel="cli")
    store.close()
    connection = sqlite3.connect(tmp_path / "records" / "records.sqlite3")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(RecordsError, match="升级"):
        store_in(tmp_path).verify()
