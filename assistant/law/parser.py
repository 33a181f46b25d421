"""Regulation text into provisions: chapters, articles, paragraphs, items and subitems with their places.

Real sources are dirty. The parser changes no character: it decides where each provision begins and ends in the
canonical text, and reports as an anomaly whatever a reader should know of.
"""

import re
from dataclasses import dataclass

from assistant.law.article import Node, parse_body
from assistant.law.locator import Kind, Locator, Step
from assistant.law.marks import Mark, annex_mark, article_mark, chapter_mark
from assistant.law.numerals import format_numeral
from assistant.law.types import Anomaly, Provision

_LINE = re.compile(r"[^\n\x0b\x0c\u2028\u2029\x85]+")
_CONTENTS = re.compile(r"\s*目\s*[录次]\s*\Z")
_SENTENCE_STOP = tuple("。；;！!？?：:”）)》」】")
_MIDLINE = re.compile(r"(?<=[。；;！？])[ \t\u3000\u00a0]*(?=第)")
_CLOSING = re.compile(r"[^。；;，,]{2,40}\Z")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Parse:
    """What came out of a text: its title, its provisions in reading order, and what was odd."""

    title: str
    provisions: tuple[Provision, ...]
    anomalies: tuple[Anomaly, ...]


def parse_regulation(text: str) -> Parse:
    """Parses a canonical text. Never raises: a text without any structure becomes numbered paragraphs."""
    return _Parser(text).parse()


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.anomalies: list[Anomaly] = []
        self.provisions: list[Provision] = []

    def parse(self) -> Parse:
        lines = [_Line(*m.span()) for m in _LINE.finditer(self.text) if m.group().strip(" \t\u3000\u00a0\u200b")]
        lines = self._without_contents(lines)
        headings = self._headings(lines)
        first = headings[0].start if headings else None
        title, body_start = self._title(lines, first)
        if any(h.kind is Kind.ARTICLE for h in headings):
            self._preamble(lines, body_start, first or 0)
            self._articles(headings)
        else:
            self._outline(body_start)
        return Parse(title, tuple(self.provisions), tuple(sorted(self.anomalies, key=lambda a: a.start)))

    # Where headings stand

    def _without_contents(self, lines: list[_Line]) -> list[_Line]:
        """Drops a table of contents: from 目录 to the line before its first entry stands again."""
        for index, line in enumerate(lines[:-2]):
            if not _CONTENTS.match(self.text[line.start : line.end]):
                continue
            first = self._entry(lines[index + 1])
            for later in range(index + 2, len(lines)):
                if self._entry(lines[later]) == first:
                    return lines[:index] + lines[later:]
                if not self._is_entry(lines[later]):
                    # The body begins without its first heading: the contents end where entries do.
                    return lines[:index] + lines[later:]
        return lines

    def _is_entry(self, line: _Line) -> bool:
        text = self.text[line.start : line.end].strip()
        dotted = re.search(r"[.…·\s]+\d+$", text) is not None
        return chapter_mark(self.text, line.start, line.end) is not None or (
            dotted and article_mark(self.text, line.start, line.end) is not None
        )

    def _entry(self, line: _Line) -> str:
        return re.sub(r"[\s.…·\d]+$", "", "".join(self.text[line.start : line.end].split()))

    def _headings(self, lines: list[_Line]) -> list[Mark]:
        """All chapter, section, article and annex headings in order."""
        found: list[Mark] = []
        last: tuple[int, int] = (0, 0)
        in_annex = False
        for index, line in enumerate(lines):
            complete = index == 0 or self._ends_block(lines[index - 1], found)
            chapter = chapter_mark(self.text, line.start, line.end)
            if chapter and complete and not in_annex:
                found.append(self._with_title_below(chapter, lines, index))
                continue
            annex = annex_mark(self.text, line.start, line.end) if last > (0, 0) else None
            if annex:
                in_annex = True
                found.append(annex)
                continue
            if in_annex:
                continue
            for at in [line.start, *(m.end() for m in _MIDLINE.finditer(self.text, line.start, line.end))]:
                mark = self._article_heading(at, line, last, complete)
                if mark:
                    found.append(mark)
                    last = (mark.number, mark.branch or 0)
        return found

    def _ends_block(self, line: _Line, found: list[Mark]) -> bool:
        text = self.text[line.start : line.end].rstrip()
        is_heading = bool(found) and line.start <= found[-1].start < line.end
        return text.endswith(_SENTENCE_STOP) or (is_heading and found[-1].kind is not Kind.ARTICLE) or not found

    def _with_title_below(self, mark: Mark, lines: list[_Line], index: int) -> Mark:
        if mark.title or index + 1 >= len(lines):
            return mark
        below = lines[index + 1]
        title = "".join(self.text[below.start : below.end].split())
        is_mark = article_mark(self.text, below.start, below.end) or chapter_mark(self.text, below.start, below.end)
        if is_mark or len(title) > 20 or title.endswith(_SENTENCE_STOP):
            return mark
        return Mark(mark.start, below.start, mark.number, None, mark.kind, title=title)

    def _article_heading(self, at: int, line: _Line, last: tuple[int, int], complete: bool) -> Mark | None:
        found = article_mark(self.text, at, line.end)
        if not found:
            return None
        mark, reads_as_reference = found
        here = (mark.number, mark.branch or 0)
        follows = here == (last[0] + 1, 0) or (here[0] == last[0] and here[1] in (last[1] + 1, last[1] + 2) and here[1] > 0)
        if reads_as_reference:
            return None
        if at != line.start:
            # In the middle of a line only the very next number counts, and a gap after it.
            if not (follows and mark.spaced):
                return None
            self._note("heading_inside_line", f"第{format_numeral(mark.number)}条的标题不在行首", mark.start)
            return mark
        if follows:
            return mark if complete or mark.spaced else None
        if not mark.spaced or not complete:
            return None
        if here > last:
            self._note("article_gap", f"条号不连续：第{format_numeral(mark.number)}条之前缺条文", mark.start)
        else:
            self._note("article_repeated", f"条号重复或倒退：第{format_numeral(mark.number)}条", mark.start)
        return mark

    # What stands before the first heading

    def _title(self, lines: list[_Line], first: int | None) -> tuple[str, int]:
        """The title, from the first lines, and where the text after it begins."""
        head = [line for line in lines if first is None or line.start < first][:6]
        if not head:
            return "", 0
        parts: list[str] = []
        end = head[0].start
        for line in head:
            text = self.text[line.start : line.end].strip()
            if parts and not re.fullmatch(r"[（(].{2,20}[）)]", text) and (
                len(text) > 40 or text.endswith(_SENTENCE_STOP) or _is_title_end(parts[-1]) or first is None
            ):
                break
            if not parts and len(text) > 60:
                break
            parts.append(text)
            end = line.end
        return "".join("".join(p.split()) for p in parts), end

    def _preamble(self, lines: list[_Line], start: int, end: int) -> None:
        number = 0
        for line in lines:
            if start <= line.start and line.end <= end:
                number += 1
                self._add(Locator.of((Kind.PREAMBLE, number)), line.start, line.end, line.start, ())

    # A text with articles

    def _articles(self, headings: list[Mark]) -> None:
        self._check_chapters(headings)
        ends = [h.start for h in headings[1:]] + [len(self.text)]
        chapter: Locator | None = None
        section: Locator | None = None
        used: set[Locator] = set()
        last_article = max(i for i, h in enumerate(headings) if h.kind is Kind.ARTICLE)
        for index, (mark, end) in enumerate(zip(headings, ends, strict=True)):
            match mark.kind:
                case Kind.CHAPTER:
                    chapter, section = _unique(Locator.of((Kind.CHAPTER, mark.number)), used), None
                    end = self._extent(headings, index, {Kind.CHAPTER, Kind.ANNEX})
                    self._add(chapter, mark.start, end, mark.end, (), mark.title)
                case Kind.SECTION:
                    parent = chapter.steps if chapter else ()
                    section = _unique(Locator((*parent, Step(Kind.SECTION, mark.number))), used)
                    end = self._extent(headings, index, {Kind.CHAPTER, Kind.SECTION, Kind.ANNEX})
                    self._add(section, mark.start, end, mark.end, (chapter,) if chapter else (), mark.title)
                case Kind.ARTICLE:
                    locator = _unique(Locator.of(Step(Kind.ARTICLE, mark.number, mark.branch)), used)
                    if index == last_article:
                        end = self._closing(mark.end, end)
                    path = tuple(x for x in (chapter, section) if x)
                    self._body(locator, mark.start, mark.end, end, path)
                case _:
                    self._body(_unique(Locator.of((Kind.ANNEX, mark.number)), used), mark.start, mark.start, end, ())
        self.provisions.sort(key=lambda p: (p.start, -p.end))

    def _extent(self, headings: list[Mark], index: int, closers: set[Kind]) -> int:
        later = next((h.start for h in headings[index + 1 :] if h.kind in closers), None)
        return len(self.text) if later is None else later

    def _body(self, locator: Locator, start: int, body: int, end: int, path: tuple[Locator, ...]) -> None:
        self._add(locator, start, end, body, path)
        nodes, odd = parse_body(self.text, body, end, locator)
        self.anomalies += odd
        for node in nodes:
            self._add_node(node, (*path, locator))

    def _add_node(self, node: Node, path: tuple[Locator, ...]) -> None:
        self._add(node.locator, node.start, node.end, node.body, path)
        for child in node.children:
            self._add_node(child, (*path, node.locator))

    def _closing(self, body: int, end: int) -> int:
        """Cuts a signature and a date off the last article; returns where the article ends."""
        lines = [_Line(*m.span()) for m in _LINE.finditer(self.text, body, end) if m.group().strip()]
        cut = len(lines)
        while cut > 1 and _CLOSING.match(self.text[lines[cut - 1].start : lines[cut - 1].end].strip()):
            cut -= 1
        if cut == len(lines) or not self.text[lines[cut - 1].start : lines[cut - 1].end].rstrip().endswith("。"):
            return end
        for number, line in enumerate(lines[cut:], 1):
            self._add(Locator.of((Kind.CLOSING, number)), line.start, line.end, line.start, ())
        return lines[cut].start

    def _check_chapters(self, headings: list[Mark]) -> None:
        chapters = [h for h in headings if h.kind is Kind.CHAPTER]
        if not chapters:
            return
        first_article = next(h for h in headings if h.kind is Kind.ARTICLE)
        if first_article.start < chapters[0].start:
            self._note(
                "articles_before_first_chapter",
                f"“第{format_numeral(chapters[0].number)}章”之前的条文不属于任何章（缺少此前的章标题）",
                first_article.start,
            )
        arabic = [c for c in chapters if re.match(r"第\s*[0-9０-９]", self.text[c.start : c.end])]
        if arabic and len(arabic) < len(chapters):
            for mark in arabic:
                self._note("chapter_numeral", f"章号用了阿拉伯数字：“第{mark.number}章”，与其他章不一致", mark.start)
        expected = chapters[0].number
        for mark in chapters:
            if mark.number != expected:
                self._note("chapter_gap", f"章号不连续：应为第{format_numeral(expected)}章", mark.start)
            expected = mark.number + 1

    # A text without articles

    def _outline(self, start: int) -> None:
        nodes, odd = parse_body(self.text, start, len(self.text), None)
        self.anomalies += odd
        self._note("no_articles", "文本没有“第×条”，按“一、（一）1.”层次解析", start)
        for node in nodes:
            self._add_node(node, ())

    # Building blocks

    def _add(
        self, locator: Locator, start: int, end: int, body: int, path: tuple[Locator, ...], heading: str = ""
    ) -> None:
        while end > start and self.text[end - 1].isspace():
            end -= 1
        body = min(body, end)
        while body < end and self.text[body].isspace():
            body += 1
        self.provisions.append(Provision(locator, start, end, body, self.text[start:end], heading, path))

    def _note(self, kind: str, message: str, start: int) -> None:
        self.anomalies.append(Anomaly(kind, message, start))


def _is_title_end(text: str) -> bool:
    return re.search(r"(办法|规定|条例|细则|意见|通知|方案|指南|措施|规则|决定|制度|章程|公告|规程|政策|标准)$", text) is not None


def _unique(locator: Locator, used: set[Locator]) -> Locator:
    """A repeated number keeps its number and takes the next free branch: no provision is lost, none is shadowed."""
    while locator in used:
        *head, last = locator.steps
        locator = Locator((*head, Step(last.kind, last.number, (last.branch or 1) + 1)))
    used.add(locator)
    return locator
