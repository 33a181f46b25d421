"""General words of conversations, read from `words.toml`; they know no regulation."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.forms.words import plain

_CLAUSE = re.compile(r"(?:[^,，。;；!！?？\n.]|\.(?!\s|$)|,(?=[0-9]{3}(?![0-9])))+[?？]?")


@dataclass(frozen=True)
class Words:
    """Lists of words by name; all made plain, longest first."""

    lists: dict[str, tuple[str, ...]]
    years: dict[str, int]

    def of(self, name: str) -> tuple[str, ...]:
        return self.lists[name]

    def has(self, name: str, text: str) -> bool:
        """Whether one of the words stands in a text."""
        return holds(text, self.lists[name])


@cache
def general_words() -> Words:
    raw = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    lists = {
        f"{table}.{name}": _listed(words)
        for table, named in raw.items()
        for name, words in named.items()
        if isinstance(words, str)
    }
    return Words(lists, dict(raw["dates"]["years"]))


def holds(text: str, words: Sequence[str]) -> bool:
    """Whether one of the words, which are plain, stands in a text. Latin words begin where a word begins."""
    spaced = f" {re.sub(r'[^a-z0-9&]+', ' ', text.lower())} "
    bare = plain(text)
    return any(_stands(word, bare, spaced) for word in words)


def _stands(word: str, bare: str, spaced: str) -> bool:
    if not word.isascii() or not word[0].isalpha():
        return word.replace(" ", "") in bare
    return f" {re.sub(r'[^a-z0-9&]+', ' ', word)}" in spaced


def clauses_of(text: str) -> list[str]:
    """The clauses of a turn, a question mark kept at its end."""
    parted = re.sub(r" and (?=we\b|our\b|it\b|the\b)", ", ", text, flags=re.IGNORECASE)
    return [found.group().strip() for found in _CLAUSE.finditer(parted) if found.group().strip()]


def _listed(words: str) -> tuple[str, ...]:
    return tuple(sorted((word.replace("_", " ").lower() for word in words.split()), key=len, reverse=True))
