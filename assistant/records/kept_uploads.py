"""Files that were pre-checked on the page, kept for staff for as many days as a setting says; by default not at all."""

import logging
import os
import re
import shutil
import threading
import time
from pathlib import Path, PurePath

from assistant.config import Settings

logger = logging.getLogger(__name__)

_DAY = 24 * 3600
_SWEEP_SECONDS = 1800
_ID = re.compile(r"[0-9a-f]{32}")


class KeptUploads:
    """One folder with a folder for each record. `days`: how long a file stays; 0 keeps nothing.

    Methods raise OSError where the disk does not let them.
    """

    def __init__(self, folder: Path, days: int) -> None:
        self._folder, self._days = folder, days
        self._sweeper: threading.Thread | None = None

    def keep(self, record_id: str, file: Path) -> None:
        """Keeps a copy of what a pre-check was about. It takes its name when it is whole; of the uploader's name only
        the ending is left, for a name may be a person's."""
        if not self._days:
            return
        room = self._folder / _checked(record_id)
        room.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside = room / "incoming"
        with file.open("rb") as source, open(os.open(aside, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as copy:
            shutil.copyfileobj(source, copy)
        aside.replace(room / f"draft{PurePath(file.name).suffix.lower()[:12]}")

    def find(self, record_id: str) -> Path | None:
        """The kept file of a record; None if there is none, or its time is over."""
        self.sweep()
        return next((self._folder / _checked(record_id)).glob("draft*"), None)

    def forget(self, record_id: str) -> None:
        """Deletes what is kept of a record, if anything is."""
        if _ID.fullmatch(record_id):
            shutil.rmtree(self._folder / record_id, ignore_errors=True)

    def sweep(self, now: float | None = None) -> None:
        """Deletes what has been here for longer than the setting says, also if it said otherwise before."""
        oldest = (time.time() if now is None else now) - self._days * _DAY
        for room in self._folder.glob("*"):
            try:
                is_over = room.stat().st_mtime <= oldest
            except FileNotFoundError:  # another process sweeps, too
                continue
            if is_over:
                shutil.rmtree(room, ignore_errors=True)

    def start(self) -> None:
        """Sweeps now and from now on, in a thread that ends with the process."""
        self.sweep()
        if self._sweeper is None:
            self._sweeper = threading.Thread(target=self._sweep_forever, name="kept-uploads", daemon=True)
            self._sweeper.start()

    def _sweep_forever(self) -> None:
        while True:
            time.sleep(_SWEEP_SECONDS)
            try:
                self.sweep()
            except OSError:
                logger.exception("kept uploads could not be swept")


def kept_uploads(settings: Settings) -> KeptUploads:
    """The kept files under the data folder."""
    return KeptUploads(settings.data_dir / "kept-uploads", settings.keep_uploads_days)


def _checked(record_id: str) -> str:
    """The id, which becomes a folder's name. Raises ValueError if it is none of the store's."""
    if not _ID.fullmatch(record_id):
        raise ValueError(f"no record id: {record_id!r}")
    return record_id
