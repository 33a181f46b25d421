"""The grammar of one amount in running text: 约90人, 不少于1,000万元, 70-100人, 1000多万, 80人以上."""

import re
from enum import Enum
from functools import lru_cache

from assistant.rules.numbers import NUMBER, SCALES
from assistant.rules.units import FOREIGN_SIGNS, OWN_SIGNS, Measure


class Bound(Enum):
    """What a word before or after a number makes of it."""

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    ABOUT = "about"
    PLANNED = "planned"
    OTHER = "other"  # 还差5人, 新增20人, 不是80人: an amount, but not of the thing itself
    NONE = "none"


_BEFORE: dict[Bound, str] = {
    Bound.AT_MOST: "(?:不|不得|未|没有?|并未|从未)超过|不多于|不高于|不大于|不得高于|不得多于|至多|最多|小于等于|≤|<=",
    Bound.AT_LEAST: "不得?(?:少于|低于|小于)|至少|最少|起码|不下于?|大于等于|高于等于|≥|>=|上(?=[百千万])",
    Bound.LESS_THAN: (
        "(?:尚|还|仍|暂|均|并)?(?:未|没有?|不)能?(?:达到?|达成|满|足|到)|没有?(?=\\s?[0-9])|[少低小]于|将近|接近|近|差一点到?|<"
    ),
    Bound.OTHER: ("(?:还|尚|仍)?(?:差|缺)|缺口|不是|并非|而非|新增|(?:增加|增长|减少|下降)了?(?![到至为])|相差"),
    Bound.MORE_THAN: "超过|超出|多于|高于|大于|突破|逾|超|过(?=[百千万])|>",
    Bound.ABOUT: "大约|大概|大致|约|估计|估算|差不多|平均约?|~",
    Bound.PLANNED: "预计|预期|计划|规划|力争|争取|目标|拟|将达|有望",
}
_FILLER = rf"{OWN_SIGNS}|达到|达|到|有|为|是|了|花费?|用|投入|合计|共计|共|总计|[:：=]"
_AFTER: dict[Bound, str] = {
    Bound.AT_LEAST: r"(?:\(含\)|\(含本数\)|及|或|含)?以上|起(?![草步])|出头|\+",
    Bound.AT_MOST: r"(?:\(含\)|\(含本数\)|及|或|含)?(?:以下|以内|之内)|封顶",
    Bound.LESS_THAN: "不到|不足",
    Bound.ABOUT: "左右|上下|许(?![可多])",
}
WORDS = {bound: re.compile(words) for bound, words in _BEFORE.items()}
FILLER = re.compile(rf"(?:{_FILLER}|\s)+")
_AFTER_WORDS = {bound: re.compile(words) for bound, words in _AFTER.items()}

_MORE = "[余多来]"
# A bare number ends where a word or sentence ends; 80号 and A4 are no amounts.
_ENDS = (
    r"(?![,.'][0-9])(?=\Z|[\s,，。;；、()/|:：!?！？\[\]“”\"'\x00]|[吧呢啊呀哦啦的]|以[上下内]|左右|上下|不[到足]|\+)"
)


@lru_cache(maxsize=64)
def amount_pattern(measure: Measure) -> re.Pattern[str]:
    """Finds amounts of a measure, also bare numbers. Groups: pre sign, n1 x1 (of a range), n m x m2, unit, post."""
    words = "|".join((*_BEFORE.values(), _FILLER))
    unit = rf"(?:{measure.words})"
    first = (
        rf"(?P<n1>{NUMBER})\s?(?P<x1>{SCALES})\s?(?:{unit})?\s?(?:[-~—–―至到或]|——|--)\s?(?:{OWN_SIGNS})?"
        rf"(?={NUMBER})"
    )
    return re.compile(
        rf"(?P<pre>(?:(?:{words})\s?){{0,4}})(?P<sign>(?:{FOREIGN_SIGNS})\s?)?(?<![0-9A-Za-z.,])(?<![0-9]\.)"
        rf"(?:{first})?(?P<n>{NUMBER})\s?(?P<m>{_MORE}|\+)?\s?(?P<x>{SCALES})(?P<m2>{_MORE})?\s?"
        rf"(?:(?P<near>{measure.near})|(?P<foreign>{measure.foreign})|(?P<unit>{unit})|(?P<bare>{_ENDS}))"
        rf"\s?(?P<post>{'|'.join(_AFTER.values())})?"
    )


def bounds_before(text: str, start: int, end: int) -> list[tuple[Bound, int]]:
    """The bounds that the words at `text[start:end]`, before a number, name, each with where it begins."""
    found: list[tuple[Bound, int]] = []
    position = start
    while position < end:
        filler = FILLER.match(text, position, end)
        if filler:
            position = filler.end()
            continue
        hits = ((bound, pattern.match(text, position)) for bound, pattern in WORDS.items())
        bound, hit = max(((b, h) for b, h in hits if h), key=lambda x: x[1].end(), default=(Bound.OTHER, None))
        if hit is None or hit.end() > end:
            position += 1
            continue
        found.append((bound, position))
        position = hit.end()
    return found


def bound_after(words: str | None) -> Bound:
    """The bound that the words after a number name."""
    hits = (bound for bound, pattern in _AFTER_WORDS.items() if words and pattern.fullmatch(words))
    return next(hits, Bound.NONE)
