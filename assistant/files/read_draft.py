"""An uploaded draft -> what stands in it, read in a process of its own.

A file that crashes, hangs or swells its reader costs that process and becomes one Chinese sentence. `read_draft`
starts a process for one file; a `ReaderPool` keeps some warm for many.
"""

import contextlib
import json
import os
import queue
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, cast

from assistant.errors import UnreadableFileError
from assistant.files.content import Draft
from assistant.files.draft_wire import unpacked
from assistant.files.limits import MIB, Limits, check_size
from assistant.files.reader_process import LENGTH, too_much_memory

_PROJECT = Path(__file__).resolve().parents[2]
_MAX_ANSWER = 64 * MIB
# A fresh process now and then gives back what libraries keep.
_FILES_PER_PROCESS = 200
# A reader gets no more of the environment than it needs: no keys, no proxies.
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "SYSTEMROOT")


def read_draft(path: Path, limits: Limits, name: str = "") -> Draft:
    """Everything in the file that could state a fact. `name`: what the person called it, if not as `path` does.

    Raises UnreadableFileError: missing, too large, of no known kind, damaged, protected, or not read within the
    limits.
    """
    with ReaderPool(limits) as pool:
        return pool.read(path, name)


class ReaderPool:
    """Some reading processes, each used for one file after the other. May be shared by threads.

    In: the limits for each file, and how many files are read at the same time.
    """

    def __init__(self, limits: Limits, size: int = 1) -> None:
        self._limits = limits
        self._threads = max(1, (os.cpu_count() or 1) // size)
        self._lock = threading.Lock()
        self._closed = False
        self._idle: queue.LifoQueue[_Reader | None] = queue.LifoQueue()
        for _ in range(size):
            self._idle.put(None)

    def read(self, path: Path, name: str = "") -> Draft:
        """The draft at `path`; waits while all processes are busy. Raises UnreadableFileError."""
        _check_file(path, self._limits)
        reader = self._idle.get()
        try:
            if reader is None or not reader.usable:
                reader = _fresh(reader)
            was_warm = reader.count > 0
            try:
                return reader.read(path, name or path.name, self._limits, self._threads)
            except UnreadableFileError as error:
                if not (was_warm and reader.spent) or isinstance(error.__cause__, TimeoutError):
                    raise
            # What earlier files left behind may have been to blame: a verdict must not depend on the order.
            reader = _fresh(reader)
            return reader.read(path, name or path.name, self._limits, self._threads)
        finally:
            self._give_back(reader)

    def close(self) -> None:
        """Ends all processes; those that are reading end with their file."""
        with self._lock:
            self._closed = True
            while not self._idle.empty():
                reader = self._idle.get_nowait()
                if reader is not None:
                    reader.stop()

    def __enter__(self) -> "ReaderPool":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _give_back(self, reader: "_Reader | None") -> None:
        with self._lock:
            if reader is not None and (self._closed or not reader.usable):
                reader.stop()
                reader = None
            self._idle.put(reader)


def read_many(
    paths: Sequence[Path], limits: Limits, size: int = 0
) -> Iterator[tuple[Path, Draft | UnreadableFileError]]:
    """Each file with its draft or the reason why there is none, in the order given, as soon as it is known.

    `size`: how many are read at the same time; 0 takes one for each processor.
    """
    size = size or os.cpu_count() or 1
    with ReaderPool(limits, size) as pool, ThreadPoolExecutor(size) as threads:

        def read(path: Path) -> Draft | UnreadableFileError:
            try:
                return pool.read(path)
            except UnreadableFileError as error:
                return error

        waiting: deque[tuple[Path, Future[Draft | UnreadableFileError]]] = deque()
        for path in paths:
            waiting.append((path, threads.submit(read, path)))
            if len(waiting) > 2 * size:  # no further ahead than keeps all busy: drafts take memory
                done = waiting.popleft()
                yield done[0], done[1].result()
        for path, future in waiting:
            yield path, future.result()


def _fresh(old: "_Reader | None") -> "_Reader":
    if old is not None:
        old.stop()
    return _Reader()


class _Reader:
    """One process, with a folder for what it writes."""

    def __init__(self) -> None:
        self._folder = tempfile.mkdtemp(prefix="draft-")
        self.count = 0
        self.spent = False
        """Whether it broke off, or ran out of memory."""
        environment = {key: os.environ[key] for key in _PASSED_ON if key in os.environ} | {
            "PYTHONPATH": str(_PROJECT),
            "PYTHONUTF8": "1",
            "TMPDIR": self._folder,
            # Every thread of a number library would reserve memory for itself.
            "OPENBLAS_NUM_THREADS": "1",
            "OMP_NUM_THREADS": "1",
            # Heaps of their own for threads reserve address space that the limit counts.
            "MALLOC_ARENA_MAX": "2",
        }
        self._process = subprocess.Popen(
            # -P: nothing is imported from the folder it may write to.
            [sys.executable, "-P", "-m", "assistant.files.reader_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd=self._folder,
            start_new_session=True,  # so that what it starts ends with it
        )
        self._requests = cast(BinaryIO, self._process.stdin)
        self._answers = cast(BinaryIO, self._process.stdout)

    @property
    def usable(self) -> bool:
        """Whether it can take another file."""
        return not self.spent and self.count < _FILES_PER_PROCESS and self._process.poll() is None

    def read(self, path: Path, name: str, limits: Limits, threads: int) -> Draft:
        """The draft. Raises UnreadableFileError."""
        self.count += 1
        request = {"path": str(path.resolve()), "name": name, "limits": asdict(limits), "threads": threads}
        self.spent = True  # until it has answered in full
        try:
            said = self._exchange(json.dumps(request).encode(), time.monotonic() + limits.seconds)
            draft = unpacked(said)
        except UnreadableFileError as refusal:
            self.spent = refusal.message == too_much_memory().message
            raise
        except TimeoutError as error:
            raise UnreadableFileError(
                f"读取超过{limits.seconds}秒，已停止。", "请减少页数、删去大图片或另存为新文件后再试。"
            ) from error
        except (OSError, EOFError, ValueError) as error:
            raise UnreadableFileError(
                "读取文件的程序意外中断，文件可能已损坏或内容过大。", "请打开后另存为新文件再试。"
            ) from error
        self.spent = False
        return draft

    def stop(self) -> None:
        """Ends the process with all it started, and removes its folder."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        for pipe in (self._requests, self._answers):
            with contextlib.suppress(OSError):
                pipe.close()
        self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _exchange(self, request: bytes, deadline: float) -> bytes:
        self._requests.write(LENGTH.pack(len(request)) + request)
        self._requests.flush()
        size = LENGTH.unpack(self._received(LENGTH.size, deadline))[0]
        if size > _MAX_ANSWER:
            raise EOFError
        return self._received(size, deadline)

    def _received(self, size: int, deadline: float) -> bytes:
        pipe = self._answers.fileno()
        received = bytearray()
        while len(received) < size:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([pipe], [], [], left)[0]:
                raise TimeoutError
            part = os.read(pipe, min(size - len(received), MIB))
            if not part:
                raise EOFError
            received += part
        return bytes(received)


def _check_file(path: Path, limits: Limits) -> None:
    """Raises UnreadableFileError for what needs no reading to be refused."""
    try:
        if not path.is_file():
            raise UnreadableFileError(f"找不到文件：{path.name}。", "请检查路径；这里需要一个文件，不是文件夹。")
        check_size(path.stat().st_size, limits.file_bytes)
    except (OSError, ValueError) as error:
        raise UnreadableFileError(f"无法打开文件：{path.name}。", "请检查文件权限，或是否被其他程序占用。") from error
