"""The inside of one article (or of a text without articles): paragraphs, items, subitems."""

import re
from dataclasses import dataclass, field, replace

from assistant.law.locator import Kind, Locator
from assistant.law.marks import Mark, Style, enumerator
from assistant.law.types import Anomaly

_LINE = re.compile(r"[^\n\x0b\x0c\u2028\u2029\x85]+")
_BLANK = " \t\u3000\u00a0\u200b"
_STOP = tuple("。；;！!？?：:”）)》」】")
_INLINE = re.compile(r"(?<=[：:；;。，,、])[ \t\u3000\u00a0]*(?=[（(①-⑳0-9])")


@dataclass(slots=True)
class Node:
    """A provision being built: `body` is where its words begin after its number."""

    locator: Locator
    start: int
    body: int
    end: int
    children: list["Node"] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    style: Style
    number: int
    node: Node | None


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of text: a marked part, or an unmarked line (`mark` None)."""

    start: int
    end: int
    mark: Mark | None
    continues: bool = False


def parse_body(text: str, start: int, end: int, parent: Locator | None) -> tuple[list[Node], list[Anomaly]]:
    """The provisions directly inside `text[start:end]`, with those below them.

    `parent` is the article's locator, or None for a text without articles, whose levels are 一、 then （一） then 1.
    An article of one paragraph gets no paragraph node: 第七条第（四）项 is how its items are called.
    """
    pieces = _pieces(text, start, end)
    builder = _Builder(text, parent, pieces)
    return builder.build(), builder.anomalies


def _pieces(text: str, start: int, end: int) -> list[_Piece]:
    found: list[_Piece] = []
    sequence: dict[Style, int] = {}
    previous_complete = True
    for line in _LINE.finditer(text, start, end):
        if not line.group().strip(_BLANK):
            continue
        at = line.start() + len(line.group()) - len(line.group().lstrip(_BLANK))
        mark = enumerator(text, at, line.end())
        if mark and mark.style and not previous_complete and mark.number != sequence.get(mark.style, 0) + 1:
            mark = None
        cuts: list[tuple[int, Mark | None]] = [(at, mark)]
        if mark and mark.style:
            sequence[mark.style] = mark.number
        for place in _INLINE.finditer(text, at + 1, line.end()):
            inner = enumerator(text, place.end(), line.end(), inline=True)
            if inner and inner.style and _fits_inline(text, inner, sequence, place.start()):
                sequence[inner.style] = inner.number
                cuts.append((place.end(), inner))
        for (begin, cut_mark), (stop, _) in zip(cuts, [*cuts[1:], (line.end(), None)], strict=True):
            continues = cut_mark is None and begin == at and not previous_complete and bool(found)
            found.append(_Piece(begin, stop, cut_mark, continues))
        previous_complete = line.group().rstrip(_BLANK).endswith(_STOP)
    return found


def _fits_inline(text: str, mark: Mark, sequence: dict[Style, int], before: int) -> bool:
    """In the middle of a line a mark counts only as the next of its list, or as the first after a colon."""
    if mark.style is None:
        return False
    if mark.number == 1:
        return text[before - 1] in "：:"
    return mark.number == sequence.get(mark.style, 0) + 1


class _Builder:
    def __init__(self, text: str, parent: Locator | None, pieces: list[_Piece]) -> None:
        self.text, self.parent, self.pieces = text, parent, pieces
        self.levels = (Kind.ITEM, Kind.SUBITEM) if parent else (Kind.SECTION, Kind.ITEM, Kind.SUBITEM)
        self.paragraphs: list[Node] = []
        self.stack: list[_Open] = []
        self.anomalies: list[Anomaly] = []

    def build(self) -> list[Node]:
        for index, piece in enumerate(self.pieces):
            if piece.mark:
                self._marked(piece, piece.mark)
            elif self.paragraphs and (piece.continues or self._goes_on(index)):
                self._extend(piece.end)
            else:
                self.stack = []
                self._open_paragraph(piece)
        return self._settle()

    def _open_paragraph(self, piece: _Piece) -> None:
        # The locator is settled at the end, when it is known how many paragraphs there are.
        placeholder = Locator.of((Kind.PARAGRAPH, len(self.paragraphs) + 1))
        self.paragraphs.append(Node(placeholder, piece.start, piece.start, piece.end))

    def _goes_on(self, index: int) -> bool:
        """An unmarked line inside a list belongs to the item above it if that list goes on below it."""
        while self.stack:
            top = self.stack[-1]
            if self._number_follows(index, top):
                return True
            if len(self.stack) == 1:
                return False
            outer = self.stack[-2]
            if not self._number_follows(index, outer):
                return False
            self.stack.pop()
        return False

    def _number_follows(self, index: int, opened: _Open) -> bool:
        for piece in self.pieces[index + 1 :]:
            if piece.mark and piece.mark.style is opened.style:
                return piece.mark.number == opened.number + 1
        return False

    def _marked(self, piece: _Piece, mark: Mark) -> None:
        assert mark.style is not None
        depth = next((i for i, o in enumerate(self.stack) if o.style is mark.style), len(self.stack))
        expected = self.stack[depth].number + 1 if depth < len(self.stack) else 1
        del self.stack[depth:]
        if mark.number != expected:
            self._note_gap(mark, expected)
        if not self.paragraphs:
            self._open_paragraph(replace(piece, end=piece.start))
        self._extend(piece.end)
        if depth >= len(self.levels):
            # Deeper than 目: it stays part of the words above it.
            self.stack.append(_Open(mark.style, mark.number, None))
            return
        siblings = self.stack[-1].node.children if self.stack and self.stack[-1].node else self.paragraphs[-1].children
        node = Node(Locator.of((self.levels[depth], mark.number)), piece.start, mark.end, piece.end)
        siblings.append(node)
        self.stack.append(_Open(mark.style, mark.number, node))

    def _extend(self, end: int) -> None:
        self.paragraphs[-1].end = end
        for opened in self.stack:
            if opened.node:
                opened.node.end = end

    def _note_gap(self, mark: Mark, expected: int) -> None:
        shown = self.text[mark.start : mark.end]
        self.anomalies.append(
            Anomaly("enumeration_gap", f"项号“{shown}”与前文不连续（应为第{expected}个）", mark.start)
        )

    def _settle(self) -> list[Node]:
        """Gives every node its locator. Item numbers that repeat in an article are told apart by paragraph."""
        numbers = [c.locator.steps[-1].number for p in self.paragraphs for c in p.children]
        repeated = len(numbers) != len(set(numbers))
        base = self.parent.steps if self.parent else ()
        if len(self.paragraphs) <= 1 or (self.parent is None and not self._has_prose()):
            children = [c for p in self.paragraphs for c in p.children]
            if self.parent is None and not children:
                return [self._relocated(p, Locator((*base, *p.locator.steps))) for p in self.paragraphs]
            return self._numbered(children, base)
        result = []
        for paragraph in self.paragraphs:
            locator = Locator((*base, *paragraph.locator.steps))
            if self.parent is None:
                # In an outline the numbered parts stand beside the prose, not below it.
                result += self._outline_part(paragraph, locator)
                continue
            own = locator.steps if repeated else base
            node = Node(locator, paragraph.start, paragraph.body, paragraph.end)
            node.children = self._numbered(paragraph.children, own)
            result.append(node)
        return result

    def _has_prose(self) -> bool:
        return any(not p.children or p.children[0].start > p.start for p in self.paragraphs)

    def _outline_part(self, paragraph: Node, locator: Locator) -> list[Node]:
        children = self._numbered(paragraph.children, ())
        if not children:
            return [Node(locator, paragraph.start, paragraph.body, paragraph.end)]
        lead = paragraph.children[0].start
        if lead <= paragraph.start:
            return children
        return [Node(locator, paragraph.start, paragraph.body, lead), *children]

    def _numbered(self, nodes: list[Node], base: tuple[object, ...]) -> list[Node]:
        used: set[Locator] = set()
        result = []
        for node in nodes:
            step = node.locator.steps[-1]
            locator = Locator((*base, step))  # type: ignore[arg-type]
            while locator in used:
                step = replace(step, branch=(step.branch or 1) + 1)
                locator = Locator((*base, step))  # type: ignore[arg-type]
            used.add(locator)
            result.append(self._relocated(node, locator))
        return result

    def _relocated(self, node: Node, locator: Locator) -> Node:
        moved = Node(locator, node.start, node.body, node.end)
        moved.children = self._numbered(node.children, locator.steps)
        return moved
