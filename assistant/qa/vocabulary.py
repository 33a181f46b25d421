"""General words for understanding questions, read from `vocabulary.toml`; they know no regulation."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Vocabulary:
    """`stop`, `stop_en`: words without a topic. `process`: words about applying. `small_talk`: what asks nothing.

    `restrict`: words that narrow a question. `synonyms`: everyday word to legal words.
    """

    stop: frozenset[str]
    stop_en: frozenset[str]
    process: frozenset[str]
    process_en: frozenset[str]
    restrict: frozenset[str]
    small_talk: frozenset[str]
    synonyms: dict[str, tuple[str, ...]]


@cache
def general_vocabulary() -> Vocabulary:
    raw = tomllib.loads((Path(__file__).parent / "vocabulary.toml").read_text(encoding="utf-8"))
    return Vocabulary(
        frozenset(raw["stop"].split()),
        frozenset(raw["stop_en"].split()),
        frozenset(raw["process"].split()),
        frozenset(raw["process_en"].split()),
        frozenset(raw["restrict"].split()),
        frozenset(raw["small_talk"].split()),
        {word: tuple(targets) for word, targets in raw["synonyms"].items()},
    )
