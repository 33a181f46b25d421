"""A Word file -> its text, one line per paragraph, as a reader of the accepted document sees it.

What counts: the body in document order; tables, cells joined by tabs; automatic numbers; inserted text;
text boxes, after the paragraph they hang on; content controls; line breaks and tabs. What does not: headers,
footers, foot- and endnotes and their marks, comments, deleted text, generated tables of contents, and hidden
text (w:vanish): nobody who checks a quotation in Word would find it there.
"""

import re
from collections.abc import Iterator

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from assistant.errors import UnreadableFileError
from assistant.files.docx_numbering import Numbering
from assistant.files.docx_styles import Styles
from assistant.files.docx_xml import attribute, child, switch
from assistant.files.limits import safe_office_archive

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_SKIPPED = frozenset({qn("w:del"), qn("w:moveFrom"), qn("w:rt"), qn("w:pPr"), qn("w:rPr"), qn("w:sdtPr"), _FALLBACK})
_WORD_TYPE = b"wordprocessingml.document.main+xml"
_OTHER_TYPES = (
    (b"ms-word.", "带宏的Word文件"),
    (b"wordprocessingml.template.main+xml", "Word模板"),
    (b"spreadsheetml.sheet.main+xml", "Excel表格"),
    (b"presentationml.presentation.main+xml", "演示文稿"),
    (b"application/vnd.oasis.opendocument", "ODF文档"),
)
_CONTENTS_STYLE = re.compile(r"toc (?:\d|heading)")
_SIGNS = {
    qn("w:tab"): "\t",
    qn("w:ptab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}


def docx_text(data: bytes) -> str:
    """The text of a .docx file, paragraphs and table rows separated by newlines.

    Raises UnreadableFileError if it is damaged, unsafe, another kind of zip file, or without text.
    """
    document = open_docx(data)
    try:
        lines = [line.rstrip() for line in _Reader(document).lines(document.element.body)]
    except Exception as error:
        raise _damaged() from error
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
    try:
        return Document(archive)
    except Exception as error:  # python-docx raises whatever its parts raise on a damaged package
        raise _damaged() from error


class _Reader:
    """Reads one document once: numbering counts on from paragraph to paragraph."""

    def __init__(self, document: WordDocument) -> None:
        self._styles = Styles(_part_root(document, RELATIONSHIP_TYPE.STYLES))
        self._numbering = Numbering(_part_root(document, RELATIONSHIP_TYPE.NUMBERING), self._styles)

    def lines(self, container: BaseOxmlElement) -> Iterator[str]:
        """The lines of a body, cell or text box."""
        carried = ""
        for block in _blocks(container, qn("w:p"), qn("w:tbl")):
            if block.tag == qn("w:tbl"):
                yield from self._table(block)
                continue
            if _CONTENTS_STYLE.fullmatch(self._styles.name(self._styles.of_paragraph(block))):
                continue
            text, boxes = self._words(block)
            mark = child(block, "w:pPr", "w:rPr")
            if child(mark, "w:del") is not None or switch(mark, "w:vanish") is True:
                carried += text  # without its mark a paragraph goes on in the next one
            else:
                label = self._numbering.label(block)
                words = (carried + text).strip("\n")
                yield (label.rstrip() if words[:1].isspace() else label) + words
                carried = ""
            for box in boxes:
                yield from self.lines(box)
        if carried:
            yield carried

    def _table(self, table: BaseOxmlElement) -> Iterator[str]:
        """The rows that are not empty; in a merged cell the text stands once, at its first place."""
        for row in _blocks(table, qn("w:tr")):
            if child(row, "w:trPr", "w:del") is not None:
                continue
            cells = ["\n".join(self._cell(cell)) for cell in _blocks(row, qn("w:tc"))]
            line = "\t".join(cells)
            if line.strip():
                yield line

    def _cell(self, cell: BaseOxmlElement) -> list[str]:
        merged = child(cell, "w:tcPr", "w:vMerge")
        if merged is not None and attribute(merged) != "restart":
            return []
        return [line for line in self.lines(cell) if line.strip()]

    def _words(self, paragraph: BaseOxmlElement) -> tuple[str, list[BaseOxmlElement]]:
        """A paragraph's own visible text, and the text boxes that hang on it."""
        hidden_by_style = self._styles.hides(self._styles.of_paragraph(paragraph)) is True
        pieces: list[str] = []
        boxes: list[BaseOxmlElement] = []

        def visit(element: BaseOxmlElement) -> None:
            for part in element.iterchildren("*"):
                if part.tag in _SKIPPED or (part.tag == qn("w:r") and self._hidden(part, hidden_by_style)):
                    continue
                if part.tag == qn("w:txbxContent"):
                    boxes.append(part)
                elif part.tag in (qn("w:t"), _MATH_TEXT):
                    pieces.append(re.sub(r"[\r\n]+", " ", part.text or ""))
                elif part.tag in _SIGNS:
                    pieces.append(_SIGNS[part.tag])
                else:
                    visit(part)

        visit(paragraph)
        return "".join(pieces), boxes

    def _hidden(self, run: BaseOxmlElement, hidden_by_style: bool) -> bool:
        properties = child(run, "w:rPr")
        own = switch(properties, "w:vanish")
        if own is None:
            own = self._styles.hides(attribute(child(properties, "w:rStyle")))
        return hidden_by_style if own is None else own


def _blocks(container: BaseOxmlElement, *tags: str) -> Iterator[BaseOxmlElement]:
    """The elements named `tags` in `container`, also inside content controls and the like, but not nested."""
    for element in container.iterchildren("*"):
        if element.tag in tags:
            yield element
        elif element.tag not in _SKIPPED:
            yield from _blocks(element, *tags)


def _part_root(document: WordDocument, relationship: str) -> BaseOxmlElement | None:
    """The root of a part the document may have; python-docx would add an empty one of its own."""
    for link in document.part.rels.values():
        if link.reltype == relationship and not link.is_external:
            root: BaseOxmlElement | None = getattr(link.target_part, "element", None)
            return root
    return None


def _not_word(content: bytes) -> UnreadableFileError:
    kind = next((name for mark, name in _OTHER_TYPES if mark in content), "压缩包或其他文件")
    return UnreadableFileError(f"这不是.docx文档，而是{kind}。", "请用Word或WPS打开，另存为.docx后再试。")


def _damaged() -> UnreadableFileError:
    return UnreadableFileError("Word文件已损坏或结构不完整，无法读取。", "请用Word或WPS打开并重新另存为.docx后再试。")
