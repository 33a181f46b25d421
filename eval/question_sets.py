"""The question sets on the project's own regulation, asked and scored.

`dev` is for tuning. `test` was written before what it measures and is for measuring only. So is `fresh`: whoever wrote
its files (`fresh*.jsonl`, none or more) had seen only the regulation, and not the code.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from eval.cases import FOLDER, Score, load_cases, score, spread
from eval.rates import Rate, Summary, by_category, summarise
from eval.subject import Subject

Split = Literal["dev", "test", "fresh"]
Progress = Callable[[str], None]
SETS: dict[Split, tuple[str, ...]] = {
    "dev": ("dev", "dev2", "dev3", "dev4"),
    "test": ("test", "test2", "test3"),
    "fresh": tuple(sorted(p.stem for p in (FOLDER / "questions").glob("fresh*.jsonl"))),
}
SPLITS: tuple[Split, ...] = tuple(split for split, names in SETS.items() if names)
"""The splits of which there are questions."""


@dataclass(frozen=True)
class SetResult:
    """One set of questions, asked."""

    name: str
    split: Split
    scores: tuple[Score, ...]
    verbatim: Rate

    @property
    def summary(self) -> Summary:
        return summarise(self.scores)

    @property
    def categories(self) -> dict[str, Summary]:
        return by_category(self.scores)

    def failures(self) -> list[str]:
        """The failing cases with their reasons; none of a held-out set, which nobody is to look into."""
        if self.split != "dev":
            return []
        return [
            f"{s.case.id} [{s.case.category}] {' | '.join(s.case.turns)}\n    {s.reason}"
            for s in self.scores
            if not s.passed
        ]

    def as_json(self) -> dict[str, object]:
        return {
            "split": self.split,
            "totals": self.summary.as_json(),
            "verbatim_quotes": self.verbatim.as_json(),
            "categories": {name: summary.as_json() for name, summary in self.categories.items()},
        }


def ask_set(subject: Subject, file: Path, name: str, split: Split, limit: int | None = None) -> SetResult:
    """Asks every question of a file, or `limit` of them."""
    cases = spread(load_cases(file), limit)
    scores, verbatim = [], Rate(0, 0)
    for case in cases:
        answer = subject.assistant.ask(case.turns)
        quotes = subject.verbatim(answer)
        verbatim = Rate(verbatim.hits + quotes.hits, verbatim.of + quotes.of)
        scores.append(score(case, answer, subject.document))
    return SetResult(name, split, tuple(scores), verbatim)


def together(results: Sequence[SetResult], name: str) -> SetResult:
    """Several sets of one split as one."""
    return SetResult(
        name,
        results[0].split,
        tuple(s for r in results for s in r.scores),
        Rate(sum(r.verbatim.hits for r in results), sum(r.verbatim.of for r in results)),
    )


def ask_sets(subject: Subject, split: Split, progress: Progress, limit: int | None = None) -> list[SetResult]:
    """The sets of a split, and all of them together if there are several."""
    results = []
    for name in SETS[split]:
        progress(f"asking {name}")
        results.append(ask_set(subject, FOLDER / "questions" / f"{name}.jsonl", name, split, limit))
    return [*results, together(results, f"{split}, together")] if len(results) > 1 else results
