"""Which questions are held out for measuring, so that none of them is trained on."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from assistant.qa.normalise import normalise
from eval.cases import FOLDER
from eval.other_regulations import split_of

_NO_WORD = re.compile(r"[\W_]+")


def plain(turn: str) -> str:
    """What somebody says, without what does not make it another question: width, script, case, signs and spaces."""
    return _NO_WORD.sub("", normalise(turn)).casefold()


def held_out_files(folder: Path = FOLDER) -> list[Path]:
    """The question sets that are for measuring only."""
    regulations = (folder / "regulations").glob("*/questions.jsonl")
    return [
        *sorted((folder / "questions").glob("test*.jsonl")),
        *sorted((folder / "questions").glob("fresh*.jsonl")),
        *sorted(file for file in regulations if split_of(file.parent.name) == "test"),
    ]


def said_in(rows: Iterable[Mapping[str, Any]]) -> set[str]:
    """All turns of all conversations, plain."""
    return {plain(turn) for row in rows for turn in row["turns"]}


@cache
def held_out_turns() -> frozenset[str]:
    """Every turn of every held-out conversation, those of the held-out edited copies included, plain."""
    edited = (row for row in json_lines(FOLDER / "counterfactuals.jsonl") if row["split"] == "test")
    return frozenset(said_in(edited).union(*(said_in(json_lines(file)) for file in held_out_files())))


def is_shared(turns: Sequence[str]) -> bool:
    """Whether a conversation has any turn of a held-out one, be it only an earlier turn."""
    return any(plain(turn) in held_out_turns() for turn in turns)


def json_lines(file: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file that has one a line."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)
