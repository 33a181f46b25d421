"""What one answer has to say for itself after a turn: each expectation, and whether it holds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.qa.models import Answer
from eval.dialogues.cases import Turn

_UNIT = re.compile(r"(?<=[0-9])(?:人|万元)$")


@dataclass(frozen=True)
class Point:
    """One expectation. `kind`: fact, verdict, flip, status, asks, says."""

    kind: str
    name: str
    wanted: str
    found: str
    right: bool


def points(turn: Turn, answer: Answer) -> list[Point]:
    """Every expectation of a turn against its answer."""
    return [
        *_facts(turn, answer),
        *_verdicts(turn, answer),
        *_flips(turn, answer),
        *_rest(turn, answer),
    ]


def stated(answer: Answer) -> dict[str, str]:
    """The values that the answer shows as understood, as the contract writes them."""
    words = {"是": "true", "有": "true", "否": "false", "没有": "false"}
    facts = answer.interview.facts if answer.interview else []
    return {fact.field: words.get(fact.value, _UNIT.sub("", fact.value)) for fact in facts}


def _facts(turn: Turn, answer: Answer) -> Iterator[Point]:
    known = stated(answer)
    for name, wanted in turn.facts.items():
        found = known.get(name, "")
        yield Point("fact", name, wanted, found, found in wanted.split("|"))
    for name in turn.absent:
        found = known.get(name, "")
        yield Point("fact", name, "not exact", found, not found.isdigit())


def _verdicts(turn: Turn, answer: Answer) -> Iterator[Point]:
    for name, wanted in turn.verdicts.items():
        found = {a.verdict for a in answer.assessments if a.field == name}
        yield Point("verdict", name, wanted, "|".join(sorted(found)), found == {wanted})


def _flips(turn: Turn, answer: Answer) -> Iterator[Point]:
    flips = {f.field: f"{f.before}>{f.after}" for f in (answer.interview.flips if answer.interview else [])}
    turned = {name: flip for name, flip in flips.items() if len(set(flip.split(">"))) > 1}
    if turn.flips is None:
        return
    for name, wanted in turn.flips.items():
        yield Point("flip", name, wanted, flips.get(name, ""), flips.get(name) == wanted)
    if not turn.flips:
        shown = bool(answer.interview and answer.interview.flips)
        yield Point("flip", "none", "no verdict flips", str(turned or shown), shown and not turned)


def _rest(turn: Turn, answer: Answer) -> Iterator[Point]:
    if turn.status:
        yield Point("status", "status", turn.status, answer.status, answer.status == turn.status)
    if turn.asks:
        asked = answer.interview.asked if answer.interview else None
        fields = asked.fields if asked and answer.interview and not answer.interview.paused else []
        right = bool(fields) and ("*" in turn.asks or bool(set(fields) & set(turn.asks)))
        yield Point("asks", "asks", "|".join(turn.asks), "|".join(fields), right)
    text = "\n".join((answer.answer, *(c.quote for c in answer.citations)))
    for words in turn.says:
        yield Point("says", words, words, "" if words in text else answer.answer[:160], words in text)
