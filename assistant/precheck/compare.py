"""What a pile of drafts shows that no single one does: contradictions, fields claimed twice, common failures."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.precheck.models import Check, Declared, Outcome, Report, Verdict

# A mark between two digits is part of a number.
_SPACE_AND_MARKS = re.compile(r"(?<!\d)[\W_]+|[\W_]+(?!\d)")
# A name inside another one only means something from this length on.
_TELLING_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Kinship:
    """Which fields of a form tell that two drafts are about the same matter.

    `same`: fields that name whom a draft is about (drafts with one value here must not contradict each other).
    `claims`: fields that only one applicant should name.
    """

    same: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Drafts about the same centre or organisation that state different values in `label`.

    `shared_label` and `shared` say what they have in common; `values` are (file, words, place) in the order given.
    """

    shared_label: str
    shared: str
    label: str
    values: tuple[tuple[str, str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """Drafts that name the same thing (`exact`), or one that contains the other, in a field that only one should."""

    label: str
    name: str
    exact: bool
    drafts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a rule came out how, over all drafts that were read."""

    rule: str
    label: str
    verdicts: Counter[Verdict]

    @property
    def failures(self) -> int:
        return self.verdicts["not_met"] + self.verdicts["missing"]


def outcome_counts(reports: Iterable[Report]) -> Counter[Outcome]:
    return Counter(report.outcome for report in reports)


def rules_in(reports: Iterable[Report]) -> dict[str, Check]:
    """One check of every rule, in the order in which rules first come."""
    found: dict[str, Check] = {}
    for report in reports:
        for check in report.checks:
            found.setdefault(check.rule, check)
    return found


def rule_counts(reports: Sequence[Report]) -> list[RuleCount]:
    """The verdicts of every rule, those that failed most often first."""
    counts = {rule: RuleCount(rule, check.label, Counter()) for rule, check in rules_in(reports).items()}
    for report in reports:
        for check in report.checks:
            counts[check.rule].verdicts[check.verdict] += 1
    return sorted(counts.values(), key=lambda c: (-c.failures, -c.verdicts["review"]))


def contradictions(reports: Sequence[Report], kinship: Kinship) -> list[Contradiction]:
    """Every field in which drafts of the same centre or organisation differ; each difference is named once."""
    found: list[Contradiction] = []
    seen: set[tuple[str, tuple[int, ...]]] = set()
    for field in kinship.same:
        for shared, members in _groups(reports, field):
            for contradiction, key in _differences(shared, members, kinship, reports):
                if key not in seen:
                    seen.add(key)
                    found.append(contradiction)
    return found


def claims(reports: Sequence[Report], kinship: Kinship) -> list[Claim]:
    """Fields that several drafts name, equal words first, then names that lie in one another."""
    found: list[Claim] = []
    for field in kinship.claims:
        groups = {_key(shared.value): (shared, members) for shared, members in _groups(reports, field, alone=True)}
        for exact in (True, False):
            for key, (shared, members) in groups.items():
                drafts = list(members)
                if not exact:
                    near = [m for other, (_, ms) in groups.items() if _holds(other, key) for m in ms]
                    drafts = sorted({*members, *near}) if near else []
                if len(drafts) > 1 and not _all_one([reports[i] for i in drafts], kinship):
                    named = tuple((reports[i].file, _declared(reports[i], field)) for i in drafts)
                    found.append(Claim(shared.label, shared.raw, exact, named))
    return found


def _groups(
    reports: Sequence[Report], field: str, *, alone: bool = False
) -> Iterator[tuple[Declared, tuple[int, ...]]]:
    """Drafts by what they state in a field, as the first one's value and the indices of all; `alone`: also one."""
    groups: dict[str, tuple[Declared, list[int]]] = {}
    for index, report in enumerate(reports):
        for declared in report.declared:
            if declared.field == field and (key := _key(declared.value)):
                groups.setdefault(key, (declared, []))[1].append(index)
    for first, members in groups.values():
        if alone or len(members) > 1:
            yield first, tuple(members)


def _differences(
    shared: Declared, members: tuple[int, ...], kinship: Kinship, reports: Sequence[Report]
) -> Iterator[tuple[Contradiction, tuple[str, tuple[int, ...]]]]:
    stated: dict[str, list[tuple[int, Declared]]] = {}
    for index in members:
        for declared in reports[index].declared:
            stated.setdefault(declared.field, []).append((index, declared))
    for field, values in stated.items():
        if field == shared.field or len({_key(d.value) for _, d in values}) < 2:
            continue
        # One organisation may lead two centres: that their names and fields differ is no contradiction.
        if field in kinship.claims or field == kinship.same[0]:
            continue
        words = tuple((reports[i].file, d.raw, d.found_at) for i, d in values)
        yield Contradiction(shared.label, shared.raw, values[0][1].label, words), (field, tuple(i for i, _ in values))


def _all_one(reports: Sequence[Report], kinship: Kinship) -> bool:
    """Whether these are drafts of one and the same centre."""
    names = {_key(_declared(report, kinship.same[0])) for report in reports} if kinship.same else {""}
    return names != {""} and len(names) == 1


def _declared(report: Report, field: str) -> str:
    return next((d.raw for d in report.declared if d.field == field), "")


def _holds(longer: str, shorter: str) -> bool:
    return len(shorter) >= _TELLING_LENGTH and longer != shorter and shorter in longer


def _key(value: str) -> str:
    """What is compared: without spaces, punctuation, case, and full or half width."""
    folded = unicodedata.normalize("NFKC", value).casefold()
    return _SPACE_AND_MARKS.sub("", folded) or folded.strip()
