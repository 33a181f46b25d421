"""Time and memory of the pre-check on this machine: `python -m eval.forms_bench [--json] [--write]`.

Forms per second by format: the dev forms, one after the other with one warm reader, as in a batch. And a batch of many
drafts, all different, with one and with two workers, each in a process of its own.

It keeps to about `--seconds`: formats are timed as often as a third of it allows, once at least, and a batch has as
many drafts as the rest allows at the speed that was found, so that both batches end in time; the tables say how many.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from assistant.config import PROJECT, load_settings
from assistant.errors import MicError
from assistant.files.read_draft import ReaderPool
from assistant.precheck.check import Desk, check_file, open_desk
from eval.bench import Numbers, machine, progress
from eval.cases import FOLDER
from eval.counterfactuals import PACK
from eval.forms.plan import Plan, plans
from eval.forms.table import load_table
from eval.forms_make import PAPER, WRITERS, Form, make_forms
from eval.report import markdown_table

RESULTS = FOLDER / "results" / "forms-bench.md"
DRAFTS = 1000
SECONDS = 330
# A batch of fewer says nothing; of the time that is left both batches get this share, the rest is for making drafts.
_FEWEST = 50
_FOR_BATCHES = 0.6
WORKERS = (1, 2)


@dataclass(frozen=True)
class Speed:
    """How fast the forms of one format are: seconds of each form, every form as often as it was checked."""

    seconds: tuple[float, ...]

    @property
    def per_second(self) -> float:
        return len(self.seconds) / sum(self.seconds)

    def as_json(self) -> Numbers:
        middle = median(self.seconds)
        return {"checked": len(self.seconds), "per_second": self.per_second, "median_ms": 1000 * middle}


@dataclass(frozen=True)
class FormsBench:
    """All that was measured. `batches`: the numbers of eval/forms_batch.py by how many workers there were."""

    speeds: dict[str, Speed]
    batches: dict[int, Numbers]
    kinds: dict[str, int]
    load: float = 0.0

    def as_json(self) -> dict[str, object]:
        return {
            "formats": {kind: speed.as_json() for kind, speed in self.speeds.items()},
            "batches": {str(workers): found for workers, found in self.batches.items()},
            "kinds": self.kinds,
            "scaling": scaling(self.batches),
            "machine": machine(),
            "load": self.load,
        }


def scaling(batches: dict[int, Numbers]) -> float | None:
    """How many times as fast the checking is with the most workers as with the fewest; None for one batch only."""
    if len(batches) < 2:
        return None
    return batches[min(batches)]["check_s"] / batches[max(batches)]["check_s"]


def speeds(
    forms: Sequence[Form], check: Callable[[Form], object], repeats: int, seconds: float = float("inf")
) -> dict[str, Speed]:
    """The speed of each format. One form of each is checked before the clock runs: libraries and models load.

    Every form is checked `repeats` times, fewer if another round would take longer than is left of `seconds`.
    """
    begun = time.perf_counter()
    for form in {form.kind: form for form in forms}.values():
        check(form)
    found: dict[str, list[float]] = {}
    for done in range(repeats):
        spent = time.perf_counter() - begun
        if done and spent * (done + 1) / done > seconds:
            break
        for form in forms:
            start = time.perf_counter()
            check(form)
            found.setdefault(form.kind, []).append(time.perf_counter() - start)
    return {kind: Speed(tuple(found[kind])) for kind in sorted(found)}


def format_speeds(desk: Desk, repeats: int, scans: bool, seconds: float) -> dict[str, Speed]:
    """The speeds on the dev forms, in one process that reads and one that judges."""
    with tempfile.TemporaryDirectory(prefix="forms-") as folder, ReaderPool(desk.limits) as readers:
        forms, missing = make_forms("dev", Path(folder), scans)
        if missing:
            progress(f"{missing} forms need LibreOffice and are left out")
        forms = [form for form in forms if form.origin == "generated"]
        return speeds(forms, lambda form: check_file(form.path, desk, readers=readers), repeats, seconds)


def affordable(found: dict[str, Speed], drafts: int, seconds: float) -> int:
    """How many drafts a batch may have so that all batches end within `seconds`, at the speeds that were found."""
    plain = [speed for kind, speed in found.items() if kind not in ("scan", "pdf")]
    each = sum(sum(speed.seconds) for speed in plain) / max(1, sum(len(speed.seconds) for speed in plain))
    possible = int(seconds * _FOR_BATCHES / (len(WORKERS) * each)) if each else drafts
    return max(min(drafts, possible // _FEWEST * _FEWEST), min(drafts, _FEWEST))


def many_plans(count: int) -> list[Plan]:
    """`count` forms by the layouts of dev, in their proportions but for those on paper; each has other values."""
    table = load_table()
    layouts = [layout for layout in table.layouts["dev"] if layout.format not in PAPER]
    times = -(-count // sum(layout.forms for layout in layouts))
    layouts = [layout.model_copy(update={"forms": layout.forms * times}) for layout in layouts]
    grown = table.model_copy(update={"layouts": {"dev": tuple(layouts)}, "prose": {"dev": ()}})
    made = plans(grown, "dev")
    return [made[i * len(made) // count] for i in range(count)]


def write_batch(count: int, folder: Path) -> dict[str, int]:
    """Writes the drafts of a batch; gives how many there are of each format."""
    todo = many_plans(count)
    for plan in todo:
        WRITERS[plan.format](plan, folder / plan.file)
    return dict(sorted(Counter(plan.kind for plan in todo).items()))


def batch_numbers(folder: Path, workers: int) -> Numbers:
    command = [sys.executable, "-m", "eval.forms_batch", str(folder), str(workers)]
    done = subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.PIPE, text=True)
    numbers: Numbers = json.loads(done.stdout.strip().splitlines()[-1])
    return numbers


def measure(desk: Desk, drafts: int, repeats: int, scans: bool, seconds: float) -> FormsBench:
    progress("forms by format")
    begun, load = time.perf_counter(), os.getloadavg()[0]
    found = format_speeds(desk, repeats, scans, seconds / 3)
    drafts = affordable(found, drafts, max(0.0, seconds - (time.perf_counter() - begun)))
    batches = {}
    with tempfile.TemporaryDirectory(prefix="drafts-") as folder:
        kinds = write_batch(drafts, Path(folder))
        for workers in WORKERS:
            progress(f"{drafts} drafts, workers: {workers}")
            batches[workers] = batch_numbers(Path(folder), workers)
    return FormsBench(found, batches, kinds, load)


def markdown(bench: FormsBench) -> str:
    """The tables."""
    rows = [
        [kind, f"{len(speed.seconds)}", f"{speed.per_second:.1f}", f"{1000 * median(speed.seconds):.0f} ms"]
        for kind, speed in bench.speeds.items()
    ]
    texts = [markdown_table(["format", "checked", "forms per second", "median"], rows)]
    batch = [
        [
            f"{workers}",
            f"{found['check_s']:.1f} s",
            f"{found['drafts'] / found['check_s']:.1f}",
            f"{found['reports_s']:.1f} s",
            f"{found['own_mb']:.0f} MB",
            f"{found['family_mb']:.0f} MB",
            f"{found['unreadable']:.0f}",
        ]
        for workers, found in bench.batches.items()
    ]
    drafts = sum(bench.kinds.values())
    kinds = ", ".join(f"{count} {kind}" for kind, count in bench.kinds.items())
    texts.append(f"A batch of {drafts:,} different drafts ({kinds}):")
    head = ["workers", "checking", "drafts per second", "the three reports", "peak memory", "with its readers"]
    texts.append(markdown_table([*head, "unreadable"], batch))
    gain = scaling(bench.batches)
    if gain is not None:
        few, most = min(bench.batches), max(bench.batches)
        texts.append(f"Checking with {most} workers is {gain:.2f} times as fast as with {few}.")
    texts.append(f"Machine: {machine()}; load average {bench.load:.1f} at the start.")
    return "\n\n".join(texts) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; 0 done, 2 wrong usage, 3 pack or settings broken."""
    parser = argparse.ArgumentParser(prog="python -m eval.forms_bench", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--json", action="store_true", help="the numbers as JSON instead of tables")
    parser.add_argument("--write", action="store_true", help=f"also write {RESULTS.name}")
    parser.add_argument("--drafts", type=int, default=DRAFTS, help="how many drafts the batch has")
    parser.add_argument("--repeats", type=int, default=3, help="how often each form is checked for its format's speed")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="about how long it may take in all")
    parser.add_argument("--no-scans", action="store_true", help="leave out what needs recognition")
    options = parser.parse_args(arguments)
    if options.drafts < 1 or options.repeats < 1 or options.seconds <= 0:
        parser.error("--drafts and --repeats must be at least 1, --seconds more than 0")
    try:
        desk = open_desk(load_settings().model_copy(update={"pack_dir": str(PACK)}))
    except MicError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    bench = measure(desk, options.drafts, options.repeats, not options.no_scans, options.seconds)
    if options.write:
        head = (
            "# Time and memory of the pre-check\n\nWritten by `python -m eval.forms_bench --write`; what is "
            "measured is in [docs/evaluation.md](../../docs/evaluation.md).\n\n"
        )
        RESULTS.write_text(head + markdown(bench), encoding="utf-8")
    print(json.dumps(bench.as_json()) if options.json else markdown(bench))
    return 0


if __name__ == "__main__":
    sys.exit(main())
