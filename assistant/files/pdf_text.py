"""A PDF with a text layer -> its text, one line per paragraph."""

import io
from typing import Any

from assistant.errors import UnreadableFileError
from assistant.files.limits import check_pdf_streams
from assistant.files.pdf_lines import Line, Page, paragraphs

MAX_PAGES = 300
_MAX_UNKNOWN_SHARE = 0.01
_MIN_CHARS_BESIDE_PICTURE = 10
_OCR_HINT = "请先做文字识别（OCR），或提供Word、文本格式的文件。"


def pdf_text(data: bytes) -> str:
    """The text of a PDF without page numbers, headers and footers, with wrapped lines joined.

    Raises UnreadableFileError if it is damaged, needs a password, is too long, has scanned pages, or if its
    fonts do not say which characters they show.
    """
    pages = read_pages(data)
    if not any(page.lines for page in pages):
        raise UnreadableFileError("PDF中没有文字。", _OCR_HINT)
    _check_characters("".join(line.text for page in pages for line in page.lines))
    text = "\n".join(paragraphs(pages)).strip("\n")
    if not text.strip():
        raise UnreadableFileError("PDF中除页码、页眉外没有文字。", _OCR_HINT)
    return text + "\n"


def read_pages(data: bytes) -> list[Page]:
    """The printed lines of every page. Raises UnreadableFileError."""
    import pdfplumber

    check_pdf_streams(data)
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if len(document.pages) > MAX_PAGES:
                raise UnreadableFileError(f"PDF超过{MAX_PAGES}页的上限。", "请只保留需要的页后再试。")
            pages: list[Page] = []
            scanned: list[int] = []
            for number, page in enumerate(document.pages, start=1):
                pages.append(_read_page(page))
                if _is_scan(page, pages[-1]):
                    scanned.append(number)
                page.close()  # frees what the library keeps of a page
    except UnreadableFileError:
        raise
    except Exception as error:  # pdfminer raises whatever a damaged file leads it into
        raise unopened(error) from error
    _check_scans(scanned, len(pages))
    return pages


def _read_page(page: Any) -> Page:
    tables = _table_boxes(page)
    found = page.dedupe_chars().extract_text_lines(x_tolerance_ratio=0.5, return_chars=True)
    lines = [_read_line(line, tables) for line in found if line["text"].strip()]
    return Page(tuple(lines), float(page.width), float(page.height))


def _read_line(line: dict[str, Any], tables: list[tuple[float, float, float, float]]) -> Line:
    middle = (line["top"] + line["bottom"]) / 2
    in_table = any(
        x0 <= line["x0"] + 1 and line["x0"] < x1 and top <= middle <= bottom for x0, top, x1, bottom in tables
    )
    sizes = sorted(float(char["size"]) for char in line["chars"])
    return Line(
        text=line["text"].strip(),
        left=float(line["x0"]),
        right=float(line["x1"]),
        top=float(line["top"]),
        size=sizes[len(sizes) // 2],
        in_table=in_table,
    )


def _table_boxes(page: Any) -> list[tuple[float, float, float, float]]:
    """Where ruled tables stand; a mere frame around text is none."""
    if not (page.lines or page.rects):
        return []
    return [table.bbox for table in page.find_tables() if len(table.cells) >= 4]


def _is_scan(page: Any, read: Page) -> bool:
    """Whether a page is a picture of text: a large picture, and next to no characters."""
    if sum(len(line.text) for line in read.lines) >= _MIN_CHARS_BESIDE_PICTURE:
        return False
    area = sum(abs(image["width"] * image["height"]) for image in page.images)
    return bool(area > 0.4 * read.width * read.height)


def _check_scans(scanned: list[int], page_count: int) -> None:
    if not scanned:
        return
    if len(scanned) == page_count:
        raise UnreadableFileError("PDF是扫描件，没有文字层，无法读取文字。", _OCR_HINT)
    named = "、".join(str(number) for number in scanned[:10]) + ("等" if len(scanned) > 10 else "")
    raise UnreadableFileError(f"PDF的第{named}页是扫描图片，没有文字层，全文不完整。", _OCR_HINT)


def _check_characters(text: str) -> None:
    """Raises UnreadableFileError if many characters came out as numbers of a font instead of characters."""
    unknown = text.count("(cid:")
    if unknown > _MAX_UNKNOWN_SHARE * len(text):
        raise UnreadableFileError("PDF的字体没有注明对应的文字，读出的内容会是乱码。", _OCR_HINT)


def unopened(error: BaseException) -> UnreadableFileError:
    """What to raise for a PDF that pdfplumber could not open: it wants a password, or is damaged."""
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

    causes = [error, *error.args, error.__cause__, error.__context__]
    if any(isinstance(cause, (PDFEncryptionError, PDFPasswordIncorrect)) for cause in causes):
        return UnreadableFileError("PDF已加密，需要密码才能打开。", "请去掉密码后再试。")
    return UnreadableFileError("PDF已损坏，无法打开。", "请重新下载，或用阅读器打开后另存再试。")
