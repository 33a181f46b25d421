"""Many drafts in one run: on all cores, past every bad file, and after an interruption without doing any twice."""

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing
from datetime import date
from pathlib import Path

from assistant.files.read_draft import ReaderPool
from assistant.precheck.check import Desk, check_file, unreadable
from assistant.precheck.inputs import Input
from assistant.precheck.journal import Journal, content_key
from assistant.precheck.models import Report

# Called after each draft with how many are done, how many there are, and the report.
Progress = Callable[[int, int, Report], None]


def check_all(inputs: Sequence[Input], desk: Desk, progress: Progress, journal: Journal | None = None) -> list[Report]:
    """The reports of all inputs, in their order; files of the same content are checked once.

    With a journal every report is written down as soon as it is there, and what is written down is not done again.
    """
    keys = [_key(one) for one in inputs]
    done: dict[str, Report] = {}
    waiting: dict[str, Input] = {}
    for key, one in zip(keys, inputs, strict=True):
        if one.error:
            done[key] = unreadable(one.name, desk, one.error)
        elif journal and key in journal.done:
            done[key] = journal.done[key]
        else:
            waiting.setdefault(key, one)
    times, count = Counter(keys), 0
    for key, report in [*done.items()]:
        count += times[key]
        progress(count, len(inputs), report)
    with closing(_checked(waiting, desk)) as coming:
        for key, report in coming:
            if journal:
                journal.add(key, report)
            done[key] = report
            count += times[key]
            progress(count, len(inputs), report)
    return [done[key].model_copy(update={"file": one.name}) for key, one in zip(keys, inputs, strict=True)]


def fingerprint(desk: Desk) -> str:
    """What identifies a desk: another text, rule, form, limit, month or version of this program gives another one."""
    month = f"{desk.today or date.today():%Y-%m}"
    rules = (repr(desk.rulebook), desk.schema.model_dump_json(), repr(desk.limits))
    parts = [desk.pack.sha256, *rules, month, _program()]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _program() -> str:
    """The digest of all code that can have a say in a report."""
    house = Path(__file__).resolve().parent.parent
    sources = [
        file for room in ("files", "law", "rules", "forms", "precheck") for file in sorted((house / room).glob("*.*"))
    ]
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in sources)).hexdigest()


def _checked(waiting: dict[str, Input], desk: Desk) -> Generator[tuple[str, Report]]:
    """Each key with its report as it comes. Threads suffice: files are read in processes of their own."""
    cores = os.cpu_count() or 1
    with ReaderPool(desk.limits, cores) as readers, ThreadPoolExecutor(cores) as pool:
        running: dict[Future[Report], str] = {}
        ahead = iter(waiting.items())
        try:
            for key, one in ahead:
                running[pool.submit(check_file, one.path, desk, one.name, readers)] = key
                # Few are handed out at a time, so that an interruption has little to wait for.
                if len(running) >= 2 * cores:
                    yield from _finished(running)
            while running:
                yield from _finished(running)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            readers.close()  # ends what is being read, so that an interruption is not kept waiting
            raise


def _finished(running: dict[Future[Report], str]) -> Iterator[tuple[str, Report]]:
    for future in wait(running, return_when=FIRST_COMPLETED).done:
        yield running.pop(future), future.result()


def _key(one: Input) -> str:
    """The content's key; what cannot be opened is known by its name."""
    if one.error:
        return f"name:{one.name}"
    try:
        return content_key(one.path)
    except OSError:
        return f"name:{one.name}"
