"""The table of the README's section “How far can you trust it”, from the last evaluation: figures of held-out parts."""

from eval.evaluation.models import Evaluation, SetFigures
from eval.figures import Figure
from eval.report import markdown_table

_ROWS = (
    ("verbatim", "quotes that are the text, word for word", "all"),
    ("status", "the right kind of answer (settled, open, another subject …)", "95 %"),
    ("item_recall", "provisions that an answer must cite, cited", "95 %"),
    ("article_precision", "cited articles that belong there", "90 %"),
    ("supported", "statements that their citations carry, by the verifier", "all"),
    ("numbers", "figures in answers that stand in a quote, in one's own words or in a finding", "all"),
    ("false_refusals", "settled questions that are refused", "3 %"),
    ("wrong_answers", "open questions that get a provision for an answer, which is only near them", "–"),
)


def readme_table(evaluation: Evaluation) -> str:
    """Rows of the held-out split, with a column for fresh eyes where there is one; then forms, dialogues, silence."""
    parts = [s for s in evaluation.splits if s.split != "dev"]
    head = ["", *(f"{_NAMES[s.split]}, {s.questions} questions" for s in parts), "aim"]
    rows = [[label, *(_cell(s, name) for s in parts), aim] for name, label, aim in _ROWS]
    rows += [
        [label, *(_share(figures.get(s.split)) for s in parts), aim] for label, figures, aim in _beside(evaluation)
    ]
    rows += _baselines(evaluation, len(parts))
    return markdown_table(head, rows)


_NAMES = {"test": "held-out", "fresh": "fresh eyes"}


def _beside(evaluation: Evaluation) -> list[tuple[str, dict[str, Figure | int | None], str]]:
    """What is measured beside the questions, by the split whose column it stands in."""

    def of(name: str, measure: str, **part: str) -> dict[str, Figure | int | None]:
        figures = evaluation.dialogues if name == "dialogues" else evaluation.other(name)
        parts = figures.parts if figures else {}
        return {split: parts.get(named, {}).get(measure) for split, named in part.items()}

    unseen = "unseen, generated"
    return [
        ("turns of an interview right in every respect", of("dialogues", "turns", test="test", fresh="fresh"), "95 %"),
        ("fields of unseen draft forms judged rightly", of("forms", "verdicts", test=unseen), "99 %"),
        ("of these `met` where it is not", of("forms", "false_met", test=unseen), "none"),
        ("silent once its basis is taken out", of("leave-one-out", "passed", test="test", fresh="fresh"), "95 %"),
        ("lies of a language model that are shown", of("attacks", "got_through", test="test"), "none"),
    ]


def _baselines(evaluation: Evaluation, columns: int) -> list[list[str]]:
    """For comparison: the best that retrieval alone does on open questions when it refuses as little."""
    wrong = [
        b.measures["wrong_answers"]
        for b in evaluation.baselines
        if b.split == "test" and b.mode == "matched" and b.measures["wrong_answers"].share is not None
    ]
    if not wrong:
        return []
    best = min(wrong, key=lambda f: f.share or 0.0)
    label = "*for comparison:* open questions that the best retrieval alone answers, refusing as few settled ones"
    return [[label, _share(best), *[""] * (columns - 1), ""]]


def _cell(of: SetFigures, name: str) -> str:
    return _share(of.measures.get(name))


def _share(figure: Figure | int | None) -> str:
    if isinstance(figure, int):
        return str(figure)
    if figure is None or figure.share is None:
        return "–"
    if figure.hits == figure.of:
        return f"{figure.of:,} of {figure.of:,}"
    return f"{figure.share * 100:.1f} % of {figure.of:,}"
