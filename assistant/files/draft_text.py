"""A plain text or Markdown draft -> its lines, and the tables drawn in it with tabs or bars."""

import re
from collections.abc import Iterator
from itertools import groupby

from assistant.errors import UnreadableFileError
from assistant.files.content import Cell, Draft, Line, Table
from assistant.files.limits import Limits
from assistant.files.markdown_text import plain_markdown

_MAX_LINE = 20_000
_RULE = re.compile(r"[\s|:+\-=─━┌┬┐├┼┤└┴┘│]+")
_BARS = re.compile(r"\s*[|│┃](.*)[|│┃]\s*")
_BAR = re.compile(r"(?<!\\)[|│┃]")


def read_text(text: str, limits: Limits, markdown: bool = False) -> Draft:
    """The draft in decoded text; places are lines of the file. Raises UnreadableFileError: too many lines."""
    if markdown:
        text = plain_markdown(text)
    lines = [(number, line.strip("\ufeff")) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if len(lines) > limits.rows or any(len(line) > _MAX_LINE for _, line in lines):
        raise UnreadableFileError(
            f"文本超过{limits.rows}行的上限，或有过长的行，没有读取。", "请只保留要检查的内容后再试。"
        )
    tables: list[Table] = []
    rest: list[Line] = []
    for kind, group in groupby(lines, key=lambda numbered: _shape(numbered[1])):
        block = list(group)
        if not kind:
            rest += [Line(line.strip(), f"line {number}") for number, line in block if not _RULE.fullmatch(line)]
            continue
        cells = tuple(_cells(block, kind))
        if cells:
            tables.append(Table("", cells, f"table {len(tables) + 1}"))
    return Draft("text", tuple(tables), tuple(rest))


def _shape(line: str) -> str:
    """ "bars" or "tabs" for a row of a table, "" for any other line."""
    if _BARS.fullmatch(line) or (_RULE.fullmatch(line) and set("┌├└") & set(line)):
        return "bars"
    return "tabs" if "\t" in line.strip() else ""


def _cells(block: list[tuple[int, str]], kind: str) -> Iterator[Cell]:
    row = 0
    for number, line in block:
        if _RULE.fullmatch(line):
            continue
        row += 1
        bars = _BARS.fullmatch(line)
        # Several tabs in a row only line a column up.
        fields = _BAR.split(bars.group(1)) if kind == "bars" and bars else re.split(r"\t+", line.strip())
        for column, field in enumerate(fields, start=1):
            words = field.replace("\\|", "|").replace("<br>", "\n").strip()
            if words:
                yield Cell(words, row, column, f"line {number}")
