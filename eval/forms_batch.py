"""One batch in a process of its own, measured from inside: `python -m eval.forms_batch FOLDER WORKERS`.

Prints JSON: how many drafts, the seconds of checking and of writing the reports, and the peak memory in MB, of this
process and of it with its readers. For eval/forms_bench.py, which starts it. Linux only.
"""

import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

_PROC = Path("/proc")
_EVERY_SECONDS = 0.25


def family(parents: dict[int, int], root: int) -> set[int]:
    """The process `root` with all that descend from it. In: each process with its parent."""
    found, added = {root}, True
    while added:
        more = {pid for pid, parent in parents.items() if parent in found} - found
        found |= more
        added = bool(more)
    return found


def number_of(text: str, name: str) -> int:
    """The number on the line `name:` of a file in /proc; 0 if it has no such line."""
    for line in text.splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    return 0


def _read(pid: int, name: str) -> str:
    try:
        return (_PROC / str(pid) / name).read_text(encoding="ascii", errors="replace")
    except OSError:  # it has ended meanwhile
        return ""


def family_mb(root: int) -> float:
    """What a process and its descendants hold now; pages that several share are divided among them."""
    pids = [int(entry.name) for entry in _PROC.iterdir() if entry.name.isdigit()]
    parents = {pid: number_of(_read(pid, "status"), "PPid") for pid in pids}
    return sum(number_of(_read(pid, "smaps_rollup"), "Pss") for pid in family(parents, root)) / 1024


@contextmanager
def watched(root: int) -> Iterator[list[float]]:
    """The memory of the family, taken again and again while the block runs."""
    seen, over = [family_mb(root)], threading.Event()

    def look() -> None:
        while not over.wait(_EVERY_SECONDS):
            seen.append(family_mb(root))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def run(folder: Path, workers: int) -> dict[str, float]:
    """Checks all drafts of the folder and writes the reports, as `mic precheck FOLDER --out` does."""
    from assistant.config import load_settings
    from assistant.precheck.batch import check_all
    from assistant.precheck.check import open_desk
    from assistant.precheck.inputs import gather
    from assistant.precheck.out_folder import opened, write_reports
    from eval.counterfactuals import PACK

    desk = open_desk(load_settings().model_copy(update={"pack_dir": str(PACK)}))
    with tempfile.TemporaryDirectory(prefix="mic-bench-") as aside, watched(os.getpid()) as memory:
        inputs = gather([folder], Path(aside) / "work", desk.limits)
        out = Path(aside) / "out"
        start = time.perf_counter()
        # The batch takes a worker for each processor and has no setting for it.
        with opened(out, desk) as journal, patch("os.cpu_count", return_value=workers):
            reports = check_all(inputs, desk, lambda *_: None, journal)
        checked = time.perf_counter()
        write_reports(out, reports, desk, _write)
        written = time.perf_counter()
    return {
        "drafts": len(reports),
        "unreadable": sum(report.outcome == "unreadable" for report in reports),
        "check_s": checked - start,
        "reports_s": written - checked,
        "own_mb": number_of(_read(os.getpid(), "status"), "VmHWM") / 1024,
        "family_mb": max(memory),
    }


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]), int(sys.argv[2]))))
