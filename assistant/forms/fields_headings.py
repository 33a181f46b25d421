"""Headings of columns: which column holds labels, values, units, requirements, years."""

import re
from collections.abc import Mapping
from enum import Enum

from assistant.files.content import Cell
from assistant.forms.label_words import unit_of
from assistant.forms.words import form_words, plain


class Role(Enum):
    """What a column is for, as its heading says."""

    LABEL = "label"
    VALUE = "value"
    UNIT = "unit"
    ASIDE = "aside"
    JUDGED = "judged"
    YEAR = "year"
    DETAIL = "detail"


_ROLE_OF = {word: role for role in Role if role.value != "year" for word in form_words("headings", role.value)}
_ROLE_HOLDS = [
    (role, form_words("headings", f"{role.value}_holds")) for role in (Role.JUDGED, Role.ASIDE, Role.LABEL, Role.VALUE)
]
YEAR = re.compile(r"((?:19|20)[0-9]{2})年?度?(?:数|值|实际|情况|完成)?")
_LONGEST_HEADING = 12
_ENOUGH_HEADINGS = 3
_RELATIVE = {"前": "前年", "上": "上年", "去": "上年", "本": "本年", "今": "本年", "当": "本年", "上上": "前年"}
_RELATIVE_YEAR = re.compile(r"(上上|[前上去本今当])一?年度?(?:数|值|实际|情况|完成|数据|金额|末)?")
_NOT_YET = re.compile(
    r"(?:[0-9]{4}年?度?|下一?年度?|明年|来年|今后|未来)?(?:的?(?:计划|目标|预[计期算]|规划|拟达到?))(?:数|值|完成|达到|情况|指标|年度?)?"
    r"|(?:下一?年|明年|来年)度?(?:数|值)?"
)


def roles_of_columns(
    grid: Mapping[tuple[int, int], Cell], last: int, above: Mapping[int, tuple[Role, str]]
) -> tuple[dict[int, dict[int, tuple[Role, str]]], set[int]]:
    """For each row below a row of headings: column -> its role, with the year or unit it names; and the headings' ids.

    In: the cells of a table by row and column, its last column, and the roles that headings before it gave.
    """
    roles: dict[int, dict[int, tuple[Role, str]]] = {}
    headings: set[int] = set()
    current = dict(above)
    for row in sorted({row for row, _ in grid}):
        cells = [(column, grid[row, column]) for column in range(1, last + 1) if (row, column) in grid]
        found = {column: role for column, cell in cells if (role := role_of(cell.text))}
        filled = sum(bool(cell.text.strip()) for _, cell in cells)
        found = _with_loose(found, cells)
        # 基本情况 in one cell across all columns is a section's title, not a heading of each of them.
        apart = len({id(cell) for column, cell in cells if column in found}) >= 2
        # 姓名, 职务, 学历 head a list of people only where nothing else stands in the row.
        apart = apart and (len(found) == filled or all(role is not Role.DETAIL for role, _ in found.values()))
        if apart and len(found) * 2 >= filled and {role for role, _ in found.values()} != {Role.LABEL}:
            current = _with_labels(found)
            headings |= {id(cell) for _, cell in cells}
        elif current:
            roles[row] = current
    return roles, headings


def _with_loose(found: dict[int, tuple[Role, str]], cells: list[tuple[int, Cell]]) -> dict[int, tuple[Role, str]]:
    """指标, 建设期末目标, 目前完成: beside a heading that is known, others count by their words, if all then do."""
    if not found or len({id(cell) for _, cell in cells if cell.text.strip()}) < _ENOUGH_HEADINGS:
        return found
    rest = {column: _loose_role(cell.text) for column, cell in cells if column not in found and cell.text.strip()}
    roles = {column: (role, "") for column, role in rest.items() if role is not None}
    return found | roles if len(roles) == len(rest) else found


def _loose_role(text: str) -> Role | None:
    words = re.sub(r"[(\[].*?[)\]]", "", plain(text)).strip(":*")
    if not 0 < len(words) <= _LONGEST_HEADING:
        return None
    for role, holds in _ROLE_HOLDS:
        if any(words.endswith(word) if role is Role.LABEL else word in words for word in holds):
            return role
    return None


def _with_labels(found: dict[int, tuple[Role, str]]) -> dict[int, tuple[Role, str]]:
    """分类, 内容, 填报: of two columns of content before which none has labels, the first one has them."""
    values = [column for column, (role, _) in found.items() if role is Role.VALUE]
    if len(values) < 2 or any(role is Role.LABEL for role, _ in found.values()):
        return found
    return {**found, values[0]: (Role.LABEL, "")}


def role_of(text: str) -> tuple[Role, str] | None:
    """The role that a heading gives its column, with the year or unit in it; None if it is no such heading."""
    label = plain(text)
    words = re.sub(r"[(\[].*?[)\]]", "", label).strip(":*")
    if words in _ROLE_OF:
        return _ROLE_OF[words], next((u for r in re.findall(r"[(\[](.*?)[)\]]", label) if (u := unit_of(r))), "")
    year = YEAR.fullmatch(words)
    if year:
        return Role.YEAR, year.group(1)
    relative = _RELATIVE_YEAR.fullmatch(words)
    if relative:
        return Role.YEAR, _RELATIVE[relative.group(1)]
    # A column of plans is no column of values, whatever it is called.
    return (Role.ASIDE, "") if len(words) <= _LONGEST_HEADING and _NOT_YET.fullmatch(words) else None
