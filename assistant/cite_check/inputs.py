"""A file -> the text that is checked, each piece with its place; read in a process of its own, under limits."""

from dataclasses import dataclass
from pathlib import Path

from assistant.errors import UnreadableFileError
from assistant.files.content import Draft
from assistant.files.limits import Limits
from assistant.files.read_draft import read_draft


@dataclass(frozen=True, slots=True)
class Piece:
    """`[start, end)` of the text stands at `place` of the file, as the reader names places."""

    start: int
    end: int
    place: str


@dataclass(frozen=True, slots=True)
class Source:
    """A file's text, a line for each piece: the paragraphs first, then the cells of its tables."""

    name: str
    kind: str
    text: str
    pieces: tuple[Piece, ...]
    notes: tuple[str, ...] = ()


def read_source_text(path: Path, limits: Limits) -> Source:
    """The text of a letter, notice or argument. Raises UnreadableFileError, as for drafts."""
    return source_of(read_draft(path, limits), path.name)


def source_of(draft: Draft, name: str) -> Source:
    """What a reader found, as one text. Raises UnreadableFileError if there is no word in it."""
    found = [(line.text, line.place) for line in draft.lines]
    found += [(cell.text, cell.place) for table in draft.tables for cell in table.cells]
    found += [(f"{entry.name}：{entry.value}", entry.place) for entry in draft.entries if entry.value is not None]
    pieces: list[Piece] = []
    position = 0
    kept = [(words, place) for words, place in found if words.strip()]
    for words, place in kept:
        pieces.append(Piece(position, position + len(words), place))
        position += len(words) + 1
    if not pieces:
        raise UnreadableFileError("文件中没有文字。", "请检查是否选错了文件。")
    notes = list(draft.notes)
    if draft.scanned:
        notes.append("文件中有文字是从图片识别的，可能认错字；与原文的细微出入请先对照原件。")
    return Source(name, draft.kind, "\n".join(words for words, _ in kept), tuple(pieces), tuple(notes))
