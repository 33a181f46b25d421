"""The pre-check on draft forms whose verdicts are known: `python -m eval.forms_run [--split PART]`.

Writes the forms of eval/forms into a temporary folder, checks them in one process and compares every field. Tables go
to stdout (JSON with --json), progress to stderr. Of the held-out parts only what they come to is shown.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.config import load_settings
from assistant.errors import MicError
from assistant.files.read_draft import ReaderPool
from assistant.precheck.check import Desk, check_file, open_desk
from eval.cases import FOLDER
from eval.counterfactuals import PACK
from eval.figures import write_figures
from eval.forms.score import FormScore, failures, score_form
from eval.forms.summary import by, by_field, forms_tables, parts, summarise_forms
from eval.forms.table import SPLITS, Split
from eval.forms_make import Form, make_forms
from eval.rates import Rate

RESULTS = FOLDER / "results" / "forms.md"
# The forms were written in this year: what they date later is still to come.
WRITTEN = date(2025, 12, 31)
FRESH_NOTE = (
    "The fresh part was committed before the changes after it were made, and first came to 0.879 of 1007 field "
    "verdicts with 20 false `met` (generated, without scans), 0.974 of 152 with 2 (hand). Who wrote it made those "
    "changes too, without a look at its failures but with its counts by field known; a drop in those led to the last "
    "change, so its figures are better than an unseen form's would be. The unseen part has been measured between "
    "changes since, with its counts by field known; first it came to 0.828 of 1178 with 15 (generated), 0.938 of 209 "
    "with none (hand). Of 30 further forms, written later and run before any change, 0.890 of 570 field verdicts were "
    "right, with 4."
)


@dataclass(frozen=True)
class FormsRun:
    """What one run found. `left_out` counts forms that could not be made without LibreOffice."""

    pack_sha256: str
    scores: list[FormScore]
    left_out: int

    def as_json(self) -> dict[str, object]:
        """Every part with its formats and fields."""
        found: dict[str, object] = {}
        for name, group in parts(self.scores).items():
            formats = {kind: s.as_json() for kind, s in by(group, lambda score: score.form.kind).items()}
            fields = {field: value.as_json() for field, value in by_field(group).items()}
            found[name] = summarise_forms(group).as_json() | {"formats": formats, "fields": fields}
        return {"pack_sha256": self.pack_sha256, "left_out": self.left_out, "parts": found}

    @property
    def figures(self) -> dict[str, dict[str, Rate | int]]:
        """The totals of every part, without what depends on the machine."""
        summaries = {name: summarise_forms(group) for name, group in parts(self.scores).items()}
        return {n: {k: v for k, v in vars(s).items() if isinstance(v, Rate | int)} for n, s in summaries.items()}

    @property
    def markdown(self) -> str:
        note = f"\n\n{self.left_out} forms need LibreOffice and were left out." if self.left_out else ""
        return forms_tables(self.scores) + note + "\n"


def measure_forms(splits: Sequence[Split], desk: Desk, folder: Path, scans: bool = True) -> FormsRun:
    """Makes and checks the forms of the parts. One reader serves all, as in a batch."""
    scores: list[FormScore] = []
    left_out = 0
    with ReaderPool(desk.limits) as readers:
        for split in splits:
            forms, missing = make_forms(split, folder / split, scans)
            left_out += missing
            print(f"{split}: {len(forms)} forms", file=sys.stderr, flush=True)
            scores += [_check(form, desk, readers) for form in forms]
    return FormsRun(desk.pack.sha256, scores, left_out)


def _check(form: Form, desk: Desk, readers: ReaderPool) -> FormScore:
    started = time.perf_counter()
    report = check_file(form.path, desk, readers=readers)
    return score_form(form, report, time.perf_counter() - started)


def write_results(run: FormsRun, path: Path) -> None:
    head = (
        "# Draft forms\n\nWritten by `python -m eval.forms_run --write`; what is measured is in "
        "[docs/evaluation.md](../../docs/evaluation.md), what the forms are in [eval/forms](../forms/README.md).\n"
        "Everything is tuned on dev. The test part has been measured between many changes, so it is no longer clean. "
        f"{FRESH_NOTE} Times are of one machine that had other things to do.\n\n"
        f"Pack text {run.pack_sha256[:12]}.\n\n"
    )
    path.write_text(head + run.markdown, encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; 0 done, 2 wrong usage, 3 pack or settings broken."""
    parser = argparse.ArgumentParser(prog="python -m eval.forms_run", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--split", choices=(*SPLITS, "all"), default="dev")
    parser.add_argument("--json", action="store_true", help="the results as JSON instead of tables")
    parser.add_argument("--no-scans", action="store_true", help="only what needs no recognition, in seconds")
    parser.add_argument("--failures", action="store_true", help="also the wrong fields of dev, with their reasons")
    parser.add_argument("--write", action="store_true", help=f"check all parts and write {RESULTS.name}")
    options = parser.parse_args(arguments)
    if options.write and options.no_scans:
        parser.error("--write needs the scans too")
    splits = SPLITS
    if options.split != "all" and not options.write:
        splits = (options.split,)
    try:
        desk = open_desk(load_settings().model_copy(update={"pack_dir": str(PACK)}), today=WRITTEN)
    except MicError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    with tempfile.TemporaryDirectory(prefix="forms-") as folder:
        run = measure_forms(splits, desk, Path(folder), not options.no_scans)
    if options.write:
        write_results(run, RESULTS)
        write_figures("forms", run.figures)
    wrong = failures(run.scores) if options.failures else []
    if options.json:
        print(json.dumps(run.as_json() | ({"failures": wrong} if options.failures else {}), ensure_ascii=False))
    else:
        print("\n".join([run.markdown, *wrong]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
