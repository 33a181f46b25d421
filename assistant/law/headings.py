"""Finds the headings of a text: which 第七条 begins an article, and which only refers to one."""

import re
from collections import Counter
from dataclasses import replace

from assistant.law.lines import BLANKS, Line, compact, fills, is_complete, leads_on
from assistant.law.locator import Kind
from assistant.law.marks import Mark, annex_mark, enumerator, heading_marks, may_refer, refers
from assistant.law.numerals import format_numeral
from assistant.law.types import Anomaly

# What word processors, web pages and Markdown leave in front of a heading.
_LEFTOVER = re.compile(
    r"(?:\[[^\]\n]{0,60}\]|<[^>\n]{0,60}>|\{[^}\n]{0,60}\}|_[A-Za-z0-9_]{1,40}"
    rf"|[\x01-\x08\x0e-\x1f*#>■□◆●★·•§【\[{BLANKS}]){{1,12}}"
)
_STOPS = "。；;！？!?”）)》」】"
_TITLE_NEVER = re.compile(r"[。；;，,：:！？]|\A[的中、和与]|规定|所[称列述]|\A第[^章节]{1,8}条")
_TITLE_BEFORE = re.compile(r"(?:办法|规定|条例|细则|规则|章程|稿|行|版|过|布)[）)]?\Z")
_LEVELS = {Kind.PART: 0, Kind.CHAPTER: 1, Kind.SECTION: 2, Kind.ARTICLE: 3, Kind.ANNEX: 0}


class HeadingFinder:
    """Walks the lines once. `find` returns the headings in order; `anomalies` tells what was odd about them."""

    def __init__(self, text: str, lines: list[Line], width: int | None) -> None:
        self.text, self.lines, self.width = text, lines, width
        self.anomalies: list[Anomaly] = []
        self.found: list[Mark] = []
        self.last: tuple[int, int] = (0, 0)
        self.last_of: dict[Kind, int] = {}
        self.begins = {id(line): self._begin(line) for line in lines}
        self.marks = {id(line): heading_marks(text, line.start, line.end) for line in lines}
        self.at_line_start = Counter(
            _address(mark)
            for line in lines
            for mark in self.marks[id(line)][:1]
            if mark.start == self.begins[id(line)] and self._may_head(mark, line)
        )
        glued = [
            not mark.spaced
            for line in lines
            for mark in self.marks[id(line)][:1]
            if mark.start == self.begins[id(line)] and self._may_head(mark, line)
        ]
        self.glued = sum(glued) * 2 > len(glued)

    def find(self) -> list[Mark]:
        """All headings in order. Nothing below an annex counts: an annex may hold articles of its own."""
        for index, line in enumerate(self.lines):
            annex = self._annex(index)
            if annex:
                self.found += annex
                break
            self._line(line, index)
        if self._is_stray():
            self.anomalies.clear()
            return []
        return self.found

    def _begin(self, line: Line) -> int:
        leftover = _LEFTOVER.match(self.text, line.start, line.end)
        return leftover.end() if leftover else line.start

    def _may_head(self, mark: Mark, line: Line) -> bool:
        return mark.kind is Kind.ARTICLE and not refers(self.text, mark, line.end)

    def _is_stray(self) -> bool:
        """A notice numbered 一、二、 that refers to an article at a line's beginning has no articles."""
        articles = [h for h in self.found if h.kind is Kind.ARTICLE]
        if len(articles) > 2 or any(h.number <= 2 for h in articles) or len(articles) < len(self.found):
            return False
        return sum(1 for a in self.lines if re.match("[一二三四五六七八九十]+、", self.text[a.start : a.end])) >= 2

    # One line

    def _line(self, line: Line, index: int) -> None:
        marks = self.marks[id(line)]
        chapter_ends = -1
        for place, mark in enumerate(marks):
            at_start = mark.start == self.begins[id(line)]
            following = marks[place + 1] if place + 1 < len(marks) else None
            if mark.kind is not Kind.ARTICLE:
                heading = self._chapter(mark, following, line, index, at_start or mark.start == chapter_ends)
                if heading:
                    if not at_start:
                        name = self.text[mark.start : mark.end].strip(BLANKS)
                        self._note("heading_inside_line", f"“{name}”的标题不在行首", mark.start)
                    chapter_ends = following.start if following else line.end
                    self._accept(heading, line if at_start else None)
            elif at_start or mark.start == chapter_ends:
                if self._starts_article(mark, line, index):
                    if not at_start:
                        self._note_inside(mark)
                    self._accept(mark, line if at_start else None)
            elif self._starts_inside(mark, line):
                self._note_inside(mark)
                self._accept(mark, None)

    def _accept(self, mark: Mark, line: Line | None) -> None:
        """`line`: the line that the heading begins, together with what was left over in front of it."""
        if line and mark.start > line.start:
            shown = self.text[line.start : mark.start].strip(BLANKS)
            if shown not in ("【", "[", "**"):
                self._note("leftover_before_heading", f"标题前有多余字符：{shown!r}", line.start)
            mark = replace(mark, start=line.start)
        self.found.append(mark)
        if mark.kind is Kind.ARTICLE:
            self.last = _address(mark)
        elif mark.kind:
            self.last_of[mark.kind] = mark.number
            for kind, level in _LEVELS.items():
                if level > _LEVELS[mark.kind] and kind is not Kind.ARTICLE:
                    self.last_of.pop(kind, None)

    # Articles

    def _follows(self, mark: Mark) -> bool:
        number, branch = _address(mark)
        return (number, branch) == (self.last[0] + 1, 0) or (
            number == self.last[0] and branch > 0 and branch in (self.last[1] + 1, self.last[1] + 2)
        )

    def _starts_article(self, mark: Mark, line: Line, index: int) -> bool:
        if refers(self.text, mark, line.end):
            return False
        follows, unique = self._follows(mark), self.at_line_start[_address(mark)] == 1
        fresh = not self.found or self._is_heading_line(self.lines[index - 1])
        before = self.lines[index - 1] if index and not fresh else None
        complete = before is None or is_complete(self.text, before)
        if may_refer(self.text, mark, line.end):
            return follows and (mark.spaced or self.glued) and complete and unique
        if before and leads_on(self.text, before):
            return follows and unique and mark.spaced
        if follows:
            return complete or unique
        later = _address(mark) > self.last
        if not (mark.spaced or self.glued) or not (complete or (later and unique and mark.spaced)):
            return False
        if not mark.spaced and not later and _address(mark) != self.last:
            return False
        self._note_number(mark, later)
        return True

    def _note_inside(self, mark: Mark) -> None:
        self._note("heading_inside_line", f"{_name(mark)}的标题不在行首", mark.start)

    def _note_number(self, mark: Mark, later: bool) -> None:
        if later:
            self._note("article_gap", f"条号不连续：{_name(mark)}之前缺条文", mark.start)
        else:
            self._note("article_repeated", f"条号重复或倒退：{_name(mark)}", mark.start)

    def _starts_inside(self, mark: Mark, line: Line) -> bool:
        """In the middle of a line only the very next number counts, if no line begins with it."""
        if not self._follows(mark) or self.at_line_start[_address(mark)]:
            return False
        if refers(self.text, mark, line.end) or may_refer(self.text, mark, line.end):
            return False
        before = self.text[max(line.start, mark.start - 16) : mark.start]
        words = before.rstrip(BLANKS)
        if not words:
            return False
        if words[-1] in "。；;！？!?":
            return True
        lead = Line(mark.start - len(before), mark.start - len(before) + len(words), 0)
        # A title may stand right in front of the first article.
        apart = before != words or (not self.found and bool(_TITLE_BEFORE.search(words)))
        return apart and mark.spaced and not leads_on(self.text, lead)

    def _is_heading_line(self, line: Line) -> bool:
        return (
            bool(self.found)
            and self.found[-1].kind is not Kind.ARTICLE
            and line.start <= self.found[-1].end <= line.end
        )

    # Chapters and sections

    def _chapter(self, mark: Mark, following: Mark | None, line: Line, index: int, at_start: bool) -> Mark | None:
        if mark.kind is None:
            return None
        expected = self.last_of.get(mark.kind, 0) + 1
        if not at_start and not self._chapter_inside(mark, following, expected):
            return None
        stop = line.end
        if following and (following.kind is not Kind.ARTICLE or not refers(self.text, following, line.end)):
            stop = following.start
        title = compact(self.text[mark.end : stop])
        if len(title) > 40 or _TITLE_NEVER.search(title):
            return None
        if stop < line.end and not title and not mark.spaced:
            return None
        if at_start and index and mark.start == self.begins[id(line)]:
            before = self.lines[index - 1]
            fresh = not self.found or self._is_heading_line(before)
            wrapped = not fresh and not is_complete(self.text, before)
            if wrapped and (leads_on(self.text, before) or not (title or mark.number == expected)):
                return None
            if wrapped and fills(self.text, before, self.width) and mark.number != expected:
                return None
        end = mark.end
        if not title and stop == line.end and index + 1 < len(self.lines):
            title, end = self._title_below(self.lines[index + 1], end)
        return replace(mark, title=title, end=end)

    def _chapter_inside(self, mark: Mark, following: Mark | None, expected: int) -> bool:
        """Whether a chapter may begin in the middle of a line: the next one, or one with the next article."""
        before = self.text[max(0, mark.start - 8) : mark.start].rstrip(BLANKS)[-1:]
        if not before or before not in "。；;！？" or not self.found:
            return False
        opens = following is not None and following.kind is Kind.ARTICLE and self._follows(following)
        return opens or mark.number == expected

    def _title_below(self, below: Line, end: int) -> tuple[str, int]:
        title = compact(self.text[below.start : below.end])
        if self.marks[id(below)] or len(title) > 20 or is_complete(self.text, below):
            return "", end
        if enumerator(self.text, below.start, below.end):
            return "", end
        return title, below.start

    # Annexes

    def _annex(self, index: int) -> list[Mark]:
        """The annexes from this line on, if it begins the first of them."""
        mark = annex_at(self.text, self.lines, index)
        if not mark or not any(h.kind is Kind.ARTICLE for h in self.found):
            return []
        if self.at_line_start[(self.last[0] + 1, 0)]:
            # The articles go on below: this line only speaks of an annex.
            return []
        return annexes(self.text, self.lines, index)

    def _note(self, kind: str, message: str, start: int) -> None:
        self.anomalies.append(Anomaly(kind, message, start))


def annex_at(text: str, lines: list[Line], index: int) -> Mark | None:
    """An annex's heading in the line at `index`, if what stands before it is complete."""
    mark = annex_mark(text, lines[index].start, lines[index].end)
    if mark and index and leads_on(text, lines[index - 1]):
        return None
    return mark


def annexes(text: str, lines: list[Line], index: int) -> list[Mark]:
    """All annexes from the line at `index`. A list of annexes (附件：1.…) is none if they follow by number."""
    marks = [m for i in range(index, len(lines)) if (m := annex_at(text, lines, i))]
    numbers = [m.number for m in marks]
    is_list = len(marks) > 1 and 1 in numbers[1:]
    return [replace(m, kind=Kind.CLOSING) if is_list and m is marks[0] else m for m in marks]


def _address(mark: Mark) -> tuple[int, int]:
    return mark.number, mark.branch or 0


def _name(mark: Mark) -> str:
    return f"第{format_numeral(mark.number) if mark.number < 10**8 else mark.number}条"
