"""What is drawn on a page and is no character: ruled cells and tick boxes. Pixels in, pixels out."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from assistant.files.page_words import Box

_TICKED_INK = 0.1
_EMPTY_INK = 0.03
_SOLID_INK = 0.85
_ENOUGH_ENDS = 3


@dataclass(frozen=True)
class Mark:
    """A tick box: ☑, ☐ or ■, its place, and whether the ink in it is clearly much or clearly little."""

    text: str
    box: Box
    sure: bool = True


def turned(picture: NDArray[np.uint8], degrees: float) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """The picture with lines that rise by `degrees` made level, and the matrix that moves its points."""
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    moved = cv2.warpAffine(picture, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(moved, np.uint8), np.asarray(matrix, np.float64)


def find_cells(picture: NDArray[np.uint8], text_height: float) -> tuple[tuple[Box, ...], ...]:
    """The cells of each ruled table: the holes between its rules. A mere frame is no table."""
    ink = _ink(picture)
    across = max(int(text_height * 3), 20)
    down = max(int(text_height * 1.3), 15)
    gap = max(int(text_height * 0.2), 3)
    wider = np.ones((gap, gap), np.uint8)
    level = cv2.dilate(_opened(ink, across, 1), wider)
    rules = cv2.bitwise_or(level, cv2.dilate(_opened(ink, 1, down), wider))
    rules = _closed(rules, level, text_height * 3, gap)
    contours, hierarchy = cv2.findContours(rules, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    tables: dict[int, list[Box]] = {}
    for contour, links in zip(contours, hierarchy[0] if hierarchy is not None else [], strict=True):
        left, top, width, height = cv2.boundingRect(contour)
        if links[3] >= 0 and width > text_height * 0.8 and height > text_height * 0.6:
            half = gap / 2  # the rules were widened by this much on each side
            tables.setdefault(int(links[3]), []).append(
                Box(left - half, top - half, left + width + half, top + height + half)
            )
    return tuple(tuple(cells) for cells in tables.values() if len(cells) > 1)


def _closed(rules: Any, level: Any, reach: float, gap: int) -> Any:
    """The rules with the sides drawn in of tables that are open there: from end to end of the rules across them.

    In: all rules, those across the page alone, how far from a table's side a rule that belongs to it may end.
    """
    _, tables, bounds, _ = cv2.connectedComponentsWithStats(rules, connectivity=8)
    count, strokes, stats, _ = cv2.connectedComponentsWithStats(level, connectivity=8)
    ends: dict[tuple[int, bool], list[tuple[int, int]]] = {}
    for stroke in range(1, count):
        left, top, width, height, _ = (int(value) for value in stats[stroke])
        part = strokes[top : top + height, left : left + width] == stroke
        for x, right in ((0, False), (width - 1, True)):
            y = top + int(np.flatnonzero(part[:, x]).mean())
            table = int(tables[y, left + x])
            side = int(bounds[table, cv2.CC_STAT_LEFT]) + (int(bounds[table, cv2.CC_STAT_WIDTH]) if right else 0)
            if table and abs(left + x - side) < reach:
                ends.setdefault((table, right), []).append((y, left + x))
    for places in ends.values():
        if len(places) >= _ENOUGH_ENDS:
            places.sort()
            course = np.array([(x, y) for y, x in places], np.int32)
            cv2.polylines(rules, [course], isClosed=False, color=255, thickness=gap)
    return rules


def find_marks(picture: NDArray[np.uint8], text_height: float) -> list[Mark]:
    """The tick boxes on a page: boxes about as high as the text, with four straight sides."""
    ink = _ink(picture)
    contours, _ = cv2.findContours(ink, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    marks: list[Mark] = []
    for contour in contours:
        left, top, width, height = cv2.boundingRect(contour)
        side = max(width, height)
        if not (0.4 * text_height <= side <= 1.1 * text_height and min(width, height) >= 0.55 * side and side >= 9):
            continue
        if cv2.contourArea(contour) < 0.75 * width * height:
            continue
        shape = ink[top : top + height, left : left + width] > 0
        if not _has_four_sides(shape):
            continue
        box = Box(float(left), float(top), float(left + width), float(top + height))
        if any(mark.box.holds(box) for mark in marks):  # the inner edge of the same square
            continue
        marks.append(Mark(*_tick(shape, box)))
    return marks


def _tick(shape: Any, box: Box) -> tuple[str, Box, bool]:
    margin = max(int(min(shape.shape) * 0.22), 2)
    inner = shape[margin:-margin, margin:-margin]
    share = float(inner.mean()) if inner.size else 0.0
    sure = not _EMPTY_INK < share < _TICKED_INK
    if share >= _SOLID_INK:
        return "■", box, sure
    return "☑" if share >= _TICKED_INK else "☐", box, sure


def _has_four_sides(shape: Any) -> bool:
    """Whether ink runs along each edge almost without a gap."""
    depth = max(int(min(shape.shape) * 0.18), 2)
    bands = (shape[:depth].any(0), shape[-depth:].any(0), shape[:, :depth].any(1), shape[:, -depth:].any(1))
    if not all(band.mean() >= 0.9 for band in bands):
        return False
    # A stroke of a character would also cross the corners' neighbourhood; a box is straight along its whole side.
    rows, columns = shape.mean(1), shape.mean(0)
    ends = (rows[:depth].max(), rows[-depth:].max(), columns[:depth].max(), columns[-depth:].max())
    return bool(min(ends) >= 0.8)


def _ink(picture: NDArray[np.uint8]) -> Any:
    """Dark on light as white on black, whatever the light."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    return cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 51, 15)


def _opened(ink: Any, width: int, height: int) -> Any:
    return cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((height, width), np.uint8))
