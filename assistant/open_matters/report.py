"""The report for those who draft the law, as data: what people asked in vain, and what a machine finds in the text."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.law.pack import Pack
from assistant.open_matters.fault import KINDS, Fault
from assistant.open_matters.questions import OpenQuestion, QuestionGroup, grouped
from assistant.open_matters.text_checker import check_law
from assistant.rules.rulebook import load_rulebook


@dataclass(frozen=True, slots=True)
class Place:
    """A fault with its words and provision."""

    kind: str
    label: str
    quote: str
    problem: str


@dataclass(frozen=True, slots=True)
class KnownDefect:
    """A defect that staff have listed in the pack, and which checks found something at its place."""

    id: str
    label: str
    problem: str
    suggestion: str
    found_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenMatters:
    """Everything in the report. `period` is Chinese and may be empty."""

    title: str
    version: str
    period: str
    asked: int
    groups: tuple[QuestionGroup, ...]
    faults: tuple[Place, ...]
    known: tuple[KnownDefect, ...]

    @property
    def by_provision(self) -> list[tuple[str, int]]:
        """How many questions came nearest to which article, the most first."""
        counts: Counter[str] = Counter()
        for group in self.groups:
            counts[group.label or "没有相近的条款"] += group.count
        return sorted(counts.items(), key=lambda c: (-c[1], c[0]))

    @property
    def by_need(self) -> list[tuple[str, int]]:
        counts: Counter[str] = Counter()
        for group in self.groups:
            counts[group.need] += group.count
        return sorted(counts.items(), key=lambda c: (-c[1], c[0]))

    @property
    def by_kind(self) -> list[tuple[str, int]]:
        """How many possible defects of which kind, the most first."""
        counts = Counter(KINDS[fault.kind] for fault in self.faults)
        return sorted(counts.items(), key=lambda c: (-c[1], c[0]))


def open_matters(pack: Pack, questions: Iterable[OpenQuestion], period: str = "") -> OpenMatters:
    """The report on a pack. `questions` are those that ended in not_covered, masked; `period` says of which time."""
    law = pack.regulation
    asked = list(questions)
    faults = check_law(law)
    return OpenMatters(
        title=pack.about.title,
        version=pack.version,
        period=period,
        asked=len(asked),
        groups=tuple(grouped(asked)),
        faults=tuple(Place(f.kind, f.label(law), f.quote(law), f.problem) for f in faults),
        known=tuple(_known(pack, faults)),
    )


def _known(pack: Pack, faults: Iterable[Fault]) -> Iterable[KnownDefect]:
    found = list(faults)
    for defect in load_rulebook(pack).defects:
        here = [f.kind for f in found if f.start < defect.end and defect.start < f.end]
        label = defect.provision.label if defect.provision else pack.regulation.title
        kinds = tuple(KINDS[kind] for kind in KINDS if kind in here)
        yield KnownDefect(defect.id, label, defect.problem, defect.suggestion, kinds)
