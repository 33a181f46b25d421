"""Where the drafts of one visitor lie: a folder of their own, kept for a short time, known by a secret.

The page's own upload handling is not used: it keeps files under the digest of their content, where two visitors with
the same file share one path, and serves them to whoever names that path. Here a room is found by its secret alone,
folder names are no secrets, and nothing in them is served by path.
"""

import secrets
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import BinaryIO

from assistant.api.run_folder import RunFolder
from assistant.config import Settings
from assistant.errors import UsageError
from assistant.files.limits import MIB, Limits
from assistant.precheck.inputs import Input, gather
from assistant.precheck.models import Report
from assistant.precheck.printable import printable

# What may be handed in, by the name's ending. What a file really is, its reader finds out.
ACCEPTED = (
    *(".docx", ".doc", ".wps", ".odt", ".rtf", ".xlsx", ".xls", ".et", ".ods", ".csv", ".tsv", ".json", ".txt", ".md"),
    *(".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp", ".heic", ".zip"),
)
_NAME_LENGTH = 120
_SWEEP_SECONDS = 20
_TRY_AGAIN = "请重新选择文件后再试。"


@dataclass(frozen=True, slots=True)
class RoomLimits:
    """What one visitor may leave here and for how long; `all_bytes` is for all visitors together."""

    seconds: int = 3600
    files: int = 50
    file_bytes: int = 20 * MIB
    room_bytes: int = 200 * MIB
    all_bytes: int = 4096 * MIB


@dataclass(slots=True, eq=False)
class Draft:
    """One draft of a room; without a report it waits, or is being read."""

    input: Input
    report: Report | None = None
    is_being_read: bool = False


@dataclass(slots=True, eq=False)
class Room:
    """One visitor's drafts and what was found in them. `used` counts the bytes and `count` the uploads in `folder`.

    `received` are uploads that are no drafts yet: a zip holds several.
    """

    folder: Path
    touched: float
    used: int = 0
    received: list[tuple[Path, str]] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    chosen: int = 0
    count: int = 0
    is_closed: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def reports(self) -> list[Report]:
        """The reports there are, in the order of the drafts."""
        return [draft.report for draft in self.drafts if draft.report]


class Rooms:
    """All rooms of this process, in one folder that goes when the process ends.

    In: the folder for uploads, which processes may share; the limits; a clock in seconds.
    """

    def __init__(self, root: Path, limits: RoomLimits, clock: Callable[[], float] = time.monotonic) -> None:
        self.limits = limits
        self._folder = RunFolder(root)
        self._clock = clock
        self._rooms: dict[str, Room] = {}
        self._lock = threading.Lock()
        self._stopped = threading.Event()

    def open(self) -> str:
        """A new room's secret. Its folder is made when the first file comes."""
        secret = secrets.token_urlsafe(32)
        with self._lock:
            self._rooms[secret] = Room(self._folder.path() / secrets.token_hex(16), self._clock())
        return secret

    def get(self, secret: object) -> Room | None:
        """The room of a secret, if it is still there; asking for it keeps it for longer."""
        room = self._rooms.get(secret) if isinstance(secret, str) else None
        if room is None or self._is_over(room):
            return None
        room.touched = self._clock()
        return room

    def end(self, secret: object) -> None:
        """Deletes a room with all that is in it."""
        with self._lock:
            room = self._rooms.pop(secret, None) if isinstance(secret, str) else None
        if room:
            self._empty(room)

    def clear(self, room: Room) -> None:
        """Deletes what is in a room; the visitor may go on in it."""
        with room.lock:
            room.received.clear()
            room.drafts = []
            room.chosen = room.used = room.count = 0
            shutil.rmtree(room.folder, ignore_errors=True)

    @contextmanager
    def receiving(self, room: Room, name: str, size: int) -> Iterator[BinaryIO]:
        """A file to write an upload of `size` bytes to; if the block fails, nothing of it stays.

        Raises UsageError: the ending, the size or the number is not allowed, or there is no room left.
        """
        shown = _file_name(name)
        self._admit(room, shown, size)
        path: Path | None = None
        try:
            with room.lock:
                room.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                path = room.folder / f"{secrets.token_hex(8)}{PurePath(shown).suffix.lower()}"
            with path.open("xb") as stream:
                path.chmod(0o600)
                yield stream
            with room.lock:
                if room.is_closed or not path.exists():  # emptied meanwhile
                    raise UsageError("上传中断，这个文件没有收下。", _TRY_AGAIN)
                room.received.append((path, shown))
        except BaseException:
            with room.lock:
                room.used, room.count = max(0, room.used - size), max(0, room.count - 1)
            if path:
                path.unlink(missing_ok=True)
            raise

    def admit(self, room: Room, limits: Limits) -> None:
        """Turns what was received into drafts that wait to be checked; zips are unpacked."""
        with room.lock:
            taken = {draft.input.name for draft in room.drafts}
            while room.received and not room.is_closed:
                path, name = room.received.pop(0)
                allowed = replace(
                    limits,
                    batch_files=max(1, self.limits.files - len(room.drafts) - len(room.received)),
                    batch_bytes=max(0, self.limits.room_bytes - room.used),
                )
                workspace = room.folder / "unpacked"
                workspace.mkdir(mode=0o700, exist_ok=True)
                for one in gather([path], workspace, allowed):
                    shown = _told_apart(name + one.name.removeprefix(path.name), taken)
                    room.drafts.append(Draft(replace(one, name=shown)))
                    if one.path != path:
                        room.used += one.path.stat().st_size

    def sweep(self) -> None:
        """Deletes the rooms whose time is over."""
        for secret in [secret for secret, room in list(self._rooms.items()) if self._is_over(room)]:
            self.end(secret)

    def start(self) -> None:
        """Sweeps from now on, in a thread that ends with the process."""
        threading.Thread(target=self._sweep_forever, name="uploads", daemon=True).start()

    def close(self) -> None:
        """Deletes everything."""
        self._stopped.set()
        for secret in list(self._rooms):
            self.end(secret)
        self._folder.close()

    def _sweep_forever(self) -> None:
        while not self._stopped.wait(_SWEEP_SECONDS):
            self.sweep()

    def _is_over(self, room: Room) -> bool:
        return self._clock() - room.touched > self.limits.seconds

    def _empty(self, room: Room) -> None:
        with room.lock:
            room.is_closed = True
            room.received.clear()
            room.drafts = []
            room.used = 0
            shutil.rmtree(room.folder, ignore_errors=True)

    def _admit(self, room: Room, name: str, size: int) -> None:
        """Sets `size` bytes aside. Raises UsageError."""
        limits = self.limits
        if PurePath(name).suffix.lower() not in ACCEPTED:
            raise UsageError("不支持这种文件。", "可以上传Word、Excel、CSV、JSON、文本、PDF、图片或ZIP。")
        if size < 1:
            raise UsageError("文件是空的。", "请检查是否选错了文件。")
        packed = limits.room_bytes if name.lower().endswith(".zip") else limits.file_bytes
        if size > packed:
            raise UsageError(f"文件有{size / MIB:.1f} MB，超过{packed // MIB} MB的上限。", "请删去大图片或拆分后再试。")
        with self._lock, room.lock:
            if room.is_closed:
                raise UsageError("这次预审已经结束。", "请刷新页面后再上传。")
            if max(room.count, len(room.received) + len(room.drafts)) >= limits.files:
                raise UsageError(f"一次最多预审{limits.files}个文件。", "请先清除，再上传其余文件。")
            if room.used + size > limits.room_bytes:
                raise UsageError(f"这次上传的文件合计超过{limits.room_bytes // MIB} MB。", "请先清除，再上传其余文件。")
            if sum(each.used for each in self._rooms.values()) + size > limits.all_bytes:
                raise UsageError("现在上传的人较多，暂时收不下。", "请过几分钟再试。")
            room.used += size
            room.count += 1


def rooms_of(settings: Settings) -> Rooms:
    """The rooms that `settings` ask for, under the data folder."""
    limits = RoomLimits(
        seconds=settings.upload_minutes * 60,
        files=settings.upload_files,
        file_bytes=settings.max_file_mb * MIB,
        room_bytes=max(settings.upload_total_mb, settings.max_file_mb) * MIB,
    )
    return Rooms(settings.data_dir / "uploads", limits)


def _file_name(name: str) -> str:
    """What a browser calls a file, as words: no folders, nothing unprintable, not endless."""
    last = printable(name).replace("\\", "/").replace("\n", " ").rpartition("/")[2].strip()
    path = PurePath(last or "未命名")
    suffix = path.suffix[:12]
    return f"{path.stem[: _NAME_LENGTH - len(suffix)]}{suffix}"


def _told_apart(name: str, taken: set[str]) -> str:
    """The name, with a number if another draft goes by it already."""
    number, shown = 1, name
    while shown in taken:
        number += 1
        shown = f"{name}（{number}）"
    taken.add(shown)
    return shown
