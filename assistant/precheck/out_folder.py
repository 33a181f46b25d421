"""The out folder of a run: its journal while the run goes on, its reports when it is done."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.errors import UsageError
from assistant.precheck.batch import fingerprint
from assistant.precheck.check import Desk
from assistant.precheck.journal import JOURNAL, Journal
from assistant.precheck.models import Report
from assistant.precheck.report_html import as_html
from assistant.precheck.report_json import as_json
from assistant.precheck.report_xlsx import as_xlsx

_LOCK = ".precheck.lock"
COMMENTED, NOTICES = "批注稿", "补正通知"
_REPORTS = ("report.json", "report.xlsx", "report.html")


def products(folder: Path) -> list[Path]:
    """What a run leaves in its out folder, none of which is a draft."""
    return [folder / name for name in (*_REPORTS, JOURNAL, _LOCK, COMMENTED, NOTICES)]


@contextmanager
def opened(folder: Path, desk: Desk) -> Iterator[Journal]:
    """The journal of an out folder, which is made if need be and belongs to one run at a time.

    It is kept unless the block ends well. Raises UsageError if the folder cannot be written to or is in use.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / _LOCK, timeout=0):
            journal = Journal(folder, fingerprint(desk))
            finished = False
            try:
                yield journal
                finished = True
            finally:
                journal.close(finished=finished)
                (folder / _LOCK).unlink(missing_ok=True)
    except Timeout as error:
        raise UsageError(f"另一次预审正在使用文件夹 {folder}。", "请等它结束，或用 --out 换一个文件夹。") from error
    except OSError as error:
        raise UsageError(f"写不了文件夹 {folder}（{error.strerror}）。", "请用 --out 换一个位置。") from error


def write_reports(folder: Path, reports: Sequence[Report], desk: Desk, write: Callable[[Path, bytes], None]) -> None:
    """Writes the three reports of a run with `write`, which takes a path and the bytes to put there."""
    title = desk.pack.about.title
    write(folder / _REPORTS[0], as_json(reports).encode())
    write(folder / _REPORTS[1], as_xlsx(reports, title, desk.kinship))
    write(folder / _REPORTS[2], as_html(reports, title, desk.kinship).encode())
