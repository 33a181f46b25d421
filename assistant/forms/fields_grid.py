"""The cells of a table, which of them are labels, and what the columns are for."""

import re

from assistant.files.content import Cell, Table
from assistant.forms.fields_cells import chooses, names_another, several_pairs
from assistant.forms.fields_headings import Role, role_of, roles_of_columns
from assistant.forms.fields_labels import Closeness, LabelIndex, LabelMatch
from assistant.forms.label_words import unit_of
from assistant.forms.words import plain

_SHORT = 4
_MAX_CELLS = 200_000


class LabelledGrid:
    """One table with its labels found. `free`: the cells that are no labels, for whoever looks through running text."""

    _above: dict[int, tuple[Role, str]]

    def __init__(self, table: Table, index: LabelIndex, before: "LabelledGrid | None" = None) -> None:
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
        # A table that goes on over the page has its headings on the page before.
        self._page = table.place.partition(",")[0]
        above: dict[int, tuple[Role, str]] = {}
        if before is not None and before._page != self._page and self._page.startswith("page"):
            above = before._above if before._last == self._last else {}
        self._roles, self._headings = roles_of_columns(self._grid, self._last, above)
        self._above = dict(self._roles.get(max((row for row, _ in self._grid), default=0), {}))
        self._labels = {id(cell): match for cell in self._cells if (match := self._label(cell))}
        self._guess_labels()
        self._labels = {key: match for key, match in self._labels.items() if key not in self._statements()}
        self.free = [cell for cell in self._cells if id(cell) not in self._labels and not self._printed(cell)]

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
        if self._role_at(cell.row, cell.column) in (Role.VALUE, Role.UNIT, Role.YEAR, Role.JUDGED, Role.DETAIL):
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
            joined = self._index.match(text + left.text) or self._index.match(left.text + text)
            if joined is not None:
                return joined
        above = (self._grid.get((row, cell.column)) for row in range(cell.row - 1, 0, -1))
        title = next((one for one in above if one is not None and one.column_span > 1), None)
        partly = title is not None and title.column == cell.column and title.column_span < self._last
        if title is not None and partly and title.row_span == 1 and re.fullmatch(r"[一-龥]{2,4}", text):
            return self._index.match(text + title.text)  # 研发人员 across two columns, 固定 below it
        return None

    def _is_group(self, cell: Cell) -> bool:
        """Whether a merged cell only holds rows together: several rows with labels of their own stand beside it."""
        beside = self._grid.get((cell.row, cell.column + cell.column_span))
        wide = cell.column + cell.column_span < self._last
        if cell.row_span < 2 or not wide or beside is None or beside.row_span >= cell.row_span:
            return False
        # 研发人员 over 固定 and 兼职: what stands beside a heading may be divided below it.
        below = beside.row + beside.row_span
        divided = self._grid.get((below, beside.column)) is not self._grid.get((below, beside.column + 1))
        return not (beside.column_span > 1 and divided)

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
            match = self._index.guess(cell.text) or self._of_the_last(cell)
            if match is not None and not self._repeats(cell, match):
                self._labels[id(cell)] = match

    def _of_the_last(self, cell: Cell) -> LabelMatch | None:
        """牵头单位, 沈阳机床, 性质, 企业: a short word asks something of what the last label in the row names."""
        if not 1 < len(plain(cell.text)) <= _SHORT or cell.row_span > 1:
            return None
        before = (self._grid.get((cell.row, column)) for column in range(cell.column - 2, 0, -1))
        label = next((one for one in before if one is not None and id(one) in self._labels), None)
        match = self._index.match(label.text + cell.text.strip()) if label is not None else None
        return match if match is not None and match.closeness <= Closeness.NEAR else None

    def beside(self, cell: Cell) -> str:
        """What stands right beside a cell."""
        other = self._grid.get((cell.row, cell.column + cell.column_span))
        return other.text if other is not None else ""

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

    def _statements(self) -> set[int]:
        """Cells that read like a label turned round (无违法违规) beside or below the label that they answer."""
        found = set()
        for cell in self._cells:
            match = self._labels.get(id(cell))
            if match is not None and match.inverse:
                around = (self._grid.get((cell.row, cell.column - 1)), self._grid.get((cell.row - 1, cell.column)))
                labels = [
                    self._labels[id(other)] for other in around if other is not None and id(other) in self._labels
                ]
                if any(label.field.id == match.field.id and not label.inverse for label in labels):
                    found.add(id(cell))
        return found

    def _repeats(self, cell: Cell, match: LabelMatch) -> bool:
        """违法违规情况, and below it 近三年无重大违法违规: an answer in the words of its label."""
        above = self._grid.get((cell.row - 1, cell.column))
        # A section's title across the table is no label of one column.
        alike = above is not None and (above.column, above.column_span) == (cell.column, cell.column_span)
        label = self._labels.get(id(above)) if alike else None
        return label is not None and label.field.id == match.field.id

    def _has_place(self, cell: Cell) -> bool:
        """Whether a value can stand beside or below a cell."""
        return cell.column + cell.column_span <= self._last or (cell.row + cell.row_span, cell.column) in self._grid

    def _is_row_of_labels(self, row: int) -> bool:
        """A heading row: no gaps, most of its cells labels, none of the row below."""
        cells = [self._grid.get((row, column)) for column in range(1, self._last + 1)]
        filled = {id(cell): cell for cell in cells if cell is not None and cell.text.strip()}
        columns = [c for c, cell in enumerate(cells) if cell is not None and cell.text.strip()]
        if len(filled) < 2 or columns != list(range(columns[0], columns[-1] + 1)):
            return False
        if any(re.fullmatch(r"[0-9][0-9.,\-]*", plain(cell.text)) for cell in filled.values()):
            return False
        under = self._row_from(max(cell.row + cell.row_span for cell in filled.values()))
        if not any(under) or any(cell is not None and self._may_be_label(cell) for cell in under):
            return False
        named = {key for key, cell in filled.items() if self._may_be_label(cell)}
        labels = len(named | {key for key, cell in filled.items() if role_of(cell.text) is not None})
        few = labels < 3 and len(named) >= 2 and self._answered_below(filled, under)
        enough = few or (labels >= 3 and labels * 3 >= len(filled))
        return enough and not several_pairs(filled, named)

    def _answered_below(self, filled: dict[int, Cell], under: list[Cell | None]) -> bool:
        """Whether each of a few labels has something of its own below, and the first is not answered by the next."""
        if len({cell.row_span for cell in filled.values()}) > 1:
            return False  # a section's name down the side
        below = {id(cell) for cell in under if cell is not None and cell.text.strip()}
        first, second, *_ = sorted(filled.values(), key=lambda cell: cell.column)
        match = self._labels.get(id(first))
        return len(below) == len(filled) <= 3 and not (match is not None and chooses(match, second.text))

    def _row_from(self, start: int) -> list[Cell | None]:
        """The cells of the next row that has any: a reader leaves blank rows out."""
        row = min((row for row, _ in self._grid if row >= start), default=start)
        return [self._grid.get((row, column)) for column in range(1, self._last + 1)]

    def _is_heading(self, cell: Cell) -> bool:
        return id(cell) in self._labels or role_of(cell.text) is not None or names_another(cell.text)

    def _may_be_label(self, cell: Cell) -> bool:
        return id(cell) in self._labels or names_another(cell.text) or self._index.guess(cell.text) is not None

    def _with_hint(self, text: str) -> LabelMatch | None:
        """A label that has its explanation below it in the same cell."""
        first, _, rest = text.partition("\n")
        rest = rest.strip()
        hint = plain(rest) in self._own or re.match(r"[（(【]|请|指|填写|注|说明|如|按|须|单位", rest)
        return self._index.match(first) if rest and hint else None
