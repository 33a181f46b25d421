"""Labels in tables and the cells that answer them: down the side, along the top, or in one cell."""

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.files.content import Cell
from assistant.forms.fields_answers import Answer
from assistant.forms.fields_cells import chooses, fits, names_another, other_figures, several_pairs
from assistant.forms.fields_grid import LabelledGrid
from assistant.forms.fields_headings import YEAR, Role
from assistant.forms.fields_labels import LabelMatch
from assistant.forms.fields_lines import pairs_in
from assistant.forms.label_words import unit_of
from assistant.forms.words import plain

_COLON_AT_END = re.compile(r"[:：]\s*$")
_UNIT_AT_END = re.compile(r"[一-龥][(（](?:单位[:：])?(?:人民币)?[百千万亿]?(?:元|人|项|件|家)[)）]\s*$")
_NO_VALUES = (Role.UNIT, Role.ASIDE, Role.JUDGED, Role.DETAIL)
_FIGURE = re.compile(r"\s*[0-9０-９][0-9０-９,，.．]*\s*[人名万千元件项]{0,2}\s*")
_A_PERIOD = re.compile(r"[0-9]{4}年?度?.{0,4}|[0-9]+|[-—/.]*")
_PAIR = re.compile(r"[^:：\n]{1,20}[:：]")
_REQUIREMENT = re.compile(r"^\s*(?:≥|>=|不(?:得)?[少低]于|至少|须|应)")


class TableReader(LabelledGrid):
    """Reads one table."""

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
        plainly = [(c, cell) for c, cell in cells if self._role_at(row, c) not in _NO_VALUES]
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
            if columns and other is not None and names_another(other.text):
                break
            if other is None or other.column == column:
                columns.append(column)
        return columns

    def _heads_a_column(self, cell: Cell) -> bool:
        """Whether a label stands on top of its values: its neighbours are labels too, the row below has none."""
        if self._role_at(cell.row, cell.column) is Role.LABEL:
            return False
        if self._is_row_of_labels(cell.row) or self._figure_below(cell):
            return True
        under = self._row_from(cell.row + cell.row_span)
        if not any(under) or any(other is not None and id(other) in self._labels for other in under):
            return False
        beside = [self._grid.get((cell.row, column)) for column in range(1, self._last + 1)]
        # A title down the side of several rows is no neighbour in this row.
        others = {
            id(other): other
            for other in beside
            if other is not None and other.text.strip() and other.row_span <= cell.row_span
        }
        if len(others) == 1:
            blank_beside = (cell.row, cell.column + cell.column_span) in self._grid
            alone_below = len({id(other) for other in under if other is not None and other.text.strip()}) == 1
            return alone_below and not blank_beside and not self._answers_beside(cell.column)
        named = {key for key, other in others.items() if self._is_heading(other)}
        labels = len(named)
        neighbour = self._grid.get((cell.row, cell.column + cell.column_span))
        before = self._grid.get((cell.row, cell.column - 1))
        next_to_label = any(other is not None and id(other) in named for other in (neighbour, before))
        value_beside = neighbour is not None and neighbour.text.strip() and id(neighbour) not in self._labels
        if value_beside and id(neighbour) not in named and labels * 2 <= len(others):
            return False
        return labels >= 2 and next_to_label and labels * 2 >= len(others) and not several_pairs(others, self._labels)

    def _figure_below(self, cell: Cell) -> bool:
        """固定研发人员 | 兼职研发人员 over 84 | 21: words beside a label of numbers, figures below both."""
        match, beside = self._labels[id(cell)], self._grid.get((cell.row, cell.column + cell.column_span))
        if not match.field.type.is_number or beside is None or re.search(r"[0-9０-９]|^\s*$", beside.text):
            return False
        under = (self._grid.get((cell.row + cell.row_span, column)) for column in (cell.column, beside.column))
        return all(one is not None and _FIGURE.fullmatch(one.text) for one in under)

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
        listed = "" if alone else self._lists(cell, rows)
        for number, row in enumerate(rows):
            first = self._grid.get((row, 1))
            if any(id(c) in self._labels for c in [self._grid.get((row, k)) for k in range(1, self._last + 1)] if c):
                break
            value = self._grid.get((row, cell.column))
            year = YEAR.fullmatch(plain(first.text)) if first is not None else None
            if number == 0 or (value is not None and value.text.strip()):
                unit = units.get(cell.column, self._unit)
                answer, source = self._answer(match, cell, value, unit, year.group(1) if year else "")
                yield replace(answer, doubt=listed), source
            if alone:
                break

    def _lists(self, cell: Cell, rows: list[int]) -> str:
        """A doubt where several rows below a heading are of several owners (成员单位, 研发人员): whose is asked?"""
        firsts = [plain(first.text) for row in rows if (first := self._grid.get((row, 1))) is not None]
        owners = [text for text in dict.fromkeys(firsts) if text and not _A_PERIOD.fullmatch(text)]
        return "表里列了几行，看不出哪一行是所问的，请核对" if cell.column > 1 and len(owners) > 1 else ""

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
        another_label = names_another(value.text) or (not match.field.type.is_text and _UNIT_AT_END.search(value.text))
        text = "" if printed or another_label else value.text
        found = Answer(match, text, value.place, quote, unit, year or match.year, value.confidence, value.note)
        return found, value
