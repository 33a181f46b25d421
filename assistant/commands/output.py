"""What the commands share: results on stdout, everything else on stderr, files that appear when they are whole."""

import errno
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from assistant.errors import MicError, UsageError

Version = Annotated[str, typer.Option("--version", help="按哪个版本，如 征求意见稿、正式稿、2026年版；不填按现行版本")]
AsJson = Annotated[bool, typer.Option("--json", help="以 JSON 输出")]


def progress(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def print_json(content: object) -> None:
    typer.echo(json.dumps(content, ensure_ascii=False, indent=1))


def sentence(error: MicError) -> str:
    return f"{error.message.rstrip('。')}。{error.hint}"


@contextmanager
def written_aside(out: Path) -> Iterator[Callable[[str], object]]:
    """Writes to a file beside `out` that takes its name when all is written."""
    aside = out.with_name(f".{out.name}-{os.getpid()}")
    try:
        if out.is_dir():
            raise IsADirectoryError(errno.EISDIR, "是一个文件夹")
        out.parent.mkdir(parents=True, exist_ok=True)
        stream = aside.open("w", encoding="utf-8", errors="replace")
    except OSError as error:
        raise UsageError(f"写不了 {out}（{error.strerror}）。", "请用 --out 换一个位置。") from error
    try:
        with stream:
            yield stream.write
        aside.replace(out)
    finally:
        aside.unlink(missing_ok=True)


def write_file(out: Path, content: bytes) -> None:
    """Writes a file that takes its name when all is written. Raises UsageError if the place cannot be written to."""
    aside = out.with_name(f".{out.name}-{os.getpid()}")
    try:
        if out.is_dir():
            raise IsADirectoryError(errno.EISDIR, "是一个文件夹")
        out.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(content)
        aside.replace(out)
    except OSError as error:
        raise UsageError(f"写不了 {out}（{error.strerror}）。", "请用 --out 换一个位置。") from error
    finally:
        aside.unlink(missing_ok=True)
