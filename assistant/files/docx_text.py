"""A Word file -> its text, one line per paragraph, as a reader of the accepted document sees it.

What counts: the body in document order; tables, cells joined by tabs; automatic numbers; inserted text;
text boxes, after the paragraph they hang on; content controls; line breaks and tabs. What does not: headers,
footers, foot- and endnotes and their marks, comments, deleted text, generated tables of contents, and hidden
text (w:vanish): nobody who checks a quotation in Word would find it there.
"""

import io
from collections.abc import Iterator

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.xmlchemy import BaseOxmlElement

from assistant.errors import UnreadableFileError
from assistant.files.docx_story import Story
from assistant.files.docx_xml import attribute, child
from assistant.files.limits import safe_office_archive

_WORD_TYPE = b"wordprocessingml.document.main+xml"
_OTHER_TYPES = (
    (b"ms-word.", "带宏的Word文件"),
    (b"wordprocessingml.template.main+xml", "Word模板"),
    (b"spreadsheetml.sheet.main+xml", "Excel表格"),
    (b"presentationml.presentation.main+xml", "演示文稿"),
    (b"application/vnd.oasis.opendocument", "ODF文档"),
)


def docx_text(data: bytes) -> str:
    """The text of a .docx file, paragraphs and table rows separated by newlines.

    Raises UnreadableFileError if it is damaged, unsafe, another kind of zip file, or without text.
    """
    document = open_docx(data)
    try:
        lines = [line.rstrip() for line in _lines(Story(document), document.element.body)]
    except Exception as error:
        raise damaged() from error
    text = "\n".join(lines).strip("\n")
    if not text.strip():
        raise UnreadableFileError("文档中没有文字。", "如果内容是图片或扫描件，请先做文字识别（OCR）后再试。")
    return text + "\n"


def open_docx(data: bytes) -> WordDocument:
    """The python-docx document in `data`, after the checks of limits. Raises UnreadableFileError."""
    archive = safe_office_archive(data)
    # The copy is not compressed, so the types of its parts can be looked for in its bytes.
    content = archive.getvalue()
    if _WORD_TYPE not in content:
        raise _not_word(content)
    return document_in(archive)


def document_in(archive: io.BytesIO) -> WordDocument:
    """The python-docx document in an archive that was checked. Raises UnreadableFileError if it is damaged."""
    try:
        return Document(archive)
    except MemoryError:
        raise
    except Exception as error:  # python-docx raises whatever its parts raise on a damaged package
        raise damaged() from error


def _lines(story: Story, container: BaseOxmlElement) -> Iterator[str]:
    """The lines of a body, cell or text box."""
    for piece in story.pieces(container):
        if isinstance(piece, str):
            yield piece
        else:
            yield from _table(story, piece)


def _table(story: Story, table: BaseOxmlElement) -> Iterator[str]:
    """The rows that are not empty; in a merged cell the text stands once, at its first place."""
    for _, cells in story.rows(table):
        line = "\t".join("\n".join(_cell(story, cell)) for cell in cells)
        if line.strip():
            yield line


def _cell(story: Story, cell: BaseOxmlElement) -> list[str]:
    merged = child(cell, "w:tcPr", "w:vMerge")
    if merged is not None and attribute(merged) != "restart":
        return []
    return [line for line in _lines(story, cell) if line.strip()]


def _not_word(content: bytes) -> UnreadableFileError:
    kind = next((name for mark, name in _OTHER_TYPES if mark in content), "压缩包或其他文件")
    return UnreadableFileError(f"这不是.docx文档，而是{kind}。", "请用Word或WPS打开，另存为.docx后再试。")


def damaged() -> UnreadableFileError:
    """What to raise for a Word file whose parts make no sense."""
    return UnreadableFileError("Word文件已损坏或结构不完整，无法读取。", "请用Word或WPS打开并重新另存为.docx后再试。")
