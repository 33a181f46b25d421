"""A folder for what strangers hand in, which goes when the process ends, however it ends."""

import secrets
import shutil
import threading
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

_LOCK = "in-use.lock"


class RunFolder:
    """This process's own folder under `root`, which processes may share; made when it is first asked for.

    Folders of processes that were killed are known by their lock, which nobody holds, and deleted then.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = threading.Lock()
        self._folder: Path | None = None
        self._held: FileLock | None = None

    def path(self) -> Path:
        with self._lock:
            if self._folder is None:
                self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
                for left in self._root.glob("run-*"):
                    with suppress(Timeout, OSError), FileLock(left / _LOCK, timeout=0):
                        shutil.rmtree(left, ignore_errors=True)
                self._folder = self._root / f"run-{secrets.token_hex(8)}"
                self._folder.mkdir(mode=0o700)
                self._held = FileLock(self._folder / _LOCK, timeout=0)
                self._held.acquire()
            return self._folder

    def close(self) -> None:
        """Deletes the folder with all that is in it."""
        with self._lock:
            if self._held and self._folder:
                self._held.release()
                shutil.rmtree(self._folder, ignore_errors=True)
                self._held = self._folder = None
