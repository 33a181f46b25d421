"""Finds the sentences of the law that settle one thing asked, or says that none does and why."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from assistant.law.locator import Kind
from assistant.law.types import Provision
from assistant.qa.evidence import Evidence, Unit
from assistant.qa.need import STRICT, Need
from assistant.qa.question import Part, Term
from assistant.qa.supply import find_any, supplies

_CONJUNCTION = re.compile(r"[、和与及跟]|以及|还有|,\s*")
_SEPARATELY = re.compile(r"分别|各自|各是|各有|各占|两者|对比|区别")
_IN_CONTEXT = 0.6
_WHOLE = frozenset({Need.LIST, Need.TOPIC, Need.REQUIREMENT, Need.PROCEDURE, Need.COUNT, Need.YES_NO, Need.LOCATE})
_WIDE = frozenset({Need.LIST, Need.TOPIC, Need.REQUIREMENT, Need.PROCEDURE, Need.LOCATE, Need.WHO})
_MOST = 6


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

    def find(self, part: Part, prior: Mapping[int, float] | None = None) -> Found:
        """The sentences that settle a part. `prior`: unit order to a retrieval score in 0..1, to choose among equals."""
        prior = prior or {}
        near = self._nearest(part, prior)
        if part.unknown:
            return Found(part, unknown=part.unknown, near=near)
        if _SEPARATELY.search(part.text) or part.need is Need.LOCATE:
            each = self._each(part, prior, near)
            if each:
                return each
        whole = self._whole(part)
        if whole:
            return Found(part, whole=whole, near=near)
        units = self._settling(part, prior)
        if units:
            leads = tuple(u.provision for u in units if (u.is_lead or u.is_heading) and part.need in _WHOLE)
            return Found(part, tuple(u for u in units if u.provision not in leads), leads, near=near)
        found = self._each(part, prior, near)
        if found is None and part.fallback and not part.fallback.unknown:
            found = self.find(replace(part.fallback, background=part.terms), prior)
            found = found if found.settled else None
        return found or Found(part, near=near, unmet=True)

    # One sentence that has it all

    def _settling(self, part: Part, prior: Mapping[int, float]) -> tuple[Unit, ...]:
        scored = []
        for unit in self.evidence.units:
            levels = [_level(unit, term, part.need in _WIDE) for term in part.required]
            if not all(levels) or (levels and max(levels) < 1):
                continue
            if supplies(unit, part, part.asks[0]):
                scored.append((self._score(unit, part, levels, prior), unit))
        if not scored and part.need in _WIDE:
            scored = self._within_one_provision(part, prior)
        if not scored or not (part.required or part.need in STRICT or part.need is Need.DEFINITION):
            return ()
        if part.need is Need.LOCATE:
            return tuple(u for _, u in scored)
        return _best(scored, part)

    def _within_one_provision(self, part: Part, prior: Mapping[int, float]) -> list[tuple[float, Unit]]:
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

    def _score(self, unit: Unit, part: Part, levels: list[float], prior: Mapping[int, float]) -> float:
        score = sum(t.weight * level for t, level in zip(part.required, levels, strict=True))
        score += 0.25 * sum(t.weight * _level(unit, t) for t in part.background if t.known and not t.subject)
        if (unit.is_lead or unit.is_heading) and part.need in _WHOLE:
            score += 1.0
        return score + prior.get(unit.order, 0.0)

    # A whole list or chapter

    def _whole(self, part: Part) -> tuple[Provision, ...]:
        """The articles of the chapter whose heading is what is asked about (支持措施有哪些)."""
        if part.need not in (Need.LIST, Need.TOPIC, Need.REQUIREMENT) or not part.required:
            return ()
        for provision in self.document.provisions:
            if provision.kind not in (Kind.CHAPTER, Kind.SECTION) or not provision.heading:
                continue
            if all(any(f in provision.heading for f in t.forms) for t in part.required) and self._fills(provision, part):
                return tuple(
                    p for p in self.document.provisions if p.kind is Kind.ARTICLE and provision.locator in p.path
                )
        return ()

    def _fills(self, chapter: Provision, part: Part) -> bool:
        """Whether the terms make up the heading, so that 条件 alone does not call for 申报条件与遴选程序."""
        covered = {i for t in part.required for f in t.forms for i in _places(chapter.heading, f)}
        return len(covered) * 2 >= len(chapter.heading)

    # Several things joined

    def _each(self, part: Part, prior: Mapping[int, float], near: tuple[Unit, ...]) -> Found | None:
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

    # What comes close

    def _nearest(self, part: Part, prior: Mapping[int, float]) -> tuple[Unit, ...]:
        scored = []
        for unit in self.evidence.units:
            score = sum(t.weight * _level(unit, t) for t in (*part.required, *part.background) if not t.subject)
            score += prior.get(unit.order, 0.0)
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
