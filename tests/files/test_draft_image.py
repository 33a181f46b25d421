"""Scans and photos: upright, level, cell by cell, with ticks measured in the picture. Without any network."""

import io
import socket
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from assistant.errors import UnreadableFileError
from assistant.files.content import Draft
from assistant.files.draft_image import read_image
from assistant.files.draft_pdf import read_pdf
from assistant.files.limits import Limits

FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
)
ROWS = [
    ("单位名称", "辽宁省机器人创新有限公司"),
    ("固定研发人员", "83人"),
    ("研发费用", "1030.5万元"),
    ("组织形式", "☑公司 ☐公司＋联盟 ☐联盟"),
]


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the recognition asked for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(scope="module")
def form() -> Image.Image:
    """A ruled form of two columns, as drawn at 150 dots to the inch."""
    path = next((path for path in FONTS if Path(path).exists()), None)
    if path is None:
        pytest.skip("no Chinese font to draw with: apt-get install fonts-wqy-microhei")
    font = ImageFont.truetype(path, 30)
    picture = Image.new("RGB", (1240, 700), "white")
    draw = ImageDraw.Draw(picture)
    for number, row in enumerate(ROWS):
        top = 150 + number * 80
        for left, right, text in ((100, 420, row[0]), (420, 1140, row[1])):
            draw.rectangle((left, top, right, top + 80), outline="black", width=2)
            at = left + 15.0
            for char in text:
                if char in "☑☐":
                    draw.rectangle((at + 3, top + 28, at + 25, top + 50), outline="black", width=2)
                    if char == "☑":
                        draw.line((at + 7, top + 39, at + 12, top + 45, at + 22, top + 32), fill="black", width=3)
                    at += 30
                else:
                    draw.text((at, top + 20), char, font=font, fill="black")
                    at += font.getlength(char)
    return picture


def saved(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    target = io.BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()


def values(draft: Draft) -> dict[str, str]:
    cells = draft.tables[0].cells
    labels = {cell.row: cell.text for cell in cells if cell.column == 1}
    return {labels[cell.row]: cell.text.replace(" ", "") for cell in cells if cell.column == 2}


EXPECTED = {label: value.replace(" ", "") for label, value in ROWS}


def test_a_clean_scan(form: Image.Image) -> None:
    draft = read_image(saved(form), Limits(), 2)
    assert values(draft) == EXPECTED
    assert (draft.kind, draft.scanned) == ("image", True)
    cell = draft.tables[0].cells[3]
    assert cell.place == "page 1, table 1, row 2"
    assert cell.confidence is not None
    assert Decimal("0.5") < cell.confidence <= 1


def test_a_photo_that_says_it_lies_on_its_side(form: Image.Image) -> None:
    exif = Image.Exif()
    exif[0x112] = 6
    data = saved(form.rotate(90, expand=True), "JPEG", exif=exif, quality=85)
    assert values(read_image(data, Limits(), 2)) == EXPECTED


def test_a_page_that_lies_on_its_side_and_one_upside_down(form: Image.Image) -> None:
    for degrees in (90, 180):
        data = saved(form.rotate(degrees, expand=True), "WEBP", lossless=True)
        assert values(read_image(data, Limits(), 2)) == EXPECTED


def test_a_skewed_scan_in_a_pdf(form: Image.Image) -> None:
    skewed = form.rotate(2.5, resample=Image.Resampling.BICUBIC, fillcolor="white")
    draft = read_pdf(saved(skewed, "PDF", resolution=150), Limits(), 2)
    assert values(draft) == EXPECTED
    assert (draft.kind, draft.scanned) == ("pdf", True)


def test_a_huge_picture_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(UnreadableFileError, match="像素"):
        read_image(saved(Image.new("1", (20_000, 20_000))), Limits())


@pytest.mark.parametrize("cut", [60, 500])
def test_a_truncated_picture_is_refused(cut: int) -> None:
    noise = Image.effect_noise((200, 200), 50)
    with pytest.raises(UnreadableFileError, match=r"损坏|格式"):
        read_image(saved(noise)[:cut], Limits())


def test_a_photo_format_that_is_not_read() -> None:
    with pytest.raises(UnreadableFileError, match="图片格式"):
        read_image(b"\0\0\0\x18ftypheic" + b"\0" * 100, Limits())


def test_too_many_pages_of_a_tiff() -> None:
    pages = [Image.new("L", (100, 100), 255)] * 3
    data = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    with pytest.raises(UnreadableFileError, match="3页"):
        read_image(data, Limits(scanned_pages=2))
