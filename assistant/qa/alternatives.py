"""Grades and kinds that a regulation sets against each other: what it says of one is no answer about another."""

import re
from collections.abc import Collection
from functools import cached_property

from assistant.law.sentences import Span
from assistant.qa.evidence import Evidence, Unit

_DIVIDED = re.compile(
    r"分[为成](?P<members>[^，。；：]{2,60}?)(?:[一二三四五六七八九十\d]+个?)?(?:等级|等次|档次?|类别?|种|级别?)(?![\u4e00-\u9fff]*、)"
)
_JOINTS = re.compile(r"[、和及与或]|以及")
_LONGEST = 8


class Alternatives:
    """The groups of one document (评估结果分为优秀、良好、合格、不合格四个等级)."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence

    @cached_property
    def groups(self) -> tuple[frozenset[str], ...]:
        found = []
        for unit in self.evidence.units:
            for match in _DIVIDED.finditer(unit.sentence.text):
                members = [m.strip("“”\"' ") for m in _JOINTS.split(match.group("members"))]
                if len(members) >= 2 and all(1 < len(m) <= _LONGEST for m in members):
                    found.append(frozenset(members))
        return tuple(dict.fromkeys(found))

    def about_another(self, question: str) -> list[bool]:
        """Of each unit, whether it speaks of other members of a group than those that the question names."""
        wanted = self._wanted(question)
        return [
            any(_named(unit, group) and not _named(unit, members) for group, members in wanted)
            for unit in self.evidence.units
        ]

    def _wanted(self, question: str) -> list[tuple[frozenset[str], frozenset[str]]]:
        """The groups that the question names members of, each with those members."""
        if not any(member in question for group in self.groups for member in group):
            return []
        asked = self.evidence.segment(Span(0, len(question), question))
        named = [(group, frozenset(m for m in group if asked.find(m) >= 0)) for group in self.groups]
        return [(group, members) for group, members in named if members]


def _named(unit: Unit, members: Collection[str]) -> bool:
    return any(unit.sentence.find(member) >= 0 for member in members)
