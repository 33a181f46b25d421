"""Checks the floors, or writes them: `python -m eval.floors [--write [--looser]]`.

Checking asks the bounded part only, as the tests do; `make eval` checks the rest. Writing takes the rest from the last
`eval/results/evaluation.json`. Exit code 1 if a figure falls below its floor, or if writing would have loosened one.
"""

import argparse
import sys
from collections.abc import Sequence

from assistant.config import load_settings
from assistant.errors import MicError
from assistant.retrieval.embedding import load_embedder
from eval.counterfactuals import PACK
from eval.evaluation.files import read_evaluation
from eval.evaluation.gather import figures_by_place
from eval.floors.bounded import bounded
from eval.floors.floor import broken, load_floors, told, write_floors, written
from eval.subject import open_subject


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; 0 all hold, 1 not, 3 pack, index or settings broken."""
    parser = argparse.ArgumentParser(prog="python -m eval.floors", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--write", action="store_true", help="set the floors by the rule; none becomes looser")
    parser.add_argument("--looser", action="store_true", help="with --write: also where that loosens one; say why")
    options = parser.parse_args(arguments)
    try:
        settings = load_settings()
        measured = bounded(open_subject(PACK, settings, load_embedder(settings.embedding_model)))
    except MicError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    floors = load_floors()
    if options.write:
        last = read_evaluation()
        if last is not None and last.whole:
            measured |= figures_by_place(last)
        floors, refused = written(floors, measured, looser=options.looser)
        write_floors(floors)
        for floor in refused:
            print("kept:", told(floor, measured[floor.where, floor.measure]))
        return 1 if refused else 0
    fallen = broken(floors, measured)
    for floor, rate in fallen:
        print("below its floor:", told(floor, rate))
    print(f"{len(measured)} figures, {len(fallen)} below their floors")
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
