"""How much has to speak for a sentence before it may answer. The limits were chosen on development questions."""

import re
from collections.abc import Mapping

from assistant.qa.evidence import Unit
from assistant.qa.nearness import Near
from assistant.qa.need import STRICT, Need
from assistant.qa.parts import Part, is_organ
from assistant.qa.supply import anchor, find_any
from assistant.qa.terms import Term

_EXISTENCE = re.compile(r"有没有|有无|有.{0,8}[吗没不][?？]?$|给不给|给.{0,6}[吗不]")
IN_CONTEXT = 0.6
MOST = 6
TELLING = 1.0
NEAREST_RANK = 4
FAR_RANK = 25
TOP_RANK = 3
MOSTLY = 0.34


def level(unit: Unit, term: Term, wide: bool = True) -> float:
    """1 if the sentence has the term, less if only its surroundings have it, 0 if neither.

    `wide`: the sentence before counts as surroundings, where a topic is asked for and no single fact.
    """
    if find_any(unit.sentence, term) >= 0:
        return 1.0
    if wide and unit.before and find_any(unit.before, term) >= 0:
        return IN_CONTEXT
    return IN_CONTEXT if any(find_any(c, term) >= 0 for c in unit.context) else 0.0


def relevant(units: tuple[Unit, ...], part: Part, prior: Mapping[int, Near]) -> tuple[Unit, ...]:
    """Terms that tell little (企业, an organ) prove little: then only what the search holds near may answer."""
    own = [t for t in part.required if not t.asked] or part.required
    telling = sum(t.weight for t in own if not is_organ(t))
    if not prior or part.need in STRICT or part.need is Need.DUTY:
        return units
    if telling < TELLING:
        return tuple(u for u in units if u.is_lead or u.is_heading or prior[u.order].rank <= NEAREST_RANK)
    ranks = {u: prior[u.order].rank for u in units if u.order in prior}
    if min(ranks.values(), default=99) > NEAREST_RANK:
        return units
    return tuple(u for u in units if u.is_lead or ranks.get(u, 99) <= FAR_RANK)


def modifies(part: Part) -> bool:
    """Whether an unknown word is the very thing whose figure is asked (任期几年), or narrows it (硕士人员要多少人)."""
    bound = anchor(part, part.asks[0]) if part.need in STRICT else None
    if bound is None:
        return False
    ask = part.asks[0]
    return any(
        abs(t.end - ask.start) < abs(bound.end - ask.start) or not part.text[t.end : bound.start].strip("的之")
        for t in part.unknown
        if t.end <= max(bound.start, ask.start)
    )


def prior_weight(unit: Unit, prior: Mapping[int, Near]) -> float:
    """Between 0 and 0.5: enough to choose among equals, too little to outvote a term."""
    near = prior.get(unit.order)
    return 0.5 / near.rank if near else 0.0


def enough(part: Part, unit: Unit, levels: list[float], near: Near | None) -> bool:
    """Whether a unit that lacks some terms still speaks of what is asked.

    It has to have the term that matters most, and either lack only one that tells little, or be the sentence that
    the search holds nearest while it has most of the terms by weight.
    """
    terms = part.required
    lacking = [t for t, level in zip(terms, levels, strict=True) if not level]
    total = sum(t.weight for t in terms)
    in_sentence = sum(1 for level in levels if level == 1)
    if part.need in (Need.YES_NO, Need.CONSEQUENCE, Need.WHO) and any(t.noun for t in lacking):
        # 良好的能得到重点支持吗 is not answered by what 优秀 gets.
        return False
    if len(lacking) == 1 and len(levels) >= 3 and in_sentence >= 2:
        return lacking[0].weight <= total * (0.3 if lacking[0].noun else 0.4)
    if near is None or near.rank > (NEAREST_RANK if part.need in STRICT else TOP_RANK):
        return False
    bound = anchor(part, part.asks[0]) if part.need in STRICT else None
    essential = bound or max((t for t in terms if t.known), key=lambda t: t.weight, default=None)
    if essential is None:
        return False
    covered = sum(t.weight for t, level in zip(terms, levels, strict=True) if level)
    return find_any(unit.sentence, essential) >= 0 and covered >= MOSTLY * total


def best(scored: list[tuple[float, Unit]], part: Part) -> tuple[Unit, ...]:
    """The units that come near the best score, in the order of the law."""
    top = max(s for s, _ in scored)
    margin = 0.12 if part.need in STRICT else 0.2
    kept = [(s, u) for s, u in scored if s >= top * (1 - margin) - 0.3]
    kept.sort(key=lambda s: (-s[0], s[1].order))
    units = tuple(sorted((u for _, u in kept[:MOST]), key=lambda u: u.order))
    leads = tuple(u for u in units if u.is_lead)
    if leads and part.need in (Need.REQUIREMENT, Need.LIST, Need.PROCEDURE, Need.COUNT):
        # Where the law gives a list of what is asked for, the list is the answer.
        return leads
    kinds = {f.kind for f in part.figures}
    same = tuple(u for u in units if kinds & {v.kind for v in u.values})
    return same if same and part.need is Need.YES_NO else units


def rests_on_near_words(part: Part) -> bool:
    """Whether a yes or no would hang on a word that is only near.

    有没有补贴 may be answered by what the law calls 资金; 初创公司能牵头吗 may not by a sentence on 中小企业.
    """
    nouns = [t for t in part.required if t.known and t.noun]
    near = [t for t in nouns if t.near and not is_organ(t)]
    return bool(near) and not (_EXISTENCE.search(part.text) and len(nouns) == 1)
