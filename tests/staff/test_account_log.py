"""What becomes of an account is an entry in the log of the records, under its chain."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.config import Settings
from assistant.errors import RecordsError, UsageError
from assistant.records.store import RecordStore, open_records
from assistant.staff.accounts import Role
from assistant.staff.staff import Staff, open_staff

PASSWORD = "一串 很长的 correct horse"  # noqa: S105 - of no account
OTHER = "另一串 很长的 correct horse"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[RecordStore]:
    """The log of the same data folder, opened by itself."""
    opened = open_records(Settings(data_dir=tmp_path))
    yield opened
    opened.close()


def test_every_change_is_an_entry_that_says_who_made_it(staff: Staff, store: RecordStore) -> None:
    accounts = staff.accounts
    head = accounts.add("甲", Role.ADMINISTRATOR, PASSWORD, by="命令行（root）")
    accounts.add("乙", Role.STAFF, PASSWORD, by="甲")
    accounts.set_role("乙", Role.ADMINISTRATOR, by="甲")
    accounts.set_password("乙", OTHER, by="甲")
    accounts.disable("乙", by="甲")
    accounts.enable("乙", by="甲")
    assert staff.change_own_password(head, PASSWORD, OTHER, "127.0.0.1") == (True, 0)
    told = [(c.change.by, c.change.act, c.change.name, c.change.role) for c in reversed(store.account_changes())]
    assert told == [
        ("命令行（root）", "added", "甲", "administrator"),
        ("甲", "added", "乙", "staff"),
        ("甲", "role", "乙", "administrator"),
        ("甲", "password", "乙", "administrator"),
        ("甲", "disabled", "乙", "administrator"),
        ("甲", "enabled", "乙", "administrator"),
        ("甲", "password", "甲", "administrator"),
    ]
    assert store.verify().is_intact
    assert [one.change.act for one in store.account_changes(2)] == ["password", "enabled"]


def test_an_entry_that_was_changed_is_found(staff: Staff, store: RecordStore, tmp_path: Path) -> None:
    staff.accounts.add("甲", Role.STAFF, PASSWORD, by="root")
    with sqlite3.connect(tmp_path / "records" / "records.sqlite3") as raw:
        raw.execute("DROP TRIGGER payload_is_not_changed")
        raw.execute("UPDATE payloads SET body = replace(body, 'staff', 'administrator')")
    raw.close()
    assert [fault.reason for fault in store.verify().faults] == ["内容被改动"]


def test_what_is_refused_is_no_entry(staff: Staff, store: RecordStore) -> None:
    staff.accounts.add("甲", Role.ADMINISTRATOR, PASSWORD, by="root")
    accounts = staff.accounts
    refused = (
        lambda: accounts.add("甲", Role.STAFF, PASSWORD),
        lambda: accounts.add("乙", Role.STAFF, "short"),
        lambda: accounts.disable("甲"),
        lambda: accounts.set_role("甲", Role.STAFF),
        lambda: accounts.set_role("甲", Role.ADMINISTRATOR),
        lambda: accounts.set_role("丙", Role.STAFF),
        lambda: accounts.set_password("丙", OTHER),
    )
    for attempt in refused:
        with pytest.raises(UsageError):
            attempt()
    assert len(store.account_changes()) == 1
    assert accounts.all()[0].is_administrator


def test_a_change_that_cannot_be_taken_down_is_not_made(staff: Staff, tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "records.sqlite3").write_bytes(b"this is no database at all" * 100)
    with pytest.raises(RecordsError):
        staff.accounts.add("甲", Role.STAFF, PASSWORD)
    assert staff.accounts.all() == []


def test_the_entry_holds_no_password_and_is_no_record(staff: Staff, store: RecordStore, tmp_path: Path) -> None:
    account = staff.accounts.add("甲", Role.STAFF, PASSWORD, by="root")
    entry = f"account-{account.id}"
    assert list(store.entries()) == []
    assert store.get(entry) is None
    with pytest.raises(UsageError, match="没有编号"):
        store.erase(entry, by="甲", reason="不想留下")
    assert len(store.account_changes()) == 1
    store.close()
    written = b"".join(path.read_bytes() for path in (tmp_path / "records").glob("records.sqlite3*"))
    assert PASSWORD.encode() not in written
    assert b"argon2" not in written


def test_nothing_is_taken_down_where_nothing_is_recorded(tmp_path: Path) -> None:
    staff = open_staff(Settings(data_dir=tmp_path, records="off"))
    staff.accounts.add("甲", Role.STAFF, PASSWORD)
    assert [one.name for one in staff.accounts.all()] == ["甲"]
    assert not (tmp_path / "records").exists()
    staff.database.close()


def test_another_role_ends_the_sessions(staff: Staff) -> None:
    staff.accounts.add("甲", Role.ADMINISTRATOR, PASSWORD)
    second = staff.accounts.add("乙", Role.ADMINISTRATOR, PASSWORD)
    token = staff.sessions.begin(second).token
    staff.accounts.set_role("乙", Role.STAFF, by="甲")
    assert staff.sessions.find(token) is None
    holder = staff.accounts.holder("乙", PASSWORD)
    assert holder
    assert not holder.is_administrator
