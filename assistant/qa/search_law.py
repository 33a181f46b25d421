"""Finds the sentences of the law that settle one thing asked, or says that none does and why."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.law.locator import Kind
from assistant.law.types import Provision
from assistant.qa.evidence import Evidence, Unit
from assistant.qa.nearness import Near
from assistant.qa.need import STRICT, Need
from assistant.qa.parts import Part, is_organ
from assistant.qa.reading import WIDE, as_asked, joined
from assistant.qa.relevance import (
    NEAREST_RANK,
    TELLING,
    TOP_RANK,
    best,
    enough,
    level,
    modifies,
    prior_weight,
    relevant,
    rests_on_near_words,
)
from assistant.qa.supply import LISTS_STEPS, find_any, supplies
from assistant.qa.terms import Term

_WHAT_TO_DO = re.compile(r"怎么办|咋办|咋整|如何办|怎么弄|咋弄")
_SEPARATELY = re.compile(r"分别|各自|各是|各有|各占|两者|对比|区别")
_WHOLE = frozenset(
    {Need.LIST, Need.TOPIC, Need.REQUIREMENT, Need.PROCEDURE, Need.COUNT, Need.YES_NO, Need.LOCATE, Need.DUTY}
)
# Acts of an authority that people set against each other (报备还是审批).
_ACTS = frozenset({"审批", "报备", "备案", "批复", "批准", "核准", "审核", "审查"})
_NAMED = frozenset({Need.YES_NO, Need.REQUIREMENT, Need.METHOD, Need.CRITERION, Need.DUTY})
# More words than this that the law does not have, and the question is about something else.
_MOST_UNKNOWN = 2


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


def one_of(found: Sequence[Found], text: str) -> Found:
    """What was found for the clauses of one question, as one."""
    asking = max(found, key=lambda f: (f.settled, f.part.need in STRICT, len(f.part.required)))
    return Found(
        replace(asking.part, text=text),
        tuple(sorted({u for f in found for u in f.units}, key=lambda u: u.order)),
        tuple(dict.fromkeys(p for f in found for p in f.whole)),
        tuple(dict.fromkeys(t for f in found if not f.settled for t in f.unknown)),
        tuple(dict.fromkeys(u for f in found for u in f.near)),
        open_terms=tuple(dict.fromkeys(t for f in found for t in f.open_terms)),
    )


class LawSearch:
    """Matches parts of questions with the sentences of one document."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.document = evidence.document

    def find(self, part: Part, prior: Mapping[int, Near] | None = None) -> Found:
        """The sentences that settle a part. `prior`: how near each is by the search."""
        prior = prior or {}
        near = self._nearest(part, prior)
        part = as_asked(part)
        if part.need is Need.YES_NO and part.required and all(is_organ(t) for t in part.required):
            # Whether an organ does something is not settled by its being named.
            return Found(part, near=near, unmet=True)
        if part.need is Need.DUTY and not part.required:
            return Found(part, whole=self._list_of("职责"), near=near)
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
        if part.need is Need.YES_NO and rests_on_near_words(part):
            units = tuple(u for u in units if u.order in prior and prior[u.order].rank <= TOP_RANK)
        steps = self._list_of_steps(units) if part.need is Need.PROCEDURE else ()
        if steps:
            return Found(part, whole=steps, near=near)
        if units:
            units = self._with_heads(units, part)
            leads = tuple(u.provision for u in units if (u.is_lead or u.is_heading) and part.need in _WHOLE)
            return Found(part, tuple(u for u in units if u.provision not in leads), leads, near=near)
        found = self._each(part, prior, near) or self._what_to_do(part, prior)
        if found is None and part.fallback and not part.fallback.unknown:
            found = self.find(replace(part.fallback, background=part.terms), prior)
            found = found if found.settled else None
        return found or Found(part, near=near, unmet=True)

    # One sentence that has it all

    def _settling(self, part: Part, prior: Mapping[int, Near]) -> tuple[Unit, ...]:
        scored = self._matching(part, prior, strict=True) or self._matching(part, prior, strict=False)
        if not scored and part.need in WIDE:
            scored = self._within_one_provision(part, prior)
        if not scored or not (part.required or part.need in STRICT or part.need is Need.DEFINITION):
            return ()
        if part.need is Need.LOCATE:
            return tuple(u for _, u in scored)
        return relevant(best(scored, part), part, prior)

    def _matching(self, part: Part, prior: Mapping[int, Near], *, strict: bool) -> list[tuple[float, Unit]]:
        """Units that have the part's terms and supply what is asked. Not `strict`: some may lack."""
        scored = []
        for unit in self.evidence.units:
            levels = [level(unit, term, part.need in WIDE) for term in part.required]
            complete = all(levels) if strict else enough(part, unit, levels, prior.get(unit.order))
            if not complete or (levels and max(levels) < 1):
                continue
            if supplies(unit, part, part.asks[0]):
                scored.append((self._score(unit, part, levels, prior), unit))
        return scored

    def _within_one_provision(self, part: Part, prior: Mapping[int, Near]) -> list[tuple[float, Unit]]:
        """Terms may be spread over the sentences of one provision where a topic is asked for and no single fact."""
        scored: list[tuple[float, Unit]] = []
        for units in self.evidence.by_provision.values():
            best = [max(level(u, t) for u in units) for t in part.required]
            if not all(best) or max(best, default=0) < 1:
                continue
            fitting = [u for u in units if any(find_any(u.sentence, t) >= 0 for t in part.required)]
            if any(supplies(u, part, part.asks[0]) for u in fitting):
                scored += [(self._score(u, part, best, prior), u) for u in fitting]
        return scored

    def _score(self, unit: Unit, part: Part, levels: list[float], prior: Mapping[int, Near]) -> float:
        score = sum(t.weight * level for t, level in zip(part.required, levels, strict=True))
        score += 0.1 * sum(t.weight * level(unit, t) for t in part.background if t.known and not t.subject)
        if (unit.is_lead or unit.is_heading) and part.need in _WHOLE:
            score += 1.0
        if part.need is Need.DUTY and "负责" in unit.sentence.text and any(is_organ(t) for t in part.required):
            score += 2.0
        return score + prior_weight(unit, prior)

    def _with_heads(self, units: tuple[Unit, ...], part: Part) -> tuple[Unit, ...]:
        """Who does it may stand at the head of the provision; then that sentence is quoted with it."""
        if part.need is not Need.WHO:
            return units
        heads = [self.evidence.by_provision[u.provision][0] for u in units if u.head is not None]
        return tuple(sorted({*units, *heads}, key=lambda u: u.order))

    # A whole list or chapter

    def _list_of(self, word: str) -> tuple[Provision, ...]:
        """中心是干什么的: the list whose lead says that it lists duties."""
        return tuple(u.provision for u in self.evidence.units if u.is_lead and u.sentence.find(word) >= 0)[:1]

    def _list_of_steps(self, units: tuple[Unit, ...]) -> tuple[Provision, ...]:
        """A procedure that the law gives as a list is given whole, and not by one of its steps."""
        leads = {
            u.provision.locator: u for u in self.evidence.units if u.is_lead and LISTS_STEPS.search(u.sentence.text)
        }
        found = [
            leads[u.provision.path[-1]].provision for u in units if u.provision.path and u.provision.path[-1] in leads
        ]
        return tuple(dict.fromkeys(found))

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
        group = joined(part)
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
        group = joined(part)
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
        if sum(t.weight for t in known.required if not t.asked) < TELLING or modifies(part):
            return None
        found = self.find(known, prior)
        orders = [u.order for u in found.units] + [
            u.order for p in found.whole for u in self.evidence.by_provision.get(p, ())
        ]
        ranks = [prior[o].rank for o in orders if o in prior]
        return found if found.settled and min(ranks, default=99) <= NEAREST_RANK else None

    def _either(self, part: Part, acts: tuple[Term, ...], prior: Mapping[int, Near]) -> Found:
        """报备就行，不用审批吧: of acts set against each other the sentence that answers has one."""
        found = [
            self.find(replace(part, terms=tuple(t for t in part.terms if t not in acts or t is a)), prior) for a in acts
        ]
        units = {u.order: u for f in found for u in f.units}
        return replace(found[0], units=tuple(units[o] for o in sorted(units)), unmet=not units)

    def _what_to_do(self, part: Part, prior: Mapping[int, Near]) -> Found | None:
        """怎么办 asks for a consequence or for what has to be done."""
        if part.need is not Need.CONSEQUENCE or not _WHAT_TO_DO.search(part.text + part.asks[0].text):
            return None
        found = self.find(replace(part, asks=(replace(part.asks[0], need=Need.PROCEDURE), *part.asks[1:])), prior)
        return found if found.settled else None

    # What comes close

    def _nearest(self, part: Part, prior: Mapping[int, Near]) -> tuple[Unit, ...]:
        scored = []
        for unit in self.evidence.units:
            score = sum(t.weight * level(unit, t) for t in (*part.required, *part.background) if not t.subject)
            score += prior_weight(unit, prior)
            if score > 0:
                scored.append((score, unit))
        scored.sort(key=lambda s: (-s[0], s[1].order))
        return tuple(u for _, u in scored[:3])


def _own_articles(units: tuple[Unit, ...]) -> tuple[Provision, ...]:
    """What one does is told by the whole provision that begins with it, and not by its first sentence."""
    return tuple(dict.fromkeys(u.provision for u in units))


def _places(text: str, form: str) -> set[int]:
    at = text.find(form)
    return set(range(at, at + len(form))) if at >= 0 else set()
