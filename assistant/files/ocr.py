"""A picture of a page -> its words, ruled cells and ticked boxes, upright.

RapidOCR with the models in its package; nothing is fetched. It reads no ticks: those are found in the picture.
Geometry is in pixels. Skewed pages are turned by the median angle of the lines' edges.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.files.page_bend import Slope, level
from assistant.files.page_words import Box, PageWords, Word
from assistant.files.picture_marks import Mark, find_cells, find_marks, turned

Pixels = NDArray[np.uint8]

_UPRIGHT_SCORE = 0.75
_MIN_SKEW_DEGREES = 0.2
_THOUSANDTH = Decimal("0.001")
_DOUBTFUL = Decimal("0.500")
_WIDE_GAP = 1.0  # of a line's height
_BOX_SIGNS = frozenset("☐☑☒□■▢▣◻◼✓✔√")
_LIKE_A_BOX = frozenset("口囗")
# Recognition writes every plus sign narrow; between Chinese characters a wide one was meant.
_NARROW_PLUS = re.compile(r"(?<=[\u4e00-\u9fff])\s*\+\s*(?=[\u4e00-\u9fff])")


@dataclass(frozen=True)
class _Found:
    """A recognised line: its text, score, corners, and the corners of each character (may be empty)."""

    text: str
    score: float
    corners: NDArray[np.float64]
    chars: tuple[tuple[str, NDArray[np.float64]], ...]


def recognise(picture: Pixels, threads: int) -> PageWords:
    """The words on one page; `picture` is BGR. Words are split where a rule or a tick box stands between."""
    picture, found = _upright(picture, threads)
    angle = _skew(found)
    if abs(angle) >= _MIN_SKEW_DEGREES:
        picture, matrix = turned(picture, angle)
        found = [_moved(line, matrix) for line in found]
    size = float(np.median([_box(line.corners).height for line in found])) if found else 30.0
    picture, movements = level(picture, _slopes(found), size)
    for movement in movements:
        found = [_carried(line, movement.of) for line in found]
    height, width = picture.shape[:2]
    grids = find_cells(picture, size)
    boxed = _placed_marks(find_marks(picture, size), found)
    words = [word for line in found for word in _words(line, grids, boxed)]
    lines = [_box(line.corners) for line in found if line.chars]
    words += [
        Word(mark.text, mark.box, None if mark.sure else _DOUBTFUL)
        for mark in boxed
        if not any(_beside(line, mark) for line in lines)
    ]
    return PageWords(tuple(words), grids, float(width), float(height))


@lru_cache(maxsize=1)
def _engine(threads: int) -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Global.text_score": 0.0,
            "Global.return_word_box": True,
            "Global.return_single_char_box": True,
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _upright(picture: Pixels, threads: int) -> tuple[Pixels, list[_Found]]:
    """The picture turned the way it reads best, with what was found in it."""
    best = picture, _lines(picture, threads)
    if _quality(best[1]) >= _UPRIGHT_SCORE or not best[1]:
        return best
    for quarters in (1, 3, 2):
        other = np.ascontiguousarray(np.rot90(picture, quarters))
        found = _lines(other, threads)
        if _quality(found) > _quality(best[1]):
            best = other, found
        if _quality(found) >= _UPRIGHT_SCORE:
            break
    return best


def _lines(picture: Pixels, threads: int) -> list[_Found]:
    result = _engine(threads)(picture)
    if not getattr(result, "txts", None):
        return []
    per_line = result.word_results if len(result.word_results) == len(result.txts) else [()] * len(result.txts)
    found = []
    for text, score, corners, chars in zip(result.txts, result.scores, result.boxes, per_line, strict=True):
        placed = tuple((str(char), np.asarray(box, float)) for char, _, box in chars if box is not None)
        whole = "".join(char for char, _ in placed) == text.replace(" ", "")
        found.append(_Found(str(text), float(score), np.asarray(corners, float), placed if whole else ()))
    return found


def _quality(found: list[_Found]) -> float:
    """How well a page reads: the mean score of its characters, halved where most lines stand upright."""
    count = sum(len(line.text) for line in found)
    if not count:
        return 0.0
    score = sum(line.score * len(line.text) for line in found) / count
    boxes = [_box(line.corners) for line in found if len(line.text) > 3]
    standing = sum(box.height > 1.5 * (box.right - box.left) for box in boxes)
    return score / 2 if boxes and standing > len(boxes) / 2 else score


def _skew(found: list[_Found]) -> float:
    """The median angle, in degrees, of the upper and lower edges of wide lines; 0 if there are none."""
    angles = []
    for line in found:
        box = _box(line.corners)
        if box.right - box.left > 3 * box.height:
            for start, end in ((0, 1), (3, 2)):
                across = line.corners[end] - line.corners[start]
                angles.append(float(np.degrees(np.arctan2(across[1], across[0]))))
    return float(np.median(angles)) if angles else 0.0


def _slopes(found: list[_Found]) -> list[Slope]:
    """How steep the wide lines run, by their upper and lower edges."""
    slopes = []
    for line in found:
        box = _box(line.corners)
        if box.right - box.left > 3 * box.height:
            across = (line.corners[1] - line.corners[0] + line.corners[2] - line.corners[3]) / 2
            x, y = line.corners.mean(axis=0)
            slopes.append(Slope(float(x), float(y), float(across[1] / across[0]), float(across[0])))
    return slopes


def _moved(line: _Found, matrix: NDArray[np.float64]) -> _Found:
    return _carried(line, lambda corners: np.asarray(corners @ matrix[:, :2].T + matrix[:, 2]))


def _carried(line: _Found, move: Callable[[NDArray[np.float64]], NDArray[np.float64]]) -> _Found:
    return _Found(line.text, line.score, move(line.corners), tuple((char, move(box)) for char, box in line.chars))


def _placed_marks(marks: list[Mark], found: list[_Found]) -> list[Mark]:
    """The marks that are no characters: 固, 日 and 国 are squares with something in them, too."""
    every = [(char, _box(corners)) for line in found for char, corners in line.chars]
    signs = [box for char, box in every if char in _BOX_SIGNS]
    lone = [mark.box for mark in marks if not any(_over(box, mark) for _, box in every)]
    characters = [box for line in found for box in _characters(line, [*signs, *lone])]
    return [mark for mark in marks if not any(_over(box, mark) for box in characters)]


def _characters(line: _Found, boxes: list[Box]) -> Iterable[Box]:
    """The places in a line where a character stands and no tick box was taken for one.

    An empty box is often read as 口. It is one at the start of a line, after a gap, or where there are other
    boxes in this line or the next ones.
    """
    whole = _box(line.corners)
    reach = 2.5 * whole.height
    among_boxes = any(
        whole.left - reach < box.left < whole.right + reach and abs(box.top - whole.top) < reach for box in boxes
    )
    before: Box | None = None
    for char, corners in line.chars:
        box = _box(corners)
        begins = before is None or box.left - before.right > 0.3 * box.height
        if char not in _BOX_SIGNS and not (char in _LIKE_A_BOX and (begins or among_boxes)):
            yield box
        before = box


def _words(line: _Found, grids: tuple[tuple[Box, ...], ...], marks: list[Mark]) -> Iterable[Word]:
    """The words of a line, in parts where it reaches over a rule or a gap, with the ticks measured in the picture.

    A tick that only the recognition saw is kept as doubtful.
    """
    confidence = Decimal(str(round(line.score, 3))).quantize(_THOUSANDTH)
    whole = _box(line.corners)
    inside = [mark for mark in marks if _beside(whole, mark)] if line.chars else []
    items = [(char, box, True) for char, corners in _spaced(line) if not _is_mark(char, box := _box(corners), inside)]
    items = sorted([*items, *((mark.text, mark.box, mark.sure) for mark in inside)], key=lambda item: item[1].left)
    cells = [cell for grid in grids for cell in grid]
    parts: list[list[tuple[str, Box, bool]]] = []
    before: tuple[int, float] | None = None
    for item in items:
        box = item[1]
        cell = next((at for at, each in enumerate(cells) if each.holds(box)), -1)
        if before is None or cell != before[0] or box.left - before[1] > _WIDE_GAP * whole.height:
            parts.append([])
        parts[-1].append(item)
        before = cell, box.right
    if not inside and len(parts) <= 1:
        unsure = not _BOX_SIGNS.isdisjoint(line.text)
        yield Word(_wide_plus(line.text), whole, min(confidence, _DOUBTFUL) if unsure else confidence)
        return
    for part in parts:
        box = Box(part[0][1].left, whole.top, part[-1][1].right, whole.bottom)
        text = "".join(sign for sign, _, _ in part)
        measured = {mark.box for mark in inside}
        unsure = any(not sure or (sign.strip() in _BOX_SIGNS and at not in measured) for sign, at, sure in part)
        yield Word(_wide_plus(text), box, min(confidence, _DOUBTFUL) if unsure else confidence)


def _spaced(line: _Found) -> Iterable[tuple[str, NDArray[np.float64]]]:
    """The characters of a line with their corners, each with the space before it that the line's text has."""
    at = 0
    for char, corners in line.chars:
        begin = line.text.find(char, at)
        between = line.text[at:begin] if begin >= 0 else ""
        yield (f" {char}" if at and " " in between else char), corners
        at = begin + len(char) if begin >= 0 else at


def _is_mark(char: str, box: Box, marks: list[Mark]) -> bool:
    """Whether the recognition saw a measured tick box as this character."""
    return char.strip() in _BOX_SIGNS | _LIKE_A_BOX and any(_over(box, mark) for mark in marks)


def _over(char: Box, mark: Mark) -> bool:
    """Whether a character stands where a mark is."""
    middle = (char.left + char.right) / 2
    return mark.box.left <= middle <= mark.box.right and char.top < (mark.box.top + mark.box.bottom) / 2 < char.bottom


def _beside(line: Box, mark: Mark) -> bool:
    """Whether a mark stands in a line, or just before or after it."""
    reach = 1.5 * line.height
    across = line.left - reach < mark.box.left and mark.box.right < line.right + reach
    return across and line.top < (mark.box.top + mark.box.bottom) / 2 < line.bottom


def _wide_plus(text: str) -> str:
    return _NARROW_PLUS.sub("＋", text.strip())


def _box(corners: NDArray[np.float64]) -> Box:
    left, top = corners.min(axis=0)
    right, bottom = corners.max(axis=0)
    return Box(float(left), float(top), float(right), float(bottom))
