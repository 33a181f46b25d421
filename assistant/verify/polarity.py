"""Force and negation: what the law says 应当, 可以 or 不得 of, the statement says the same of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.verify.context import Context
from assistant.verify.subjects import find_agents
from assistant.verify.support import Reason, Support, unsupported
from assistant.verify.text import Reading, Token
from assistant.verify.vocabulary import vocabulary

_LONGEST_CUE = 4  # words
_NO_CUE = "none"  # 不可抗力, 可归责: they only look like one
_JOINS = frozenset("而并且但却则或、和及")
_REACH_OF_NOT = 10  # characters
_SAME_CUE = 0.6
_VERB_WITH_OBJECT = 4  # characters
_CASES = re.compile("情形|情况|条件|之一")
_PREPOSITIONS = frozenset("对向将把由在与以按依为自从经因给就同和或")
_NEGATIONS = frozenset(("not", "forbid", "exempt"))
_ALLOWS = re.compile("可以|有权|予以?支持|人民法院应")
# What may be said where the law says the key. A bare sentence of law obliges; what it merely allows, forbids or
# encourages must be said so.
MAY_STAND_FOR: dict[str, frozenset[str]] = {
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
    """For each character the force that governs it: the last cue before it in its clause.

    The items of a list are governed by the words that lead it in, up to the next full stop.
    """
    found = [""] * (len(reading.text) + 1)
    cues = list(find_cues(reading))
    lead, last = "", 0
    for clause in reading.clauses:
        if "。" in reading.text[last : clause.start]:
            lead = ""
        force, position = lead, clause.start
        for cue in (c for c in cues if clause.start <= c.start < clause.end):
            _govern(found, force, position, cue.start)
            force, position = _joined(force, cue, reading.text[position : cue.start]), cue.start
        _govern(found, force, position, clause.end)
        last = clause.end
        if reading.text[last : last + 1] == ":":
            # 有下列情形之一的，可以解除：(一)…: what follows are the cases, and nobody may do them.
            cases = _CASES.search(reading.text, clause.start, clause.end)
            lead = force if force in ("may", "must", "forbid") and not cases else ""
    return tuple(found)


def _govern(found: list[str], force: str, start: int, end: int) -> None:
    """A force reaches to the end, a mere negation only over the next words."""
    reach = min(end, start + _REACH_OF_NOT) if force == "not" else end
    found[start:reach] = [force] * (reach - start)


def _joined(before: str, cue: Cue, between: str) -> str:
    """A negation under a force forbids or exempts; two negations in one breath cancel out."""
    near = len(between) <= 6 and not _JOINS & set(between) and "的" not in between
    if cue.force == "encourage" and before and near:
        return before  # 可以支持起诉: here 支持 is what may be done
    if cue.force != "not":
        return cue.force
    if near and before == "must":
        return "not"
    return "must" if near and before in ("not", "forbid") and len(between) <= 3 else "not"


@lru_cache(maxsize=256)
def cue_ends(reading: Reading) -> dict[int, int]:
    """Where each cue ends, and its length."""
    return {cue.end: cue.end - cue.start for cue in find_cues(reading)}


def find_cues(reading: Reading) -> Iterator[Cue]:
    """The longest cues, made of whole words; a word such as 不动产 is none."""
    tokens, cues, index = reading.tokens, vocabulary().cues, 0
    while index < len(tokens):
        for size in range(min(_LONGEST_CUE, len(tokens) - index), 0, -1):
            word = reading.text[tokens[index].start : tokens[index + size - 1].end]
            force = cues.get(word)
            if force:
                if force != _NO_CUE:
                    yield Cue(tokens[index].start, tokens[index + size - 1].end, force)
                index += size - 1
                break
        index += 1


def check_polarity(context: Context) -> Support | None:
    """The first word that the statement says with another force than the quotes, if there is one."""
    mine, theirs = forces(context.statement), forces(context.quotes)
    for token in _anchors(context.statement):
        places = best_places(context, token)
        if places and not any(_agrees(context, token.start, mine[token.start], theirs[p], p) for p in places):
            said, law = mine[token.start] or "bare", theirs[places[0]] or "bare"
            return unsupported(Reason.POLARITY, f"{token.text}: {said} for {law}")
    return _check_opposites(context)


def _anchors(reading: Reading) -> Iterator[Token]:
    """What force is compared at: the two characters after each cue, and every verb and adjective."""
    named = {place for agent in find_agents(reading) for place in range(agent.start, agent.end)}
    for cue in find_cues(reading):
        if cue.end in named:
            continue  # 未经出租人同意: what is denied is the consent
        end = min(cue.end + 2, reading.clauses[number].end) if (number := reading.clause_of(cue.start)) >= 0 else 0
        if end - cue.end == 2 and reading.text[cue.end] not in _PREPOSITIONS:
            yield Token(cue.end, end, reading.text[cue.end : end], "v")
    for token in reading.tokens:
        if token.start in named:
            continue  # the 抵押 of 抵押权人 is not done by anyone
        if len(token.text) > 1 and token.text not in vocabulary().cues and (token.verb or token.tag[0] in "ail"):
            yield token


def _agrees(context: Context, start: int, mine: str, theirs: str, place: int) -> bool:
    """Whether the statement's force may stand for that of the quotes at a place."""
    if mine in MAY_STAND_FOR[theirs]:
        return True
    length = cue_ends(context.statement).get(start, 0)
    if length < cue_ends(context.quotes).get(place, 0):
        length = 0  # 可以 is cut out of 不可以
    if (
        length
        and not _negated_once_more(context, start - length, place - length)
        and context.statement.text[start - length : start] == context.quotes.text[place - length : place]
    ):
        return True  # the same word before it, however the words around were cut
    if mine == "may" and not theirs:
        # 旅游者请求…的，人民法院应予支持: what is granted may be asked for. Of what simply happens 可以 says no more.
        words = context.statement.text[start : start + 2]
        sentence = context.quotes.clauses[context.quotes.clause_of(place)].sentence
        return words not in vocabulary().binding or _ALLOWS.search(context.text_of([sentence])) is not None
    return False


def _negated_once_more(context: Context, start: int, place: int) -> bool:
    """Whether a negation stands right before this one where the quotes have none: 并非不予调整."""
    mine, theirs = cue_ends(context.statement).get(start, 0), cue_ends(context.quotes).get(place, 0)
    before = context.statement.text[start - mine : start]
    return bool(mine) and vocabulary().cues.get(before) in _NEGATIONS and not theirs


def best_places(context: Context, token: Token, slack: float = 0.5) -> list[int]:
    """Where in the quotes the word stands in surroundings like these."""
    words: tuple[str, ...] = (token.text,)
    if len(token.text) == _VERB_WITH_OBJECT:
        words = (token.text[:2],)  # 承担责任 is 承担相应的责任, too
    elif token.text not in context.quotes.text:
        words = tuple(vocabulary().same.get(token.text, ()))
    mine, theirs = cue_ends(context.statement).get(token.start, 0), cue_ends(context.quotes)
    scored = [
        (context.score(token.start, token.end, place, len(form), (mine, theirs.get(place, 0))), place)
        for form in words
        for place in context.quotes.places(form)
    ]
    word = context.statement.text[token.start - mine : token.start]
    # The same cue before it speaks for a place, but less than one more character around it does.
    scored = [(v + _SAME_CUE * bool(mine and context.quotes.text[:p].endswith(word)), p) for v, p in scored]
    own = [s for s in scored if s[1] < context.known_from] or scored
    top = max((s for s, _ in own), default=0.0)
    return [place for s, place in own if s >= top - slack]


def _check_opposites(context: Context) -> Support | None:
    """审批 where the quotes say 报备 of the same: of the same case first, then of the same words around it."""
    for word in context.statement.tokens:
        negated = context.statement.text[max(0, word.start - 1) : word.end]
        token = Token(word.start - 1, word.end, negated, word.tag) if negated in vocabulary().opposites else word
        others = vocabulary().opposites.get(token.text)
        rivals = [o for o in others or () if o in context.quotes.text and o not in context.statement.text]
        if not rivals:
            continue
        rival = max(rivals, key=lambda other: _best(context, token, other))
        mine, theirs = (_case(context, token, word, (token.text, rival)) for word in (token.text, rival))
        if mine == theirs:
            mine, theirs = _best(context, token, token.text) + 1, _best(context, token, rival)
        if theirs > mine:
            return unsupported(Reason.POLARITY, f"{token.text} for {rival}")
    return None


def _case(context: Context, token: Token, word: str, but: tuple[str, str]) -> float:
    """How much the case that the quotes give a word in shares with the statement, the words in question left out."""
    said = context.statement.segment_of(token.start).bigrams
    best = 0.0
    for place in context.quotes.places(word):
        if word == "合格" and context.quotes.text[place - 1 : place] == "不":
            continue
        shared = said & context.quotes.segment_of(place).bigrams
        best = max(best, sum(context.weight(g) for g in shared if not any(g in w for w in but)))
    return round(best, 3)


def _best(context: Context, token: Token, word: str) -> float:
    """How well the surroundings of the word fit where the quotes have it best; nothing where they do not."""
    places = context.quotes.places(word)
    return max((context.score(token.start, token.end, p, len(word)) for p in places), default=0.0)
