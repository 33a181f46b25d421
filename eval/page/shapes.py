"""What the page is made of: bars with their intervals, tables, sections. The template draws them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from eval.figures import Figure, Stamp

NOTHING = "–"


@dataclass(frozen=True)
class Bar:
    """One bar from 0 to 1 with its interval. `tone` is a CSS class: dev, test, fresh, own, other, bad."""

    label: str
    tone: str
    share: float
    low: float
    high: float
    value: str
    note: str


@dataclass(frozen=True)
class Group:
    """Bars under one heading, as several splits of one measure; `low`: less is better."""

    title: str
    bars: list[Bar]
    low: bool = False


@dataclass(frozen=True)
class Chart:
    """Groups of bars with a caption."""

    caption: str
    groups: list[Group]


@dataclass(frozen=True)
class Table:
    """`rows`: the first cell names the row."""

    caption: str
    head: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class Section:
    """`lead` says what to see; `stamp` when it was measured, if not in this run."""

    id: str
    title: str
    lead: str
    charts: list[Chart] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    stamp: Stamp | None = None


def percent(share: float) -> str:
    """92.1%; 100% only where all are, 0% only where none is."""
    text = f"{share:.1%}"
    if text == "100.0%":
        return "100%" if share == 1 else "99.9%"
    if text == "0.0%":
        return "0%" if share == 0 else "0.1%"
    return text


def count(figure: Figure) -> str:
    """617/670; a sum of shares is rounded, as recalls add up to one."""
    return f"{figure.hits:.0f}/{figure.of}"


def interval(figure: Figure) -> str:
    if figure.wilson95 is None:
        return NOTHING
    low, high = figure.wilson95
    return f"{low:.1%}～{high:.1%}"


def cell(figure: Figure | int | None) -> str:
    """A table's cell: the share and its cases."""
    if isinstance(figure, int):
        return str(figure)
    if figure is None or figure.share is None:
        return NOTHING
    return f"{percent(figure.share)}（{count(figure)}）"


def bar(label: str, figure: Figure | int | None, tone: str) -> Bar | None:
    """None where there is nothing to draw."""
    if not isinstance(figure, Figure) or figure.share is None or figure.wilson95 is None:
        return None
    low, high = figure.wilson95
    note = f"{count(figure)}，95% 区间 {interval(figure)}"
    return Bar(label, tone, figure.share, low, high, percent(figure.share), note)


def group(title: str, bars: Iterable[Bar | None], *, low: bool = False) -> Group | None:
    found = [b for b in bars if b is not None]
    return Group(title, found, low) if found else None


def chart(caption: str, groups: Iterable[Group | None]) -> list[Chart]:
    """A chart in a list, or none where no group has a bar."""
    found = [g for g in groups if g is not None]
    return [Chart(caption, found)] if found else []


def table_of(
    caption: str, first: str, columns: Mapping[str, Mapping[str, Figure | int]], names: Mapping[str, str]
) -> Table:
    """A row per measure that any column has, a column per part."""
    rows = [
        [label, *(cell(values.get(name)) for values in columns.values())]
        for name, label in names.items()
        if any(name in values for values in columns.values())
    ]
    return Table(caption, [first, *columns], rows)
