"""Whatever is changed behind the program's back shows, and where."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from record_samples import an_answer, store_in

from assistant.records.chain import GENESIS, canonical, entry_hash
from assistant.records.store import RecordStore

Change = Callable[[sqlite3.Connection], object]


@pytest.fixture
def written(store: RecordStore) -> RecordStore:
    for number in range(4):
        store.add_answer(["问"], an_answer(f"{number:032x}"), channel="cli")
    store.erase(f"{1:032x}", by="a", reason="b")
    return store


def changed(folder: Path, *statements: str) -> None:
    """Does what somebody with the file can do: drops the triggers first."""
    connection = sqlite3.connect(folder / "records" / "records.sqlite3")
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_an_untouched_log_is_intact(written: RecordStore) -> None:
    report = written.verify()
    assert (report.is_intact, report.entries, report.erased, report.head_seq) == (True, 5, 1, 5)
    assert written.verify(report.head).is_intact


def test_an_empty_log_is_intact_and_begins_with_nothing(store: RecordStore) -> None:
    report = store.verify()
    assert (report.is_intact, report.entries, report.head) == (True, 0, GENESIS)


@pytest.mark.parametrize(
    ("statement", "seq", "reason"),
    [
        ("UPDATE log SET kind = 'precheck' WHERE seq = 2", 2, "条目被改动"),
        ("UPDATE log SET at = '2020-01-01T00:00:00.000000+00:00' WHERE seq = 3", 3, "条目被改动"),
        ("UPDATE log SET hash = 'x' WHERE seq = 2", 2, "条目被改动"),
        ("UPDATE payloads SET body = replace(body, '80', '60') WHERE seq = 3", 3, "内容被改动"),
        ("UPDATE payloads SET salt = x'00' WHERE seq = 1", 1, "内容被改动"),
        ("DELETE FROM payloads WHERE seq = 3", 3, "没有删除记录"),
        ("INSERT INTO payloads VALUES (2, x'00', '{}')", 2, "又出现"),
        ("INSERT INTO payloads VALUES (77, x'00', '{}')", 77, "没有对应"),
        ("DELETE FROM log WHERE seq = 3", 4, "缺少第 3 条"),
        ("DELETE FROM log WHERE seq = 1", 2, "缺少第 1 条"),
        ("DELETE FROM log WHERE seq = 5", 5, "末尾被截去"),
    ],
)
def test_a_change_is_found_where_it_is(
    written: RecordStore, tmp_path: Path, statement: str, seq: int, reason: str
) -> None:
    changed(tmp_path, statement)
    report = written.verify()
    assert not report.is_intact
    assert [f for f in report.faults if f.seq == seq and reason in f.reason], report.faults


def test_an_entry_that_was_hashed_anew_no_longer_fits_the_next(written: RecordStore, tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "records" / "records.sqlite3")
    connection.row_factory = sqlite3.Row
    entry = dict(connection.execute("SELECT * FROM log WHERE seq = 3").fetchone()) | {"at": "2020"}
    connection.close()
    changed(tmp_path, f"UPDATE log SET at = '2020', hash = '{entry_hash(entry)}' WHERE seq = 3")  # noqa: S608
    assert [(f.seq, "对不上" in f.reason) for f in written.verify().faults] == [(4, True)]


def test_a_cut_end_shows_by_the_head_file_and_by_a_noted_head(written: RecordStore, tmp_path: Path) -> None:
    head = written.verify().head
    changed(tmp_path, "DELETE FROM log WHERE seq > 3", "DELETE FROM payloads WHERE seq > 3")
    assert [f.seq for f in written.verify().faults if "链头文件" in f.reason] == [5]
    # Whoever cuts the log may take the head file along, but not what was noted elsewhere.
    (tmp_path / "records" / "records.head").unlink()
    assert any("无从核对" in f.reason for f in written.verify().faults)
    assert any("给出的链头" in f.reason for f in written.verify(head).faults)


def test_a_cut_log_that_grows_again_does_not_hide_it(
    written: RecordStore, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    changed(tmp_path, "DELETE FROM log WHERE seq > 2", "DELETE FROM payloads WHERE seq > 2")
    for number in range(10, 18):
        written.add_answer(["问"], an_answer(f"{number:032x}"), channel="cli")
    assert any("链头文件" in f.reason for f in written.verify().faults)
    assert "mic records verify" in caplog.text


def test_a_head_that_lags_behind_is_no_fault(written: RecordStore, tmp_path: Path) -> None:
    """The program was killed between writing an entry and noting it."""
    head = tmp_path / "records" / "records.head"
    before = head.read_bytes()
    written.add_answer(["问"], an_answer("e" * 32), channel="cli")
    head.write_bytes(before)
    assert written.verify().is_intact
    store_in(tmp_path).add_answer(["问"], an_answer("f" * 32), channel="cli")
    assert written.verify().is_intact
    assert head.read_text().startswith(f"{7:020d} ")


def test_a_damaged_head_file_is_said_and_mended_by_the_next_entry(written: RecordStore, tmp_path: Path) -> None:
    (tmp_path / "records" / "records.head").write_bytes(b"\xff\x00 nonsense")
    assert not written.verify().is_intact
    written.add_answer(["问"], an_answer("e" * 32), channel="cli")
    assert written.verify().is_intact


def test_canonical_json_does_not_depend_on_order() -> None:
    one, other = {"b": [1, None], "a": "中"}, {"a": "中", "b": [1, None]}
    assert canonical(one) == canonical(other) == '{"a":"中","b":[1,null]}'
    with pytest.raises(ValueError, match="JSON"):
        canonical({"x": float("nan")})
    assert json.loads(canonical(one)) == one
