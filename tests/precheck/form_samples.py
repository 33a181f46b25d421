"""The project's own form, and drafts as the readers hand them over."""

from datetime import date
from functools import cache
from pathlib import Path

from assistant.files.content import Cell, Draft, Entry, Line, Table
from assistant.forms.form_schema import FormSchema, load_form
from assistant.forms.submission import Submission, read_submission
from assistant.law.pack import load_pack
from assistant.rules.facts import Fact
from assistant.rules.quantity import Quantity

TODAY = date(2025, 12, 31)
PACK = Path(__file__).resolve().parents[2] / "corpus" / "liaoning-mic"


@cache
def schema() -> FormSchema:
    form = load_form(load_pack(PACK))
    assert form is not None
    return form


def table(*rows: tuple[str | None, ...], spans: dict[tuple[int, int], tuple[int, int]] | None = None) -> Table:
    """A table from its rows; None where a merged cell covers the place. `spans`: (row, column) -> rows, columns."""
    cells = []
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            if text is not None:
                down, across = (spans or {}).get((number, column), (1, 1))
                cells.append(Cell(text, number, column, f"table 1, row {number}", down, across))
    return Table("", tuple(cells), "table 1")


def read(
    *tables: Table, lines: tuple[str, ...] = (), entries: tuple[Entry, ...] = (), today: date = TODAY
) -> Submission:
    numbered = tuple(Line(text, f"line {number}") for number, text in enumerate(lines, 1))
    return read_submission(Draft("docx", tables, numbered, entries), schema(), today)


def shown(fact: Fact | None) -> str | bool | None:
    """A fact's value as a test states it: 83, 72..108, ..80) for less than 80, yes and no as bool."""
    if fact is None:
        return None
    value = fact.value
    if not isinstance(value, Quantity):
        return value
    if value.exact:
        return f"{value.low:f}".rstrip("0").rstrip(".") if "." in f"{value.low:f}" else f"{value.low:f}"
    low = "" if value.low is None else f"{value.low.normalize():f}"
    high = "" if value.high is None else f"{value.high.normalize():f}"
    return f"{low}..{high}{')' if value.high_open else ''}"
