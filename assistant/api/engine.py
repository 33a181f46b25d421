"""What the page and the programs' interface need of the assistant, and how much one conversation may hold."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol

from assistant.law.pack import Pack
from assistant.qa.models import Answer
from assistant.rules.facts import Facts

MAX_TURNS = 30
MAX_CHARS = 2000


class Engine(Protocol):
    """An assistant, or whatever stands around one and counts or records what it says."""

    @property
    def packs(self) -> tuple[Pack, ...]: ...

    def ask_in_steps(self, turns: Sequence[str], today: date | None = None) -> Iterator[Answer]:
        """The answer while it is being worded; the last one is whole."""
        ...

    def facts(self, turns: Sequence[str]) -> Facts:
        """What the turns state of the person."""
        ...
