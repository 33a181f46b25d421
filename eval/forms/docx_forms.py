"""Writes plans as Word documents, one function a shape."""

from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table, _Cell

from eval.forms.controls import put_control
from eval.forms.plan import Plan, Row
from eval.forms.text_forms import lines
from eval.forms.words import REMARK, TITLE, marked

FONT = "Noto Serif CJK SC"


def write_docx(plan: Plan, path: Path) -> None:
    document = Document()
    normal = document.styles["Normal"]
    normal.font.size = Pt(11)
    normal.font.name = FONT
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    if plan.layout.shape in ("paragraphs", "prose"):
        for line in lines(plan):
            document.add_paragraph(line)
    else:
        document.add_paragraph(TITLE[plan.split])
        _SHAPES[plan.layout.shape](document, plan)
    document.save(str(path))


def _grid(document: DocumentType | _Cell, cells: Sequence[Sequence[str]]) -> Table:
    columns = max(len(row) for row in cells)
    table = document.add_table(len(cells), columns)
    if not isinstance(document, _Cell):
        table.style = "Table Grid"
    for row, words in zip(table.rows, cells, strict=True):
        for cell, word in zip(row.cells, words, strict=False):
            cell.text = word
    return table


def _pair_rows(plan: Plan, rows: Sequence[Row]) -> list[list[str]]:
    """Labels beside values, one pair a row or two."""
    layout = plan.layout
    if layout.columns == 4:
        pairs = [rows[i : i + 2] for i in range(0, len(rows), 2)]
        return [[word for row in pair for word in (row.label, marked(row, layout.marks))] for pair in pairs]
    serials = [[str(number)] if layout.serial else [] for number in range(1, len(rows) + 1)]
    return [[*serial, row.label, marked(row, layout.marks)] for serial, row in zip(serials, rows, strict=True)]


def _pairs(document: DocumentType, plan: Plan) -> None:
    head = [list(plan.layout.head)] if plan.layout.head else []
    _grid(document, [*head, *_pair_rows(plan, plan.rows)])


def _spans(document: DocumentType, plan: Plan) -> None:
    """Now two pairs a row, now one whose value runs over the rest of the row."""
    lines_of: list[list[Row]] = []
    rest = list(plan.rows)
    while rest:
        take = 2 if len(lines_of) % 2 else 1
        lines_of.append(rest[:take])
        rest = rest[take:]
    cells = [[w for row in line for w in (row.label, marked(row, plan.layout.marks))] for line in lines_of]
    table = _grid(document, [[*line, *[""] * (4 - len(line))] for line in cells])
    for number, line in enumerate(cells):
        if len(line) == 2:
            table.cell(number, 1).merge(table.cell(number, 3)).text = line[1]


def _units(document: DocumentType, plan: Plan) -> None:
    rows = [[row.label, row.unit or "—", row.text] for row in plan.rows]
    _grid(document, [plan.layout.head, *rows])


def _on_top(document: DocumentType, plan: Plan) -> None:
    """A row of labels and a row of values, as many as fit across, one table after the other."""
    for start in range(0, len(plan.rows), plan.layout.columns):
        rows = plan.rows[start : start + plan.layout.columns]
        _grid(document, [[row.label for row in rows], [row.text for row in rows]])
        document.add_paragraph("")


def _merged(document: DocumentType, plan: Plan) -> None:
    """The section's name runs down the side in one merged cell, the title across the top in another."""
    layout = plan.layout
    remarks = [[REMARK if number % 3 == 0 else ""] if layout.remark else [] for number in range(len(plan.rows))]
    rows = [["", row.label, row.text, *remark] for row, remark in zip(plan.rows, remarks, strict=True)]
    table = _grid(document, [[TITLE[plan.split]], list(layout.head), *rows])
    table.cell(0, 0).merge(table.cell(0, len(layout.head) - 1))
    start = 2
    for section, group in groupby(plan.rows, key=lambda row: row.section):
        end = start + len(list(group)) - 1
        table.cell(start, 0).merge(table.cell(end, 0)).text = section
        start = end + 1


def _one_cell(document: DocumentType, plan: Plan) -> None:
    """Label and value share a cell, now in one paragraph, now in two."""
    words = [f"{row.label}{'：' if number % 2 else ':' + chr(10)}{row.text}" for number, row in enumerate(plan.rows)]
    columns = plan.layout.columns
    _grid(document, [words[i : i + columns] for i in range(0, len(words), columns)])


def _several_tables(document: DocumentType, plan: Plan) -> None:
    for number, (section, group) in enumerate(groupby(plan.rows, key=lambda row: row.section), 1):
        document.add_heading(f"{number}. {section}", 2)
        _grid(document, _pair_rows(plan, list(group)))


def _nested(document: DocumentType, plan: Plan) -> None:
    """An outer table of sections, in whose cells the rows stand as tables."""
    groups = [(section, list(group)) for section, group in groupby(plan.rows, key=lambda row: row.section)]
    outer = _grid(document, [[section, ""] for section, _ in groups])
    for row, (_, rows) in zip(outer.rows, groups, strict=True):
        _grid(row.cells[1], _pair_rows(plan, rows))


def _controls(document: DocumentType, plan: Plan) -> None:
    """Values in content controls: text, lists and boxes; what is not filled in shows the placeholder."""
    columns = plan.layout.columns
    per_line = columns // 2
    lines_needed = -(-len(plan.rows) // per_line)
    table = _grid(document, [[""] * columns for _ in range(lines_needed)])
    for number, row in enumerate(plan.rows):
        line, pair = divmod(number, per_line)
        table.cell(line, 2 * pair).text = row.label
        put_control(table.cell(line, 2 * pair + 1), row, number)


_SHAPES: dict[str, Callable[[DocumentType, Plan], None]] = {
    "pairs": _pairs,
    "spans": _spans,
    "units": _units,
    "on_top": _on_top,
    "merged": _merged,
    "one_cell": _one_cell,
    "several_tables": _several_tables,
    "nested": _nested,
    "controls": _controls,
}
