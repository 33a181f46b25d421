"""Grades and kinds that a regulation sets against each other: what it says of one is no answer about another."""

import re
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

    def about_another(self, unit: Unit, question: str) -> bool:
        """Whether a sentence speaks of other members of a group than those that the question names."""
        if not any(member in question for group in self.groups for member in group):
            return False
        asked = self.evidence.segment(Span(0, len(question), question))
        for group in self.groups:
            named = {m for m in group if asked.find(m) >= 0}
            spoken = {m for m in group if unit.sentence.find(m) >= 0}
            if named and spoken and not named & spoken:
                return True
        return False
