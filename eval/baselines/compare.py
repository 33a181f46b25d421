"""The baselines beside the assistant on the same questions: those whose answer is settled or open, nothing else."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.law.types import Document
from eval.baselines.citation_engine import MOST_FAILURES, CitationEngine, EngineError
from eval.baselines.guess import STATUSES, Baseline, Guess, asked_of_baselines, silent
from eval.baselines.threshold import ALWAYS, balanced, matched
from eval.cases import Case, Score, score
from eval.metrics.citations import CitationScore, score_citations
from eval.rates import Rate, rate, summarise

ASSISTANT = "assistant"


@dataclass(frozen=True)
class Row:
    """One way to answer in one mode, over one part. `threshold` is None where there is none."""

    name: str
    mode: str
    part: str
    threshold: float | None
    rates: dict[str, Rate]


@dataclass(frozen=True)
class Left:
    """A baseline that was not asked, or not to the end, and why, in Chinese for the page."""

    name: str
    why: str


def compare(scores: Mapping[str, Sequence[Score]], baselines: Sequence[Baseline], document: Document) -> list[Row]:
    """`scores`: the assistant's, by part; `dev` must be among them, as thresholds come from it."""
    own = {part: [s for s in some if s.case.status in STATUSES] for part, some in scores.items()}
    rows = [Row(ASSISTANT, "own", part, None, measures(some)) for part, some in own.items()]
    refused = summarise(own["dev"]).false_refusals.share or 0.0
    for baseline in baselines:
        print(f"baseline {baseline.name}", file=sys.stderr, flush=True)
        guesses = {part: [baseline.guess(s.case) for s in some] for part, some in own.items()}
        thresholds = {
            "always": ALWAYS,
            "balanced": balanced(guesses["dev"]),
            "matched": matched(guesses["dev"], refused),
        }
        for mode, threshold in thresholds.items():
            shown = None if threshold in (ALWAYS, -ALWAYS) else threshold
            rows += [
                Row(baseline.name, mode, part, shown, measures(scored(some, threshold, document)))
                for part, some in guesses.items()
            ]
    return rows


def scored(guesses: Sequence[Guess], threshold: float, document: Document) -> list[Score]:
    """What the guesses come to when those at or below the threshold are abstentions."""
    said = (g.answer if g.confidence > threshold else silent(g.answer) for g in guesses)
    return [score(g.case, answer, document) for g, answer in zip(guesses, said, strict=True)]


def measures(scores: Sequence[Score]) -> dict[str, Rate]:
    found = summarise(scores)
    names = ("status", "item_recall", "article_recall", "article_precision", "false_refusals", "wrong_answers")
    return {name: getattr(found, name) for name in names}


def ask_engine(
    engine: CitationEngine, cases: Mapping[str, Sequence[Case]], document: Document
) -> tuple[list[Row], Left | None]:
    """The engine abstains of itself. A call that fails is left out; too many in a row end the asking."""
    rows: list[Row] = []
    failed = in_a_row = 0
    for part, some in cases.items():
        scores: list[Score] = []
        cited: list[CitationScore] = []
        for case in asked_of_baselines(some):
            try:
                guess = engine.guess(case)
            except EngineError as error:
                failed, in_a_row = failed + 1, in_a_row + 1
                if in_a_row >= MOST_FAILURES:
                    return rows, Left(engine.name, f"语言模型连续 {in_a_row} 次没有答复（{error}），没有测完。")
                continue
            in_a_row = 0
            scores.append(score(case, guess.answer, document))
            cited.append(score_citations(engine.said(case)))
        alce = {
            "statement_recall": rate(c.recall for c in cited),
            "citation_precision": rate(c.precision for c in cited),
        }
        rows.append(Row(engine.name, "own", part, None, measures(scores) | alce))
    return rows, Left(engine.name, f"有 {failed} 次没有答复，不计在内。") if failed else None
