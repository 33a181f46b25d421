"""Draft <-> JSON bytes, the only thing a reader's process may say to the one that asked.

JSON and not pickle: whoever takes a reader over through a hostile file must not get any further.
"""

import json
from decimal import Decimal, InvalidOperation
from typing import Any

from assistant.errors import UnreadableFileError
from assistant.files.content import Cell, Draft, Entry, Line, Table


def packed(draft: Draft) -> bytes:
    """The draft as JSON."""
    return json.dumps(
        {
            "kind": draft.kind,
            "scanned": draft.scanned,
            "notes": draft.notes,
            "tables": [[table.name, table.place, [_cell(cell) for cell in table.cells]] for table in draft.tables],
            "lines": [[line.text, line.place, _text(line.confidence)] for line in draft.lines],
            "entries": [[entry.name, entry.place, *_typed(entry.value)] for entry in draft.entries],
        },
        ensure_ascii=False,
    ).encode("utf-8", "surrogatepass")


def packed_error(error: UnreadableFileError) -> bytes:
    """A refusal as JSON."""
    return json.dumps({"error": [error.message, error.hint]}, ensure_ascii=False).encode("utf-8", "surrogatepass")


def unpacked(data: bytes) -> Draft:
    """The draft in JSON made by `packed`. Raises the refusal in it, or ValueError for anything else."""
    try:
        said = json.loads(data.decode("utf-8", "replace"))
        if "error" in said:
            message, hint = said["error"]
            raise UnreadableFileError(str(message), str(hint))
        return Draft(
            kind=str(said["kind"]),
            tables=tuple(
                Table(str(name), tuple(_cell_in(cell) for cell in cells), str(place))
                for name, place, cells in said["tables"]
            ),
            lines=tuple(Line(str(text), str(place), _decimal(confidence)) for text, place, confidence in said["lines"]),
            entries=tuple(
                Entry(str(name), _value(kind, value), str(place)) for name, place, kind, value in said["entries"]
            ),
            scanned=bool(said["scanned"]),
            notes=tuple(map(str, said["notes"])),
        )
    except (KeyError, TypeError, InvalidOperation, RecursionError) as error:
        raise ValueError("not a packed draft") from error


def _cell(cell: Cell) -> list[Any]:
    confidence = _text(cell.confidence)
    return [cell.text, cell.row, cell.column, cell.place, cell.row_span, cell.column_span, confidence, cell.note]


def _cell_in(said: list[Any]) -> Cell:
    text, row, column, place, row_span, column_span, confidence, note = said
    numbers = (int(row), int(column), int(row_span), int(column_span))
    return Cell(str(text), numbers[0], numbers[1], str(place), numbers[2], numbers[3], _decimal(confidence), str(note))


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def _decimal(written: Any) -> Decimal | None:
    return None if written is None else Decimal(str(written))


def _typed(value: str | int | Decimal | bool | None) -> tuple[str, Any]:
    if isinstance(value, Decimal):
        return "decimal", str(value)
    return "plain", value


def _value(kind: str, value: Any) -> str | int | Decimal | bool | None:
    if kind == "decimal":
        return Decimal(str(value))
    if value is None or isinstance(value, str | int | bool):
        return value
    raise ValueError("not a plain value")
