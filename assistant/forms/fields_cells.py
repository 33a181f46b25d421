"""What single cells of a table say: a value that fits, a choice, figures beside one another."""

import re
from collections.abc import Container, Iterable
from itertools import pairwise

from assistant.files.content import Cell
from assistant.forms.fields_labels import LabelMatch
from assistant.forms.fields_values import find_choices, read_value
from assistant.forms.form_schema import FieldType
from assistant.forms.words import plain

_A_FIGURE = re.compile(r"[0-9][0-9,.]*(?:人|名|万元|元|千元|亿元)?")


def fits(match: LabelMatch, text: str) -> bool:
    reading = read_value(match, text)
    return reading is not None and reading.value is not None


def chooses(match: LabelMatch, text: str) -> bool:
    """Whether the words are a choice of the field, though they could be a label too (变更事项：中心主任)."""
    return match.field.type is FieldType.CHOICE and len(find_choices(match.field, text)) == 1


def several_pairs(others: dict[int, Cell], labels: Container[int]) -> bool:
    """Label, value, label, value: every second cell is a label."""
    marks = [id(cell) in labels for cell in sorted(others.values(), key=lambda cell: cell.column)]
    return len(marks) >= 4 and not any(a and b for a, b in pairwise(marks))


def other_figures(value: Cell, beside: Iterable[Cell | None]) -> str:
    """A doubt where other figures stand beside a value and no heading tells which of them is asked for."""
    said = (cell.text.strip() for cell in beside if cell is not None and _A_FIGURE.fullmatch(plain(cell.text)))
    differ = [text for text in dict.fromkeys(said) if plain(text) != plain(value.text)]
    if not differ:
        return ""
    return f"同一行写了几个数：{'、'.join([value.text.strip(), *differ])[:60]}，看不出以哪个为准"
