"""What of a batch is done already, in a file of the out folder, so that an interrupted run goes on where it was.

A line holds one report under the key of its file's content; a line that was torn off while it was written is passed
over. What was checked against other rules or another text is not taken up again.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from pydantic import ValidationError

from assistant.precheck.models import Report

JOURNAL = ".precheck-journal.jsonl"


class Journal:
    """The reports of one out folder and one desk by key. Opening it reads what an earlier run left there."""

    def __init__(self, folder: Path, fingerprint: str) -> None:
        """`fingerprint` identifies what files are checked with; entries under another one are dropped."""
        self._path = folder / JOURNAL
        self._fingerprint = fingerprint
        self.done: dict[str, Report] = dict(self._left())
        self._stream = self._fresh()

    def add(self, key: str, report: Report) -> None:
        """Writes one report down before the next is begun."""
        self.done[key] = report
        self._stream.write(self._line(key, report))
        self._stream.flush()

    def close(self, *, finished: bool) -> None:
        """Ends the run: a finished one needs its journal no more."""
        self._stream.close()
        if finished:
            self._path.unlink(missing_ok=True)

    def _left(self) -> Iterator[tuple[str, Report]]:
        try:
            lines = self._path.read_bytes().splitlines()
        except OSError:
            return
        for line in lines:
            try:
                entry = json.loads(line)
                if entry["fingerprint"] == self._fingerprint:
                    yield str(entry["key"]), Report.model_validate(entry["report"])
            except (ValueError, KeyError, TypeError, ValidationError, RecursionError):
                continue

    def _fresh(self) -> IO[str]:
        """The journal written anew with what holds, so that no torn line stands before the next one."""
        aside = self._path.with_name(f"{JOURNAL}-{os.getpid()}")
        aside.write_text("".join(self._line(k, r) for k, r in self.done.items()), encoding="utf-8")
        aside.replace(self._path)
        return self._path.open("a", encoding="utf-8")

    def _line(self, key: str, report: Report) -> str:
        entry = {"key": key, "fingerprint": self._fingerprint, "report": report.model_dump(mode="json")}
        return json.dumps(entry, ensure_ascii=False) + "\n"


def content_key(path: Path) -> str:
    """What identifies a file for the journal: its bytes, and its extension, which may steer how it is read."""
    with path.open("rb") as stream:
        return f"{hashlib.file_digest(stream, 'sha256').hexdigest()}{path.suffix.lower()}"
