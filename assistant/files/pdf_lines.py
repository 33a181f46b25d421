"""The printed lines of a PDF's pages -> paragraphs: page furniture out, wrapped lines joined again.

Knows nothing of PDF itself: a line is its words and its place on the page.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import reduce

_DIGITS = r"[〇○零一二三四五六七八九十百千两\d]+"
# A reference such as 第七条规定 or （四）项 may stand at the start of a wrapped line; it begins nothing.
_REFERENCE = r"(?!\s*(?:规定|所|的|、|和|与|及|或|至|到|，|。|；|第|中|内|之?外|以外|项|款|目))"
_UNIT = re.compile(
    rf"\s*(?:第\s*{_DIGITS}\s*(?:编|章|节|条(?:之[一二三四五六七八九十]+)?){_REFERENCE}"
    rf"|[（(]\s*{_DIGITS}\s*[）)]{_REFERENCE}"
    r"|[〇一二三四五六七八九十百]+\s*、"
    r"|\d{1,3}\s*(?:[、．]|[.](?!\d)|[）)])"
    r"|[①-⑳⑴-⑽㊀-㊉]"
    r"|附\s*(?:件|录|表)\s*(?:\d+|[一二三四五六七八九十]+)?\s*(?:[：:]|$))"
)
_DECORATED_NUMBER = re.compile(
    r"[—–―－\-·~]+\s*\d{1,4}\s*[—–―－\-·~]+"
    r"|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*[（(]?\s*共\s*\d{1,4}\s*页\s*[）)]?)?"
    r"|\d{1,4}\s*/\s*\d{1,4}|(?i:page)\s*\d{1,4}(?:\s*of\s*\d{1,4})?"
)
_BARE_NUMBER = re.compile(r"\d{1,4}")
_LATIN_WORD = re.compile(r"[!-~]{2,40}")
_SENTENCE_END = ("。", "；", "：", "！", "？", ".", ";", ":", "!", "?", "”", "》")
_EDGE_SHARE = 0.13  # of the page's height, where headers, footers and page numbers stand
_EDGE_LINES = 3


@dataclass(frozen=True)
class Line:
    """One printed line: its text, its edges in points from the top left, its font size."""

    text: str
    left: float
    right: float
    top: float
    size: float
    in_table: bool = False


@dataclass(frozen=True)
class Page:
    """The lines of one page from top to bottom, and its width and height in points."""

    lines: tuple[Line, ...]
    width: float
    height: float


@dataclass(frozen=True)
class _Margins:
    left: float
    right: float


def paragraphs(pages: list[Page]) -> list[str]:
    """The paragraphs printed on `pages`, in order; one that goes on over a page break is one paragraph."""
    return [joined_lines(lines) for lines in paragraph_lines(pages)]


def paragraph_lines(pages: list[Page]) -> list[list[Line]]:
    """The lines of each paragraph printed on `pages`; the lines are the very objects that were given."""
    bodies = _without_furniture(pages)
    placed = [(line, margins) for body, margins in zip(bodies, _margins(bodies), strict=True) for line in body.lines]
    indented = _indents_paragraphs(placed)
    written: list[list[Line]] = []
    for position, (line, margins) in enumerate(placed):
        if position and _continues(placed[position - 1], (line, margins), indented):
            written[-1].append(line)
        else:
            written.append([line])
    return written


def joined_lines(lines: list[Line]) -> str:
    """The text of lines that were one before they were wrapped."""
    return reduce(_joined, (line.text for line in lines))


def _without_furniture(pages: list[Page]) -> list[Page]:
    """The pages without page numbers and without headers and footers that come back page after page."""
    seen = Counter(key for page in pages for key in {_furniture_key(line) for line in _edge_lines(page)})
    often = max(2, -(-len(pages) * 2 // 5))  # left and right pages may differ, the first may have none
    repeated = {key for key, count in seen.items() if count >= often}
    kept = []
    for page in pages:
        dropped = {
            line
            for line in _edge_lines(page)
            if (_furniture_key(line) in repeated and not _UNIT.match(line.text)) or _is_page_number(line)
        }
        dropped |= {line for line in (*page.lines[:1], *page.lines[-1:]) if _DECORATED_NUMBER.fullmatch(line.text)}
        kept.append(Page(tuple(line for line in page.lines if line not in dropped), page.width, page.height))
    return kept


def _edge_lines(page: Page) -> list[Line]:
    top = [line for line in page.lines[:_EDGE_LINES] if line.top < page.height * _EDGE_SHARE]
    bottom = [line for line in page.lines[-_EDGE_LINES:] if line.top > page.height * (1 - _EDGE_SHARE)]
    return top + bottom


def _furniture_key(line: Line) -> tuple[str, int]:
    """What is the same in a header on every page: its words but for digits, and its height."""
    return re.sub(r"\d+", "#", re.sub(r"\s+", "", line.text)), round(line.top / 4)


def _is_page_number(line: Line) -> bool:
    return bool(_DECORATED_NUMBER.fullmatch(line.text) or _BARE_NUMBER.fullmatch(line.text))


def _margins(pages: list[Page]) -> list[_Margins]:
    """The edges of the text on each page; odd and even pages may be shifted against each other."""
    everything = [line for page in pages for line in page.lines]
    found = []
    for index, page in enumerate(pages):
        same_side = [line for other in pages[index % 2 :: 2] for line in other.lines]
        lines = same_side if len(same_side) >= 12 else everything
        right = max((line.right for line in lines), default=0.0)
        # Where nothing comes near the page's right edge, nothing was wrapped there.
        found.append(
            _Margins(
                min((line.left for line in lines), default=0.0),
                right if right >= page.width * 0.7 else page.width,
            )
        )
    return found


def _is_full(line: Line, margins: _Margins, next_text: str = "") -> bool:
    """Whether the line was broken because what follows did not fit, not because it was over."""
    word = _LATIN_WORD.match(next_text)
    # No punctuation opens a line, so two characters may move down; a Latin word moves down whole.
    room = max(2.0, 1 + 0.6 * len(word.group()) if word else 0) * line.size
    reaches = line.right >= margins.right - room
    return reaches and line.left <= margins.left + 4.5 * line.size and not line.in_table


def _is_indented(line: Line, margins: _Margins) -> bool:
    return line.left > margins.left + line.size


def _indents_paragraphs(placed: list[tuple[Line, _Margins]]) -> bool:
    """Whether this document sets off a new paragraph by an indent."""
    full = [(line, margins) for line, margins in placed if _is_full(line, margins)]
    return any(_is_indented(line, margins) for line, margins in full)


def _continues(before: tuple[Line, _Margins], after: tuple[Line, _Margins], indented: bool) -> bool:
    """Whether the second line goes on in the paragraph of the first."""
    (previous, _), (line, margins) = before, after
    if (
        not _is_full(*before, line.text)
        or line.in_table
        or _UNIT.match(line.text)
        or abs(previous.size - line.size) > 1
    ):
        return False
    sentence_over = previous.text.endswith(_SENTENCE_END)
    if _is_indented(line, margins):
        return not sentence_over  # the later lines of a hanging list are indented too
    return indented or not sentence_over


def _joined(first: str, second: str) -> str:
    """Two lines of one paragraph: nothing between Chinese characters, a space between Latin words."""
    pair = first[-1:] + second[:1]
    needs_space = pair.isascii() and pair.isprintable() and any(char.isalpha() for char in pair)
    opening = first.endswith(("(", "[", "/", "-", '"')) or second.startswith((")", "]", ",", ".", ";", ":", "/"))
    return first + (" " if needs_space and not opening else "") + second
