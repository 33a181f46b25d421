"""Where in a longer text a shorter one fits best, by the number of characters that have to be changed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# A matrix larger than this is not built: the shorter text is then cut.
_MAX_CELLS = 24_000_000


@dataclass(frozen=True, slots=True)
class Fit:
    """`text[start:end]` of the longer text is nearest; `distance` is the number of single changes."""

    start: int
    end: int
    distance: int


def best_fit(short: str, long: str) -> Fit | None:
    """The stretch of `long` with the smallest edit distance to `short`; the first of several; None if one is empty."""
    if not short or not long:
        return None
    short = short[: max(1, _MAX_CELLS // len(long))]
    columns = np.arange(len(long) + 1, dtype=np.int32)
    other = np.array([ord(c) for c in long], dtype=np.int32)
    rows = np.zeros((len(short) + 1, len(long) + 1), dtype=np.int32)
    for number, char in enumerate(short, 1):
        above = rows[number - 1]
        row = above + 1
        row[1:] = np.minimum(row[1:], above[:-1] + (other != ord(char)))
        # What is left out of `long` inside the stretch: the cheapest place to the left plus the way from there.
        rows[number] = np.minimum.accumulate(row - columns) + columns
    end = int(np.argmin(rows[-1]))
    return Fit(_start(short, long, rows, end), end, int(rows[-1][end]))


def _start(short: str, long: str, rows: NDArray[np.int32], column: int) -> int:
    """Walks back to where the stretch begins, changing a character rather than leaving one out."""
    row = len(short)
    while row:
        here = rows[row][column]
        if column and here == rows[row - 1][column - 1] + (short[row - 1] != long[column - 1]):
            row, column = row - 1, column - 1
        elif here == rows[row - 1][column] + 1:
            row -= 1
        else:
            column -= 1
    return column
