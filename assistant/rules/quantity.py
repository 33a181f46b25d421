"""An amount as people write it, and what it is at least and at most."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext

from assistant.rules.amount_grammar import Bound, amount_pattern, bound_after, bounds_before
from assistant.rules.numbers import Number, fold, parse_number, scale_of
from assistant.rules.units import Measure, measure_of

MAX_CHARACTERS = 20_000
# How far 约 may be off. The language sets no bound; a fifth is more than people mean by it.
_ABOUT = Decimal("0.2")

_C = "零〇一二两三四五六七八九十百"
_DATES = (
    r"(?:19|20)[0-9]{2}\s?(?:[-~—–至到、,/]\s?(?:19|20)?[0-9]{2}\s?)?年度?(?:\s?[0-9]{1,2}\s?月(?:\s?[0-9]{1,2}\s?[日号])?)?"
    r"|(?:19|20)[0-9]{2}\s?(?:[-/.]\s?[0-9]{1,2}\s?[-/.]\s?[0-9]{1,2}|[-/]\s?[0-9]{1,2})(?![0-9])"
    r"|[0-9]{1,2}\s?月(?:\s?[0-9]{1,2}\s?[日号])?|\(\s?(?:19|20)[0-9]{2}\s?\)"
    rf"|[二一][{_C}]{{3}}年度?"
)
_PERIODS = rf"(?:(?<![0-9.,])[0-9]{{1,3}}|[{_C}几数]{{1,4}})\s?(?:多|余)?\s?(?:个?(?:年|月|季度|周|天|小时)|周岁|岁)"
_SHARES = (
    rf"(?<![0-9.,])[0-9][0-9.,]{{0,20}}\s?(?:%|‰|个百分点)|百分之[{_C}点0-9.]{{1,9}}|[{_C}]{{1,3}}分之[{_C}]{{1,3}}"
)
_ORDINALS = (
    rf"第\s?(?:[0-9]+|[{_C}千]+)|(?<![0-9])0[0-9]{{2,3}}-[0-9]{{7,8}}(?![0-9])|(?<![0-9])1[3-9][0-9]{{9}}(?![0-9])"
)
_NOT_AMOUNTS = re.compile(f"(?<![0-9.,])(?:{_DATES})|{_SHARES}|{_ORDINALS}|{_PERIODS}")
_NOT_YEARS = re.compile(f"(?<![0-9.,])(?:{_DATES})|{_SHARES}|{_ORDINALS}")
_BLANK = "\x00"
_CHINESE_START = re.compile(rf"[{_C}千万亿几数壹贰叁肆伍陆柒捌玖拾佰仟]")
_SCALE_ONLY = re.compile("[百千万亿wW]+")
_YEAR_LABEL = re.compile(r"(?:19|20)[0-9]{2}\s?年?度?")


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount as written, in the base unit that was asked for (人, 万元 …). Exact if `low == high`.

    `low` and `high` are inclusive unless open; None is unbounded. `doubts` say why it may not decide anything.
    """

    raw: str
    low: Decimal | None
    high: Decimal | None
    unit: str
    low_open: bool = False
    high_open: bool = False
    doubts: tuple[str, ...] = ()

    @property
    def exact(self) -> bool:
        return self.low is not None and self.low == self.high and not (self.low_open or self.high_open)


@dataclass(frozen=True, slots=True)
class _Hit:
    """An amount with its place; `explicit` if it names its unit."""

    start: int
    end: int
    quantity: Quantity
    explicit: bool


def read_quantity(text: str, unit: str, default_scale: Decimal = Decimal(1)) -> Quantity | None:
    """The one amount that a cell or phrase states, in `unit`; None if it states none.

    `default_scale` turns a bare number into `unit` where the label or header named another one (元 for 万元: 0.0001).
    Several amounts are one if they agree (0.12亿元（1200万元）; 尚未达到80人，目前为77人); amounts of several years
    span from the least to the most; any others are a doubt, and so are foreign money and negative numbers.
    """
    hits = _scan(text, unit, default_scale)
    explicit = [hit for hit in hits if hit.explicit]
    quantities = [hit.quantity for hit in explicit or hits]
    if not quantities:
        return None
    if len(quantities) == 1:
        return quantities[0]
    doubts = tuple(dict.fromkeys(doubt for q in quantities for doubt in q.doubts))
    agreed = None if doubts else _agreed(quantities)
    if agreed:
        return agreed
    if not doubts and len(_YEAR_LABEL.findall(fold(text)[0])) < len(quantities):
        doubts = (f"写有{len(quantities)}个不同的数值：{'、'.join(q.raw for q in quantities)}",)
    return _spanning(text.strip(), quantities, doubts)


def find_quantities(text: str, unit: str, bare_scale: Decimal | None = None) -> list[tuple[int, int, Quantity]]:
    """The amounts of `unit`'s kind in running text, with their places, left to right.

    Only amounts that name a unit; with `bare_scale` also bare numbers in Arabic figures, times that scale.
    """
    hits = _scan(text, unit, bare_scale or Decimal(1), running=True)
    return [(h.start, h.end, h.quantity) for h in hits if h.explicit or bare_scale is not None]


def _scan(text: str, unit: str, scale: Decimal, running: bool = False) -> list[_Hit]:
    folded, places = fold(text[:MAX_CHARACTERS])
    measure = measure_of(unit)
    masked = (_NOT_YEARS if measure.years else _NOT_AMOUNTS).sub(lambda m: _BLANK * len(m.group()), folded)
    hits = []
    for found in amount_pattern(measure).finditer(masked):
        explicit = _explicit(found, measure)
        alone = not masked[: found.start()].strip() and not masked[found.end() :].strip(" 。.,;")
        if not explicit and _CHINESE_START.match(found["n"]) and (running or not alone):
            continue  # 一 and 千万 are words of everyday language where no unit follows
        named = bounds_before(masked, found.start("pre"), found.end("pre"))
        bounds = {bound for bound, _ in named} | {bound_after(found["post"])}
        if Bound.OTHER in bounds or _only_scale(found, bounds):
            continue
        negative = _negative(masked, found)
        quantity = _read(found, unit, measure, scale, bounds, negative)
        if quantity is None:
            continue
        begin = found.start() - 1 if negative else next((i for _, i in named), found.end("pre"))
        start, end = places[begin], places[found.end() - 1] + 1
        raw = text[start:end].strip()
        hits.append(_Hit(start, end, replace(quantity, raw=raw), explicit))
    return hits


def _explicit(found: re.Match[str], measure: Measure) -> bool:
    scaled = found["x"] or found["n"][-1] in "万亿萬億wW"
    named = found["unit"] or found["foreign"] or found["near"] or found["sign"] or "¥" in found["pre"]
    return bool(named or (measure.scale_is_unit and scaled))


def _only_scale(found: re.Match[str], bounds: set[Bound]) -> bool:
    """万元 is a unit and 百人计划 a name; 近千万 and 百余人 are amounts."""
    bounded = bool(bounds - {Bound.NONE}) or _more(found) or found["n1"]
    return not bounded and bool(_SCALE_ONLY.fullmatch(found["n"] + found["x"]))


def _negative(text: str, found: re.Match[str]) -> bool:
    """-5 at the head of a word is a negative number; the dash of 人员—80人 is none."""
    before = text[: found.start()].rstrip(" ")
    if text[: found.start()].endswith("负"):
        return True
    return bool(re.search(r"(?:\A|[\s:：,，(=])[-−]\Z", before)) and text[found.start() - 1] in "-−"


def _read(
    found: re.Match[str], unit: str, measure: Measure, scale: Decimal, bounds: set[Bound], negative: bool
) -> Quantity | None:
    with localcontext() as context:
        context.prec = 80
        number = parse_number(found["n"])
        if number is None:
            return None
        factor = _factor(found, measure, scale)
        number = number.times(-factor if negative else factor)
        doubts = _doubts(found, bounds, negative, number)
        if found["foreign"] or found["sign"] or found["near"]:
            return Quantity("", None, None, unit, doubts=tuple(doubts))
        first = parse_number(found["n1"]) if found["n1"] else None
        if first:
            own = scale_of(found["x1"])
            # 1000-1200万元: the scale of the second number counts for the first one, unless that has its own.
            with_own = bool(found["x1"]) or found["n1"][-1] in "万亿"
            first = first.times(own * (_unit_factor(found, measure, scale) if with_own else factor))
            if first.low > number.high:
                doubts.append(f"“{found.group()}”的起止数颠倒")
            return Quantity("", min(first.low, number.low), max(first.high, number.high), unit, doubts=tuple(doubts))
        return _bounded(number, unit, bounds, _more(found), tuple(doubts))


def _unit_factor(found: re.Match[str], measure: Measure, scale: Decimal) -> Decimal:
    """What one of the unit that stands there is in the unit that was asked for."""
    scaled = found["x"] or found["n"][-1] in "万亿萬億wW"
    if found["unit"] or "¥" in found["pre"] or (measure.scale_is_unit and scaled):
        return 1 / measure.factor
    return scale


def _factor(found: re.Match[str], measure: Measure, scale: Decimal) -> Decimal:
    return scale_of(found["x"]) * _unit_factor(found, measure, scale)


def _more(found: re.Match[str]) -> str:
    return found["m"] or found["m2"] or ""


def _doubts(found: re.Match[str], bounds: set[Bound], negative: bool, number: Number) -> list[str]:
    doubts = []
    foreign = found["foreign"] or found["sign"]
    if foreign:
        doubts.append(f"以外币（{foreign.strip()}）计，未作折算")
    if found["near"]:
        doubts.append(f"以“{found['near']}”计，与人数不是同一口径")
    if negative:
        doubts.append("数值为负")
    if number.malformed:
        doubts.append(f"“{found['n']}”的千位分隔不合常规，无法确定数值")
    if Bound.PLANNED in bounds:
        doubts.append("所写为预计或计划数，不是现有数")
    return doubts


def _bounded(number: Number, unit: str, bounds: set[Bound], more: str, doubts: tuple[str, ...]) -> Quantity:
    low: Decimal | None = number.low
    high: Decimal | None = number.high
    low_open = high_open = False
    if Bound.ABOUT in bounds or more == "来":
        low, high = number.low * (1 - _ABOUT), number.high * (1 + _ABOUT)
    elif more in ("余", "多"):
        high, low_open, high_open = number.high + number.step, True, True
    if Bound.AT_LEAST in bounds or more == "+":
        high, low_open, high_open = None, False, False
    elif Bound.AT_MOST in bounds:
        low, low_open, high_open = None, False, False
    elif Bound.LESS_THAN in bounds:
        low, high, low_open, high_open = None, number.high, False, True
    elif Bound.MORE_THAN in bounds:
        high, low_open, high_open = None, True, False
    return Quantity("", low, high, unit, low_open, high_open, doubts)


def _agreed(quantities: list[Quantity]) -> Quantity | None:
    """The exact amount that all the others allow, if there is one."""
    exact = {q.low for q in quantities if q.exact}
    if len(exact) != 1:
        return None
    value = exact.pop()
    if value is None or not all(_holds(q, value) for q in quantities):
        return None
    return next(q for q in quantities if q.exact)


def _holds(quantity: Quantity, value: Decimal) -> bool:
    above = quantity.low is None or quantity.low < value or (quantity.low == value and not quantity.low_open)
    below = quantity.high is None or value < quantity.high or (quantity.high == value and not quantity.high_open)
    return above and below


def _spanning(raw: str, quantities: list[Quantity], doubts: tuple[str, ...]) -> Quantity:
    lows = [q.low for q in quantities if q.low is not None]
    highs = [q.high for q in quantities if q.high is not None]
    low = min(lows) if len(lows) == len(quantities) else None
    high = max(highs) if len(highs) == len(quantities) else None
    low_open = low is not None and all(q.low_open for q in quantities if q.low == low)
    high_open = high is not None and all(q.high_open for q in quantities if q.high == high)
    return Quantity(raw, low, high, quantities[0].unit, low_open, high_open, doubts)
