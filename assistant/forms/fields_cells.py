"""What single cells of a table say: a value that fits, a choice, figures beside one another."""

import re
from collections.abc import Container, Iterable
from itertools import pairwise, takewhile

from assistant.files.content import Cell
from assistant.forms.fields_labels import LabelMatch
from assistant.forms.fields_values import find_choices, read_value
from assistant.forms.form_schema import FieldType
from assistant.forms.label_words import unit_of
from assistant.forms.words import form_words, plain

_OTHERS = re.compile("|".join(sorted(map(re.escape, form_words("labels", "others")), key=len, reverse=True)))
_REMARK = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]")
_LONGEST_OTHER = 14
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


def names_another(text: str) -> bool:
    """Whether a cell is the label of something that no field asks for: 联系电话, 上年度营业收入（万元）."""
    label = _REMARK.sub("", plain(text)).strip(":*")
    return len(label) <= _LONGEST_OTHER and bool(re.search(rf"(?:{_OTHERS.pattern})$", label))


def other_figures(value: Cell, beside: Iterable[Cell | None]) -> str:
    """A doubt where other figures stand beside a value and no heading tells which of them is asked for."""
    figures = [cell for cell in beside if cell is not None and cell.text.strip() and not unit_of(cell.text)]
    # 固定研发人员 | 91 | 外聘专家 | 25: words between them begin another pair.
    figures = list(takewhile(lambda cell: cell is value or _A_FIGURE.fullmatch(plain(cell.text)), figures))
    said = (cell.text.strip() for cell in figures if _A_FIGURE.fullmatch(plain(cell.text)))
    differ = [text for text in dict.fromkeys(said) if plain(text) != plain(value.text)]
    if not differ:
        return ""
    return f"同一行写了几个数：{'、'.join([value.text.strip(), *differ])[:60]}，看不出以哪个为准"
