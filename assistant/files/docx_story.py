"""The paragraphs and tables of a docx in reading order, as a reader of the accepted document sees them.

Shared by what reads a regulation and what reads a draft: inserted text counts, deleted and hidden text does not,
automatic numbers stand before their paragraph, a text box comes after the paragraph it hangs on.
"""

import re
from collections.abc import Iterator

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from assistant.files.docx_controls import control_text, is_placeholder, symbol
from assistant.files.docx_numbering import Numbering
from assistant.files.docx_styles import Styles
from assistant.files.docx_xml import attribute, child, switch

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_SKIPPED = frozenset({qn("w:del"), qn("w:moveFrom"), qn("w:rt"), qn("w:pPr"), qn("w:rPr"), qn("w:sdtPr"), _FALLBACK})
_CONTENTS_STYLE = re.compile(r"toc (?:\d|heading)")
_SIGNS = {
    qn("w:tab"): "\t",
    qn("w:ptab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}


class Story:
    """Reads one document once: numbering counts on from paragraph to paragraph.

    In: the document; `filled`: whether what a person ticks and chooses counts as text (☑, ☐, a drop-down's
    choice), and the prompt of a control nobody filled in does not.
    """

    def __init__(self, document: WordDocument, filled: bool = False) -> None:
        self._filled = filled
        self._styles = Styles(_part_root(document, RELATIONSHIP_TYPE.STYLES))
        self._numbering = Numbering(_part_root(document, RELATIONSHIP_TYPE.NUMBERING), self._styles)

    def pieces(self, container: BaseOxmlElement) -> Iterator[str | BaseOxmlElement]:
        """What a body, cell or text box holds, in order: a paragraph as its text, a table as its element."""
        carried = ""
        for block in self.blocks(container, qn("w:p"), qn("w:tbl")):
            if block.tag == qn("w:tbl"):
                yield block
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
                yield from self.pieces(box)
        if carried:
            yield carried

    def rows(self, table: BaseOxmlElement) -> Iterator[tuple[BaseOxmlElement, list[BaseOxmlElement]]]:
        """The rows of a table that are not deleted, each with its cells."""
        for row in self.blocks(table, qn("w:tr")):
            if child(row, "w:trPr", "w:del") is None:
                yield row, list(self.blocks(row, qn("w:tc")))

    def blocks(self, container: BaseOxmlElement, *tags: str) -> Iterator[BaseOxmlElement]:
        """The elements named `tags` in `container`, also inside content controls and the like, but not nested."""
        for element in container.iterchildren("*"):
            if element.tag in tags:
                yield element
            elif element.tag not in _SKIPPED and not (self._filled and is_placeholder(element)):
                yield from self.blocks(element, *tags)

    def _words(self, paragraph: BaseOxmlElement) -> tuple[str, list[BaseOxmlElement]]:
        """A paragraph's own visible text, and the text boxes that hang on it."""
        hidden_by_style = self._styles.hides(self._styles.of_paragraph(paragraph)) is True
        pieces: list[str] = []
        boxes: list[BaseOxmlElement] = []

        def visit(element: BaseOxmlElement) -> None:
            for part in element.iterchildren("*"):
                if part.tag in _SKIPPED or (part.tag == qn("w:r") and self._hidden(part, hidden_by_style)):
                    continue
                if self._filled and (control := control_text(part)) is not None:
                    pieces.append(control)
                elif part.tag == qn("w:txbxContent"):
                    boxes.append(part)
                elif part.tag in (qn("w:t"), _MATH_TEXT):
                    pieces.append(re.sub(r"[\r\n]+", " ", part.text or ""))
                elif part.tag in _SIGNS:
                    pieces.append(_SIGNS[part.tag])
                elif part.tag == qn("w:sym"):
                    pieces.append(symbol(part) if self._filled else "")
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


def _part_root(document: WordDocument, relationship: str) -> BaseOxmlElement | None:
    """The root of a part the document may have; python-docx would add an empty one of its own."""
    for link in document.part.rels.values():
        if link.reltype == relationship and not link.is_external:
            root: BaseOxmlElement | None = getattr(link.target_part, "element", None)
            return root
    return None
