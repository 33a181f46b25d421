"""One dialogue: what is said turn by turn, and what has to be so after each turn.

A line of `dev.jsonl` or `test.jsonl`: `{"id", "tags", "turns": [{"say", …}]}`. Of a turn, all but `say` may be absent:
`status`; `facts`: field to value as the contract writes it, several allowed ones parted by `|`; `absent`: fields of
which no exact value may be known; `verdicts`: field to verdict; `asks`: fields of which one is asked next, `*` for any;
`flips`: field to `before>after`, `{}` where no verdict may flip; `says`: words that stand in the answer or its quotes.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
TODAY = date(2026, 6, 15)
"""The day on which the dialogues take place."""


@dataclass(frozen=True)
class Turn:
    say: str
    status: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)
    verdicts: dict[str, str] = field(default_factory=dict)
    asks: list[str] = field(default_factory=list)
    flips: dict[str, str] | None = None
    says: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Dialogue:
    id: str
    tags: list[str]
    turns: list[Turn]


def parts() -> list[str]:
    """The parts there are: `dev` for tuning, `test` and, where there is one, `fresh` for measuring only."""
    return [name for name in ("dev", "test", "fresh") if (FOLDER / f"{name}.jsonl").is_file()]


def load_dialogues(split: str) -> list[Dialogue]:
    """The dialogues of one part."""
    lines = (FOLDER / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()
    return list(_read(json.loads(line) for line in lines if line.strip()))


def _read(rows: Iterator[dict[str, Any]]) -> Iterator[Dialogue]:
    for row in rows:
        yield Dialogue(row["id"], row["tags"], [Turn(**turn) for turn in row["turns"]])
