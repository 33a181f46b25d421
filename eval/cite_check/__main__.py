"""Measures the cite-check on letters with known errors: python -m eval.cite_check [--part dev|test] [--json]."""

import argparse
import json
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from assistant.cite_check import CiteReport, Verdict, check_text
from assistant.cite_check.models import Action
from assistant.config import Settings
from assistant.law.pack import Pack, load_pack

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Letter:
    """One text of `dev.toml` or `test.toml`; README.md says what its fields mean."""

    id: str
    kind: str
    text: str
    error: str
    verdicts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one letter: whether its error was found, and how often something right was called wrong."""

    id: str
    kind: str
    found: bool
    false_alarms: int
    false_exact: int


def letters(part: str) -> list[Letter]:
    raw = tomllib.loads((FOLDER / f"{part}.toml").read_text(encoding="utf-8"))["text"]
    return [Letter(r["id"], r["kind"], r["text"], r["error"], tuple(r["verdicts"])) for r in raw]


def outcome(letter: Letter, report: CiteReport) -> Outcome:
    """The report on a letter held against what is known of it."""
    start = letter.text.find(letter.error) if letter.error else -1
    end = start + len(letter.error)

    def at_error(a: int, b: int) -> bool:
        return start >= 0 and a < end and start < b

    here = [f for f in report.findings if at_error(f.start, f.end)]
    found = any(f.verdict.value in letter.verdicts for f in here)
    alarms = [f for f in report.findings if f.action is Action.CORRECT and not at_error(f.start, f.end)]
    exact = [f for f in here if f.verdict is Verdict.EXACT and start <= f.start and f.end <= end]
    return Outcome(letter.id, letter.kind, found, len(alarms), 0 if found else len(exact))


def measure(part: str, pack: Pack) -> list[Outcome]:
    return [outcome(letter, check_text(letter.text, pack)) for letter in letters(part)]


def table(outcomes: list[Outcome]) -> list[dict[str, object]]:
    """A row for each kind, then one for all errors together."""
    kinds: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        kinds[one.kind].append(one)
    rows = {kind: kinds[kind] for kind in sorted(kinds)} | {"all": outcomes}
    return [
        {
            "kind": kind,
            "texts": len(members),
            "errors": sum(m.kind != "clean" for m in members),
            "found": sum(m.found for m in members),
            "false_alarms": sum(m.false_alarms for m in members),
            "false_exact": sum(m.false_exact for m in members),
        }
        for kind, members in rows.items()
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=("dev", "test"), default="dev")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    outcomes = measure(chosen.part, load_pack(Settings().pack_paths[0]))
    rows = table(outcomes)
    if chosen.json:
        print(json.dumps({"part": chosen.part, "rows": rows}, ensure_ascii=False, indent=1))
        return
    for row in rows:
        print(" | ".join(str(cell) for cell in row.values()))
    if chosen.part == "dev":  # single texts of the test part are not for looking at
        for one in outcomes:
            if (one.kind != "clean" and not one.found) or one.false_alarms or one.false_exact:
                print(one)


if __name__ == "__main__":
    main()
