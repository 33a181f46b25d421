"""Measures everything and writes it down: `python -m eval.evaluation` (this is `make eval`).

Writes evaluation.json, evaluation.html and README.md into eval/results, and checks the floors. `--page` draws the page
again from the JSON and what the slow measurements wrote since; `--readme` prints the table of the project's README.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from assistant.config import PROJECT, load_settings
from assistant.errors import MicError
from eval.counterfactuals import EditError
from eval.evaluation.files import JSON, PAGE, read_evaluation
from eval.evaluation.gather import OTHERS, evaluate, figures_by_place
from eval.evaluation.models import Evaluation, FloorCheck
from eval.evaluation.readme_table import readme_table
from eval.figures import RESULTS, read_figures
from eval.floors.floor import broken, load_floors, told
from eval.page.render import render_page
from eval.run import write_results

SCHEMA = PROJECT / "docs" / "schema" / "evaluation.json"


def checked(evaluation: Evaluation) -> Evaluation:
    """The same with its floors. A trial over a few questions is held to none."""
    measured = figures_by_place(evaluation) if evaluation.whole else {}
    found = [(f, measured.get((f.where, f.measure))) for f in load_floors()]
    checks = [
        FloorCheck(where=f.where, measure=f.measure, share=rate.share or 0.0, floor=f.floor, holds=f.holds(rate))
        for f, rate in found
        if rate is not None
    ]
    return evaluation.model_copy(update={"floors": checks})


def with_others(evaluation: Evaluation) -> Evaluation:
    """The same with what the slow measurements last wrote."""
    return evaluation.model_copy(update={"others": [f for n in OTHERS if (f := read_figures(n)) is not None]})


def write(evaluation: Evaluation, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / JSON).write_text(evaluation.model_dump_json(indent=1) + "\n", encoding="utf-8")
    (folder / PAGE).write_text(render_page(evaluation), encoding="utf-8")


def report_floors(evaluation: Evaluation) -> int:
    """Prints what falls below its floor; the exit code."""
    if not evaluation.whole:
        return 0
    fallen = broken(load_floors(), figures_by_place(evaluation))
    for floor, rate in fallen:
        print("below its floor:", told(floor, rate))
    print(f"{len(evaluation.floors)} figures have a floor, {len(fallen)} fall below it")
    return 1 if fallen else 0


def measure(limit: int | None, folder: Path) -> int:
    found, run = evaluate(load_settings(), limit)
    evaluation = checked(found)
    write(evaluation, folder)
    if evaluation.whole:
        write_results(run, folder / "README.md")
    print(f"{folder / PAGE}\n{folder / JSON}")
    return report_floors(evaluation)


def redraw(folder: Path) -> int:
    evaluation = read_evaluation(folder)
    if evaluation is None:
        print(f"{folder / JSON} is not there: run `make eval` first.", file=sys.stderr)
        return 2
    evaluation = checked(with_others(evaluation))
    write(evaluation, folder)
    return report_floors(evaluation)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; 0 done, 1 below a floor or a case cannot be used, 2 wrong usage, 3 pack or settings broken."""
    parser = argparse.ArgumentParser(prog="python -m eval.evaluation", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--limit", type=int, help="ask so many questions of each set, to try it out; needs --out")
    parser.add_argument("--out", type=Path, default=RESULTS, help="the folder that the results go to")
    parser.add_argument("--page", action="store_true", help="measure nothing, draw the page again")
    parser.add_argument("--readme", action="store_true", help="measure nothing, print the table of README.md")
    parser.add_argument("--schema", action="store_true", help="measure nothing, write the JSON's schema into docs/")
    options = parser.parse_args(arguments)
    if options.limit is not None and (options.limit < 1 or options.out == RESULTS):
        parser.error("--limit is at least 1 and needs another folder to write to: --out")
    if options.schema:
        schema = json.dumps(Evaluation.model_json_schema(), ensure_ascii=False, indent=2)
        SCHEMA.write_text(schema + "\n", encoding="utf-8")
        return 0
    if options.page:
        return redraw(options.out)
    if options.readme:
        evaluation = read_evaluation(options.out)
        print(readme_table(evaluation) if evaluation else "run `make eval` first")
        return 0 if evaluation else 2
    try:
        return measure(options.limit, options.out)
    except EditError as error:
        print(error, file=sys.stderr)
        return 1
    except MicError as error:
        print(error, file=sys.stderr)
        return error.exit_code


if __name__ == "__main__":
    sys.exit(main())
