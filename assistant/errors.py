"""The one exception tree: what went wrong and what to do, in words for the person in front of the screen.

Every error that the project raises on purpose is a `MicError`; the commands print it and leave with its
`exit_code`. Anything else that escapes is a bug.
"""

from typing import ClassVar


class MicError(Exception):
    """Base of all expected errors.

    In: `message`, one Chinese sentence that says what is wrong; `hint`, Chinese, what to do (may be empty).
    `str()` gives both, one after the other.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}{self.hint}"


class SettingsError(MicError):
    """A setting is missing or has a value that cannot be used."""

    exit_code = 3


class PackError(MicError):
    """A regulation pack is broken: a file of it is missing or cannot be understood."""

    exit_code = 3


class SearchIndexError(MicError):
    """The search index is missing, damaged or cannot be built."""

    exit_code = 3


class QuoteError(MicError):
    """A quote does not stand word for word in the text it is said to come from."""

    exit_code = 3


class RecordsError(MicError):
    """The records cannot be read or written, or are not what was written."""

    exit_code = 3


class AccountsError(MicError):
    """The accounts of the staff cannot be read or written."""

    exit_code = 3


class UnreadableFileError(MicError):
    """A given file cannot be read: damaged, of an unknown kind, too large, protected or a scan."""

    exit_code = 1


class UsageError(MicError):
    """A command was called in a wrong way."""

    exit_code = 2
