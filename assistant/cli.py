"""The commands: results on stdout, everything else on stderr, and how it went as the exit code.

0: done; 1: some input could not be read, the rest was done; 2: wrong usage; 3: pack, index, settings broken.
Each group of commands is a file in `commands/`. Heavy libraries are imported inside the commands that need them; what
they print goes to stderr.
"""

import io
import os
import sys
import traceback
from collections.abc import Sequence

import typer

from assistant.commands import (
    asking,
    cite_checking,
    keys,
    open_matter_report,
    packs,
    precheck,
    reading,
    records,
    serving,
    staff,
)
from assistant.commands.output import progress, sentence
from assistant.errors import MicError

app = typer.Typer(add_completion=False, no_args_is_help=True, help="查阅、检索和询问法规条文，预审自评表。")
for group in (reading, asking, precheck, cite_checking, open_matter_report, packs, records, serving, keys, staff):
    app.add_typer(group.app)

# Typer brings its own Click along in some versions; this is Click's UsageError in all of them.
_CommandLineError: type[Exception] = typer.BadParameter.__mro__[1]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code. Every error becomes one sentence here."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        given = None if arguments is None else list(arguments)
        code = app(args=given, prog_name="mic", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except MicError as error:
        return _failed(sentence(error), error.exit_code)
    except _CommandLineError as error:
        message = str(getattr(error, "format_message", error.__str__)()).strip()
        return _failed(f"命令用法不对：{message or '缺少子命令。'} 用 mic --help 查看用法。", 2)
    except (KeyboardInterrupt, typer.Abort):
        return _failed("已中断。", 130)
    except BrokenPipeError:  # the reader, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception:
        return _failed("程序内部出错，这次没有完成；设置 MIC_DEBUG=1 后重试可看到详细信息。", 1)


def _failed(message: str, code: int) -> int:
    if os.environ.get("MIC_DEBUG") == "1":
        traceback.print_exc()
    progress(message)
    return code
