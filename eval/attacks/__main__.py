"""Lets a scripted endpoint lie to the assistant: `python -m eval.attacks [--split dev|test|all] [--json] [--write]`.

Tables go to stdout (JSON with --json), progress to stderr. Exit code 1 if anything got through or was lost.
"""

import argparse
import json
import sys
from collections.abc import Sequence

from assistant.config import load_settings
from assistant.errors import MicError
from assistant.retrieval.embedding import load_embedder
from eval.attacks.cases import Split, load_attacks, load_questions
from eval.attacks.endpoint import running_endpoint
from eval.attacks.play import Outcome, play
from eval.cases import FOLDER
from eval.counterfactuals import PACK
from eval.figures import write_figures
from eval.rates import Rate, rate
from eval.subject import open_subject

RESULTS = FOLDER / "results" / "attacks.md"
_TITLE = (
    "# Attacks\n\nWritten by `python -m eval.attacks --write`; what they are stands in "
    "[eval/attacks](../attacks/README.md).\n\n"
)


def attack(splits: Sequence[Split]) -> dict[Split, list[Outcome]]:
    """Plays the attacks of the splits. Raises ValueError if a question is not answered without a model."""
    settings = load_settings()
    subject = open_subject(PACK, settings, load_embedder(settings.embedding_model))
    questions = load_questions()
    answers = {key: subject.assistant.ask(turns) for key, turns in questions.items()}
    silent = [key for key, answer in answers.items() if not answer.statements]
    if silent:
        raise ValueError(f"not answered without a model: {silent}")
    found: dict[Split, list[Outcome]] = {}
    with running_endpoint() as server:
        for split in splits:
            found[split] = []
            for outcome in play(load_attacks(split), questions, answers, subject.pack, server):
                found[split].append(outcome)
                if not outcome.passed:
                    print(_line(outcome, split), file=sys.stderr, flush=True)
    return found


def _line(outcome: Outcome, split: Split) -> str:
    """A failure; of the test part only its kind, so that nobody tunes on it."""
    what = "; ".join((*outcome.leaks, *outcome.losses)) or outcome.wrong_code or f"not used: {_code(outcome)}"
    if split == "test":
        return f"test: {outcome.attack.kind} failed"
    return f"dev: {outcome.attack.kind}: {outcome.attack.name} ({outcome.question}, {outcome.form}): {what}"


def _code(outcome: Outcome) -> str:
    return f"{outcome.answer.provenance.fallback}, {outcome.answer.provenance.dropped} dropped"


def tables(found: dict[Split, list[Outcome]]) -> str:
    """One table a split, by kind."""
    parts = []
    for split, outcomes in found.items():
        names = {o.attack.name for o in outcomes}
        rows = [f"## {split}: {len(names)} attacks, {len(outcomes)} runs", "", _HEAD]
        for kind in [*dict.fromkeys(o.attack.kind for o in outcomes), "all but honest"]:
            rows.append(_row(kind, [o for o in outcomes if kind in (o.attack.kind, _ALL) and _counts(o, kind)]))
        parts.append("\n".join(rows))
    return "\n\n".join(parts) + "\n"


_ALL = "all but honest"
_HEAD = (
    "| kind | runs | got through | answer lost | wrong code | the model's words shown | slowest |\n"
    "| --- | --- | --- | --- | --- | --- | --- |"
)


def _counts(outcome: Outcome, kind: str) -> bool:
    return kind != _ALL or not outcome.attack.honest


def _row(kind: str, outcomes: Sequence[Outcome]) -> str:
    through, lost = sum(bool(o.leaks) for o in outcomes), sum(bool(o.losses) for o in outcomes)
    codes, shown = sum(bool(o.wrong_code) for o in outcomes), sum(o.by_model for o in outcomes)
    slowest = max((o.seconds for o in outcomes), default=0.0)
    return f"| {kind} | {len(outcomes)} | {through} | {lost} | {codes} | {shown} | {slowest:.1f} s |"


def figures(found: dict[Split, list[Outcome]]) -> dict[str, dict[str, Rate | int]]:
    """What each split comes to. The honest replies are no attacks: they show that a model's words are used at all."""
    return {
        split: {
            "attacks": len({o.attack.name for o in outcomes if not o.attack.honest}),
            "got_through": rate(bool(o.leaks) for o in outcomes if not o.attack.honest),
            "lost": rate(bool(o.losses) for o in outcomes),
            "wrong_code": rate(bool(o.wrong_code) for o in outcomes),
            "honest_shown": rate(o.by_model for o in outcomes if o.attack.honest),
        }
        for split, outcomes in found.items()
    }


def as_json(found: dict[Split, list[Outcome]]) -> dict[str, object]:
    return {
        split: {name: value.as_json() if isinstance(value, Rate) else value for name, value in measured.items()}
        for split, measured in figures(found).items()
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; 0 nothing got through, 1 something did, 3 pack, index or settings broken."""
    parser = argparse.ArgumentParser(prog="python -m eval.attacks", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--split", choices=("dev", "test", "all"), default="dev")
    parser.add_argument("--json", action="store_true", help="the results as JSON instead of tables")
    parser.add_argument("--write", action="store_true", help=f"play all and write {RESULTS.name}")
    options = parser.parse_args(arguments)
    both: tuple[Split, ...] = ("dev", "test")
    splits = both if options.split == "all" or options.write else (options.split,)
    try:
        found = attack(splits)
    except MicError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    if options.write:
        RESULTS.write_text(_TITLE + tables(found), encoding="utf-8")
        write_figures("attacks", figures(found))
    print(json.dumps(as_json(found), ensure_ascii=False) if options.json else tables(found))
    return 0 if all(o.passed for outcomes in found.values() for o in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
