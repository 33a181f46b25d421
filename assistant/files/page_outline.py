"""A photographed sheet of paper on something darker -> the sheet alone, seen from straight above.

A scan, where nothing darker lies around the page, is left as it is.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]

_LOOKED_AT = 800  # pixels on the longer side are enough to see a sheet's edges
_LEAST_SHARE = 0.3
_MOST_SHARE = 0.97
_DARKER_AROUND = 1.25  # how many times as bright the sheet is as what it lies on, at its edge
_STRAIGHT = 0.012  # a corner may be off the outline by so much of its length
_SIDES = 4
_WANTED = 2200  # pixels on the longer side of a sheet
_GRAIN = 0.8  # pixels over which the grain is evened out
_INK, _PAPER = 1, 60  # percent of the pixels that are darker than ink is, and than paper is
_FLATTEST = 0.5  # sides opposite each other: the shorter is at least so much of the longer


def sheet_alone(picture: Pixels) -> Pixels:
    """The sheet in a BGR picture, upright and without what lies around it; the picture itself if none stands out."""
    import cv2

    height, width = picture.shape[:2]
    scale = min(1.0, _LOOKED_AT / max(height, width))
    small: Any = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    for mask in _masks(small):
        corners = _corners(mask)
        if corners is not None and _stands_out(small, corners):
            return _evenly_lit(_flattened(picture, corners / scale))
    return picture


def _masks(small: Pixels) -> Iterator[Any]:
    """Where paper may be: what is bright, what has little colour, what is bright for its part of the picture."""
    import cv2

    blurred = cv2.GaussianBlur(small, (0, 0), 3)
    grey = cv2.cvtColor(blurred, cv2.COLOR_BGR2GRAY)
    colour = cv2.cvtColor(blurred, cv2.COLOR_BGR2HSV)[:, :, 1]
    for channel, kind in ((grey, cv2.THRESH_BINARY), (colour, cv2.THRESH_BINARY_INV)):
        _, mask = cv2.threshold(channel, 0, 255, kind + cv2.THRESH_OTSU)
        # Print and rules are no holes in the sheet.
        yield cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))


def _corners(mask: Any) -> NDArray[np.float64] | None:
    """The four corners of the largest shape, clockwise from the top left; None if it has not four or is no sheet."""
    import cv2

    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    largest = max(outlines, key=cv2.contourArea, default=None)
    if largest is None:
        return None
    share = cv2.contourArea(largest) / mask.size
    hull = cv2.convexHull(largest)
    points = cv2.approxPolyDP(hull, _STRAIGHT * cv2.arcLength(hull, closed=True), closed=True)
    if not _LEAST_SHARE < share < _MOST_SHARE or len(points) != _SIDES:
        return None
    four = points.reshape(_SIDES, 2).astype(float)
    sums, differences = four.sum(axis=1), four[:, 0] - four[:, 1]
    order = [sums.argmin(), differences.argmax(), sums.argmax(), differences.argmin()]
    if len(set(map(int, order))) != _SIDES:
        return None
    ordered = four[order]
    lengths = np.linalg.norm(ordered - np.roll(ordered, -1, axis=0), axis=1)
    even = all(min(a, b) >= _FLATTEST * max(a, b) for a, b in ((lengths[0], lengths[2]), (lengths[1], lengths[3])))
    return ordered if even else None


def _stands_out(small: Pixels, corners: NDArray[np.float64]) -> bool:
    """Whether a band inside the outline is clearly brighter than a band outside of it: a table's frame is no sheet."""
    import cv2

    grey = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    inside = np.zeros_like(grey)
    cv2.fillConvexPoly(inside, np.round(corners).astype(np.int32), 255)
    band = np.ones((25, 25), np.uint8)
    outside = cv2.bitwise_not(cv2.dilate(inside, np.ones((5, 5), np.uint8)))
    outer = cv2.bitwise_and(cv2.dilate(inside, band), outside) > 0
    inner = cv2.bitwise_and(inside, cv2.bitwise_not(cv2.erode(inside, band))) > 0
    if outer.sum() <= grey.shape[0] or not inner.any():
        return False
    return bool(np.median(grey[inner]) > _DARKER_AROUND * np.median(grey[outer]))


def _evenly_lit(picture: Pixels) -> Pixels:
    """Grey on an even white: shadows and the grain of a camera taken out, thin rules made dark again."""
    import cv2

    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    paper = cv2.medianBlur(cv2.dilate(grey, np.ones((9, 9), np.uint8)), 31)
    flat = cv2.GaussianBlur(cv2.divide(grey, paper, scale=255), (0, 0), _GRAIN)
    low, high = np.percentile(flat, (_INK, _PAPER))
    spread = np.clip((flat.astype(np.float32) - low) * (255 / max(1.0, high - low)), 0, 255).astype(np.uint8)
    return np.asarray(cv2.cvtColor(spread, cv2.COLOR_GRAY2BGR), np.uint8)


def _flattened(picture: Pixels, corners: NDArray[np.float64]) -> Pixels:
    import cv2

    top, right, bottom, left = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    # Rules as thin as a pixel break where the sheet is bent; on a larger picture they hold together.
    larger = max(1.0, _WANTED / max(top, right, bottom, left))
    width, height = int(max(top, bottom) * larger), int(max(left, right) * larger)
    target = np.array([[0, 0], [width - 1, 0], [width - 1, height - 1], [0, height - 1]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    return np.asarray(
        cv2.warpPerspective(picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)),
        np.uint8,
    )
