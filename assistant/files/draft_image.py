"""Photos, scans and pages of a PDF without text -> tables and paragraphs by recognition."""

import io
from collections.abc import Iterator
from typing import Any

import numpy as np
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from assistant.errors import UnreadableFileError
from assistant.files.content import Draft
from assistant.files.limits import Limits
from assistant.files.ocr import Pixels, recognise
from assistant.files.page_layout import compose
from assistant.files.page_outline import sheet_alone
from assistant.files.page_words import PageWords

# JPEG stands for the MPO files of phones, too.
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF")
_DOTS_PER_INCH = 200
# More pixels than this on the longer side do not help the recognition.
_MAX_SIDE = 3200
_MIN_SIDE = 30


def read_image(data: bytes, limits: Limits, threads: int = 1) -> Draft:
    """The draft in a picture, turned as its EXIF data says, without what a photographed sheet lies on.

    Raises UnreadableFileError.
    """
    pages = [recognise(sheet_alone(_pixels(picture)), threads) for picture in _pictures(data, limits)]
    tables, lines = compose(pages)
    return Draft("image", tables, lines, scanned=True)


def recognised_pdf_pages(data: bytes, numbers: list[int], threads: int) -> Iterator[PageWords]:
    """The pages of a PDF with these numbers (from 0), recognised from how they look."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        document.init_forms()
        for number in numbers:
            page = document[number]
            width, height = page.get_size()
            side = max(width, height, 1.0)
            scale = min(_DOTS_PER_INCH / 72, _MAX_SIDE / side)
            yield recognise(_pixels(page.render(scale=scale).to_pil()), threads)
            page.close()
    except pypdfium2.PdfiumError as error:
        raise UnreadableFileError("PDF已损坏，无法打开。", "请重新下载，或用阅读器打开后另存再试。") from error
    finally:
        document.close()


def _pictures(data: bytes, limits: Limits) -> Iterator[Image.Image]:
    """The pictures in a file (a TIFF may hold several), each within the limits."""
    Image.MAX_IMAGE_PIXELS = None  # the limit is checked here, before anything is unpacked
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
            if getattr(opened, "n_frames", 1) > limits.scanned_pages and opened.format == "TIFF":
                raise UnreadableFileError(
                    f"图片有{getattr(opened, 'n_frames', 1)}页，超过{limits.scanned_pages}页的上限。",
                    "请只保留要检查的页后再试。",
                )
            for frame in ImageSequence.Iterator(opened):
                if frame.width * frame.height > limits.pixels:
                    raise UnreadableFileError(
                        f"图片有{frame.width}×{frame.height}像素，超过{limits.pixels // 10_000}万像素的上限。",
                        "请缩小后再试。",
                    )
                yield ImageOps.exif_transpose(frame)
                if opened.format != "TIFF":  # other formats move, and their first picture tells all
                    break
    except (UnreadableFileError, MemoryError):
        raise
    except UnidentifiedImageError as error:
        raise UnreadableFileError("不支持这种图片格式。", "请转成JPG或PNG后再试。") from error
    except Exception as error:  # decoders raise whatever a damaged picture leads them into
        raise UnreadableFileError("图片已损坏，无法打开。", "请重新拍照或扫描后再试。") from error


def _pixels(picture: Image.Image) -> Pixels:
    """BGR pixels on white, no larger than helps."""
    picture.thumbnail((_MAX_SIDE, _MAX_SIDE))
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        white = Image.new("RGBA", layered.size, "white")
        picture = Image.alpha_composite(white, layered)
    elif picture.mode.startswith("I;16") or picture.mode == "I":
        picture = picture.point(lambda value: value / 256).convert("L")
    rgb: Any = np.asarray(picture.convert("RGB"), np.uint8)
    if min(rgb.shape[:2]) < _MIN_SIDE:
        raise UnreadableFileError("图片太小，看不清文字。", "请重新拍照或扫描后再试。")
    return np.ascontiguousarray(rgb[:, :, ::-1])
