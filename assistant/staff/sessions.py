"""Sessions of the desk: a random token in a cookie, of which only the digest is kept."""

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, insert, or_, select, update

from assistant.staff.accounts import Account, Role
from assistant.staff.database import StaffDatabase
from assistant.staff.tables import accounts, sessions

# That a session is used is written down this often, not with every request.
_NOTED_SECONDS = 60
_TOKEN_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Session:
    """Who is signed in, and the word that a form of theirs has to bring along."""

    account: Account
    token: str

    @property
    def csrf(self) -> str:
        """Follows from the token, which a page of others cannot read; and the token does not follow from it."""
        return hashlib.sha256(f"csrf\0{self.token}".encode()).hexdigest()

    def is_mine(self, word: str) -> bool:
        return hmac.compare_digest(self.csrf.encode(), word.encode("utf-8", "surrogatepass"))


class Sessions:
    """The sessions of one data folder. `idle` and `longest` are in seconds: unused for so long, and at all."""

    def __init__(
        self, database: StaffDatabase, *, idle: int, longest: int, clock: Callable[[], float] = time.time
    ) -> None:
        self._database, self._clock = database, clock
        self._idle, self._longest = idle, longest

    def begin(self, account: Account) -> Session:
        """A new session. Those that have ended are cleared away on the way."""
        token, now = secrets.token_urlsafe(32), int(self._clock())
        with self._database.writing() as connection:
            connection.execute(delete(sessions).where(self._has_ended(now)))
            row = {"token_sha256": _digest(token), "account": account.id, "begun": now, "used": now}
            connection.execute(insert(sessions).values(**row))
        return Session(account, token)

    def find(self, token: str) -> Session | None:
        """The session of a token; None if there is none, it has ended, or its account is disabled."""
        if not token or len(token) > _TOKEN_LENGTH:
            return None
        now, digest = int(self._clock()), _digest(token)
        with self._database.reading() as connection:
            wanted = select(sessions, accounts).join(accounts, accounts.c.id == sessions.c.account)
            alive = wanted.where(sessions.c.token_sha256 == digest, accounts.c.disabled == "", ~self._has_ended(now))
            row = connection.execute(alive).mappings().first()
        if row is None:
            return None
        if now - row["used"] >= _NOTED_SECONDS:
            with self._database.writing() as connection:
                connection.execute(update(sessions).where(sessions.c.token_sha256 == digest).values(used=now))
        account = Account(row["id"], row["name"], Role(row["role"]), row["created"], row["disabled"])
        return Session(account, token)

    def end(self, token: str) -> None:
        with self._database.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.token_sha256 == _digest(token)))

    def _has_ended(self, now: int) -> ColumnElement[bool]:
        return or_(sessions.c.used <= now - self._idle, sessions.c.begun <= now - self._longest)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
