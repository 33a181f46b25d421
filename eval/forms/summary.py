"""What the scores of many forms come to, and that as tables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from eval.forms.score import FieldScore, FormScore
from eval.rates import Rate, rate
from eval.report import markdown_table, share, with_interval


@dataclass(frozen=True)
class FormSummary:
    """A group of forms. `verdicts` counts an unsure field of a scan as right, `unsure` has their share of the scans'
    fields, `unread` the files that were refused although they are forms."""

    forms: int
    verdicts: Rate
    values: Rate
    unsure: Rate
    false_met: int
    unread: int
    outcomes: Rate
    whole: Rate
    median_seconds: float

    def as_json(self) -> dict[str, object]:
        """For machines; times are rounded to milliseconds."""
        rest = {name: value.as_json() if isinstance(value, Rate) else value for name, value in vars(self).items()}
        return rest | {"median_seconds": round(self.median_seconds, 3)}


def summarise_forms(scores: Sequence[FormScore]) -> FormSummary:
    fields = [field for score in scores for field in score.fields]
    return FormSummary(
        forms=len(scores),
        verdicts=rate(f.mark != "wrong" for f in fields),
        values=rate(f.value_right for f in fields),
        unsure=rate(f.mark == "unsure" for f in fields if f.ocr),
        false_met=sum(f.false_met for f in fields),
        unread=sum(bool(s.error) for s in scores),
        outcomes=rate(s.outcome_right for s in scores),
        whole=rate(s.outcome_right and not any(f.mark == "wrong" for f in s.fields) for s in scores),
        median_seconds=median([s.seconds for s in scores]) if scores else 0.0,
    )


def by(scores: Sequence[FormScore], key: Callable[[FormScore], str]) -> dict[str, FormSummary]:
    names = sorted({key(score) for score in scores})
    return {name: summarise_forms([s for s in scores if key(s) == name]) for name in names}


def by_field(scores: Sequence[FormScore]) -> dict[str, Rate]:
    """The share of right verdicts of each field, in the form's order."""
    groups: dict[str, list[FieldScore]] = {}
    for score in scores:
        for field in score.fields:
            groups.setdefault(field.field, []).append(field)
    return {name: rate(f.mark != "wrong" for f in group) for name, group in groups.items()}


def parts(scores: Sequence[FormScore]) -> dict[str, list[FormScore]]:
    """The scores by part and origin: "dev, generated", "test, hand" …"""
    names = sorted({(s.form.split, s.form.origin) for s in scores})
    return {f"{a}, {b}": [s for s in scores if (s.form.split, s.form.origin) == (a, b)] for a, b in names}


def forms_tables(scores: Sequence[FormScore]) -> str:
    """All tables: the parts side by side, then each by format, then the fields."""
    grouped = parts(scores)
    sums = {name: summarise_forms(group) for name, group in grouped.items()}
    rows = [["forms", *(str(s.forms) for s in sums.values())]]
    rows.append(["field verdicts right", *(with_interval(s.verdicts) for s in sums.values())])
    rows.append(
        ["of the scans' fields: right value left to a person", *(with_interval(s.unsure) for s in sums.values())]
    )
    rows.append(["`met` where it is not", *(str(s.false_met) for s in sums.values())])
    rows.append(["values right", *(with_interval(s.values) for s in sums.values())])
    rows.append(["forms refused, or not refused, wrongly", *(str(s.unread) for s in sums.values())])
    rows.append(["outcome follows from the checks", *(_count(s.outcomes) for s in sums.values())])
    rows.append(["every field right", *(_count(s.whole) for s in sums.values())])
    texts = [markdown_table(["", *sums], rows)]
    for name, group in grouped.items():
        texts += [f"### {name}: by format", _format_table(group)]
    texts += ["### Verdicts right by field", _field_table(grouped)]
    return "\n\n".join(texts)


def _format_table(scores: Sequence[FormScore]) -> str:
    rows = []
    for kind, found in by(scores, lambda s: s.form.kind).items():
        cells = [str(found.forms), share(found.verdicts), share(found.values), share(found.unsure)]
        rows.append([kind, *cells, str(found.false_met), _count(found.whole), f"{found.median_seconds:.2f}"])
    head = ["format", "forms", "verdicts", "values", "unsure", "false `met`", "every field", "median s"]
    return markdown_table(head, rows)


def _field_table(grouped: dict[str, list[FormScore]]) -> str:
    columns = {name: by_field(group) for name, group in grouped.items()}
    fields = list(dict.fromkeys(field for column in columns.values() for field in column))
    rows = [[field, *(_count(c[field]) if field in c else "–" for c in columns.values())] for field in fields]
    return markdown_table(["field", *columns], rows)


def _count(value: Rate) -> str:
    return f"{value.hits:.0f} of {value.of}"
