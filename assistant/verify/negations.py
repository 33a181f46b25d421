"""Negations that the quotes do not have, and those of the quotes that a statement leaves out.

`polarity` compares the force of words that both have. Here it is the clause that counts: 这并非必要 said after
the law's words, 并非不予 for 不予, or 原则上与…重复 where the law has 不.
"""

import re
from itertools import pairwise

from assistant.verify.context import Context
from assistant.verify.polarity import Cue, find_cues
from assistant.verify.support import Reason, Support, unsupported
from assistant.verify.text import Clause, Reading
from assistant.verify.vocabulary import vocabulary

_NEGATIVE = frozenset(("not", "forbid", "exempt"))
_NEAR = 0.4
_TOLD = 0.85  # of a clause's words: so much of it is told that its negation must be, too
_LONG = 6  # pairs of characters
_BREATH = 2  # characters between two negations in one breath


def check_negations(context: Context) -> Support | None:
    """The first negation of the statement without one in the quotes, or of the quotes without one in the statement."""
    return _unfounded(context) or _doubled(context) or _denied_duty(context) or _left_out(context)


def _negations(reading: Reading) -> list[Cue]:
    return [cue for cue in find_cues(reading) if cue.force in _NEGATIVE]


def _unfounded(context: Context) -> Support | None:
    """A statement denies something of which the quotes deny nothing."""
    implied = vocabulary().implied_negation
    theirs = {
        context.quotes.clauses[n].sentence for c in _negations(context.quotes) if (n := _at(context.quotes, c)) >= 0
    }
    for cue in _negations(context.statement):
        number = _at(context.statement, cue)
        if number < 0:
            continue
        near = context.sentences_of(number, _NEAR)
        if not near & theirs and not implied.search(context.text_of(near or set(context.quotes.sentences))):
            return unsupported(Reason.POLARITY, context.statement.text[cue.start : cue.end + 6])
    return None


def _doubled(context: Context) -> Support | None:
    """并非不予: two negations in one breath, which the quotes do not have there."""
    doubled = {context.quotes.text[second.start : second.end] for _, second in _in_one_breath(context.quotes)}
    for first, second in _in_one_breath(context.statement):
        word = context.statement.text[second.start : second.end]
        if word not in doubled and _is_denied(context, second):
            return unsupported(Reason.POLARITY, context.statement.text[first.start : second.end])
    return None


def _denied_duty(context: Context) -> Support | None:
    """不属于需经…审批的事项: a negation right before a duty that the quotes impose."""
    duties = {context.quotes.text[c.end : c.end + 2] for c in find_cues(context.quotes) if c.force == "must"}
    cues = [c for c in find_cues(context.statement) if c.force in (*_NEGATIVE, "must")]
    for denial, duty in _in_one_breath(context.statement, cues):
        after = context.statement.text[duty.end : duty.end + 2]
        if denial.force in _NEGATIVE and duty.force == "must" and after in duties:
            return unsupported(Reason.POLARITY, context.statement.text[denial.start : duty.end + 2])
    return None


def _in_one_breath(reading: Reading, cues: list[Cue] | None = None) -> list[tuple[Cue, Cue]]:
    cues = _negations(reading) if cues is None else cues
    return [(a, b) for a, b in pairwise(cues) if b.start - a.end <= _BREATH and _at(reading, a) == _at(reading, b)]


def _is_denied(context: Context, cue: Cue) -> bool:
    """Whether the quotes deny, with one negation, what follows a negation of the statement."""
    after = context.statement.text[cue.end : cue.end + 2]
    return any(after and after in context.quotes.text[c.start : c.end + 8] for c in _negations(context.quotes))


def _left_out(context: Context) -> Support | None:
    """A clause of the quotes that is told but for its negation."""
    said = context.statement
    for cue in _negations(context.quotes):
        number = _at(context.quotes, cue)
        if number < 0 or cue.start >= context.known_from:
            continue
        clause = context.quotes.clauses[number]
        if len(clause.bigrams) < _LONG:
            continue  # 不予支持: polarity compares the words themselves
        for mine in said.clauses:
            if _told(clause, mine) >= _TOLD and _is_nearest(context, mine, clause) and not _denies(said, mine):
                return unsupported(Reason.POLARITY, f"{context.quotes.text[cue.start : cue.end + 8]} left out")
    return None


def _told(clause: Clause, mine: Clause) -> float:
    return len(clause.bigrams & mine.bigrams) / len(clause.bigrams)


def _is_nearest(context: Context, mine: Clause, clause: Clause) -> bool:
    """Whether no other clause of the quotes is as near: 出租人同意的 stands beside 出租人不同意的."""
    others = (c for c in context.quotes.clauses if c != clause)
    return all(_alike(mine, other) < _alike(mine, clause) for other in others)


def _alike(mine: Clause, theirs: Clause) -> float:
    return len(mine.bigrams & theirs.bigrams) / len(mine.bigrams | theirs.bigrams)


def _denies(reading: Reading, clause: Clause) -> bool:
    inside = reading.text[clause.start : clause.end]
    cues = any(clause.start <= c.start < clause.end for c in _negations(reading))
    return (
        cues
        or vocabulary().implied_negation.search(inside) is not None
        or re.search("[不未非无没]", inside) is not None
    )


def _at(reading: Reading, cue: Cue) -> int:
    return reading.clause_of(cue.start)
