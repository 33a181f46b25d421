"""Accounts: names, passwords that are kept as hashes, and what disabling does."""

import stat
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from assistant.errors import AccountsError, UsageError
from assistant.staff import passwords
from assistant.staff.accounts import Role
from assistant.staff.staff import Staff

PASSWORD = "一串 很长的 correct horse"  # noqa: S105 - of no account


def test_an_account_opens_with_its_password_and_no_other(staff: Staff) -> None:
    made = staff.accounts.add("  王 工 ", Role.STAFF, PASSWORD)
    assert (made.name, made.role, made.is_administrator) == ("王 工", Role.STAFF, False)
    assert staff.accounts.holder("王 工", PASSWORD) == made
    for name, password in [("王 工", PASSWORD + "x"), ("王 工", ""), ("李 工", PASSWORD), ("", PASSWORD)]:
        assert staff.accounts.holder(name, password) is None


def test_a_name_is_one_name_however_it_is_typed(staff: Staff) -> None:
    staff.accounts.add("Wang01", Role.STAFF, PASSWORD)
    assert staff.accounts.holder("ｗａｎｇ０１ ", PASSWORD)
    with pytest.raises(UsageError, match="已有"):
        staff.accounts.add("WANG01", Role.ADMINISTRATOR, PASSWORD)


@pytest.mark.parametrize("name", ["", "   ", "长" * 41, "a\u0000b", "a\u202eb"])
def test_a_name_that_cannot_be_shown_is_refused(staff: Staff, name: str) -> None:
    with pytest.raises(UsageError, match="账号名"):
        staff.accounts.add(name, Role.STAFF, PASSWORD)


@pytest.mark.parametrize(
    "password",
    ["", "short", "a" * 11, "aaaaaaaaaaaaaa", "ababababababab", "x" * 201, "with\nnewline 1234", "wanggong1234"],
)
def test_a_weak_password_is_refused_and_nothing_is_made(staff: Staff, password: str) -> None:
    with pytest.raises(UsageError, match="密码"):
        staff.accounts.add("wanggong", Role.STAFF, password)
    assert staff.accounts.all() == []


def test_neither_password_nor_token_lies_in_the_file_which_is_its_owners_alone(staff: Staff, tmp_path: Path) -> None:
    account = staff.accounts.add("甲", Role.STAFF, PASSWORD)
    token = staff.sessions.begin(account).token
    staff.database.close()
    written = b"".join(path.read_bytes() for path in tmp_path.glob("staff.sqlite3*"))
    assert b"$argon2id$" in written
    assert PASSWORD.encode() not in written
    assert token.encode() not in written
    assert stat.S_IMODE((tmp_path / "staff.sqlite3").stat().st_mode) == 0o600


def test_the_library_s_own_parameters_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher())
    assert passwords.hashed(PASSWORD).startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_as_much_is_computed_for_an_account_that_does_not_exist(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    staff.accounts.add("甲", Role.STAFF, PASSWORD)
    staff.accounts.add("停", Role.STAFF, PASSWORD)
    staff.accounts.disable("停")
    compared: list[str] = []

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:
            compared.append(str(hash))
            return super().verify(hash, password)

    monkeypatch.setattr(passwords, "_hasher", Counting(time_cost=1, memory_cost=64, parallelism=1))
    for name in ("甲", "停", "没有"):
        assert staff.accounts.holder(name, "wrong") is None
    assert len(compared) == 3
    assert staff.accounts.holder("停", PASSWORD) is None


def test_the_words_behind_the_stand_in_hash_open_nothing(staff: Staff) -> None:
    assert staff.accounts.holder("没有", "没有这个账号") is None


def test_a_hash_with_old_parameters_is_made_anew_when_the_password_is_given(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff.accounts.add("甲", Role.STAFF, PASSWORD)
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=2, memory_cost=64, parallelism=1))
    assert staff.accounts.holder("甲", PASSWORD)
    monkeypatch.setattr(passwords, "is_outdated", lambda _: pytest.fail("it is not outdated any more"))
    assert staff.accounts.holder("甲", PASSWORD)


def test_the_last_administrator_cannot_be_disabled(staff: Staff) -> None:
    staff.accounts.add("一", Role.ADMINISTRATOR, PASSWORD)
    with pytest.raises(UsageError, match="最后一个"):
        staff.accounts.disable("一")
    staff.accounts.add("二", Role.ADMINISTRATOR, PASSWORD)
    staff.accounts.disable("一")
    with pytest.raises(UsageError, match="最后一个"):
        staff.accounts.disable("二")
    staff.accounts.enable("一")
    staff.accounts.disable("二")
    assert [(one.name, bool(one.disabled)) for one in staff.accounts.all()] == [("一", False), ("二", True)]


def test_an_unknown_name_is_said(staff: Staff) -> None:
    for act in (
        staff.accounts.disable,
        staff.accounts.enable,
        lambda name: staff.accounts.set_password(name, PASSWORD),
    ):
        with pytest.raises(UsageError, match="没有名为"):
            act("无")


def test_a_file_that_is_no_database_is_one_sentence(staff: Staff, tmp_path: Path) -> None:
    (tmp_path / "staff.sqlite3").write_bytes(b"not a database" * 100)
    with pytest.raises(AccountsError, match="账号库"):
        staff.accounts.all()
