"""What a reader finds in a draft: tables, lines and entries, each with the place a person finds it by."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell; a merged one stands once, with its span. Rows and columns count from 1.

    `confidence` (0 to 1) only where it was recognised from a picture; `note` is Chinese and says what a person
    should know about the value (a formula never calculated, a number shown rounded).
    """

    text: str
    row: int
    column: int
    place: str
    row_span: int = 1
    column_span: int = 1
    confidence: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; one that is nested in a cell is a table of its own."""

    name: str
    cells: tuple[Cell, ...]
    place: str


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or a line of a page."""

    text: str
    place: str
    confidence: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A named value of a JSON draft; nested objects have dotted names."""

    name: str
    value: str | int | Decimal | bool | None
    place: str


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything in a file that could state a fact. `kind`: docx, xlsx, csv, json, pdf, image, text.

    `scanned`: something in it was recognised from a picture. `notes` are Chinese sentences about what was left
    out or is doubtful (hidden sheets and rows, a key that stands twice).
    """

    kind: str
    tables: tuple[Table, ...] = ()
    lines: tuple[Line, ...] = ()
    entries: tuple[Entry, ...] = ()
    scanned: bool = False
    notes: tuple[str, ...] = ()
