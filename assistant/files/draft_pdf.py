"""A PDF draft -> tables and paragraphs; pages without a text layer are recognised from their picture.

Values a person typed or ticked in a fillable PDF stand in annotations, not in the page's text; they count as words
at their place.
"""

import io
from typing import Any

from assistant.errors import UnreadableFileError
from assistant.files.content import Draft
from assistant.files.limits import Limits, check_pdf_streams
from assistant.files.page_layout import compose
from assistant.files.page_words import Box, PageWords, Word
from assistant.files.pdf_text import unopened

_MIN_CHARS = 10
_MAX_UNKNOWN_SHARE = 0.02
_MAX_CHARS = 20_000
_MIN_TABLE_CELLS = 2
_PUSH_BUTTON = 1 << 16


def read_pdf(data: bytes, limits: Limits, threads: int = 1) -> Draft:
    """The draft in a PDF; `threads` for the recognition. Raises UnreadableFileError."""
    import pdfplumber

    check_pdf_streams(data)
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if len(document.pages) > limits.pages:
                raise UnreadableFileError(
                    f"PDF有{len(document.pages)}页，超过{limits.pages}页的上限。", "请只保留要检查的页后再试。"
                )
            pages = [_printed(page) for page in document.pages]
    except (UnreadableFileError, MemoryError):
        raise
    except Exception as error:  # pdfminer raises whatever a damaged file leads it into
        raise unopened(error) from error
    pictures = [number for number, page in enumerate(pages) if page is None]
    if len(pictures) > limits.scanned_pages:
        raise UnreadableFileError(
            f"PDF有{len(pictures)}页是扫描图片，超过{limits.scanned_pages}页的上限。", "请只保留要检查的页后再试。"
        )
    if pictures:
        from assistant.files.draft_image import recognised_pdf_pages

        for number, page in zip(pictures, recognised_pdf_pages(data, pictures, threads), strict=True):
            pages[number] = page
    tables, lines = compose([page for page in pages if page is not None])
    return Draft("pdf", tables, lines, scanned=bool(pictures))


def _printed(page: Any) -> PageWords | None:
    """The words of a page with a text layer; None if only its picture tells what stands on it."""
    from pdfplumber.utils.text import extract_words

    if len(page.chars) > _MAX_CHARS:
        raise UnreadableFileError("PDF有一页的文字多得不正常，没有读取。", "请用阅读器打开后另存再试。")
    grids = _grids(page)
    chars = page.dedupe_chars().chars
    boxes = [box for grid in grids for box in grid]
    inside: dict[int, list[Any]] = {}
    for char in chars:
        middle = Box(char["x0"], char["top"], char["x1"], char["bottom"])
        inside.setdefault(next((at for at, box in enumerate(boxes) if box.holds(middle)), -1), []).append(char)
    # Cell by cell: a word never reaches over a rule.
    found = [word for group in inside.values() for word in extract_words(group, x_tolerance_ratio=0.5)]
    words = [Word(word["text"], Box(word["x0"], word["top"], word["x1"], word["bottom"])) for word in found]
    filled = _widgets(page)
    printed = "".join(word.text for word in words)
    unnamed = printed.count("(cid:") > _MAX_UNKNOWN_SHARE * len(printed)  # fonts that do not name their characters
    if (_is_picture(page, printed) and not filled) or unnamed:
        page.close()
        return None
    read = PageWords((*words, *filled), grids, float(page.width), float(page.height))
    page.close()  # frees what the library keeps of a page
    return read


def _grids(page: Any) -> tuple[tuple[Box, ...], ...]:
    if not (page.lines or page.rects or page.curves):
        return ()
    grids = [tuple(Box(*map(float, cell)) for cell in table.cells) for table in page.find_tables()]
    return tuple(grid for grid in grids if len(grid) >= _MIN_TABLE_CELLS)


def _is_picture(page: Any, printed: str) -> bool:
    """A page that is mostly picture with next to no characters, or one where text was drawn as shapes."""
    if len(printed) >= _MIN_CHARS:
        return False
    area = sum(abs(float(image["width"]) * float(image["height"])) for image in page.images)
    return area > 0.2 * float(page.width) * float(page.height) or len(page.curves) > 50


def _widgets(page: Any) -> list[Word]:
    """What was typed, chosen or ticked in the form fields of a page."""
    words = []
    for annotation in page.annots:
        data = annotation.get("data") or {}
        parent = _resolved(data.get("Parent")) or {}
        if _name(data.get("Subtype")) != "Widget":
            continue
        kind = _name(data.get("FT") or parent.get("FT"))
        value = _resolved(data.get("V") if data.get("V") is not None else parent.get("V"))
        box = Box(*(float(annotation[side]) for side in ("x0", "top", "x1", "bottom")))
        text = _ticked(data, parent) if kind == "Btn" else _string(value)
        if text.strip():
            words.append(Word(text.strip(), box))
    return words


def _ticked(data: dict[str, Any], parent: dict[str, Any]) -> str:
    flags = _resolved(data.get("Ff") or parent.get("Ff")) or 0
    if isinstance(flags, int) and flags & _PUSH_BUTTON:
        return ""
    return "☑" if _name(data.get("AS")) not in ("", "Off") else "☐"


def _resolved(value: Any) -> Any:
    from pdfminer.pdftypes import resolve1

    return resolve1(value)


def _name(value: Any) -> str:
    resolved = _resolved(value)
    name = getattr(resolved, "name", resolved)
    return name.decode("latin-1") if isinstance(name, bytes) else str(name or "")


def _string(value: Any) -> str:
    if isinstance(value, bytes):
        for mark, encoding in ((b"\xfe\xff", "utf-16"), (b"\xff\xfe", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
            if value.startswith(mark):
                return value.decode(encoding, "replace")
        return value.decode("latin-1")
    if isinstance(value, list):
        return "；".join(_string(_resolved(each)) for each in value)
    return "" if value is None else _name(value)
