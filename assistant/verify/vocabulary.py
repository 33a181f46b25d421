"""The words the checks know, read from `vocabulary.toml`: general Chinese of laws, nothing about one regulation."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Vocabulary:
    """What the sections of `vocabulary.toml` say, ready for use; they are explained there."""

    empty: frozenset[str]
    frames: re.Pattern[str]
    same: dict[str, frozenset[str]]
    agents: re.Pattern[str]
    anyone: frozenset[str]
    roles: frozenset[str]
    acts: frozenset[str]
    binding: frozenset[str]
    cues: dict[str, str]
    opposites: dict[str, frozenset[str]]
    units: dict[str, tuple[str, str]]
    bounds_before: dict[str, str]
    bounds_after: dict[str, str]
    strict_bounds: frozenset[str]
    promises: re.Pattern[str]
    verdicts: re.Pattern[str]
    conditions: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    qualifiers: dict[str, frozenset[str]]
    scales: tuple[frozenset[str], ...]
    steps: re.Pattern[str]
    implied_negation: re.Pattern[str]
    closing: re.Pattern[str]
    instructions: re.Pattern[str]
    english: frozenset[str]


def _groups(rows: list[str]) -> dict[str, frozenset[str]]:
    """Word to the other words of its rows."""
    found: dict[str, set[str]] = {}
    for row in rows:
        words = row.split()
        for word in words:
            found.setdefault(word, set()).update(w for w in words if w != word)
    return {word: frozenset(others) for word, others in found.items()}


def _opposites(rows: list[str]) -> dict[str, frozenset[str]]:
    """Word to the words on the other side of its row: `审批 批准 | 报备 备案`."""
    found: dict[str, set[str]] = {}
    for row in rows:
        sides = [side.split() for side in row.split("|")]
        for number, side in enumerate(sides):
            for word in side:
                found.setdefault(word, set()).update(w for n, s in enumerate(sides) if n != number for w in s)
    return {word: frozenset(others) for word, others in found.items()}


@cache
def vocabulary() -> Vocabulary:
    raw = tomllib.loads((Path(__file__).parent / "vocabulary.toml").read_text(encoding="utf-8"))
    return Vocabulary(
        empty=frozenset(raw["empty"].split()),
        frames=re.compile("|".join(raw["frames"])),
        same=_groups(raw["same"]),
        agents=re.compile("(?:" + "|".join(raw["agents"].split()) + r")\Z"),
        anyone=frozenset(raw["anyone"].split()),
        binding=frozenset(raw["binding"].split()),
        acts=frozenset(raw["acts"].split()),
        roles=frozenset(raw["roles"].split()),
        cues={word: cue for cue, words in raw["cues"].items() for word in words.split()},
        opposites=_opposites(raw["opposites"]),
        units={unit: (u["dimension"], u["factor"]) for u in raw["unit"] for unit in u["names"].split()},
        bounds_before={w: bound for bound, words in raw["bounds_before"].items() for w in words.split()},
        bounds_after={w: bound for bound, words in raw["bounds_after"].items() for w in words.split()},
        strict_bounds=frozenset(raw["strict_bounds"].split()),
        promises=re.compile("|".join(raw["promises"])),
        verdicts=re.compile("|".join(raw["verdicts"])),
        conditions=tuple((re.compile(c["said"]), re.compile(c["law"])) for c in raw["condition"]),
        qualifiers={q["word"]: frozenset(q["also"].split()) for q in raw["qualifier"]},
        scales=tuple(frozenset(row.split()) for row in raw["scales"]),
        steps=re.compile(raw["steps"]),
        implied_negation=re.compile("|".join(raw["implied_negation"].split())),
        closing=re.compile("|".join(raw["closing"])),
        instructions=re.compile("|".join(raw["instructions"]), re.IGNORECASE),
        english=frozenset(raw["english"].split()),
    )
