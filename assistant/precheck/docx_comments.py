"""Comments in a Word document: hung on runs, without a time, and those of an earlier check taken away."""

from collections.abc import Sequence

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.run import Run

from assistant.precheck.printable import printable

_MACROS = "/vbaProject"


def add_comment(document: WordDocument, runs: Sequence[Run], words: str, author: str, initials: str) -> None:
    """Hangs a comment on runs of one paragraph, from the first to the last."""
    comment = document.add_comment([runs[0], runs[-1]], printable(words), author, initials)
    # When it was written would make every copy another one.
    comment._comment_elm.attrib.pop(qn("w:date"), None)


def first_paragraph(document: WordDocument) -> BaseOxmlElement:
    """The paragraph that a comment on the whole hangs on; an empty document gets one."""
    first: BaseOxmlElement | None = next(document.element.body.iter(qn("w:p")), None)
    return first if first is not None else document.add_paragraph()._p


def leave_out_macros(document: WordDocument) -> None:
    """The copy is a plain document; Word refuses one that carries macros."""
    links = [key for key, link in document.part.rels.items() if link.reltype.endswith(_MACROS)]
    for key in links:
        del document.part.rels[key]


def take_away_earlier(document: WordDocument, author: str) -> None:
    """Comments of an earlier check by `author` would speak of what is mended; those of people stay."""
    earlier = [comment._comment_elm for comment in document.comments if comment.author == author]
    gone = {comment.get(qn("w:id")) for comment in earlier}
    marks = [
        mark
        for tag in ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference")
        for mark in document.element.body.iter(qn(tag))
        if mark.get(qn("w:id")) in gone
    ]
    for element in (*earlier, *marks):
        parent = element.getparent()
        parent.remove(element)
        if element.tag == qn("w:commentReference") and not [e for e in parent if e.tag != qn("w:rPr")]:
            parent.getparent().remove(parent)
