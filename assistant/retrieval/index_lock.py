"""One process of a machine builds a pack's index at a time; and what goes wrong with the files, in words."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.errors import SearchIndexError

Progress = Callable[[str], None]

LOCK_WAIT_SECONDS = 1800


@contextlib.contextmanager
def as_index_error(index_dir: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise SearchIndexError(
            f"索引文件夹 {index_dir} 无法使用（{reason}）。",
            "请检查 MIC_INDEX_DIR 的路径、写入权限和剩余空间。",
        ) from error
    except Exception as error:
        if not type(error).__module__.startswith("chromadb"):
            raise
        raise SearchIndexError(f"索引库出错（{error}）。", f"请删除 {index_dir} 后重试。") from error


@contextlib.contextmanager
def locked(folder: Path, progress: Progress) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / ".lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        progress("另一个程序正在建立这份索引，等待它完成……")
        try:
            lock.acquire(timeout=LOCK_WAIT_SECONDS)
        except Timeout as error:
            raise SearchIndexError("另一个程序一直占用着索引。", "请结束它之后重试。") from error
    try:
        yield
    finally:
        lock.release()
