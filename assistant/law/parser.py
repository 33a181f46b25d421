"""Regulation text into provisions: chapters, articles, paragraphs, items and subitems with their places.

Real sources are dirty. The parser changes no character: it decides where each provision begins and ends in the
canonical text, and reports as an anomaly whatever a reader should know of. The steps: the lines (`lines`), what
stands in front (`front`), the headings (`headings`), the inside of each article (`article`).
"""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from assistant.law.article import Node, parse_body, unique
from assistant.law.front import Title, find_title, without_contents
from assistant.law.headings import HeadingFinder, annex_at, annexes
from assistant.law.lines import BLANKS, Line, compact, is_complete, text_lines, wrap_width
from assistant.law.locator import Kind, Locator, Step
from assistant.law.marks import Mark, Style, enumerator
from assistant.law.numerals import format_numeral
from assistant.law.types import Anomaly, Provision

_CLOSING_LINE = re.compile(r"[^。；;，,：:！？!?]{2,60}\Z|[（(].{2,40}[）)]\Z")
_DATE = re.compile(
    r"(?:[0-9０-９]{4}|[〇○零一二三四五六七八九]{4}|[ ×xX]{0,4})年.{0,6}月.{0,6}日\Z|\d{4}[-./]\d{1,2}[-./]\d{1,2}\Z"
)
_ISSUER = re.compile(r"(?:局|厅|委|委员会|府|部|处|室|办|院|会|中心|公司|大学|学院)(?:[（(]印?章?[）)])?\Z")
_TO_LINE_END = re.compile(r"\s*[^\n\x0b\x0c\u2028\u2029\x85]*")
_OUTER = {Kind.PART: 0, Kind.CHAPTER: 1, Kind.SECTION: 2}


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
        self.used: dict[Locator, int] = {}
        self.counts: Counter[Kind] = Counter()
        self.lines: list[Line] = []
        self.width: int | None = None

    def parse(self) -> Parse:
        every = text_lines(self.text)
        self.lines, contents = without_contents(self.text, every)
        if contents is not None:
            self._note("table_of_contents", "目录不是条文，未作为条文解析", contents)
        self.width = wrap_width(self.text, self.lines)
        finder = HeadingFinder(self.text, self.lines, self.width)
        headings = finder.find()
        self.anomalies += finder.anomalies
        if headings:
            title = self._front(headings[0].start)
            self._check(headings)
            self._headed(headings)
        else:
            title = self._outline()
        self.provisions.sort(key=lambda p: (p.start, -p.end, len(p.path)))
        return Parse(title, tuple(self.provisions), tuple(sorted(self.anomalies, key=lambda a: a.start)))

    def _front(self, first: int) -> str:
        """The title; the other lines before the first heading become the preamble."""
        title = find_title(self.text, self.lines, first)
        for line in self.lines:
            if line.start >= first:
                break
            if line.start >= title.end or line.end <= title.start:
                self._add_line(Kind.PREAMBLE, line.start, min(line.end, first))
        return title.text

    # A text with articles or chapters

    def _headed(self, headings: list[Mark]) -> None:
        ends = [h.start for h in headings[1:]] + [len(self.text)]
        closing = self._closing(headings, ends)
        outer: dict[Kind, Locator] = {}
        ends = [closing.get(index, end) for index, end in enumerate(ends)]
        for index, (mark, end) in enumerate(zip(headings, ends, strict=True)):
            kind = mark.kind or Kind.ARTICLE
            if kind in _OUTER:
                outer = {k: v for k, v in outer.items() if _OUTER[k] < _OUTER[kind]}
                path = tuple(outer.values())
                last = self._last_inside(headings, index)
                extent = ends[last]
                locator = unique(Locator((*(path[-1].steps if path else ()), _step(mark))), self.used)
                self._add(locator, mark.start, extent, mark.end, path, mark.title)
                outer[kind] = locator
                if last == index:
                    # No article stands in it: its text is read like an article's.
                    self._inside(locator, self._after_title(mark), end, path)
            elif mark.kind is Kind.ARTICLE:
                locator = unique(Locator.of(_step(mark)), self.used)
                self._body(locator, mark.start, mark.end, end, tuple(outer.values()))
            elif mark.kind is Kind.CLOSING:
                self._closing_lines(text_lines(self.text, mark.start, end))
            else:
                locator = unique(Locator.of((Kind.ANNEX, mark.number)), self.used)
                self._body(locator, mark.start, mark.start, end, ())

    def _after_title(self, mark: Mark) -> int:
        """Where the line with a chapter's title ends."""
        if not mark.title:
            return mark.end
        found = _TO_LINE_END.match(self.text, mark.end)
        return found.end() if found else mark.end

    def _last_inside(self, headings: list[Mark], index: int) -> int:
        """The index of the last heading that lies inside the one at `index`."""
        level = _OUTER.get(headings[index].kind or Kind.ARTICLE, 3)
        last = index
        for later in range(index + 1, len(headings)):
            kind = headings[later].kind
            if kind in (Kind.ANNEX, Kind.CLOSING) or _OUTER.get(kind or Kind.ARTICLE, 3) <= level:
                break
            last = later
        return last

    def _body(self, locator: Locator, start: int, body: int, end: int, path: tuple[Locator, ...]) -> None:
        self._add(locator, start, end, body, path)
        self._inside(locator, body, end, path)

    def _inside(self, locator: Locator, body: int, end: int, path: tuple[Locator, ...]) -> None:
        nodes, odd = parse_body(self.text, body, end, locator, self.width)
        self.anomalies += odd
        for node in nodes:
            self._add_node(node, (*path, locator))

    def _check(self, headings: list[Mark]) -> None:
        chapters = [h for h in headings if h.kind is Kind.CHAPTER]
        if not chapters:
            return
        first = next((h for h in headings if h.kind is Kind.ARTICLE), None)
        if first and first.start < chapters[0].start:
            name = self.text[chapters[0].start : chapters[0].end].strip(BLANKS)
            message = f"“{name}”之前的条文不属于任何章（缺少此前的章标题）"
            self._note("articles_before_first_chapter", message, first.start)
        arabic = [c for c in chapters if re.search("[0-9０-９]", self.text[c.start : c.end])]
        if len(arabic) < len(chapters):
            for mark in arabic:
                message = f"章号用了阿拉伯数字：“第{mark.number}章”，与其他章不一致"
                self._note("chapter_numeral", message, mark.start)
        if any(h.kind is Kind.PART for h in headings):
            return
        for before, mark in pairwise(chapters):
            if mark.number != before.number + 1 and before.number < 10**7:
                message = f"章号不连续：应为第{format_numeral(before.number + 1)}章"
                self._note("chapter_gap", message, mark.start)

    # A text without headings

    def _outline(self) -> str:
        marks = [line for line in self.lines if self._begins_part(line)]
        first = marks[0].start if len(marks) > 1 else None
        title = find_title(self.text, self.lines, first)
        if self.lines and title.end >= self.lines[-1].end:
            # Nothing but a title: it is all there is to quote.
            title = Title(title.text, 0, 0)
        found: list[Mark] = []
        for index, line in enumerate(self.lines):
            if first is not None and line.start > first and annex_at(self.text, self.lines, index):
                found = annexes(self.text, self.lines, index)
                break
        if found and self._goes_past(found[0].start):
            found = []
        if self.lines:
            message = "文本没有“第×条”，按“一、（一）1.”层次解析"
            self._note("no_articles", message, title.end)
        starts = [h.start for h in found] + [len(self.text)]
        bodies = [(title.end, starts[0]), *pairwise(starts)]
        bounds = [self._without_closing(a, b, dated=True) for a, b in bodies]
        for line in self.lines:
            if line.end <= title.start:
                self._add_line(Kind.PREAMBLE, line.start, line.end)
        nodes, odd = parse_body(self.text, title.end, bounds[0], None, self.width)
        self.anomalies += odd
        for node in nodes:
            self._add_node(node, ())
        for mark, end in zip(found, bounds[1:], strict=True):
            if mark.kind is Kind.CLOSING:
                self._closing_lines(text_lines(self.text, mark.start, end))
            else:
                locator = unique(Locator.of((Kind.ANNEX, mark.number)), self.used)
                self._body(locator, mark.start, mark.start, end, ())
        return title.text

    def _begins_part(self, line: Line) -> bool:
        return enumerator(self.text, line.start, line.end) is not None

    def _goes_past(self, place: int) -> bool:
        """Whether sections 一、二、 go on below what looked like an annex."""
        above = 0
        for line in self.lines:
            mark = enumerator(self.text, line.start, line.end)
            if not mark or mark.style is not Style.CHINESE_STOP:
                continue
            if line.start > place:
                return mark.number == above + 1 and above > 0
            above = mark.number
        return False

    # Signature and date

    def _closing(self, headings: list[Mark], ends: list[int]) -> dict[int, int]:
        """Where the last article and the last annex end, by index, if a signature or a date follows them."""
        last = [i for i, h in enumerate(headings) if h.kind in (Kind.ARTICLE, Kind.CHAPTER, Kind.SECTION)][-1]
        found = {last: self._without_closing(headings[last].end, ends[last], dated=False)}
        for index in range(last + 1, len(headings)):
            if headings[index].kind is Kind.ANNEX:
                found[index] = self._without_closing(headings[index].end, ends[index], dated=True)
        return found

    def _without_closing(self, start: int, end: int, *, dated: bool) -> int:
        """Adds the closing lines of `[start, end)` as provisions; returns where what is before them ends.

        `dated`: only a date makes a closing; else an issuer's name below a complete line does too.
        """
        lines = text_lines(self.text, start, end)
        cut = len(lines)
        while cut and len(lines) - cut < 8 and self._may_close(lines[cut - 1]):
            cut -= 1
        words = [compact(self.text[x.start : x.end]) for x in lines]
        dates = [i for i in range(cut, len(lines)) if _DATE.search(words[i]) and len(words[i]) < 40]
        while cut < len(lines) and cut and not is_complete(self.text, lines[cut - 1]):
            cut += 1
        if dates and cut > dates[-1]:
            cut = dates[0]
            while cut > 1 and _ISSUER.search(words[cut - 1]) and self._may_close(lines[cut - 1]):
                cut -= 1
        signed = any(_ISSUER.search(words[i]) for i in range(cut, len(lines)))
        if cut in (0, len(lines)) or not (dates or (signed and not dated)):
            return end
        self._closing_lines(lines[cut:])
        return lines[cut].start

    def _may_close(self, line: Line) -> bool:
        words = self.text[line.start : line.end]
        return _CLOSING_LINE.match(words) is not None and enumerator(self.text, line.start, line.end) is None

    def _closing_lines(self, lines: list[Line]) -> None:
        for line in lines:
            self._add_line(Kind.CLOSING, line.start, line.end)

    # Building blocks

    def _add_line(self, kind: Kind, start: int, end: int) -> None:
        self.counts[kind] += 1
        self._add(Locator.of((kind, self.counts[kind])), start, end, start, ())

    def _add_node(self, node: Node, path: tuple[Locator, ...]) -> None:
        self._add(node.locator, node.start, node.end, node.body, path)
        for child in node.children:
            self._add_node(child, (*path, node.locator))

    def _add(
        self, locator: Locator, start: int, end: int, body: int, path: tuple[Locator, ...], heading: str = ""
    ) -> None:
        while end > start and self.text[end - 1] in _TRIM:
            end -= 1
        body = min(body, end)
        while body < end and self.text[body] in _TRIM:
            body += 1
        self.provisions.append(Provision(locator, start, end, body, self.text[start:end], heading, path))

    def _note(self, kind: str, message: str, start: int) -> None:
        self.anomalies.append(Anomaly(kind, message, start))


_TRIM = frozenset(BLANKS + "\n\r\x0b\x0c\x1c\x1d\x1e\u2028\u2029\x85")


def _step(mark: Mark) -> Step:
    return Step(mark.kind or Kind.ARTICLE, mark.number, mark.branch)
