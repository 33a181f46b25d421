"""The inside of one article (or of a text without articles): paragraphs, items, subitems."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.law.lines import Line, fills, is_complete, leads_on, text_lines
from assistant.law.locator import Kind, Locator, Step
from assistant.law.marks import Mark, Style, enumerator, enumerator_before_digits
from assistant.law.types import Anomaly

_INLINE = re.compile(r"(?<=[：:；;。，,、！？）)])[ \t\u3000\u00a0]{0,16}(?=[（(①-⒛㈠-㈩0-9０-９一二三四五六七八九十])")
_INNER_STOPS = "；;。，,、"


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
    """A list that has begun; `node` is its last item, None below the deepest level."""

    style: Style
    number: int
    node: Node | None


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of text: a marked part, or an unmarked line (`mark` None) that may go on from the one above."""

    start: int
    end: int
    mark: Mark | None
    continues: bool = False


def parse_body(
    text: str, start: int, end: int, parent: Locator | None, width: int | None = None
) -> tuple[list[Node], list[Anomaly]]:
    """The provisions directly inside `text[start:end]`, with those below them.

    `parent` is the article's locator, or None for a text without articles, whose levels are 一、（一） 1.
    An article of one paragraph gets no paragraph node: 第七条第（四）项 is how its items are called.
    `width`: see `lines.wrap_width`.
    """
    pieces = _pieces(text, text_lines(text, start, end), width)
    builder = _Builder(text, parent, pieces)
    return builder.build(), builder.anomalies


# Cutting into pieces


def _pieces(text: str, lines: list[Line], width: int | None) -> list[_Piece]:
    found: list[_Piece] = []
    sequence: dict[Style, int] = {}
    before: Line | None = None
    for line in lines:
        mark = enumerator(text, line.start, line.end)
        if not mark and before and is_complete(text, before):
            expected = sequence.get(Style.ARABIC_STOP, 0) + 1
            mark = enumerator_before_digits(text, line.start, line.end, expected)
        if mark and before and not _may_begin_line(text, mark, before, sequence):
            mark = None
        if mark and mark.style:
            sequence[mark.style] = mark.number
        cuts: list[tuple[int, Mark | None]] = [(line.start, mark)]
        cuts += [(m.start, m) for m in _inner_marks(text, line, mark, sequence)]
        goes_on = mark is None and before is not None and _goes_on(text, before, line, width)
        for (begin, cut), (stop, _) in zip(cuts, [*cuts[1:], (line.end, None)], strict=True):
            found.append(_Piece(begin, stop, cut, goes_on and begin == line.start))
        before = line
    return found


def _may_begin_line(text: str, mark: Mark, before: Line, sequence: dict[Style, int]) -> bool:
    """A number at a line's beginning is a mark unless the line above breaks off and it is not the next one."""
    expected = sequence.get(mark.style, 0) + 1 if mark.style else 0
    if leads_on(text, before) and mark.number != expected:
        return text[before.end - 1] in "，,、" and mark.number == 1
    return is_complete(text, before) or mark.number in (1, expected)


def _goes_on(text: str, before: Line, line: Line, width: int | None) -> bool:
    if not is_complete(text, before):
        return True
    # In a hard-wrapped text a full line may end with a full stop and its paragraph still go on below.
    return fills(text, before, width) and line.indent < 2


def _inner_marks(text: str, line: Line, first: Mark | None, sequence: dict[Style, int]) -> list[Mark]:
    """Marks in the middle of a line: each the next of its list, or the first of one whose second follows."""
    start = first.end if first else line.start + 1
    places = [m.end() for m in _INLINE.finditer(text, start, line.end)]
    marks = [m for p in places if (m := enumerator(text, p, line.end))]
    if first and enumerator(text, first.end, line.end):
        # 三、（一）…: the first item stands right behind its section's number.
        inner = enumerator(text, first.end, line.end)
        if inner and inner.number == 1 and inner.style is not first.style:
            marks.insert(0, inner)
    seconds: dict[Style, list[int]] = {}
    for mark in marks:
        if mark.number == 2 and mark.style:
            seconds.setdefault(mark.style, []).append(mark.start)
    found = []
    for mark in marks:
        if mark.style and _fits(text, mark, sequence, seconds.get(mark.style, ())):
            sequence[mark.style] = mark.number
            found.append(mark)
    return found


def _fits(text: str, mark: Mark, sequence: dict[Style, int], seconds: Sequence[int]) -> bool:
    bracketed = mark.style not in (Style.CHINESE_STOP, Style.ARABIC_STOP)
    before = text[max(0, mark.start - 17) : mark.start].rstrip()[-1:]
    if mark.number == 1:
        followed = bisect_right(seconds, mark.start) < len(seconds)
        return (before in ("：", ":") and (bracketed or followed)) or (bracketed and followed)
    if mark.style is None or mark.number != sequence.get(mark.style, 0) + 1:
        return False
    return before in tuple(_INNER_STOPS) and (bracketed or before in tuple("；;。"))


# Building the tree


class _Builder:
    def __init__(self, text: str, parent: Locator | None, pieces: list[_Piece]) -> None:
        self.text, self.parent, self.pieces = text, parent, pieces
        self.levels = (Kind.ITEM, Kind.SUBITEM) if parent else (Kind.SECTION, Kind.ITEM, Kind.SUBITEM)
        self.paragraphs: list[Node] = []
        self.stack: list[_Open] = []
        self.anomalies: list[Anomaly] = []
        self.next_numbers = _next_numbers(pieces)

    def build(self) -> list[Node]:
        for index, piece in enumerate(self.pieces):
            if piece.mark and piece.mark.style:
                self._marked(piece, piece.mark, piece.mark.style)
            elif self.paragraphs and (piece.continues or self._goes_on(index)):
                self._extend(piece.end)
            else:
                self.stack = []
                self._open_paragraph(piece)
        return self._settled()

    def _open_paragraph(self, piece: _Piece) -> None:
        # The locator is settled at the end, when it is known how many paragraphs there are.
        placeholder = Locator.of((Kind.PARAGRAPH, len(self.paragraphs) + 1))
        self.paragraphs.append(Node(placeholder, piece.start, piece.start, piece.end))

    def _goes_on(self, index: int) -> bool:
        """An unmarked line inside a list belongs to the item above it if that list goes on below it.

        In a text without articles it always belongs to the section above it.
        """
        following = self.next_numbers[index]
        for depth in range(len(self.stack), 0, -1):
            opened = self.stack[depth - 1]
            if following.get(opened.style) == opened.number + 1 or (depth == 1 and self.parent is None):
                del self.stack[depth:]
                return True
        return False

    def _marked(self, piece: _Piece, mark: Mark, style: Style) -> None:
        depth = next((i for i, o in enumerate(self.stack) if o.style is style), len(self.stack))
        expected = self.stack[depth].number + 1 if depth < len(self.stack) else 1
        del self.stack[depth:]
        if mark.number != expected:
            shown = self.text[mark.start : mark.end]
            message = f"项号“{shown}”与前文不连续（应为第{expected}个）"
            self.anomalies.append(Anomaly("enumeration_gap", message, mark.start))
        if not self.paragraphs:
            self._open_paragraph(replace(piece, end=piece.start))
        self._extend(piece.end)
        if depth >= len(self.levels):
            # Deeper than 目: it stays part of the words above it.
            self.stack.append(_Open(style, mark.number, None))
            return
        above = self.stack[-1].node if self.stack else None
        siblings = (above or self.paragraphs[-1]).children
        node = Node(Locator.of((self.levels[depth], mark.number)), piece.start, mark.end, piece.end)
        siblings.append(node)
        self.stack.append(_Open(style, mark.number, node))

    def _extend(self, end: int) -> None:
        self.paragraphs[-1].end = end
        for opened in self.stack:
            if opened.node:
                opened.node.end = end

    # Settling the locators

    def _settled(self) -> list[Node]:
        if self.parent is None:
            return self._settled_outline()
        base = self.parent.steps
        if len(self.paragraphs) == 1:
            return _numbered(self.paragraphs[0].children, base, {})
        lists = [{c.locator.steps[-1].number for c in p.children} for p in self.paragraphs]
        # Numbers that begin anew in a later paragraph are told apart by the paragraph.
        anew = sum(map(len, lists)) != len(set().union(*lists))
        used: dict[Locator, int] = {}
        for paragraph in self.paragraphs:
            paragraph.locator = Locator((*base, *paragraph.locator.steps))
            own = paragraph.locator.steps if anew else base
            paragraph.children = _numbered(paragraph.children, own, used)
        return self.paragraphs

    def _settled_outline(self) -> list[Node]:
        """In a text without articles the numbered parts stand beside the prose, not below it."""
        found: list[Node] = []
        used: dict[Locator, int] = {}
        number = 0
        for paragraph in self.paragraphs:
            sections = _numbered(paragraph.children, (), used)
            lead = sections[0].start if sections else paragraph.end
            if lead > paragraph.start:
                number += 1
                locator = Locator.of((Kind.PARAGRAPH, number))
                found.append(Node(locator, paragraph.start, paragraph.body, lead))
            found += sections
        return found


def _next_numbers(pieces: list[_Piece]) -> list[dict[Style, int]]:
    """For each piece the number of the next mark of each style after it."""
    found: list[dict[Style, int]] = []
    following: dict[Style, int] = {}
    for piece in reversed(pieces):
        found.append(following)
        if piece.mark and piece.mark.style:
            following = {**following, piece.mark.style: piece.mark.number}
    found.reverse()
    return found


def _numbered(nodes: list[Node], base: tuple[Step, ...], used: dict[Locator, int]) -> list[Node]:
    """Gives nodes their locators. A repeated number takes the next free branch: nothing is lost or shadowed."""
    for node in nodes:
        locator = unique(Locator((*base, node.locator.steps[-1])), used)
        node.locator = locator
        node.children = _numbered(node.children, locator.steps, used)
    return nodes


def unique(locator: Locator, used: dict[Locator, int]) -> Locator:
    """The locator, or its next free branch if it is taken. `used` keeps the last branch given to each."""
    first = locator
    while locator in used:
        *head, last = locator.steps
        branch = max(used[first], last.branch or 1) + 1
        used[first] = branch
        locator = Locator((*head, replace(last, branch=branch)))
    used[locator] = locator.steps[-1].branch or 1
    return locator
