"""Headings of columns: which column holds labels, values, units, requirements, years."""

import re
from collections.abc import Mapping
from enum import Enum

from assistant.files.content import Cell
from assistant.forms.fields_labels import unit_of
from assistant.forms.words import form_words, plain


class Role(Enum):
    """What a column is for, as its heading says."""

    LABEL = "label"
    VALUE = "value"
    UNIT = "unit"
    ASIDE = "aside"
    JUDGED = "judged"
    YEAR = "year"


_ROLE_OF = {word: role for role in Role if role.value != "year" for word in form_words("headings", role.value)}
YEAR = re.compile(r"((?:19|20)[0-9]{2})年?度?(?:数|值|实际|情况|完成)?")


def roles_of_columns(
    grid: Mapping[tuple[int, int], Cell], last: int
) -> tuple[dict[int, dict[int, tuple[Role, str]]], set[int]]:
    """For each row below a row of headings: column -> its role, with the year or unit it names; and the headings' ids.

    In: the cells of a table by row and column, and its last column.
    """
    roles: dict[int, dict[int, tuple[Role, str]]] = {}
    headings: set[int] = set()
    current: dict[int, tuple[Role, str]] = {}
    for row in sorted({row for row, _ in grid}):
        cells = [(column, grid[row, column]) for column in range(1, last + 1) if (row, column) in grid]
        found = {column: role for column, cell in cells if (role := role_of(cell.text))}
        filled = sum(bool(cell.text.strip()) for _, cell in cells)
        if len(found) >= 2 and len(found) * 2 >= filled and {role for role, _ in found.values()} != {Role.LABEL}:
            current = found
            headings |= {id(grid[row, column]) for column in found}
        elif current:
            roles[row] = current
    return roles, headings


def role_of(text: str) -> tuple[Role, str] | None:
    """The role that a heading gives its column, with the year or unit in it; None if it is no such heading."""
    label = plain(text)
    words = re.sub(r"[(\[].*?[)\]]", "", label).strip(":*")
    if words in _ROLE_OF:
        return _ROLE_OF[words], next((u for r in re.findall(r"[(\[](.*?)[)\]]", label) if (u := unit_of(r))), "")
    year = YEAR.fullmatch(words)
    return (Role.YEAR, year.group(1)) if year else None
