"""Recognises the marks that number a regulation's parts: 第三章, 第十条之一, （四）, 1., ①, 附件2."""

import re
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import numeric

from assistant.law.locator import Kind
from assistant.law.numerals import NUMERAL_CHARACTERS, parse_numeral

# Every run is bounded: no input makes a search quadratic.
SP = r"[ \t\u3000\u00a0\u1680\u2000-\u200f\u202f\u205f\u2060\u00ad]{0,16}"
_DIGIT = f"[{NUMERAL_CHARACTERS}0-9０-９]"
NUMBER = f"{_DIGIT}(?:{SP}{_DIGIT}){{0,11}}"
_CHINESE_NUMBER = f"[{NUMERAL_CHARACTERS}](?:{SP}[{NUMERAL_CHARACTERS}]){{0,11}}"
_SMALL = f"[0-9０-９](?:{SP}[0-9０-９]){{0,2}}"

_HEADING = re.compile(
    rf"第{SP}({NUMBER}){SP}(?:(?P<unit>编|章|节)|条(?!例|件|款(?!项)|龙)"
    rf"(?:{SP}之{SP}({_CHINESE_NUMBER}|[0-9０-９]{{1,2}})(?![项款类种年次]))?)(?P<close>{SP}[】\]*]{{1,2}})?"
    rf"(?P<gap>{SP}(?:[:：]|[.．](?![0-9０-９])){SP}|{SP}、(?!{SP}第){SP}|{SP})"
)
_KINDS = {"编": Kind.PART, "章": Kind.CHAPTER, "节": Kind.SECTION, None: Kind.ARTICLE}

_ONE = rf"[（(]?{SP}{NUMBER}{SP}[)）]?"
# What follows an article's number in a sentence that refers to it, and never follows a heading's number.
_REFERENCE = re.compile(
    rf"第{SP}{_ONE}{SP}(?:款|项(?!目)|目|条)|款(?!项)|之?规定[的，,、。；;执]|所[称述列指规]|[的，,；;。）)》”]|、|"
    rf"[和与及或至到]{SP}第|以及{SP}第|以[外内]的?[，,]|中[的，,]|"
    rf"(?:[（(]{SP}{NUMBER}{SP}[)）]{SP}[、和及或至到]?{SP}){{1,6}}(?:项|规定)|等规定|要求[，,的]|之[一二三四五六七八九十]"
)
_WEAK_REFERENCE = re.compile(r"之?规定|要求|情形|除外|执行")

_ANNEX = re.compile(
    rf"(?:【{SP})?附{SP}(?:[件表录]{SP}({NUMBER})?{SP}(?:[:：.．、】]|(?=[\s\u4e00-\u9fff《（(])|\Z)|[:：])"
)
_ANNEX_REFERENCE = re.compile(rf"{SP}(?:[所中的和与及或、，,]|规定|要求|列明|载明)")


class Style(StrEnum):
    """How an enumerated part is numbered."""

    CHINESE_STOP = "一、"
    CHINESE_BRACKETS = "（一）"
    ARABIC_STOP = "1."
    ARABIC_BRACKETS = "（1）"
    CIRCLED = "①"
    BRACKETED_SIGN = "⑴"
    STOP_SIGN = "⒈"
    CHINESE_SIGN = "㈠"


_NOT_A_REFERENCE = (
    rf"(?!{SP}(?:项(?!目)|目(?!标|录|的|前)|款(?!项)|条(?!件|例|款)|[、，,]|[至到和及或与]{SP}第?{SP}[（(]))"
)
_ENUMERATORS = (
    (Style.CHINESE_BRACKETS, re.compile(rf"[（(]{SP}({_CHINESE_NUMBER}){SP}[）)]{_NOT_A_REFERENCE}")),
    (Style.ARABIC_BRACKETS, re.compile(rf"[（(]?{SP}({_SMALL}){SP}[）)]{_NOT_A_REFERENCE}")),
    (Style.CIRCLED, re.compile(r"([①-⑳])")),
    (Style.BRACKETED_SIGN, re.compile(r"([⑴-⒇])")),
    (Style.STOP_SIGN, re.compile(r"([⒈-⒛])")),
    (Style.CHINESE_SIGN, re.compile(r"([㈠-㈩])")),
    (Style.CHINESE_STOP, re.compile(rf"({_CHINESE_NUMBER}){SP}[、．.]")),
    (Style.ARABIC_STOP, re.compile(rf"({_SMALL}){SP}(?:、|[.．](?![0-9０-９])|[.．](?=[12][0-9]{{3}}年))")),
)


_SIGNS = [chr(c) for c in (*range(0x2460, 0x249C), *range(0x3220, 0x322A))]
_ENUMERATOR_BEGINS = frozenset([*"（(0123456789０１２３４５６７８９", *NUMERAL_CHARACTERS, *_SIGNS])
SIGN_STYLES = frozenset([Style.CIRCLED, Style.BRACKETED_SIGN, Style.STOP_SIGN, Style.CHINESE_SIGN])


# 2.10名以上…: a decimal number, unless a list has come to 2.
_BEFORE_DIGITS = re.compile(rf"({_SMALL}){SP}[.．]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark at `[start, end)` of the text it was matched in.

    `title`: a heading's title. `spaced`: a blank or a stop, or nothing at all, stands after it.
    """

    start: int
    end: int
    number: int
    branch: int | None = None
    kind: Kind | None = None
    style: Style | None = None
    title: str = ""
    spaced: bool = False


def heading_marks(text: str, start: int, stop: int) -> list[Mark]:
    """All 第N编, 第N章, 第N节 and 第N条 in `[start, stop)`, whatever they are there for."""
    found = []
    for match in _HEADING.finditer(text, start, stop):
        number = parse_numeral(match.group(1))
        if not number:
            continue
        branch = parse_numeral(match.group(3)) if match.group(3) else None
        spaced = bool(match.group("gap") or match.group("close")) or match.end() == stop
        found.append(
            Mark(
                match.start(),
                match.end(),
                number,
                branch or None,
                _KINDS[match.group("unit")],
                spaced=spaced or text[match.end()] in "\n【〔[",
            )
        )
    return found


def refers(text: str, mark: Mark, stop: int) -> bool:
    """Whether what follows an article's number shows a reference: 第六条第二款规定…, 第七条、第八条的…"""
    return _REFERENCE.match(text, mark.end, stop) is not None


def may_refer(text: str, mark: Mark, stop: int) -> bool:
    """Whether what follows an article's number reads like a reference, though a heading could be so too."""
    return _WEAK_REFERENCE.match(text, mark.end, stop) is not None


def annex_mark(text: str, at: int, stop: int) -> Mark | None:
    """An annex's heading at `at` of a line that ends at `stop`; `spaced` tells that it is numbered."""
    found = _ANNEX.match(text, at, stop)
    if not found or stop - at > 60 or text[stop - 1] in "。；;" or _ANNEX_REFERENCE.match(text, found.end(), stop):
        return None
    number = parse_numeral(found.group(1)) if found.group(1) else None
    return Mark(at, found.end(), number or 1, None, Kind.ANNEX, spaced=bool(number))


def enumerator(text: str, at: int, stop: int) -> Mark | None:
    """A mark such as （四） or 1. at `at`."""
    if text[at : at + 1] not in _ENUMERATOR_BEGINS:
        return None
    for style, pattern in _ENUMERATORS:
        found = pattern.match(text, at, stop)
        if not found:
            continue
        raw = found.group(1)
        number = int(numeric(raw)) if style in SIGN_STYLES else parse_numeral(raw)
        if number:
            return Mark(found.start(), found.end(), number, style=style)
    return None


def enumerator_before_digits(text: str, at: int, stop: int, expected: int) -> Mark | None:
    """A mark such as 2. at `at` though digits follow it, if it is the `expected` one of a list that has begun."""
    found = _BEFORE_DIGITS.match(text, at, stop)
    if not found or expected < 2 or parse_numeral(found.group(1)) != expected:
        return None
    return Mark(found.start(), found.end(), expected, style=Style.ARABIC_STOP)
