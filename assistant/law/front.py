"""What stands before the first provision: the title, and a table of contents, which is no law."""

import re
from dataclasses import dataclass, replace

from assistant.law.lines import BLANKS, Line, compact, is_complete
from assistant.law.marks import Style, enumerator, heading_marks

_CONTENTS = re.compile(r"[【\[]?目[录錄次][】\]]?\Z")
_PAGE = re.compile(r"[\s.．…·・—_-]*[（(]?\d{1,4}[)）]?\Z")
_DOTTED = re.compile(r"[.．…·・]{3,}\s*\d{1,4}\Z|\t\s*\d{1,4}\Z")
_TITLE_WORD = (
    "办法|规定|条例|细则|意见|通知|方案|指南|措施|规则|决定|制度|章程|公告|规程|政策|标准|准则|通告"
    "|规范|法|要求|须知|守则"
)
_TITLE_END = re.compile(rf"(?:{_TITLE_WORD})(?:[（(][^）)]{{1,20}}[）)]){{0,3}}\Z")
_ISSUER = re.compile(r"(?:局|厅|委|委员会|政府|部|处|办公室|院|会|中心|公司)\Z")
_NOTE = re.compile(r"[（(〔\[][^）)]{1,20}[）)〕\]]\Z")
_RULES = re.compile(r"(?:办法|规定|条例|细则|规则|章程|规程|准则|守则)(?:[（(][^）)]{1,20}[）)]){0,3}\Z")
_NO_TITLE = re.compile(r"附\s*件|.*[〔\[［]\s*\d{4}|.*\d{4}\s*年\s*\d{1,2}\s*月|.*[：:]|[一二三四五六七八九十]+[、]")


@dataclass(frozen=True, slots=True)
class Title:
    """A title at `[start, end)`; empty, with no extent, if the text has none."""

    text: str
    start: int
    end: int


def without_contents(text: str, lines: list[Line]) -> tuple[list[Line], int | None]:
    """The lines without a table of contents, and where it began.

    It is a 目录 line with the entries below it, or a run of bare headings that stands again further down.
    """
    index = 0
    while index < min(len(lines), 60):
        headed = _CONTENTS.match(compact(text[lines[index].start : lines[index].end][:20])) is not None
        first = index + 1 if headed else index
        stop = _contents_end(text, lines, first)
        is_run = stop > first if headed else stop - first >= 3 and _stands_again(text, lines, first, stop)
        if is_run:
            return lines[:index] + lines[stop:], lines[index].start
        index = max(stop, first) + (0 if stop > index else 1)
    return lines, None


def _contents_end(text: str, lines: list[Line], first: int) -> int:
    """The index after the last entry; entries end where the first of them stands again."""
    index = first
    while index < min(len(lines), first + 1000) and _is_entry(text, lines[index]):
        if index > first and _entry(text, lines[index]) == _entry(text, lines[first]):
            return index
        index += 1
    return index


def _stands_again(text: str, lines: list[Line], first: int, stop: int) -> bool:
    if _DOTTED.search(text[lines[first].start : lines[first].end]):
        return True
    wanted = _entry(text, lines[first])
    return any(line.end - line.start <= 80 and _entry(text, line) == wanted for line in lines[stop:])


def _is_entry(text: str, line: Line) -> bool:
    if line.end - line.start > 120 or text[line.end - 1] in "。；;：:，,":
        return False
    if _DOTTED.search(text[line.start : line.end]):
        return True
    marks = heading_marks(text, line.start, line.end)
    if marks and marks[0].start == line.start:
        return (
            line.end - line.start <= 50
            and (marks[0].kind is not None)
            and bool(marks[0].spaced or marks[0].kind.value != "art")
        )
    mark = enumerator(text, line.start, line.end)
    return (mark is not None and mark.style is Style.CHINESE_STOP and line.end - line.start <= 40) or (
        re.match(r"附\s*[则件录]", text[line.start : line.end]) is not None
    )


def _entry(text: str, line: Line) -> str:
    return compact(_PAGE.sub("", text[line.start : line.end]))


def find_title(text: str, lines: list[Line], first: int | None) -> Title:
    """The title among the lines before `first`, the place of the first heading or numbered part."""
    head = lines[:6]
    if first is not None:
        # The first heading may stand in the title's own line.
        before = (replace(line, end=min(line.end, first)) for line in lines[:40] if line.start < first)
        head = [line for line in before if text[line.start : line.end].strip(BLANKS)][:25]
    ends = [i for i, line in enumerate(head) if _may_end_title(text, line)]
    if not ends:
        return _plain_title(text, head, first)
    rules = [i for i in ends if _RULES.search(_words(text, head[i]))]
    last = rules[-1] if rules else ends[0]
    begin = last
    while begin and _may_continue(text, head[begin - 1], bool(rules)) and last - begin < 3:
        begin -= 1
    while last + 1 < len(head) and _NOTE.match(_words(text, head[last + 1])):
        last += 1
    return _title(text, head[begin], head[last], head[begin : last + 1])


def _plain_title(text: str, head: list[Line], first: int | None) -> Title:
    """The first line, if it looks like one and something follows it."""
    at = head[0].start if head else 0
    if not head or head[0].end - head[0].start > 40 or is_complete(text, head[0]):
        return Title("", at, at)
    if enumerator(text, at, head[0].end):
        return Title("", at, at)
    if first is None and len(head) < 2:
        return Title("", at, at)
    return _title(text, head[0], head[0], head[:1])


def _title(text: str, begin: Line, last: Line, lines: list[Line]) -> Title:
    words = "".join(compact(text[line.start : line.end]) for line in lines)
    return Title(re.sub(r"\A[#*]+|[*]+\Z", "", words), begin.start, last.end)


def _words(text: str, line: Line) -> str:
    return compact(text[line.start : line.end]).strip("#*")


def _may_end_title(text: str, line: Line) -> bool:
    words = _words(text, line)
    return 2 < len(words) <= 70 and bool(_TITLE_END.search(words)) and not _NO_TITLE.match(words)


def _may_continue(text: str, line: Line, rules: bool) -> bool:
    """Whether a line may be the upper part of a title: 关于印发…, a notice's issuer, but not that of `rules`."""
    words = _words(text, line)
    return (
        len(words) <= 50
        and not is_complete(text, line)
        and not (rules and _ISSUER.search(words))
        and not _NO_TITLE.match(words)
        and not _TITLE_END.search(words)
        and not re.search(r"[。，；,;]|文件\Z|\d+号\Z", words)
        and bool(words.strip(BLANKS))
    )
