"""Everything about the staff of one data folder, opened together."""

from dataclasses import dataclass
from datetime import timedelta

from assistant.config import Settings
from assistant.records.store import RecordStore, open_records
from assistant.staff.accounts import Account, Accounts
from assistant.staff.database import StaffDatabase
from assistant.staff.sessions import Session, Sessions
from assistant.staff.throttle import Throttle

FILE = "staff.sqlite3"


@dataclass(frozen=True)
class Staff:
    """Accounts, sessions and attempts over one file."""

    database: StaffDatabase
    accounts: Accounts
    sessions: Sessions
    throttle: Throttle

    def sign_in(self, name: str, password: str, client: str) -> tuple[Session | None, int]:
        """A session; None if name or password is wrong, with the seconds to wait if there were too many attempts."""
        wait = self.throttle.attempt(name, client)
        if wait:
            return None, wait
        account = self.accounts.holder(name, password)
        if account is None:
            return None, 0
        self.throttle.forget(name, client)
        return self.sessions.begin(account), 0

    def change_own_password(self, account: Account, old: str, new: str, client: str) -> tuple[bool, int]:
        """Whether the old password was right; then the new one holds and all sessions have ended.

        Raises UsageError if the new one is too weak.
        """
        wait = self.throttle.attempt(account.name, client)
        if wait or self.accounts.holder(account.name, old) is None:
            return False, wait
        self.accounts.set_password(account.name, new)
        self.throttle.forget(account.name, client)
        return True, 0


def open_staff(settings: Settings, store: RecordStore | None = None) -> Staff:
    """The staff under the data folder. What becomes of accounts is an entry in the log of the records: in `store`, else
    in that of the data folder, unless nothing is to be recorded."""
    if store is None and settings.records != "off":
        store = open_records(settings)
    journal = store.add_account_change if store else None
    database = StaffDatabase(settings.data_dir / FILE)
    idle = int(timedelta(minutes=settings.staff_idle_minutes).total_seconds())
    longest = int(timedelta(hours=settings.staff_session_hours).total_seconds())
    return Staff(
        database, Accounts(database, journal), Sessions(database, idle=idle, longest=longest), Throttle(database)
    )
