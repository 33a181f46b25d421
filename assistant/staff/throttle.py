"""Slows down whoever gives a wrong password again and again: per account, existing or not, and per client.

An attempt counts before its password is looked at, so many at once do not slip through; the right password takes the
account's attempts back. Nobody is locked out for good: the wait grows to a limit, shorter for an account than for a
client, because anybody can make an account wait by trying its name.
"""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from assistant.staff.accounts import name_key
from assistant.staff.database import StaffDatabase
from assistant.staff.tables import failures


@dataclass(frozen=True, slots=True)
class Pace:
    """`free` attempts go at once; from then on each has to wait twice as long as the one before, from `first` seconds
    on and to `longest`."""

    free: int
    first: int
    longest: int

    def wait(self, count: int) -> int:
        """Seconds after the last of `count` failed attempts before the next may be made."""
        over = count - self.free
        return 0 if over < 0 else min(self.first * 2 ** min(over, 20), self.longest)


ACCOUNT = Pace(free=5, first=5, longest=5 * 60)
CLIENT = Pace(free=20, first=15, longest=15 * 60)
_FORGOTTEN_SECONDS = 24 * 3600


class Throttle:
    """Counts attempts in the staff's file, so that a restart forgives nothing."""

    def __init__(self, database: StaffDatabase, clock: Callable[[], float] = time.time) -> None:
        self._database, self._clock = database, clock

    def attempt(self, name: str, client: str) -> int:
        """Counts an attempt. Seconds to wait before it may be made; 0 if it may be made now, and is counted."""
        now = int(self._clock())
        paces = {_digest("account", name_key(name)): ACCOUNT, _digest("client", client): CLIENT}
        with self._database.writing() as connection:
            connection.execute(delete(failures).where(failures.c.last < now - _FORGOTTEN_SECONDS))
            rows = connection.execute(select(failures).where(failures.c.key.in_(paces))).mappings().all()
            counts = {row["key"]: row["attempts"] for row in rows}
            wait = max((row["last"] + paces[row["key"]].wait(row["attempts"]) - now for row in rows), default=0)
            if wait > 0:
                return wait
            for key in paces:
                values = {"attempts": counts.get(key, 0) + 1, "last": now}
                row_in = insert(failures).values(key=key, **values)
                connection.execute(row_in.on_conflict_do_update(index_elements=["key"], set_=values))
        return 0

    def forget(self, name: str, client: str = "") -> None:
        """The password was right, or is another now: the account's attempts are forgotten, and one of the client's."""
        with self._database.writing() as connection:
            connection.execute(delete(failures).where(failures.c.key == _digest("account", name_key(name))))
            if client:
                mine = failures.c.key == _digest("client", client)
                connection.execute(failures.update().where(mine).values(attempts=failures.c.attempts - 1))


def _digest(kind: str, value: str) -> str:
    """Neither names that were tried nor addresses are kept."""
    return hashlib.sha256(f"{kind}\0{value}".encode("utf-8", "surrogatepass")).hexdigest()
