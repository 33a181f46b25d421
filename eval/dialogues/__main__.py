"""How far the interview gets the dialogues right: `python -m eval.dialogues [--split dev|test|all] [--show]`.

Each turn is asked with all turns before it, as a program would through `mic ask --batch`. `--show` names what went
wrong, of the development part only: the test part is not to be tuned on.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date

from assistant.config import load_settings
from assistant.qa.models import Answer
from eval.dialogues.cases import TODAY, Dialogue, load_dialogues, parts
from eval.dialogues.score import Point, points
from eval.rates import Rate, rate

KINDS = {
    "fact": "facts", "verdict": "verdicts", "flip": "what-if", "status": "status", "asks": "next question",
    "says": "words",
}  # fmt: skip
Ask = Callable[[Sequence[str], date], Answer]


def run(dialogues: Sequence[Dialogue], ask: Ask) -> list[list[tuple[str, list[Point]]]]:
    """For every dialogue its turns, each with what was said and what came of its expectations."""
    result = []
    for dialogue in dialogues:
        said: list[str] = []
        turns = []
        for turn in dialogue.turns:
            said.append(turn.say)
            turns.append((turn.say, points(turn, ask(said, TODAY))))
        result.append(turns)
    return result


def rates(scored: Sequence[Sequence[tuple[str, list[Point]]]]) -> dict[str, Rate]:
    """The measures over one part. A turn without expectations is not counted as one."""
    every = [point for turns in scored for _, found in turns for point in found]
    measured = {name: rate(p.right for p in every if p.kind == kind) for kind, name in KINDS.items()}
    checked = [[all(p.right for p in found) for _, found in turns if found] for turns in scored]
    return measured | {
        "turns": rate(right for turns in checked for right in turns),
        "dialogues": rate(all(turns) for turns in checked),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=(*parts(), "all"), default="all")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    from assistant.qa.service import open_assistant

    assistant = open_assistant(load_settings(), lambda words: print(words, file=sys.stderr))
    found = {}
    for split in parts() if chosen.split == "all" else [chosen.split]:
        dialogues = load_dialogues(split)
        scored = run(dialogues, assistant.ask)
        found[split] = rates(scored)
        if chosen.show and split == "dev":
            _show(dialogues, scored)
    if chosen.json:
        print(json.dumps({s: {n: r.as_json() for n, r in m.items()} for s, m in found.items()}, indent=1))
        return
    for split, measured in found.items():
        print(f"## {split}\n\n| measure | right | of | share | 95 % |\n|---|---|---|---|---|")
        for name, one in measured.items():
            low, high = one.interval or (0.0, 0.0)
            share = "–" if one.share is None else f"{one.share:.1%}"
            print(f"| {name} | {one.hits:.0f} | {one.of} | {share} | {low:.1%}–{high:.1%} |")
        print()


def _show(dialogues: Sequence[Dialogue], scored: Sequence[Sequence[tuple[str, list[Point]]]]) -> None:
    for dialogue, turns in zip(dialogues, scored, strict=True):
        for said, found in turns:
            for point in found:
                if not point.right:
                    print(f"{dialogue.id} “{said}” {point.kind} {point.name}: {point.wanted} ≠ {point.found}")


if __name__ == "__main__":
    main()
