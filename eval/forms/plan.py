"""From the table to plans: which layout, labels and values make up each form, always the same ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from eval.forms.table import Expectation, Layout, Prose, Split, Table, Value, as_number


@dataclass(frozen=True)
class Row:
    """A label with its value. `number` is set where a person would type a number; the text of a blank is empty."""

    section: str
    field: str | None
    label: str
    text: str
    number: Decimal | None = None
    unit: str = ""
    options: tuple[str, ...] = ()
    tick: str | None = None


@dataclass(frozen=True)
class Plan:
    """One form to write: rows under a layout, or a text. `expect` has every field."""

    id: str
    split: Split
    layout: Layout
    rows: tuple[Row, ...]
    text: str
    expect: dict[str, Expectation]

    @property
    def format(self) -> str:
        return self.layout.format

    @property
    def kind(self) -> str:
        """The group that times and results are given for."""
        if self.format in ("png", "jpg", "scan.pdf"):
            return "scan"
        return self.format

    @property
    def file(self) -> str:
        return f"{self.id}.{'pdf' if self.format == 'scan.pdf' else self.format}"


def plans(table: Table, split: Split) -> list[Plan]:
    """Every form of a part. A change to the table moves values between forms, but never the values of both parts."""
    layouts = [layout for layout in table.layouts[split] for _ in range(layout.forms)]
    queues = {field: _Queue(table.values[split][field], Random(f"{split}:{field}")) for field in table.fields}  # noqa: S311 - no secret
    made = []
    for number, layout in enumerate(layouts):
        chosen = _choose(table, split, layout, queues)
        made.append(_plan(table, split, number, layout, chosen))
    for number, prose in enumerate(table.prose[split], len(layouts)):
        made.append(_prose_plan(table, split, number, prose))
    return made


class _Queue:
    """Hands out the values in a fixed random order, each once before any comes again."""

    def __init__(self, values: tuple[Value, ...], random: Random) -> None:
        self._values, self._random = list(values), random
        self._waiting: list[Value] = []

    def take(self, suits: "_Suits") -> Value:
        for _ in range(2):
            for position, value in enumerate(self._waiting):
                if suits(value):
                    return self._waiting.pop(position)
            self._waiting += self._random.sample(self._values, len(self._values))
        raise ValueError(f"no value suits, the first is {self._values[0].text!r}")


@dataclass(frozen=True)
class _Suits:
    """Whether a value can stand in a layout: beside boxes it must be one, json has no labels of its own."""

    layout: Layout
    boxes: bool
    org: str | None

    def __call__(self, value: Value) -> bool:
        if self.boxes and value.tick is None:
            return False
        if self.layout.format == "json" and (value.label or value.beside):
            return False
        return value.org is None or value.org == self.org


def _choose(table: Table, split: Split, layout: Layout, queues: dict[str, _Queue]) -> dict[str, Value]:
    chosen: dict[str, Value] = {}
    for field in table.fields:
        boxes = bool(layout.marks) and table.is_choice(field, split)
        org = chosen["org_form"].text if "org_form" in chosen else None
        chosen[field] = queues[field].take(_Suits(layout, boxes, org))
    return chosen


def _plan(table: Table, split: Split, number: int, layout: Layout, chosen: dict[str, Value]) -> Plan:
    rows = _rows(table, split, number, layout, chosen)
    expect = {field: value.expect for field, value in chosen.items()}
    name = f"{split}-{number:03d}-{layout.format.replace('.', '-')}-{layout.name}"
    return Plan(name, split, layout, tuple(rows), "", expect)


def _rows(table: Table, split: Split, number: int, layout: Layout, chosen: dict[str, Value]) -> Iterator[Row]:
    distractors = table.distractors[split]
    for place, (section, fields) in enumerate(table.sections.items()):
        for field in fields:
            value = chosen[field]
            # A form may ask for nothing of the kind: every second one without a value has no row for it either.
            if value.text == "" and (number + len(field)) % 2 and not layout.marks:
                continue
            yield _row(table, split, number, layout, section, field, value)
            yield from (Row(section, None, label, text) for label, text in value.beside)
        label, text = distractors[(number + place) % len(distractors)]
        yield Row(section, None, label, text)


def _row(table: Table, split: Split, number: int, layout: Layout, section: str, field: str, value: Value) -> Row:
    labels = table.labels[split][field]
    boxes = bool(layout.marks) and table.is_choice(field, split)
    label = value.label or labels[0 if boxes else number % len(labels)]
    unit = value.unit or (table.units.get(field, "") if value.bare else "")
    text = value.text
    if layout.format == "json":
        text = value.bare or value.text
    elif layout.shape == "units" and unit:
        label, text = label.split("（")[0], value.bare or value.text
    elif label.endswith(f"（{unit}）") and value.bare:
        text = value.bare
    options, tick = _options(table, field, label, value) if table.is_choice(field, split) else ((), None)
    if tick is not None and value.text in ("是", "否"):
        text = tick
    number_typed = as_number(text) if field in table.units else None
    return Row(section, field, label, text, number_typed, unit, options, tick)


def _options(table: Table, field: str, label: str, value: Value) -> tuple[tuple[str, ...], str | None]:
    """The boxes beside a label and the one that is ticked ("" for none)."""
    options = table.choices.get(field, ("有", "无") if "有无" in label else ("是", "否"))
    tick = value.tick
    if options == ("有", "无") and tick:
        tick = {"是": "有", "否": "无"}[tick]
    return options, tick


def _prose_plan(table: Table, split: Split, number: int, prose: Prose) -> Plan:
    expect = {field: prose.expect.get(field, table.silent(field)) for field in table.fields}
    skew, noise = (0.5, 4) if prose.format in ("png", "jpg", "scan.pdf") else (0.0, 0)
    layout = Layout(format=prose.format, shape="prose", forms=1, skew=skew, noise=noise)
    name = f"{split}-{number:03d}-{prose.format.replace('.', '-')}-prose"
    return Plan(name, split, layout, (), prose.text.strip() + "\n", expect)
