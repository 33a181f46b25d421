"""The results as Markdown tables; nothing in them depends on the day or on how fast the machine is."""

from collections.abc import Sequence

from eval.counterfactuals import KindResult
from eval.question_sets import SetResult
from eval.rates import Rate, Summary

MEASURES = {
    "status": "status accuracy",
    "item_recall": "citation recall, item",
    "article_recall": "citation recall, article",
    "item_precision": "citation precision, item",
    "article_precision": "citation precision, article",
    "required_quotes": "required words quoted",
    "open_named": "open part named",
    "abstention_precision": "abstention precision",
    "abstention_recall": "abstention recall",
    "false_refusals": "false refusals (lower is better)",
    "wrong_answers": "wrong answers (lower is better)",
    "passed": "everything right",
}
_COLUMNS = ("status", "item_recall", "article_recall", "item_precision", "article_precision", "passed")


def markdown_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def share(value: Rate) -> str:
    return "–" if value.share is None else f"{value.share:.3f}"


def with_interval(value: Rate) -> str:
    if value.share is None or value.interval is None:
        return "–"
    low, high = value.interval
    return f"{value.share:.3f} [{low:.3f}, {high:.3f}] of {value.of}"


def totals_table(results: Sequence[SetResult]) -> str:
    """A row per measure, a column per set, each share with its interval and the cases it is over."""
    head = ["", *(f"{r.name} ({r.split})" if r.split not in r.name else r.name for r in results)]
    summaries = [r.summary for r in results]
    rows = [["questions", *(str(s.n) for s in summaries)]]
    for field, label in MEASURES.items():
        rows.append([label, *(with_interval(_rate(s, field)) for s in summaries)])
    rows.append(["quotes verbatim", *(_count(r.verbatim) for r in results)])
    return markdown_table(head, rows)


def category_table(result: SetResult) -> str:
    """A row per category and one for the whole set."""
    head = ["category", "n", "status", "recall, item", "recall, article", "precision, item", "precision, article"]
    rows = [_category_row(name, summary) for name, summary in result.categories.items()]
    rows.append(_category_row("**all**", result.summary))
    return markdown_table([*head, "everything"], rows)


def counterfactual_table(results: Sequence[KindResult]) -> str:
    labels = ["status before", "status after", "new words quoted", "old words gone", "everything right"]
    rows = []
    for result in results:
        show = with_interval if result.kind == "all" else share
        cells = [show(r) for r in result.rates.values()]
        rows.append([result.split, result.kind, str(len(result.outcomes)), *cells, _count(result.verbatim)])
    return markdown_table(["split", "kind", "n", *labels, "quotes verbatim"], rows)


def full_report(
    sets: Sequence[SetResult],
    regulations: Sequence[SetResult],
    counterfactuals: Sequence[KindResult],
) -> str:
    """All tables under their headings."""
    parts = ["## Questions on the Liaoning measures", totals_table(sets)]
    for result in sets:
        parts += [f"### {result.name}: by category", category_table(result)]
    parts += [
        "## Other regulations",
        totals_table(regulations),
        "## Edited copies of the measures",
        counterfactual_table(counterfactuals),
    ]
    return "\n\n".join(parts) + "\n"


def _rate(summary: Summary, field: str) -> Rate:
    value = getattr(summary, field)
    assert isinstance(value, Rate)  # noqa: S101 - the fields of MEASURES are rates
    return value


def _category_row(name: str, summary: Summary) -> list[str]:
    return [name, str(summary.n), *(share(_rate(summary, field)) for field in _COLUMNS)]


def _count(value: Rate) -> str:
    return f"{value.hits:.0f} of {value.of}"
