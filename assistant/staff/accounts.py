"""The accounts of those who work at the desk."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Literal

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from assistant.errors import UsageError
from assistant.records.models import AccountChange
from assistant.staff.database import StaffDatabase
from assistant.staff.passwords import hashed, is_outdated, matches
from assistant.staff.tables import accounts, sessions

LONGEST_NAME = 40

# Takes down what becomes of an account, by its number. What it raises keeps the change from being made.
Journal = Callable[[int, AccountChange], object]
Act = Literal["added", "role", "password", "disabled", "enabled"]


class Role(StrEnum):
    """What an account may do. An administrator may do all that staff may."""

    STAFF = "staff"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Account:
    """One account. `created` and `disabled` are UTC; an account that may sign in has "" for the latter."""

    id: int
    name: str
    role: Role
    created: str
    disabled: str

    @property
    def is_administrator(self) -> bool:
        return self.role is Role.ADMINISTRATOR


class Accounts:
    """The accounts of one data folder. Nothing is deleted: a record says who decided.

    Each change is taken down in the journal before it is made, with `by`, who makes it. Methods raise AccountsError if
    the file cannot be used, and what the journal raises.
    """

    def __init__(
        self, database: StaffDatabase, journal: Journal | None = None, clock: Callable[[], datetime] | None = None
    ) -> None:
        self._database, self._journal = database, journal
        self._clock = clock or (lambda: datetime.now(UTC))

    def all(self) -> list[Account]:
        with self._database.reading() as connection:
            rows = connection.execute(select(accounts).order_by(accounts.c.id)).mappings().all()
        return [_account(row) for row in rows]

    def add(self, name: str, role: Role, password: str, *, by: str = "") -> Account:
        """A new account. Raises UsageError if the name is taken or none, or the password is too weak."""
        name = _tidy(name)
        values = {
            "key": name_key(name),
            "name": name,
            "role": role.value,
            "password_hash": hashed(password, name),
            "created": self._clock().isoformat(timespec="seconds"),
        }
        with self._database.writing() as connection:
            if connection.scalar(select(accounts.c.id).where(accounts.c.key == values["key"])) is not None:
                raise UsageError(f"已有名为“{name}”的账号。", "请换一个名字；停用的账号可以重新启用。")
            connection.execute(insert(accounts).values(**values))
            row = _row(connection, name)
            self._take_down("added", row, by)
            return _account(row)

    def set_role(self, name: str, role: Role, *, by: str = "") -> None:
        """Gives an account another role and ends its sessions. Raises UsageError, also for the last administrator."""
        with self._database.writing() as connection:
            row = _row(connection, name)
            if row["role"] == role.value:
                raise UsageError(f"“{row['name']}”已经是这个角色。", "不用更改。")
            if role is not Role.ADMINISTRATOR:
                _keep_an_administrator(connection, row, "改为工作人员")
            connection.execute(update(accounts).where(accounts.c.id == row["id"]).values(role=role.value))
            connection.execute(delete(sessions).where(sessions.c.account == row["id"]))
            self._take_down("role", _row(connection, name), by)

    def set_password(self, name: str, password: str, *, by: str = "") -> None:
        """Gives an account another password and ends its sessions. Raises UsageError."""
        kept = hashed(password, _tidy(name))
        with self._database.writing() as connection:
            row = _row(connection, name)
            connection.execute(update(accounts).where(accounts.c.id == row["id"]).values(password_hash=kept))
            connection.execute(delete(sessions).where(sessions.c.account == row["id"]))
            self._take_down("password", row, by)

    def disable(self, name: str, *, by: str = "") -> None:
        """Ends an account's sessions and lets it start none. Raises UsageError, also for the last administrator."""
        with self._database.writing() as connection:
            row = _row(connection, name)
            _keep_an_administrator(connection, row, "停用")
            now = self._clock().isoformat(timespec="seconds")
            connection.execute(update(accounts).where(accounts.c.id == row["id"]).values(disabled=now))
            connection.execute(delete(sessions).where(sessions.c.account == row["id"]))
            self._take_down("disabled", row, by)

    def enable(self, name: str, *, by: str = "") -> None:
        """Lets an account sign in again. Raises UsageError if there is none of this name."""
        with self._database.writing() as connection:
            row = _row(connection, name)
            connection.execute(update(accounts).where(accounts.c.id == row["id"]).values(disabled=""))
            self._take_down("enabled", row, by)

    def holder(self, name: str, password: str) -> Account | None:
        """The account that this name and password open; None if they open none.

        It takes as long whether there is such an account or not.
        """
        with self._database.reading() as connection:
            found = select(accounts).where(accounts.c.key == name_key(name), accounts.c.disabled == "")
            row = connection.execute(found).mappings().first()
        kept = row["password_hash"] if row else None
        if not matches(password, kept) or row is None or kept is None:
            return None
        if is_outdated(kept):
            self._keep_anew(row, password)
        return _account(row)

    def _take_down(self, act: Act, row: RowMapping, by: str) -> None:
        """Inside the transaction that makes the change: where it cannot be taken down, it is not made."""
        if self._journal:
            change = AccountChange(act=act, name=row["name"], role=row["role"], by=by or row["name"])
            self._journal(row["id"], change)

    def _keep_anew(self, row: RowMapping, password: str) -> None:
        """The same password, hashed as the library does it now. One that has become too short stays as it is."""
        try:
            kept = hashed(password)
        except UsageError:
            return
        with self._database.writing() as connection:
            same = (accounts.c.id == row["id"]) & (accounts.c.password_hash == row["password_hash"])
            connection.execute(update(accounts).where(same).values(password_hash=kept))


def name_key(name: str) -> str:
    """A name as it is looked up: however it is typed in."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _tidy(name: str) -> str:
    name = " ".join(unicodedata.normalize("NFKC", name).split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise UsageError(f"账号名应有 1 至 {LONGEST_NAME} 个字符。", "例如姓名或工号。")
    return name


def _keep_an_administrator(connection: Connection, row: RowMapping, what: str) -> None:
    """Refuses to take the last administrator who can sign in away."""
    active = select(func.count()).where(accounts.c.role == Role.ADMINISTRATOR.value, accounts.c.disabled == "")
    is_last = connection.scalar(active.where(accounts.c.id != row["id"])) == 0
    if row["role"] == Role.ADMINISTRATOR and not row["disabled"] and is_last:
        raise UsageError(f"“{row['name']}”是最后一个可用的管理员账号，不能{what}。", "请先添加另一个管理员。")


def _row(connection: Connection, name: str) -> RowMapping:
    row = connection.execute(select(accounts).where(accounts.c.key == name_key(name))).mappings().first()
    if row is None:
        raise UsageError(f"没有名为“{name[:LONGEST_NAME]}”的账号。", "用 mic staff list 查看。")
    return row


def _account(row: RowMapping) -> Account:
    return Account(row["id"], row["name"], Role(row["role"]), row["created"], row["disabled"])
