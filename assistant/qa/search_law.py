"""Finds the sentences of the law that settle one thing asked, or says that none does and why."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from assistant.law.locator import Kind
from assistant.law.types import Provision
from assistant.qa.evidence import Evidence, Unit
from assistant.qa.nearness import Near
from assistant.qa.need import STRICT, Need
from assistant.qa.question import Part, is_organ
from assistant.qa.supply import anchor, find_any, supplies
from assistant.qa.terms import Term

_CONJUNCTION = re.compile(r"[、和与及跟]|以及|还有")
_SEPARATELY = re.compile(r"分别|各自|各是|各有|各占|两者|对比|区别")
_IN_CONTEXT = 0.6
_WHOLE = frozenset(
    {Need.LIST, Need.TOPIC, Need.REQUIREMENT, Need.PROCEDURE, Need.COUNT, Need.YES_NO, Need.LOCATE, Need.DUTY}
)
_WIDE = frozenset({Need.LIST, Need.TOPIC, Need.REQUIREMENT, Need.PROCEDURE, Need.LOCATE, Need.WHO})
_EXISTENCE = re.compile(r"有没有|有无|有.{0,8}[吗没不][?？]?$|给不给|给.{0,6}[吗不]")
# Acts of an authority that people set against each other (报备还是审批).
_ACTS = frozenset({"审批", "报备", "备案", "批复", "批准", "核准", "审核", "审查"})
_DUTIES = frozenset({"职责", "工作职责", "任务", "分工", "工作"})
_NAMED = frozenset({Need.YES_NO, Need.REQUIREMENT, Need.METHOD, Need.CRITERION, Need.DUTY})
_MOST = 6
# Chosen on the development questions (eval/results).
_MOST_UNKNOWN = 2
_TELLING = 2.0
_NEAREST_RANK = 3
_FAR_RANK = 25
_TOP_RANK = 2
_MOSTLY = 0.5


@dataclass(frozen=True)
class Found:
    """What settles a part. `units` are quoted; `whole` provisions are given with everything below them.

    Without units nothing settles it: `unknown` are the person's words that the law does not have, `unmet` says
    that the law speaks of the matter and does not give what was asked.
    """

    part: Part
    units: tuple[Unit, ...] = ()
    whole: tuple[Provision, ...] = ()
    unknown: tuple[Term, ...] = ()
    near: tuple[Unit, ...] = ()
    unmet: bool = False
    open_terms: tuple[Term, ...] = ()

    @property
    def settled(self) -> bool:
        return bool(self.units or self.whole)


class LawSearch:
    """Matches parts of questions with the sentences of one document."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.document = evidence.document

    def find(self, part: Part, prior: Mapping[int, Near] | None = None) -> Found:
        """The sentences that settle a part. `prior`: how near each is by the search."""
        prior = prior or {}
        near = self._nearest(part, prior)
        if part.need in (Need.LIST, Need.TOPIC) and _is_about_organs(part):
            # 省厅管哪些: of an organ alone it is asked what it does.
            part = replace(part, asks=(replace(part.asks[0], need=Need.DUTY), *part.asks))
        elif part.need in _WIDE and part.need is not Need.WHO:
            part = _without_organs_beside_topics(part)
        if part.need is Need.DUTY and any(is_organ(t) for t in part.required):
            organs = tuple(t for t in part.terms if is_organ(t))
            part = replace(
                part, terms=organs, background=(*part.background, *(t for t in part.terms if t not in organs))
            )
        if part.need is Need.YES_NO and part.required and all(is_organ(t) for t in part.required):
            # Whether an organ does something is not settled by its being named.
            return Found(part, near=near, unmet=True)
        acts = tuple(t for t in part.required if set(t.forms) & _ACTS)
        if len(acts) >= 2 and len(acts) < len(part.required):
            return self._either(part, acts, prior)
        if part.unknown:
            found = self._known_of_joined(part, prior) or self._in_other_words(part, prior)
            return found or Found(part, unknown=part.unknown, near=near)
        if _SEPARATELY.search(part.text) or part.need in (Need.LOCATE, Need.DUTY):
            each = self._each(part, prior, near)
            if each:
                return each
        whole = self._whole(part)
        if whole:
            return Found(part, whole=whole, near=near)
        units = self._settling(part, prior)
        if units and part.need is Need.DUTY:
            return Found(part, whole=_own_articles(units), near=near)
        if part.need is Need.YES_NO and _rests_on_near_words(part):
            units = tuple(u for u in units if u.order in prior and prior[u.order].rank <= _TOP_RANK)
        if units:
            units = self._with_heads(units, part)
            leads = tuple(u.provision for u in units if (u.is_lead or u.is_heading) and part.need in _WHOLE)
            return Found(part, tuple(u for u in units if u.provision not in leads), leads, near=near)
        found = self._each(part, prior, near)
        if found is None and part.fallback and not part.fallback.unknown:
            found = self.find(replace(part.fallback, background=part.terms), prior)
            found = found if found.settled else None
        return found or Found(part, near=near, unmet=True)

    # One sentence that has it all

    def _settling(self, part: Part, prior: Mapping[int, Near]) -> tuple[Unit, ...]:
        scored = self._matching(part, prior, strict=True) or self._matching(part, prior, strict=False)
        if not scored and part.need in _WIDE:
            scored = self._within_one_provision(part, prior)
        if not scored or not (part.required or part.need in STRICT or part.need is Need.DEFINITION):
            return ()
        if part.need is Need.LOCATE:
            return tuple(u for _, u in scored)
        return _relevant(_best(scored, part), part, prior)

    def _matching(self, part: Part, prior: Mapping[int, Near], *, strict: bool) -> list[tuple[float, Unit]]:
        """Units that have the part's terms and supply what is asked. Not `strict`: some may lack."""
        scored = []
        for unit in self.evidence.units:
            levels = [_level(unit, term, part.need in _WIDE) for term in part.required]
            complete = all(levels) if strict else _enough(part, unit, levels, prior.get(unit.order))
            if not complete or (levels and max(levels) < 1):
                continue
            if supplies(unit, part, part.asks[0]):
                scored.append((self._score(unit, part, levels, prior), unit))
        return scored

    def _within_one_provision(self, part: Part, prior: Mapping[int, Near]) -> list[tuple[float, Unit]]:
        """Terms may be spread over the sentences of one provision where a topic is asked for and no single fact."""
        scored: list[tuple[float, Unit]] = []
        for units in self.evidence.by_provision.values():
            best = [max(_level(u, t) for u in units) for t in part.required]
            if not all(best) or max(best, default=0) < 1:
                continue
            fitting = [u for u in units if any(find_any(u.sentence, t) >= 0 for t in part.required)]
            if any(supplies(u, part, part.asks[0]) for u in fitting):
                scored += [(self._score(u, part, best, prior), u) for u in fitting]
        return scored

    def _score(self, unit: Unit, part: Part, levels: list[float], prior: Mapping[int, Near]) -> float:
        score = sum(t.weight * level for t, level in zip(part.required, levels, strict=True))
        score += 0.1 * sum(t.weight * _level(unit, t) for t in part.background if t.known and not t.subject)
        if (unit.is_lead or unit.is_heading) and part.need in _WHOLE:
            score += 1.0
        if part.need is Need.DUTY and "负责" in unit.sentence.text and any(is_organ(t) for t in part.required):
            score += 2.0
        return score + _prior(unit, prior)

    def _with_heads(self, units: tuple[Unit, ...], part: Part) -> tuple[Unit, ...]:
        """Who does it may stand at the head of the provision; then that sentence is quoted with it."""
        if part.need is not Need.WHO:
            return units
        heads = [self.evidence.by_provision[u.provision][0] for u in units if u.head is not None]
        return tuple(sorted({*units, *heads}, key=lambda u: u.order))

    # A whole list or chapter

    def _whole(self, part: Part) -> tuple[Provision, ...]:
        """The articles of the chapter whose heading is what is asked about (支持措施有哪些)."""
        if part.need not in (Need.LIST, Need.TOPIC, Need.REQUIREMENT) or not part.required:
            return ()
        for provision in self.document.provisions:
            if provision.kind not in (Kind.CHAPTER, Kind.SECTION) or not provision.heading:
                continue
            if all(any(f in provision.heading for f in t.forms) for t in part.required) and self._fills(
                provision, part
            ):
                return tuple(
                    p for p in self.document.provisions if p.kind is Kind.ARTICLE and provision.locator in p.path
                )
        return ()

    def _fills(self, chapter: Provision, part: Part) -> bool:
        """Whether the terms make up the heading, so that 条件 alone does not call for 申报条件与遴选程序."""
        covered = {i for t in part.required for f in t.forms for i in _places(chapter.heading, f)}
        return len(covered) * 2 >= len(chapter.heading)

    # Several things joined

    def _each(self, part: Part, prior: Mapping[int, Near], near: tuple[Unit, ...]) -> Found | None:
        """人数和研发投入各是多少: each of the joined terms with the rest of the question."""
        group = _joined(part)
        if not group:
            return None
        rest = tuple(t for t in part.terms if t not in group)
        units: list[Unit] = []
        whole: list[Provision] = []
        missing = []
        for term in group:
            found = self.find(replace(part, terms=(*rest, term)), prior)
            if not found.settled:
                missing.append(term)
            units += [u for u in found.units if u not in units]
            whole += [p for p in found.whole if p not in whole]
        if not units and not whole:
            return None
        return Found(part, tuple(units), tuple(whole), near=near, open_terms=tuple(missing))

    def _known_of_joined(self, part: Part, prior: Mapping[int, Near]) -> Found | None:
        """宗旨和原则各是什么: what the law has a word for is answered, the other stays open."""
        group = _joined(part)
        if not group or not set(part.unknown) < set(group):
            return None
        found = self.find(replace(part, terms=tuple(t for t in part.terms if t not in part.unknown)), prior)
        return replace(found, open_terms=(*found.open_terms, *part.unknown)) if found.settled else None

    def _in_other_words(self, part: Part, prior: Mapping[int, Near]) -> Found | None:
        """A question with a word that the law does not have may still be a way of asking what it settles.

        So it is if no such word names a matter of its own, a term that tells much stands in the sentence, and the
        search, which knows meanings, holds that very sentence to be among the nearest.
        """
        if any(t.matter for t in part.unknown) or len(part.unknown) > _MOST_UNKNOWN:
            return None
        if part.need in _NAMED:
            # Whether a thing may be that the law does not name (外资控股的企业能…吗) is not settled by a sentence on others.
            return None
        known = replace(part, terms=tuple(t for t in part.terms if t.known), fallback=None)
        if sum(t.weight for t in known.required if not t.asked) < _TELLING or _modifies(part):
            return None
        found = self.find(known, prior)
        orders = [u.order for u in found.units] + [
            u.order for p in found.whole for u in self.evidence.by_provision.get(p, ())
        ]
        ranks = [prior[o].rank for o in orders if o in prior]
        return found if found.settled and min(ranks, default=99) <= _NEAREST_RANK else None

    def _either(self, part: Part, acts: tuple[Term, ...], prior: Mapping[int, Near]) -> Found:
        """报备就行，不用审批吧: of acts set against each other the sentence that answers has one."""
        found = [
            self.find(replace(part, terms=tuple(t for t in part.terms if t not in acts or t is a)), prior) for a in acts
        ]
        units = {u.order: u for f in found for u in f.units}
        return replace(found[0], units=tuple(units[o] for o in sorted(units)), unmet=not units)

    # What comes close

    def _nearest(self, part: Part, prior: Mapping[int, Near]) -> tuple[Unit, ...]:
        scored = []
        for unit in self.evidence.units:
            score = sum(t.weight * _level(unit, t) for t in (*part.required, *part.background) if not t.subject)
            score += _prior(unit, prior)
            if score > 0:
                scored.append((score, unit))
        scored.sort(key=lambda s: (-s[0], s[1].order))
        return tuple(u for _, u in scored[:3])


def _level(unit: Unit, term: Term, wide: bool = True) -> float:
    """1 if the sentence has the term, less if only its surroundings have it, 0 if neither.

    `wide`: the sentence before counts as surroundings, where a topic is asked for and no single fact.
    """
    if find_any(unit.sentence, term) >= 0:
        return 1.0
    if wide and unit.before and find_any(unit.before, term) >= 0:
        return _IN_CONTEXT
    return _IN_CONTEXT if any(find_any(c, term) >= 0 for c in unit.context) else 0.0


def _relevant(units: tuple[Unit, ...], part: Part, prior: Mapping[int, Near]) -> tuple[Unit, ...]:
    """Terms that tell little (企业, an organ) prove little: then only what the search holds near may answer."""
    telling = sum(t.weight for t in part.required if not is_organ(t) and not t.asked)
    if not prior or part.need in STRICT or part.need is Need.DUTY:
        return units
    if telling < _TELLING:
        return tuple(u for u in units if u.is_lead or u.is_heading or prior[u.order].rank <= _NEAREST_RANK)
    ranks = {u: prior[u.order].rank for u in units if u.order in prior}
    if min(ranks.values(), default=99) > _NEAREST_RANK:
        return units
    return tuple(u for u in units if u.is_lead or ranks.get(u, 99) <= _FAR_RANK)


def _modifies(part: Part) -> bool:
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


def _prior(unit: Unit, prior: Mapping[int, Near]) -> float:
    """Between 0 and 0.5: enough to choose among equals, too little to outvote a term."""
    near = prior.get(unit.order)
    return 0.5 / near.rank if near else 0.0


def _enough(part: Part, unit: Unit, levels: list[float], near: Near | None) -> bool:
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
    if near is None or near.rank > (_NEAREST_RANK if part.need in STRICT else _TOP_RANK):
        return False
    bound = anchor(part, part.asks[0]) if part.need in STRICT else None
    essential = bound or max((t for t in terms if t.known), key=lambda t: t.weight, default=None)
    if essential is None:
        return False
    covered = sum(t.weight for t, level in zip(terms, levels, strict=True) if level)
    return find_any(unit.sentence, essential) >= 0 and covered >= _MOSTLY * total


def _best(scored: list[tuple[float, Unit]], part: Part) -> tuple[Unit, ...]:
    """The units that come near the best score, in the order of the law."""
    top = max(s for s, _ in scored)
    margin = 0.12 if part.need in STRICT else 0.2
    kept = [(s, u) for s, u in scored if s >= top * (1 - margin) - 0.3]
    kept.sort(key=lambda s: (-s[0], s[1].order))
    return tuple(sorted((u for _, u in kept[:_MOST]), key=lambda u: u.order))


def _joined(part: Part) -> tuple[Term, ...]:
    """Terms of a part that stand joined by 、 or 和."""
    group: list[Term] = []
    for left, right in zip(part.required, part.required[1:], strict=False):
        between = part.text[left.end : right.start].strip()
        if left.end <= right.start and _CONJUNCTION.fullmatch(between):
            group += [t for t in (left, right) if t not in group]
    return tuple(group)


def _places(text: str, form: str) -> set[int]:
    at = text.find(form)
    return set(range(at, at + len(form))) if at >= 0 else set()


def _rests_on_near_words(part: Part) -> bool:
    """Whether a yes or no would hang on a word that is only near.

    有没有补贴 may be answered by what the law calls 资金; 初创公司能牵头吗 may not by a sentence on 中小企业.
    """
    nouns = [t for t in part.required if t.known and t.noun]
    near = [t for t in nouns if t.near and not is_organ(t)]
    return bool(near) and not (_EXISTENCE.search(part.text) and len(nouns) == 1)


def _is_about_organs(part: Part) -> bool:
    """省厅管哪些, 省厅的职责有哪些: nothing but organs and a word for duties."""
    organs = [t for t in part.required if is_organ(t)]
    return bool(organs) and all(is_organ(t) or set(t.forms) & _DUTIES for t in part.required)


def _own_articles(units: tuple[Unit, ...]) -> tuple[Provision, ...]:
    """What one does is told by the whole provision that begins with it, and not by its first sentence."""
    return tuple(dict.fromkeys(u.provision for u in units))


def _without_organs_beside_topics(part: Part) -> Part:
    """省里有哪些支持措施: the law need not say 省里 where it lists them."""
    organs = tuple(t for t in part.required if is_organ(t))
    topics = [t for t in part.required if t.known and t.noun and not is_organ(t)]
    if not organs or not topics:
        return part
    return replace(part, terms=tuple(t for t in part.terms if t not in organs), background=(*part.background, *organs))
