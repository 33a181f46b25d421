"""The quantities of a text: exact values with a dimension, so that 1000万元 and 0.1亿元 are one, 三年 36 months."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from assistant.law.numerals import parse_numeral
from assistant.verify.vocabulary import vocabulary

_ARABIC = r"[0-9]{1,16}(?:\.[0-9]{1,8})?"
_CHINESE = "[零〇一二两三四五六七八九十百千万亿]{1,16}"
_SCALES = {
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "亿": 10**8,
    "百万": 10**6,
    "千万": 10**7,
    "万亿": 10**12,
    "十万": 10**5,
}
_UNIT_NAMES = "|".join(sorted(map(re.escape, vocabulary().units), key=len, reverse=True))
_SCALE = "(?:[十百千]?[万亿]|万亿|[十百千])"
_NUMBER = rf"(?:{_ARABIC}{_SCALE}?|{_CHINESE}|半)"
# Words that only look like a number with a unit.
_NOT_AFTER = r"(?<![第同任某另唯统单之零〇一二两三四五六七八九十百千万亿0-9.])"
_FRACTION = re.compile(
    rf"百分之(?P<percent>{_CHINESE}|{_ARABIC})(?:点(?P<point>{_CHINESE}))?|(?P<low>{_CHINESE})分之(?P<high>{_CHINESE})"
)
_DATE = re.compile(
    r"(?P<year>[12][0-9]{3}|[一二][零〇一二三四五六七八九]{3})年(?!以|内|度?内)|(?<![个0-9])(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?:份)?"
    r"(?:(?P<day>[0-9]{1,2}|[一二三四五六七八九十]{1,3})[日号])?"
)
_ORDINAL = re.compile(rf"第(?P<n>{_CHINESE}|[0-9]{{1,4}})(?P<of>顺序|次|年|季度|批|个|名|位|级|类|档|天|日|期|周)")
_AMOUNT = re.compile(
    rf"{_NOT_AFTER}(?:(?P<first>{_NUMBER})(?P<unit1>{_UNIT_NAMES})?(?:[-—–~]{{1,2}}|至|到))?(?P<n>{_NUMBER})(?P<more>[余多])?(?P<unit>{_UNIT_NAMES})"
    r"(?![性子])"
)
_EVERY = re.compile(r"每(?P<unit>年|月|季度|周|星期|日|天|小时)")
_BARE = re.compile(
    rf"{_NOT_AFTER}(?:(?P<arabic>{_ARABIC})(?P<scale>{_SCALE})?|(?P<chinese>[一二两三四五六七八九十百千万亿零]{{2,16}}))(?![0-9A-Za-z.])"
)
_BOUNDED = re.compile("(?:及|或|或者)?以[上下内]")
_WORDS = re.compile(
    r"十分(?![之钟])|万分|百姓|千方百计|一一|万一|三三两两|十足|五一|三包|万元户|二维|四季|九州|万能|[一二三四五六七八九]分为[一二三四五六七八九]"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value of a dimension at `[start, end)`. `bound`: the direction that the words around it give it, or ''.

    `strict`: 超过 and 少于, which leave the value itself out. `leads`: the bound stands before the figure (不少于80人).
    """

    start: int
    end: int
    dimension: str
    value: Fraction
    bound: str = ""
    strict: bool = False
    leads: bool = False

    @property
    def period(self) -> bool:
        return self.dimension in ("day", "workday", "month", "minute", "year of date", "month of date", "day of date")


def number_value(text: str) -> Fraction | None:
    """80, 1.5万, 一千万, 半 as an exact value; None for what is no number."""
    if text == "半":
        return Fraction(1, 2)
    arabic = re.match(_ARABIC, text)
    if arabic:
        scale = _SCALES.get(text[arabic.end() :]) if arabic.end() < len(text) else 1
        return None if scale is None else Fraction(arabic.group()) * scale
    whole = parse_numeral(text)
    return None if whole is None else Fraction(whole)


@lru_cache(maxsize=512)
def find_quantities(text: str) -> tuple[Quantity, ...]:
    """All quantities of a plain text, left to right: fractions, dates, ordinals, amounts, bare numbers."""
    taken = [m.span() for m in _WORDS.finditer(text)]
    found: list[Quantity] = []
    for pattern, read in (
        (_FRACTION, _fraction),
        (_DATE, _date),
        (_ORDINAL, _ordinal),
        (_AMOUNT, _amount),
        (_EVERY, _every),
        (_BARE, _bare),
    ):
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            read_here = read(match)
            if read_here:
                taken.append(match.span())
                found += read_here
    return tuple(sorted((_with_bound(q, text) for q in found), key=lambda q: q.start))


def _fraction(match: re.Match[str]) -> list[Quantity]:
    if match["percent"]:
        value = number_value(match["percent"])
        if value is not None and match["point"]:
            digits = "".join(str(parse_numeral(c) or 0) for c in match["point"])
            value += Fraction(int(digits), 10 ** len(digits))
    else:
        low, high = number_value(match["low"]), number_value(match["high"])
        value = high / low * 100 if low and high is not None else None
    return [] if value is None else [Quantity(*match.span(), "percent", value)]


def _date(match: re.Match[str]) -> list[Quantity]:
    found = []
    for name in ("year", "month", "day"):
        value = number_value(match[name]) if match[name] else None
        if value is not None:
            found.append(Quantity(match.start(name), match.end(name) + 1, f"{name} of date", value))
    return found


def _ordinal(match: re.Match[str]) -> list[Quantity]:
    value = number_value(match["n"])
    return [] if value is None else [Quantity(*match.span(), f"ordinal {match['of']}", value)]


def _amount(match: re.Match[str]) -> list[Quantity]:
    dimension, factor = vocabulary().units[match["unit"]]
    found = []
    for name in ("first", "n"):
        value = number_value(match[name]) if match[name] else None
        if value is None:
            continue
        own = vocabulary().units[match["unit1"]] if name == "first" and match["unit1"] else (dimension, factor)
        if own[0] == "count" and value == 1 and not _BOUNDED.match(match.string, match.end()):
            continue  # 一个, 一项: an article, not a count
        end = match.end() if name == "n" else match.end("first")
        found.append(Quantity(match.start(name), end, own[0], value * Fraction(own[1])))
    return found


def _every(match: re.Match[str]) -> list[Quantity]:
    """每年 is every twelve months."""
    dimension, factor = vocabulary().units.get(match["unit"], ("month", "1" if match["unit"] == "月" else "3"))
    return [Quantity(*match.span(), dimension, Fraction(factor))]


def _bare(match: re.Match[str]) -> list[Quantity]:
    value = number_value(match.group())
    return [] if value is None else [Quantity(*match.span(), "", value)]


def _with_bound(quantity: Quantity, text: str) -> Quantity:
    words = vocabulary()
    before, after = text[max(0, quantity.start - 6) : quantity.start], text[quantity.end : quantity.end + 6]
    for length in range(6, 0, -1):
        bound = words.bounds_after.get(after[:length])
        if bound and not (after[:length] in ("前", "后", "内") and re.match("[款项条者期述]", after[length:])):
            return replace(quantity, bound=bound)
    for length in range(6, 0, -1):
        bound = words.bounds_before.get(before[-length:])
        if bound and len(before) >= length:
            strict = before[-length:] in words.strict_bounds
            return replace(quantity, bound=bound, strict=strict, leads=True)
    return quantity
