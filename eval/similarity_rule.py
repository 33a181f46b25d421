"""The baseline: a plain similarity rule on the same questions.

The answer is the provision that the fused search ranks first, if its cosine exceeds a threshold; else the rule
abstains. The threshold is the one with the best status accuracy on the dev questions; where covered questions are many
and cosines do not part them from uncovered ones, that is to answer always. It knows only `answered` and `not_covered`,
so it is measured on the cases that expect one of the two.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from assistant.retrieval.search import Search
from eval.cases import Case, Score, article_of, meets
from eval.rates import Rate, rate

STATUSES = ("answered", "not_covered")


@dataclass(frozen=True)
class Pick:
    """The provision found for one case and how near it is."""

    case: Case
    locator: str
    cosine: float


@dataclass(frozen=True)
class Comparison:
    """The rule beside the assistant, on the same cases. Hits are over the cases that are `answered`."""

    threshold: float
    status_rule: Rate
    status_assistant: Rate
    wrong_answers_rule: Rate
    wrong_answers_assistant: Rate
    first_article_rule: Rate
    first_article_assistant: Rate

    def as_json(self) -> dict[str, object]:
        rates = {k: v.as_json() for k, v in vars(self).items() if isinstance(v, Rate)}
        return {"threshold": round(self.threshold, 4), **rates}


def pick(search: Search, case: Case) -> Pick:
    """Searches with the whole conversation, as the rule has no other way to understand a follow-up."""
    query = "\n".join(case.turns)
    best = int(np.argmax(search.fused_scores(query)))
    return Pick(case, str(search.passages[best].locator), float(search.dense_scores(query)[best]))


def best_threshold(picks: Sequence[Pick]) -> float:
    """The cosine above which answering gives the most right statuses; the lowest of several such."""
    asked = [p for p in picks if p.case.status in STATUSES]
    values = sorted({p.cosine for p in asked})
    between = [(a + b) / 2 for a, b in pairwise(values)]
    candidates = [-1.0, *between, 1.0]
    return max(candidates, key=lambda t: (_status(asked, t).hits, -t))


def compare(picks: Sequence[Pick], scores: Sequence[Score], threshold: float) -> Comparison:
    asked = [p for p in picks if p.case.status in STATUSES]
    same = [s for s in scores if s.case.status in STATUSES]
    return Comparison(
        threshold=threshold,
        status_rule=_status(asked, threshold),
        status_assistant=rate(s.status_right for s in same),
        wrong_answers_rule=rate(p.cosine > threshold for p in asked if p.case.status == "not_covered"),
        wrong_answers_assistant=rate(s.answer.status == "answered" for s in same if s.case.status == "not_covered"),
        first_article_rule=rate(_right_article(p.locator, p.case) for p in asked if p.case.gold),
        first_article_assistant=rate(_first_right(s) for s in same if s.case.gold),
    )


def _status(picks: Sequence[Pick], threshold: float) -> Rate:
    return rate((p.cosine > threshold) == (p.case.status == "answered") for p in picks)


def _first_right(score: Score) -> bool:
    cited = score.answer.citations
    return bool(cited) and _right_article(cited[0].locator, score.case)


def _right_article(locator: str, case: Case) -> bool:
    return any(article_of(locator) == article_of(g) or meets(locator, g) for g in case.gold)
