"""A sheet on a desk is cut out and made upright; anything else is left alone."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.files.page_outline import sheet_alone

WIDTH, HEIGHT = 600, 850


def sheet() -> NDArray[np.uint8]:
    """A white sheet with a ruled table on it."""
    page = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    for top in range(100, 500, 50):
        cv2.rectangle(page, (60, top), (540, top + 50), (0, 0, 0), 2)
    return page


def photographed(page: NDArray[np.uint8], tilt: float, shade: float) -> NDArray[np.uint8]:
    """The sheet on a dark desk, seen aslant, with less light on one side."""
    desk = np.full((1000, 800, 3), (50, 60, 80), np.uint8)
    corners = np.array([[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]], np.float32)
    seen = np.array([[90 + tilt, 70], [700, 60 + tilt], [720 - tilt, 930], [70, 920 - tilt]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, seen)
    lying = cv2.warpPerspective(page, matrix, (800, 1000), desk, borderMode=cv2.BORDER_TRANSPARENT)
    light = np.linspace(1.0, 1.0 - shade, 800, dtype=np.float32)[None, :, None]
    return np.asarray((lying * light).astype(np.uint8))


@pytest.mark.parametrize(("tilt", "shade"), [(0, 0.0), (40, 0.0), (40, 0.4)])
def test_a_photographed_sheet_is_made_upright_and_white(tilt: float, shade: float) -> None:
    found = sheet_alone(photographed(sheet(), tilt, shade))
    grey = cv2.cvtColor(found, cv2.COLOR_BGR2GRAY)
    assert np.median(grey) > 230
    # The rules lie level: the first one's ends are at one height.
    rows = [int(np.argmax(grey[20:, column] < 128)) for column in (grey.shape[1] // 5, grey.shape[1] * 4 // 5)]
    assert abs(rows[0] - rows[1]) <= 0.01 * grey.shape[0]


def test_a_scan_is_left_as_it_is() -> None:
    page = sheet()
    assert sheet_alone(page) is page


def test_the_frame_of_a_table_is_no_sheet() -> None:
    page = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    cv2.rectangle(page, (30, 30), (570, 820), (0, 0, 0), 6)
    assert sheet_alone(page) is page


def test_a_dark_picture_holds_no_sheet() -> None:
    picture = np.random.default_rng(1).integers(0, 60, (400, 300, 3), dtype=np.uint8)
    assert sheet_alone(picture) is picture
