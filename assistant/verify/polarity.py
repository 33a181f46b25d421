"""Force and negation: what the law says 应当, 可以 or 不得 of, the statement says the same of."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.verify.context import Context
from assistant.verify.support import Reason, Support, unsupported
from assistant.verify.text import Reading, Token
from assistant.verify.vocabulary import vocabulary

_LONGEST_CUE = 4  # words
_JOINS = frozenset("而并且但却则")
# What may be said where the law says the key. A bare sentence of law obliges; what it merely allows, forbids or
# encourages must be said so.
_MAY_STAND_FOR: dict[str, frozenset[str]] = {
    "must": frozenset({"must", ""}),
    "": frozenset({"", "must"}),
    "may": frozenset({"may", ""}),
    "forbid": frozenset({"forbid", "not"}),
    "not": frozenset({"not", "forbid"}),
    "exempt": frozenset({"exempt", "not"}),
    "encourage": frozenset({"encourage"}),
}


@dataclass(frozen=True, slots=True)
class Cue:
    """A word of force or negation at `[start, end)`."""

    start: int
    end: int
    force: str


@lru_cache(maxsize=256)
def forces(reading: Reading) -> tuple[str, ...]:
    """For each character the force that governs it: the last cue before it in its clause."""
    found = [""] * (len(reading.text) + 1)
    cues = list(find_cues(reading))
    for clause in reading.clauses:
        force, position = "", clause.start
        for cue in (c for c in cues if clause.start <= c.start < clause.end):
            found[position : cue.start] = [force] * (cue.start - position)
            force, position = _joined(force, cue, reading.text[position : cue.start]), cue.start
        found[position : clause.end] = [force] * (clause.end - position)
    return tuple(found)


def _joined(before: str, cue: Cue, between: str) -> str:
    """A negation under a force forbids or exempts; two negations in one breath cancel out."""
    near = len(between) <= 6 and not _JOINS & set(between) and "的" not in between
    if cue.force != "not":
        if before in ("not", "forbid") and near and cue.force in ("not", "forbid", "exempt"):
            return "must"
        return cue.force
    if near and before == "must":
        return "not"
    if near and before in ("not", "forbid"):
        return "must"
    return "not"


def find_cues(reading: Reading) -> Iterator[Cue]:
    """The longest cues, made of whole words; a word such as 不动产 is none."""
    tokens, cues, index = reading.tokens, vocabulary().cues, 0
    while index < len(tokens):
        for size in range(min(_LONGEST_CUE, len(tokens) - index), 0, -1):
            word = reading.text[tokens[index].start : tokens[index + size - 1].end]
            force = cues.get(word)
            if force:
                yield Cue(tokens[index].start, tokens[index + size - 1].end, force)
                index += size - 1
                break
        index += 1


def check_polarity(context: Context) -> Support | None:
    """The first word that the statement says with another force than the quotes, if there is one."""
    mine, theirs = forces(context.statement), forces(context.quotes)
    cues = vocabulary().cues
    for token in context.statement.tokens:
        if len(token.text) < 2 or token.text in cues or not (token.content and (token.verb or token.tag[0] in "ai")):
            continue
        places = best_places(context, token)
        if places and not any(mine[token.start] in _MAY_STAND_FOR[theirs[p]] for p in places):
            said, law = mine[token.start] or "bare", theirs[places[0]] or "bare"
            return unsupported(Reason.POLARITY, f"{token.text}: {said} for {law}")
    return _check_opposites(context)


def best_places(context: Context, token: Token, slack: float = 0.3) -> list[int]:
    """Where in the quotes the word stands in surroundings like these."""
    words = (token.text,) if token.text in context.quotes.text else tuple(vocabulary().same.get(token.text, ()))
    scored = [
        (context.score(token.start, token.end, place, len(word)), place)
        for word in words
        for place in context.quotes.places(word)
    ]
    own = [s for s in scored if s[1] < context.known_from] or scored
    top = max((s for s, _ in own), default=0.0)
    return [place for s, place in own if s >= top - slack]


def _check_opposites(context: Context) -> Support | None:
    """审批 where the quotes say 报备 of the same."""
    text, law = context.statement.text, context.quotes.text
    for token in context.statement.tokens:
        others = vocabulary().opposites.get(token.text)
        if not others:
            continue
        clause = context.statement.clause_of(token.start)
        near = context.text_of(context.sentences_of(clause, 0.75)) if clause >= 0 else ""
        if token.text in near or not near:
            continue
        if any(other in near and other not in text for other in others) or token.text not in law:
            rivals = [o for o in others if o in near]
            if rivals:
                return unsupported(Reason.POLARITY, f"{token.text} for {rivals[0]}")
    return None
