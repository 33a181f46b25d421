"""Counts and shares with their uncertainty, and what a list of scores comes to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from eval.cases import Score

_Z = 1.959964  # two-sided 95 %


@dataclass(frozen=True)
class Rate:
    """`hits` of `of` cases. `hits` is fractional where each case adds a share of its own, as a recall does."""

    hits: float
    of: int

    @property
    def share(self) -> float | None:
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        return wilson(self.hits, self.of) if self.of else None

    def as_json(self) -> dict[str, object]:
        share, interval = self.share, self.interval
        return {
            "hits": round(self.hits, 4),
            "of": self.of,
            "share": None if share is None else round(share, 4),
            "wilson95": None if interval is None else [round(x, 4) for x in interval],
        }


def wilson(hits: float, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval. With shares instead of hits it is too wide rather than too narrow."""
    share, square = hits / of, _Z * _Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = _Z * sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return max(0.0, middle - half), min(1.0, middle + half)


def rate(flags: Iterable[bool | float | None]) -> Rate:
    """The rate over the cases to which a measure applies; None is a case to which it does not."""
    counted = [float(f) for f in flags if f is not None]
    return Rate(sum(counted), len(counted))


@dataclass(frozen=True)
class Summary:
    """What one list of scores comes to. The fields are explained in docs/evaluation.md."""

    n: int
    status: Rate
    item_recall: Rate
    article_recall: Rate
    item_precision: Rate
    article_precision: Rate
    required_quotes: Rate
    open_named: Rate
    abstention_precision: Rate
    abstention_recall: Rate
    false_refusals: Rate
    wrong_answers: Rate
    passed: Rate

    def as_json(self) -> dict[str, object]:
        return {name: value.as_json() if isinstance(value, Rate) else value for name, value in vars(self).items()}


def summarise(scores: Sequence[Score]) -> Summary:
    """Means over cases: every case weighs the same, however much it cites."""
    answered = [s for s in scores if s.case.status == "answered"]
    uncovered = [s for s in scores if s.case.status == "not_covered"]
    abstained = [s for s in scores if s.answer.status == "not_covered"]
    return Summary(
        n=len(scores),
        status=rate(s.status_right for s in scores),
        item_recall=rate(s.item_recall for s in scores),
        article_recall=rate(s.article_recall for s in scores),
        item_precision=rate(s.item_precision for s in scores),
        article_precision=rate(s.article_precision for s in scores),
        required_quotes=rate(s.quotes_found for s in answered if s.case.quotes),
        open_named=rate(s.open_named for s in scores if s.case.open),
        abstention_precision=rate(s.case.status == "not_covered" for s in abstained),
        abstention_recall=rate(s.status_right for s in uncovered),
        false_refusals=rate(s.answer.status in ("not_covered", "out_of_scope") for s in answered),
        wrong_answers=rate(s.answer.status == "answered" for s in uncovered),
        passed=rate(s.passed for s in scores),
    )


def by_category(scores: Sequence[Score]) -> dict[str, Summary]:
    names = sorted({s.case.category for s in scores})
    return {name: summarise([s for s in scores if s.case.category == name]) for name in names}
