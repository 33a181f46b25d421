"""What is established before a model is asked, and what it says: plain data, in the terms of no other room."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A quote that may be cited by its number. `place` names the provision for programs, `names` for people."""

    n: int
    place: str
    names: tuple[str, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says of the person's own facts: `verdict` met, not_met or review."""

    verdict: str
    told: str  # 固定人员数：75人，还差5人
    gap: str  # 5人, empty where nothing falls short
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Established:
    """All that a model may word. `places` must all be cited and `values` all be said, or it no longer answers."""

    turns: tuple[str, ...]
    sources: tuple[Source, ...]
    findings: tuple[Finding, ...] = ()
    places: frozenset[str] = frozenset()
    values: tuple[str, ...] = ()

    def cited(self, numbers: Sequence[int]) -> list[Source]:
        """The sources with these numbers; empty if one of them does not exist."""
        by_number = {source.n: source for source in self.sources}
        return [by_number[n] for n in numbers] if all(n in by_number for n in numbers) else []


@dataclass(frozen=True, slots=True)
class Worded:
    """A sentence and the numbers of the sources it rests on."""

    text: str
    citations: tuple[int, ...]
