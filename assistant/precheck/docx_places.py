"""Where in a Word document a finding belongs: the places that the reader names -> the paragraphs that stand there.

Walks a document as the reader does, so that `table 1, row 11` and `paragraph 3` mean the same here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from assistant.files.docx_story import Story

_TEXT = qn("w:t")
_PARAGRAPH = qn("w:p")
_SPACE = re.compile(r"[\s_＿:：]+")
_PLACE = re.compile(r"(?:table \d+, row \d+|paragraph \d+)")
_MAX_NESTING = 20


@dataclass
class Places:
    """The paragraphs of a document by place, each place in reading order."""

    by_place: dict[str, list[BaseOxmlElement]] = field(default_factory=dict)

    def find(self, found_at: str, words: str) -> BaseOxmlElement | None:
        """The paragraph at a place that holds `words`; without such a one the last with any words; else None."""
        place = _PLACE.match(found_at)
        paragraphs = self.by_place.get(place[0], []) if place else []
        if not paragraphs:
            return None
        wanted = plain_words(words)
        holding = [p for p in paragraphs if wanted and wanted in plain_words(text_of(p))]
        filled = [p for p in paragraphs if text_of(p).strip()]
        return (holding or filled or paragraphs)[-1]

    def labelled(self, names: Iterable[str]) -> BaseOxmlElement | None:
        """The paragraph that is one of a field's names, else the shortest that begins with one: its empty place."""
        paragraphs = [p for placed in self.by_place.values() for p in placed]
        for name in filter(None, map(plain_words, names)):
            starting = [p for p in paragraphs if plain_words(text_of(p)).startswith(name)]
            if starting:
                return min(starting, key=lambda p: len(text_of(p)))
        return None


def places_of(document: WordDocument) -> Places:
    """All places of a document."""
    walk = _Walk(Story(document, filled=True))
    walk.body(document.element.body)
    return walk.places


@dataclass
class _Walk:
    story: Story
    places: Places = field(default_factory=Places)
    tables: int = 0
    paragraphs: int = 0

    def body(self, body: BaseOxmlElement) -> None:
        ahead = _outside_tables(body)
        for piece in self.story.pieces(body):
            if not isinstance(piece, str):
                self._table(piece, 1)
            elif piece.strip():
                self.paragraphs += 1
                found = _next_in(piece, ahead)
                if found is not None:
                    self.places.by_place[f"paragraph {self.paragraphs}"] = [found]

    def _table(self, element: BaseOxmlElement, depth: int) -> None:
        self.tables += 1
        number = self.tables
        for row_number, (_, cells) in enumerate(self.story.rows(element), start=1):
            place = self.places.by_place.setdefault(f"table {number}, row {row_number}", [])
            for cell in cells:
                place += list(self.story.blocks(cell, _PARAGRAPH))
                for piece in self.story.pieces(cell):
                    if not isinstance(piece, str) and depth < _MAX_NESTING:
                        self._table(piece, depth + 1)


def _outside_tables(body: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    return (p for p in body.iter(_PARAGRAPH) if next(p.iterancestors(qn("w:tbl")), None) is None)


def _next_in(piece: str, ahead: Iterator[BaseOxmlElement]) -> BaseOxmlElement | None:
    """The next paragraph whose words stand in what the reader read; empty ones are passed over."""
    wanted = plain_words(piece)
    for paragraph in ahead:
        words = plain_words(text_of(paragraph))
        if words:
            return paragraph if words in wanted or wanted in words else None
    return None


def text_of(paragraph: BaseOxmlElement) -> str:
    return "".join(text.text or "" for text in paragraph.iter(_TEXT))


def plain_words(text: str) -> str:
    """What is compared: without spaces, underscores and colons."""
    return _SPACE.sub("", text)
