"""A page that lies bent, or whose lines fan out, in a picture -> the picture with its lines level.

How steep the lines run is seen in many places, from the words and from the rules; one smooth surface through that
tells it everywhere, and the picture is moved along it. Rules down the page are set upright in the same way.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Points = NDArray[np.float64]

_FEWEST = 4  # places where the slope is seen, below which nothing is concluded
_STEP = 8  # pixels between the points at which the movement is reckoned
_LEAST = 0.12  # of a character's height: what is moved by less is level
_STEEPEST = 0.12  # a slope beyond it is no line of a page that was turned upright already
_STIFFNESS = 0.02  # how much a bend has to show in the lines before it is believed
_LONG = 5  # times the height of a character: a rule, not a stroke
_BINS = 12  # places in which the course of a long rule is taken


@dataclass(frozen=True, slots=True)
class Slope:
    """At `(x, y)` a line rises by `rise` for each pixel along it, seen over `length` pixels."""

    x: float
    y: float
    rise: float
    length: float


@dataclass(frozen=True)
class Movement:
    """Where the points of a picture go when it is made level; `along` is 1 for columns of x, 0 for rows of y."""

    sources: NDArray[np.float32]  # [row, column] of the new picture -> y (or x) in the old one
    upright: bool

    def of(self, points: Points) -> Points:
        """The points of the old picture as they lie in the new one."""
        moved = points.copy()
        for at, (x, y) in enumerate(points):
            if self.upright:
                line = self.sources[int(np.clip(round(y), 0, self.sources.shape[0] - 1))]
                moved[at, 0] = _found(line, x)
            else:
                line = self.sources[:, int(np.clip(round(x), 0, self.sources.shape[1] - 1))]
                moved[at, 1] = _found(line, y)
        return moved


def level(picture: Pixels, slopes: Sequence[Slope], text_height: float) -> tuple[Pixels, list[Movement]]:
    """The picture with level lines, and the movements that its points made, in order; none where it was level.

    In: a BGR picture that stands upright already; how steep its lines of text are; how high a character is.
    """
    movements: list[Movement] = []
    # The rules are followed better once the words have told roughly how the page lies.
    for upright, by_words in ((False, True), (False, False), (True, False)):
        seen = list(slopes) if by_words else _rules(picture, text_height, upright=upright)
        movement = _movement(picture, seen, text_height, upright=upright)
        if movement is not None:
            picture = _moved(picture, movement)
            movements.append(movement)
    return picture, movements


def _movement(picture: Pixels, slopes: list[Slope], text_height: float, *, upright: bool) -> Movement | None:
    height, width = picture.shape[:2]
    slopes = [slope for slope in slopes if abs(slope.rise) < _STEEPEST]
    if len(slopes) < _FEWEST:
        return None
    long, across = (int(height), int(width)) if upright else (int(width), int(height))
    surface = _surface(slopes, long, across)
    along, over = _points(long), _points(across)
    sources = np.empty((len(over), len(along)))
    middle = len(along) // 2
    sources[:, middle] = over
    for way in (1, -1):
        at = middle
        while 0 <= at + way < len(along):
            rise = surface(np.full_like(over, along[at] + way * _STEP / 2), sources[:, at])
            sources[:, at + way] = sources[:, at] + way * _STEP * rise
            at += way
    if float(np.abs(sources - over[:, None]).max()) < _LEAST * text_height:
        return None
    grid = cv2.resize(sources.astype(np.float32), None, fx=_STEP, fy=_STEP, interpolation=cv2.INTER_LINEAR)
    # Resizing puts the first point half a step into the picture.
    shift = (_STEP - 1) / 2
    moved: Any = cv2.warpAffine(
        grid,
        np.array([[1, 0, -shift], [0, 1, -shift]], np.float32),
        (long, across),
        borderMode=cv2.BORDER_REPLICATE,
    )
    return Movement(np.ascontiguousarray(moved.T) if upright else moved, upright)


def _points(length: int) -> Points:
    return np.arange(0.0, length + _STEP, _STEP)


def _surface(slopes: list[Slope], long: int, across: int) -> Callable[[Points, Points], Points]:
    """The smooth surface through the slopes: where a line rises by how much."""

    def terms(along: Points, over: Points) -> Points:
        u, v = along / long * 2 - 1, over / across * 2 - 1
        return np.stack([np.ones_like(u), u, v, u * v, u * u, u * u * u, u * u * v], axis=-1)

    every = np.array([(slope.x, slope.y, slope.rise, slope.length) for slope in slopes])
    basis, rise, weight = terms(every[:, 0], every[:, 1]), every[:, 2], np.sqrt(every[:, 3] / every[:, 3].max())
    stiff = _STIFFNESS * float(weight.sum()) * np.diag([0, 1, 1, 2, 2, 3, 3])
    kept = np.ones(len(every), bool)
    found = np.zeros(basis.shape[1])
    for _ in range(3):
        weighed = basis[kept] * weight[kept, None]
        found = np.linalg.solve(weighed.T @ basis[kept] + stiff + 1e-9 * np.eye(len(found)), weighed.T @ rise[kept])
        off = np.abs(basis @ found - rise)
        kept = off <= max(3 * float(np.median(off)), 0.002)
        if kept.sum() < _FEWEST:
            break
    return lambda along, over: np.asarray(terms(along, over) @ found)


def _rules(picture: Pixels, text_height: float, *, upright: bool) -> list[Slope]:
    """How steep the long rules across (or down) the page run, in several places of each."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    ink: Any = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 51, 15)
    if upright:
        ink = np.ascontiguousarray(ink.T)
    short = max(int(text_height * 0.9), 12)
    strokes = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, short), np.uint8))
    joined = cv2.dilate(strokes, np.ones((3, max(int(text_height * 0.3), 5)), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found: list[Slope] = []
    for label in range(1, count):
        left, top, width, height, area = (int(value) for value in stats[label])
        if width < _LONG * text_height or area > 0.5 * text_height * width:
            continue
        part = (labels[top : top + height, left : left + width] == label) & (
            strokes[top : top + height, left : left + width] > 0
        )
        found += _course(part, left, top, text_height)
    return found


def _course(part: Any, left: int, top: int, text_height: float) -> list[Slope]:
    """How steep one rule runs in several places along it."""
    columns = np.flatnonzero(part.any(axis=0))
    heights = np.array([float(np.flatnonzero(part[:, column]).mean()) for column in columns])
    bins = min(_BINS, max(1, int((columns[-1] - columns[0]) / (3 * text_height))))
    found = []
    for xs, ys in zip(np.array_split(columns, bins), np.array_split(heights, bins), strict=True):
        if len(xs) > text_height and xs[-1] > xs[0]:
            rise, middle = np.polyfit(xs - xs.mean(), ys, 1)
            found.append(Slope(left + float(xs.mean()), top + float(middle), float(rise), float(xs[-1] - xs[0])))
    return found


def _moved(picture: Pixels, movement: Movement) -> Pixels:
    height, width = picture.shape[:2]
    xs, ys = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    xs, ys = (movement.sources, ys) if movement.upright else (xs, movement.sources)
    moved = cv2.remap(picture, xs, ys, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(moved, np.uint8)


def _found(sources: Any, value: float) -> float:
    """The place whose source `value` is; beyond the ends it goes on as at the end."""
    if value <= sources[0]:
        return float(value - sources[0])
    if value >= sources[-1]:
        return float(len(sources) - 1 + value - sources[-1])
    return float(np.interp(value, sources, np.arange(len(sources))))
