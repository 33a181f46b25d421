"""A table as plain text (csv, tsv and the like) -> one table.

A row with more fields than the others is taken for one with figures such as 1,200 that nobody quoted, and those are
joined again; the note says so. What cannot be explained that way stays as it is.
"""

import csv
import re
from collections import Counter

from assistant.errors import UnreadableFileError
from assistant.files.content import Cell, Draft, Table
from assistant.files.limits import Limits

_DELIMITERS = (",", "\t", ";", "|", "，", "；")
_SAMPLE_LINES = 50
_GROUP_START = re.compile(r"(?:.*\D)?\d{1,3}")
_GROUP_END = re.compile(r"\d{3}(?!\d).*", re.DOTALL)
_JOINED = "这一行的逗号被当作千分位，请核对；含逗号的数字应加引号。"


def read_csv(text: str, limits: Limits) -> Draft:
    """The draft in decoded csv text; places are lines of the file. Raises UnreadableFileError: too many rows."""
    delimiter = delimiter_of(text)
    rows = _rows(text, delimiter, limits)
    width = _usual_width([row for _, row in rows])
    cells: list[Cell] = []
    notes: list[str] = []
    for number, (line, fields) in enumerate(rows, start=1):
        place = f"line {line}"
        joined = _without_thousands(fields, width) if delimiter == "," else fields
        note = "" if joined is fields else _JOINED
        if note:
            notes.append(f"第{line}行：{note}")
        cells += [
            Cell(field.strip(), number, column, place, note=note)
            for column, field in enumerate(joined, start=1)
            if field.strip()
        ]
    return Draft("csv", (Table("", tuple(cells), "table 1"),) if cells else (), notes=tuple(notes))


def delimiter_of(text: str) -> str:
    """What separates the fields: the sign that stands on most lines; a comma where none does."""
    lines = [line for line in text.splitlines() if line.strip()][:_SAMPLE_LINES]
    bare = [re.sub(r'"[^"]*"', "", line) for line in lines]
    counts = {sign: sum(sign in line for line in bare) for sign in _DELIMITERS}
    best = max(_DELIMITERS[:4], key=lambda sign: counts[sign])
    if counts[best]:
        return best
    full_width = max(_DELIMITERS[4:], key=lambda sign: counts[sign])
    return full_width if counts[full_width] * 2 > len(lines) else ","


def _rows(text: str, delimiter: str, limits: Limits) -> list[tuple[int, list[str]]]:
    """The rows that are not blank, each with the line of the file on which it begins."""
    rows: list[tuple[int, list[str]]] = []
    # splitlines() would also break at signs that csv takes for text.
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    reader = csv.reader((line + "\n" for line in lines), delimiter=delimiter)
    begins = 1
    try:
        for fields in reader:
            if any(field.strip() for field in fields):
                rows.append((begins, fields))
            if len(rows) > limits.rows:
                raise UnreadableFileError(f"表格超过{limits.rows}行的上限，没有读取。", "请只保留要检查的表格后再试。")
            begins = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFileError(
            f"CSV文件第{reader.line_num}行的格式有误，无法读取。", "请检查引号是否成对。"
        ) from error
    return rows


def _usual_width(rows: list[list[str]]) -> int:
    """The number of fields most rows have; of two that are as usual, the smaller."""
    counts = Counter(len(_trimmed(row)) for row in rows)
    return min(counts, key=lambda width: (-counts[width], width), default=0)


def _trimmed(row: list[str]) -> list[str]:
    """A row without the empty fields a spreadsheet writes at its end."""
    end = len(row)
    while end and not row[end - 1].strip():
        end -= 1
    return row[:end]


def _without_thousands(fields: list[str], width: int) -> list[str]:
    """The fields with figures joined that were split at their commas; the same list where nothing was."""
    row = _trimmed(fields)
    if len(row) <= max(width, 1):
        return fields
    joined = [row[0]]
    surplus = len(row) - max(width, 2)
    for field in row[1:]:
        # Never into the label; 1,200 in quotes is one field already.
        if (
            surplus
            and len(joined) > 1
            and _GROUP_START.fullmatch(joined[-1].split(",")[-1])
            and _GROUP_END.match(field)
        ):
            joined[-1] += "," + field
            surplus -= 1
        else:
            joined.append(field)
    return joined if len(joined) < len(row) else fields
