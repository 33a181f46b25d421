"""The staff's own file: accounts, sessions and the queue. The records lie in another, which only they write."""

from pathlib import Path

from assistant.errors import AccountsError
from assistant.records.database import Database
from assistant.staff.tables import lay_out


class StaffDatabase(Database):
    """The file of the staff. Every method raises AccountsError with a sentence for the operator."""

    def __init__(self, file: Path) -> None:
        super().__init__(file, lay_out, AccountsError, "账号库")
