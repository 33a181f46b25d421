"""Labels in tables and the cells that answer them: down the side, along the top, or in one cell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.files.content import Cell, Table
from assistant.forms.fields_cells import chooses, fits, other_figures, several_pairs
from assistant.forms.fields_headings import YEAR, Role, role_of, roles_of_columns
from assistant.forms.fields_labels import LabelIndex, LabelMatch, unit_of
from assistant.forms.fields_lines import pairs_in
from assistant.forms.words import plain

_MAX_CELLS = 200_000


_COLON_AT_END = re.compile(r"[:：]\s*$")
_UNIT_AT_END = re.compile(r"[一-龥][(（](?:单位[:：])?(?:人民币)?[百千万亿]?(?:元|人|项|件|家)[)）]\s*$")
_PAIR = re.compile(r"[^:：\n]{1,20}[:：]")
_REQUIREMENT = re.compile(r"^\s*(?:≥|>=|不(?:得)?[少低]于|至少|须|应)")


@dataclass(frozen=True, slots=True)
class Answer:
    """A label with what was written for it, which may be nothing."""

    match: LabelMatch
    text: str
    place: str
    quote: str
    unit: str = ""
    year: str = ""
    confidence: Decimal | None = None
    note: str = ""
    doubt: str = ""


class TableReader:
    """Reads one table. `free`: the cells that are no labels, for whoever looks through running text."""

    def __init__(self, table: Table, index: LabelIndex) -> None:
        self._index = index
        self._own = index.schema.own_words
        self._cells = list(table.cells[:_MAX_CELLS])
        self._grid = {
            (row, column): cell
            for cell in self._cells
            for row in range(cell.row, cell.row + min(cell.row_span, 500))
            for column in range(cell.column, cell.column + min(cell.column_span, 100))
        }
        self._last = max((column for _, column in self._grid), default=0)
        # 单位：万元 above a table counts for all its figures.
        texts = (plain(cell.text) for cell in self._cells[:12])
        self._unit = next((u for text in texts if text.startswith("单位:") and (u := unit_of(text))), "")
        self._roles, self._headings = roles_of_columns(self._grid, self._last)
        self._labels = {id(cell): match for cell in self._cells if (match := self._label(cell))}
        self._guess_labels()
        self.free = [cell for cell in self._cells if id(cell) not in self._labels and not self._printed(cell)]

    def answers(self) -> Iterator[Answer]:
        """Every label in the table with its value."""
        taken: set[int] = set()
        for cell in self._cells:
            match = self._labels.get(id(cell))
            if match is None or id(cell) in taken:
                if match is None and not self._printed(cell) and not self._is_value(cell):
                    yield from self._in_one_cell(cell)
                continue
            for answer, source in self._values_of(cell, match):
                if source is not None:
                    taken.add(id(source))
                yield answer

    def _role_at(self, row: int, column: int) -> Role | None:
        role = self._roles.get(row, {}).get(column)
        return role[0] if role else None

    def _is_value(self, cell: Cell) -> bool:
        return self._role_at(cell.row, cell.column) is Role.VALUE

    def _printed(self, cell: Cell) -> bool:
        """Whether the cell is what a blank form says itself."""
        return plain(cell.text) in self._own and not self._is_value(cell)

    def _label(self, cell: Cell) -> LabelMatch | None:
        if id(cell) in self._headings:
            return None
        if self._role_at(cell.row, cell.column) in (Role.VALUE, Role.UNIT, Role.YEAR, Role.JUDGED):
            return None
        if plain(cell.text) in self._own:
            return None
        text = cell.text.strip()
        if not text or self._is_group(cell):
            return None
        if match := self._index.match(text) or self._with_hint(text):
            return match
        left = self._grid.get((cell.row, cell.column - 1))
        if left is not None and left.row_span > 1 and len(text) <= 12 and len(left.text) <= 20:
            # 研发人员 in a merged cell, 固定 beside it.
            return self._index.match(text + left.text) or self._index.match(left.text + text)
        return None

    def _is_group(self, cell: Cell) -> bool:
        """Whether a merged cell only holds rows together: several rows with labels of their own stand beside it."""
        beside = self._grid.get((cell.row, cell.column + cell.column_span))
        wide = cell.column + cell.column_span < self._last
        return cell.row_span > 1 and wide and beside is not None and beside.row_span < cell.row_span

    def _guess_labels(self) -> None:
        """Labels in other words than the form knows, where a label is to be expected: not in the place of a value."""
        heads = {row for row in {cell.row for cell in self._cells} if self._is_row_of_labels(row)}
        answered = self._rows_below(heads)
        for cell in sorted(self._cells, key=lambda one: (one.row, one.column)):
            taken = id(cell) in self._labels or id(cell) in self._headings
            if taken or plain(cell.text) in self._own or self._is_group(cell):
                continue
            role = self._role_at(cell.row, cell.column)
            left = self._grid.get((cell.row, cell.column - 1))
            answers = left is not None and id(left) in self._labels and cell.row not in heads
            if role not in (None, Role.LABEL) or answers or cell.row in answered or not self._has_place(cell):
                continue
            match = self._index.guess(cell.text)
            if match is not None:
                self._labels[id(cell)] = match

    def _rows_below(self, heads: set[int]) -> set[int]:
        """The rows that hold the values of a heading row, up to the next row with a label."""
        labelled = {cell.row for cell in self._cells if id(cell) in self._labels}
        rows: set[int] = set()
        below = False
        for row in sorted({cell.row for cell in self._cells}):
            below = row in heads or (below and row not in labelled)
            if below and row not in heads:
                rows.add(row)
        return rows

    def _has_place(self, cell: Cell) -> bool:
        """Whether a value can stand beside or below a cell."""
        return cell.column + cell.column_span <= self._last or (cell.row + cell.row_span, cell.column) in self._grid

    def _is_row_of_labels(self, row: int) -> bool:
        """A heading row: no gaps, most of its cells labels, none of the row below."""
        cells = [self._grid.get((row, column)) for column in range(1, self._last + 1)]
        filled = {id(cell): cell for cell in cells if cell is not None and cell.text.strip()}
        columns = [c for c, cell in enumerate(cells) if cell is not None and cell.text.strip()]
        if len(filled) < 3 or columns != list(range(columns[0], columns[-1] + 1)):
            return False
        height = max(cell.row + cell.row_span for cell in filled.values())
        under = [self._grid.get((height, column)) for column in range(1, self._last + 1)]
        if not any(under) or any(cell is not None and id(cell) in self._labels for cell in under):
            return False
        named = {key for key, cell in filled.items() if key in self._labels or self._index.guess(cell.text)}
        labels = len(named | {key for key, cell in filled.items() if role_of(cell.text) is not None})
        return labels >= 3 and labels * 3 >= len(filled) and not several_pairs(filled, named)

    def _with_hint(self, text: str) -> LabelMatch | None:
        """A label that has its explanation below it in the same cell."""
        first, _, rest = text.partition("\n")
        rest = rest.strip()
        hint = plain(rest) in self._own or re.match(r"[（(【]|请|指|填写|注|说明|如|按|须|单位", rest)
        return self._index.match(first) if rest and hint else None

    def _values_of(self, cell: Cell, match: LabelMatch) -> Iterator[tuple[Answer, Cell | None]]:
        if self._heads_a_column(cell):
            yield from self._below(cell, match)
            return
        right = self._right_of(cell, match)
        roles = self._roles.get(cell.row, {})
        beside = (self._grid.get((cell.row, column)) for column in right)
        unit = next((u for found in beside if found and (u := unit_of(found.text))), self._unit)
        years = [column for column in right if self._role_at(cell.row, column) is Role.YEAR]
        stated = [column for column in right if self._role_at(cell.row, column) is Role.VALUE]
        if years and not stated:
            for column in years:
                yield self._answer(match, cell, self._grid.get((cell.row, column)), unit, roles[column][1])
            return
        if stated and not match.unit and unit == self._unit:
            unit = roles[stated[0]][1] or unit
        answer, value = self._answer(match, cell, self._chosen(cell.row, stated, right, match), unit, "")
        if value is not None and not stated and match.field.type.is_number:
            cells = (self._grid.get((cell.row, c)) for c in right if self._role_at(cell.row, c) is None)
            answer = replace(answer, doubt=other_figures(value, cells))
        yield answer, value

    def _chosen(self, row: int, stated: list[int], right: list[int], match: LabelMatch) -> Cell | None:
        """The cell beside a label that holds its value."""
        cells = [(c, self._grid.get((row, c))) for c in right]
        judged = [cell for c, cell in cells if self._role_at(row, c) is Role.JUDGED and cell and cell.text.strip()]
        if stated:
            value = self._grid.get((row, stated[0]))
            if (value is None or not value.text.strip()) and judged and match.field.type.is_yes_no:
                return judged[0]
            return value
        plainly = [(c, cell) for c, cell in cells if self._role_at(row, c) not in (Role.UNIT, Role.ASIDE, Role.JUDGED)]
        if not plainly:
            return judged[0] if judged else None
        filled = [
            (c, cell)
            for c, cell in plainly
            if cell is not None and cell.text.strip() and not unit_of(cell.text) and plain(cell.text) not in self._own
        ]
        if match.field.type.is_number and len(filled) > 1 and _REQUIREMENT.match(filled[0][1].text):
            filled = filled[1:]
        if not filled:
            return judged[0] if judged and match.field.type.is_yes_no else None
        column, value = filled[0]
        first = next((c for c, cell in plainly if cell is None or not unit_of(cell.text)), column)
        if column != first and (match.field.type.is_text or len(value.text) > 40 or not fits(match, value.text)):
            return None  # the place for the value was left empty; what stands farther off is something else
        return value

    def _right_of(self, cell: Cell, match: LabelMatch) -> list[int]:
        """The columns to the right of a label up to the next label."""
        columns: list[int] = []
        for column in range(cell.column + cell.column_span, self._last + 1):
            other = self._grid.get((cell.row, column))
            if other is not None and id(other) in self._labels and not (not columns and chooses(match, other.text)):
                break
            if columns and self._role_at(cell.row, column) is Role.LABEL:
                break
            if other is None or other.column == column:
                columns.append(column)
        return columns

    def _heads_a_column(self, cell: Cell) -> bool:
        """Whether a label stands on top of its values: its neighbours are labels too, the row below has none."""
        if self._role_at(cell.row, cell.column) is Role.LABEL:
            return False
        if self._is_row_of_labels(cell.row):
            return True
        below = cell.row + cell.row_span
        under = [self._grid.get((below, column)) for column in range(1, self._last + 1)]
        if not any(under) or any(other is not None and id(other) in self._labels for other in under):
            return False
        beside = [self._grid.get((cell.row, column)) for column in range(1, self._last + 1)]
        others = {id(other): other for other in beside if other is not None and other.text.strip()}
        if len(others) == 1:
            blank_beside = (cell.row, cell.column + cell.column_span) in self._grid
            alone_below = len({id(other) for other in under if other is not None and other.text.strip()}) == 1
            return alone_below and not blank_beside and not self._answers_beside(cell.column)
        labels = sum(id(other) in self._labels or role_of(other.text) is not None for other in others.values())
        neighbour = self._grid.get((cell.row, cell.column + cell.column_span))
        before = self._grid.get((cell.row, cell.column - 1))
        next_to_label = any(
            other is not None and (id(other) in self._labels or role_of(other.text)) for other in (neighbour, before)
        )
        value_beside = neighbour is not None and neighbour.text.strip() and id(neighbour) not in self._labels
        if value_beside and not (neighbour and role_of(neighbour.text)) and labels * 2 <= len(others):
            return False
        return labels >= 2 and next_to_label and labels * 2 >= len(others) and not several_pairs(others, self._labels)

    def _answers_beside(self, column: int) -> bool:
        """Whether other labels of a column have their values to the right."""
        return any(
            self._grid[row, column].text.strip()
            and (beside := self._grid.get((row, column + 1))) is not None
            and beside.text.strip()
            and id(self._grid[row, column]) in self._labels
            and id(beside) not in self._labels
            for row, at in self._grid
            if at == column
        )

    def _below(self, cell: Cell, match: LabelMatch) -> Iterator[tuple[Answer, Cell | None]]:
        rows = sorted({row for row, _ in self._grid if row >= cell.row + cell.row_span})
        units = self._row_of_units(rows[0]) if rows else {}
        rows = rows[1:] if units else rows
        alone = len({id(c) for (r, _), c in self._grid.items() if r == cell.row and c.text.strip()}) == 1
        for number, row in enumerate(rows):
            first = self._grid.get((row, 1))
            if any(id(c) in self._labels for c in [self._grid.get((row, k)) for k in range(1, self._last + 1)] if c):
                break
            value = self._grid.get((row, cell.column))
            year = YEAR.fullmatch(plain(first.text)) if first is not None else None
            if number == 0 or (value is not None and value.text.strip()):
                unit = units.get(cell.column, self._unit)
                yield self._answer(match, cell, value, unit, year.group(1) if year else "")
            if alone:
                break

    def _row_of_units(self, row: int) -> dict[int, str]:
        """Column -> unit, if a row holds nothing but units."""
        cells = {column: cell.text for (at, column), cell in self._grid.items() if at == row and plain(cell.text)}
        units = {column: unit for column, text in cells.items() if (unit := unit_of(text))}
        return units if all(column in units or plain(text) in "-—/" for column, text in cells.items()) else {}

    def _in_one_cell(self, cell: Cell) -> Iterator[Answer]:
        for pair in pairs_in(cell.text, self._index):
            quote = cell.text[pair.start : pair.end].strip()
            yield Answer(pair.match, pair.value, cell.place, quote, confidence=cell.confidence, note=cell.note)

    def _answer(
        self, match: LabelMatch, label: Cell, value: Cell | None, unit: str, year: str
    ) -> tuple[Answer, Cell | None]:
        if value is None:
            return Answer(match, "", label.place, label.text.strip(), unit), None
        quote = f"{label.text.strip()}：{value.text.strip()}"
        if _COLON_AT_END.search(label.text) and _PAIR.match(value.text):
            return Answer(match, "", label.place, label.text.strip(), unit), None  # two cells with a pair in each
        printed = plain(value.text) in self._own and not self._is_value(value)
        another_label = not match.field.type.is_text and _UNIT_AT_END.search(value.text)
        text = "" if printed or another_label else value.text
        found = Answer(match, text, value.place, quote, unit, year or match.year, value.confidence, value.note)
        return found, value
