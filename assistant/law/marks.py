"""Recognises the marks that number a regulation's parts: 第三章, 第十条之一, （四）, 1., ①, 附件2."""

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.law.locator import Kind
from assistant.law.numerals import NUMERAL_CHARACTERS, parse_numeral

SP = r"[ \t\u3000\u00a0\u2000-\u200f\u202f\u205f\u2060]*"
_DIGIT = f"[{NUMERAL_CHARACTERS}0-9０-９]"
NUMBER = f"{_DIGIT}(?:{SP}{_DIGIT})*"
_CHINESE_NUMBER = f"[{NUMERAL_CHARACTERS}](?:{SP}[{NUMERAL_CHARACTERS}])*"

_ARTICLE = re.compile(rf"{SP}第{SP}({NUMBER}){SP}条(?:{SP}之{SP}({_CHINESE_NUMBER}|[0-9０-９]+)(?![项款]))?({SP})")
_CHAPTER = re.compile(rf"{SP}第{SP}({NUMBER}){SP}(编|章|节)({SP})(.*)")
_ANNEX = re.compile(rf"{SP}附{SP}[件表录]{SP}({NUMBER})?{SP}([:：.．、]|$|(?=[\u4e00-\u9fff]))")

# What follows a number in a sentence that refers to another provision, and never follows a heading's number.
_REFERENCE_REST = re.compile(
    rf"第{SP}[（(]?{SP}{NUMBER}{SP}[)）]?{SP}[款项目条]|[款项目]|之?规定|所[称述列指]|[的、，,；;。）)》”]|"
    rf"[和与及或]{SP}第|以及{SP}第|[至到]{SP}第|中[的，,]|以[外内]|(?:[（(]{SP}{NUMBER}{SP}[)）]{SP}){{1,3}}项|等规定|要求[，,]"
)


class Style(StrEnum):
    """How an enumerated part is numbered."""

    CHINESE_STOP = "一、"
    CHINESE_BRACKETS = "（一）"
    ARABIC_STOP = "1."
    ARABIC_BRACKETS = "（1）"
    CIRCLED = "①"


_ENUMERATORS = (
    (Style.CHINESE_BRACKETS, re.compile(rf"[（(]{SP}({_CHINESE_NUMBER}){SP}[）)](?!{SP}[项至到、，,])"), True),
    (Style.ARABIC_BRACKETS, re.compile(rf"[（(]?{SP}([0-9０-９]{{1,2}}){SP}[）)](?!{SP}[项至到、，,])"), True),
    (Style.CIRCLED, re.compile(r"([①-⑳])"), True),
    (Style.CHINESE_STOP, re.compile(rf"({_CHINESE_NUMBER}){SP}[、．.]"), False),
    (Style.ARABIC_STOP, re.compile(rf"([0-9０-９]{{1,2}}){SP}[.．、](?![0-9０-９])"), False),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark at `[start, end)` of the text it was matched in."""

    start: int
    end: int
    number: int
    branch: int | None = None
    kind: Kind | None = None
    style: Style | None = None
    title: str = ""
    spaced: bool = False


def article_mark(text: str, at: int, stop: int) -> tuple[Mark, bool] | None:
    """An article's number at `at`, and whether what follows reads as a reference to it (第六条第二款规定…)."""
    found = _ARTICLE.match(text, at, stop)
    number = parse_numeral(found.group(1)) if found else None
    if not found or not number:
        return None
    branch = parse_numeral(found.group(2)) if found.group(2) else None
    rest = text[found.end() : stop]
    mark = Mark(
        found.start() + len(found.group()) - len(found.group().lstrip()),
        found.end(), number, branch, Kind.ARTICLE, spaced=bool(found.group(3)) or not rest.strip(),
    )  # fmt: skip
    return mark, bool(_REFERENCE_REST.match(rest))


def chapter_mark(text: str, at: int, stop: int) -> Mark | None:
    """A chapter's or section's heading that fills `[at, stop)`; 编 counts as a chapter."""
    found = _CHAPTER.match(text, at, stop)
    number = parse_numeral(found.group(1)) if found else None
    if not found or not number:
        return None
    title = "".join(found.group(4).split())
    if len(title) > 40 or re.search(r"[。；;，,]", title) or re.match(r"第.+条|[的中、]|规定", title):
        return None
    kind = Kind.SECTION if found.group(2) == "节" else Kind.CHAPTER
    start = found.start() + len(found.group()) - len(found.group().lstrip())
    return Mark(start, found.start(4), number, None, kind, title=title)


def annex_mark(text: str, at: int, stop: int) -> Mark | None:
    found = _ANNEX.match(text, at, stop)
    if not found or stop - at > 60 or text[at:stop].rstrip().endswith("。"):
        return None
    start = found.start() + len(found.group()) - len(found.group().lstrip())
    number = parse_numeral(found.group(1)) if found.group(1) else 1
    return Mark(start, found.end(), number or 1, None, Kind.ANNEX)


def enumerator(text: str, at: int, stop: int, *, inline: bool = False) -> Mark | None:
    """A mark such as （四） or 1. at `at`. `inline`: only those clear enough to stand in the middle of a line."""
    for style, pattern, may_be_inline in _ENUMERATORS:
        if inline and not may_be_inline:
            continue
        found = pattern.match(text, at, stop)
        if not found:
            continue
        raw = found.group(1)
        number = ord(raw) - ord("①") + 1 if style is Style.CIRCLED else parse_numeral(raw)
        if number:
            return Mark(found.start(), found.end(), number, style=style)
    return None
