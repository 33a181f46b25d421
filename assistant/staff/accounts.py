"""The accounts of those who work at the desk."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from assistant.errors import UsageError
from assistant.staff.database import StaffDatabase
from assistant.staff.passwords import hashed, is_outdated, matches
from assistant.staff.tables import accounts, sessions

LONGEST_NAME = 40


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

    Methods raise AccountsError if the file cannot be used.
    """

    def __init__(self, database: StaffDatabase, clock: Callable[[], datetime] | None = None) -> None:
        self._database = database
        self._clock = clock or (lambda: datetime.now(UTC))

    def all(self) -> list[Account]:
        with self._database.reading() as connection:
            rows = connection.execute(select(accounts).order_by(accounts.c.id)).mappings().all()
        return [_account(row) for row in rows]

    def add(self, name: str, role: Role, password: str) -> Account:
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
            return _account(_row(connection, name))

    def set_password(self, name: str, password: str) -> None:
        """Gives an account another password and ends its sessions. Raises UsageError."""
        kept = hashed(password, _tidy(name))
        with self._database.writing() as connection:
            row = _row(connection, name)
            connection.execute(update(accounts).where(accounts.c.id == row["id"]).values(password_hash=kept))
            connection.execute(delete(sessions).where(sessions.c.account == row["id"]))

    def disable(self, name: str) -> None:
        """Ends an account's sessions and lets it start none. Raises UsageError, also for the last administrator."""
        with self._database.writing() as connection:
            row = _row(connection, name)
            active = select(func.count()).where(accounts.c.role == Role.ADMINISTRATOR.value, accounts.c.disabled == "")
            is_last = connection.scalar(active.where(accounts.c.id != row["id"])) == 0
            if row["role"] == Role.ADMINISTRATOR and not row["disabled"] and is_last:
                raise UsageError(f"“{row['name']}”是最后一个可用的管理员账号，不能停用。", "请先添加另一个管理员。")
            now = self._clock().isoformat(timespec="seconds")
            connection.execute(update(accounts).where(accounts.c.id == row["id"]).values(disabled=now))
            connection.execute(delete(sessions).where(sessions.c.account == row["id"]))

    def enable(self, name: str) -> None:
        """Lets an account sign in again. Raises UsageError if there is none of this name."""
        with self._database.writing() as connection:
            row = _row(connection, name)
            connection.execute(update(accounts).where(accounts.c.id == row["id"]).values(disabled=""))

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


def _row(connection: Connection, name: str) -> RowMapping:
    row = connection.execute(select(accounts).where(accounts.c.key == name_key(name))).mappings().first()
    if row is None:
        raise UsageError(f"没有名为“{name[:LONGEST_NAME]}”的账号。", "用 mic staff list 查看。")
    return row


def _account(row: RowMapping) -> Account:
    return Account(row["id"], row["name"], Role(row["role"]), row["created"], row["disabled"])
