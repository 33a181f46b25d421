"""The process in which drafts are read: `python -m assistant.files.reader_process`, started by read_draft.

It takes one request after the other from stdin (a length, then JSON) and answers each on stdout in the same way.
Nothing it imports at the start is heavy; a reader's libraries are imported with its first file.
"""

import contextlib
import json
import os
import resource
import struct
from dataclasses import fields
from pathlib import Path
from typing import Any, BinaryIO

from assistant.errors import UnreadableFileError
from assistant.files.draft_wire import packed, packed_error
from assistant.files.limits import MIB, Limits, check_size

LENGTH = struct.Struct(">Q")
_MAX_WRITTEN = 512 * MIB


def main() -> None:
    """Serves requests until stdin ends."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    # What libraries print must not get between the answers.
    with open(os.devnull, "r+b") as nowhere:
        os.dup2(nowhere.fileno(), 0)
        os.dup2(nowhere.fileno(), 1)
    while head := requests.read(LENGTH.size):
        request = json.loads(requests.read(LENGTH.unpack(head)[0]))
        _answer(_read(request), answers)


def _read(request: dict[str, Any]) -> bytes:
    limits = Limits(**{field.name: int(request["limits"][field.name]) for field in fields(Limits)})
    _confine(limits)
    from assistant.files.draft_kinds import draft_in

    try:
        return packed(draft_in(_content(Path(request["path"]), limits), request["name"], limits, request["threads"]))
    except UnreadableFileError as error:
        return packed_error(error)
    except MemoryError:
        return packed_error(too_much_memory())
    except RecursionError:
        return packed_error(UnreadableFileError("文件的结构过于复杂，没有读取。", "请另存为新文件后再试。"))
    except Exception:  # whatever a library meets in a hostile file
        return packed_error(UnreadableFileError("文件已损坏或内容异常，无法读取。", "请打开后另存为新文件再试。"))


def _content(path: Path, limits: Limits) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(limits.file_bytes + 1)
    except OSError as error:
        raise UnreadableFileError(f"无法打开文件：{path.name}。", "请检查文件权限，或是否被其他程序占用。") from error
    check_size(len(data), limits.file_bytes)
    return data


def _confine(limits: Limits) -> None:
    """Memory, written bytes and processor time for the next file; the caller's clock limits the real time."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(spent.ru_utime + spent.ru_stime) + limits.seconds * (os.cpu_count() or 1) + 1
    for what, limit in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_FSIZE, _MAX_WRITTEN),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        soft = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        with contextlib.suppress(ValueError, OSError):  # the system may forbid it; the others still hold
            resource.setrlimit(what, (soft, hard))


def _answer(said: bytes, answers: BinaryIO) -> None:
    answers.write(LENGTH.pack(len(said)) + said)
    answers.flush()


def too_much_memory() -> UnreadableFileError:
    """What to say of a file whose reading needs more memory than it may have."""
    return UnreadableFileError("文件内容过大，读取所需的内存超过上限。", "请删去大图片或拆分文件后再试。")


if __name__ == "__main__":
    main()
