"""The head of the log in a file beside the database: what shows that entries at its end were cut off.

A chain alone cannot tell a log that was cut from one that never grew further. The file holds number and hash of the
last entry that was written for sure. It is written after the entry, so it may lag behind it, never run ahead.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

_LINE = re.compile(r"(\d{20}) ([0-9a-f]{64})\n")
_WAIT_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Head:
    """Number and hash of an entry."""

    seq: int
    hash: str


class HeadFile:
    """The file with the head. Its methods raise OSError, or filelock's Timeout, which is one."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def read(self) -> Head | None:
        """The head; None if there is no file or it is not in order."""
        try:
            found = _LINE.fullmatch(self.file.read_text(encoding="ascii"))
        except (FileNotFoundError, UnicodeDecodeError):
            return None
        return Head(int(found[1]), found[2]) if found else None

    def advance(self, head: Head) -> None:
        """Writes the head down unless a later one stands there already."""
        with FileLock(self.file.with_suffix(".head-lock"), timeout=_WAIT_SECONDS):
            before = self.read()
            if before is None or before.seq < head.seq:
                # One write in place, as long as the one before: there is no moment at which half of it stands.
                descriptor = os.open(self.file, os.O_CREAT | os.O_WRONLY, 0o600)
                try:
                    os.write(descriptor, f"{head.seq:020d} {head.hash}\n".encode("ascii"))
                finally:
                    os.close(descriptor)
