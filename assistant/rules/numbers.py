"""Numbers as people write them: 1,200, ８０, 八十, 1亿2000万, 二点五亿, 七八十, 数百. Decimal only."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, localcontext

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "○": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_BIG = {"万": 10_000, "萬": 10_000, "w": 10_000, "W": 10_000, "亿": 100_000_000, "億": 100_000_000}
_SCALES = {**_SMALL, **_BIG}

_D, _S, _B = "".join(_DIGITS), "".join(_SMALL), "".join(_BIG)
SCALES = f"[{_S}{_B}]{{0,3}}"
"""Regular expression for the scale after a number: the 万 of 1200万, the 千万 of 1.3千万."""

_GROUPED = r"[0-9]{1,18}(?:[,'][0-9]{1,18}){0,8}(?:\.[0-9]{1,18})?"
_PLAIN = r"[0-9]{1,12}(?:\.[0-9]{1,12})?"
_ARABIC = rf"{_GROUPED}(?:[{_S}{_B}]{{1,3}}(?:{_PLAIN}[{_S}{_B}]{{1,3}}){{1,4}}|[万萬][0-9]{{4}}(?![0-9]))?"
_VAGUE = rf"(?:几|(?<![员人工总个家件项])数)(?=[{_S}万亿])"
_CHINESE = rf"(?:{_VAGUE})?[{_D}{_S}万萬亿億]{{1,20}}(?:点[{_D}]{{1,9}}[{_S}万萬亿億]{{0,3}}|(?<=[{_S}])几)?"
NUMBER = rf"(?:{_ARABIC}|{_CHINESE})"
"""Regular expression for a number in Arabic or Chinese figures, on text that `fold` has folded."""

_TOKEN = re.compile(rf"{_GROUPED}|.")
_GROUPS = re.compile(r"[0-9]{1,3}(?:[,'][0-9]{3})+(?:\.[0-9]+)?\Z")
_PAIR = re.compile(
    rf"(?P<before>[{_S}{_B}]?)(?P<low>[一二两三四五六七八])(?P<high>[二三四五六七八九])(?P<after>[{_S}万亿]*)\Z"
)
# Spaces that word processors and text recognition leave inside a number: 12 000 000, 8 0, 八 十.
_COMMAS = re.compile(r"(?<![0-9.,，])[0-9]{1,3}(?:，[0-9]{3})+(?![0-9，])")
_SPACED = re.compile(
    rf"(?<![0-9.,])(?:[0-9]{{1,3}}(?: [0-9]{{3}})+|[0-9](?: [0-9])+)(?![0-9])|[{_D}{_S}万亿](?: [{_D}{_S}万亿])+"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number that is exact if `low == high`. `step` is the place of its last figure: 100 in 1200, for 1200余."""

    low: Decimal
    high: Decimal
    step: Decimal
    malformed: bool = False

    def times(self, factor: Decimal) -> "Number":
        return Number(self.low * factor, self.high * factor, self.step * factor, self.malformed)


def fold(text: str) -> tuple[str, list[int]]:
    """Half-width text without spaces inside its numbers, and for each character its place in `text`."""
    characters: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        # A full-width comma parts clauses unless what follows are groups of three: 附件3，80人.
        for folded in char if char == "，" else unicodedata.normalize("NFKC", char):
            characters.append(" " if folded.isspace() and folded not in "\r\n" else folded)
            places.append(place)
    joined = _COMMAS.sub(lambda found: found.group().replace("，", ","), "".join(characters))
    dropped = {i for found in _SPACED.finditer(joined) for i in range(*found.span()) if joined[i] == " "}
    kept = [i for i in range(len(joined)) if i not in dropped]
    return "".join(joined[i] for i in kept), [places[i] for i in kept]


def scale_of(text: str) -> Decimal:
    """The factor that a run of scale characters stands for: 10,000,000 for 千万, 1 for an empty text."""
    factor = Decimal(1)
    for char in text:
        factor *= _SCALES[char]
    return factor


def parse_number(text: str) -> Number | None:
    """Reads what `NUMBER` matches. None if it is no number after all; never raises.

    七八十 is 70 to 80, 数百 is 200 to 999 and 十几 is 11 to 19: Chinese leaves them open. A group of figures that
    is not of three (1,20) is `malformed`.
    """
    with localcontext() as context:
        context.prec = 80
        return _vague(text) or _pair(text) or _exact(text)


def _exact(text: str) -> Number | None:
    value = _positional(text)
    if value is None:
        return None
    arabic = re.match(_GROUPED, text)
    malformed = bool(arabic and re.search("[,']", arabic.group()) and not _GROUPS.match(arabic.group()))
    return Number(value, value, _last_place(value), malformed)


def _positional(text: str) -> Decimal | None:
    """Adds up from the left: `total` holds what a 万 or 亿 has closed, `section` what stands since."""
    whole, point, fraction = text.partition("点")
    if point:
        return _with_fraction(whole, fraction)
    if len(whole) > 1 and all(c in _DIGITS for c in whole):
        return Decimal("".join(str(_DIGITS[c]) for c in whole))
    total = section = Decimal(0)
    run: Decimal | None = None
    last_scale, skipped = Decimal(0), False
    for part in _TOKEN.findall(whole):
        if part[0].isdecimal() or part in _DIGITS:
            if run is not None and run != 0:
                return None
            run, skipped = _figure(part), skipped or part in "零〇○"
        elif part in _SMALL:
            section, run = section + (Decimal(1) if run is None else run) * _SMALL[part], None
            last_scale, skipped = Decimal(_SMALL[part]), False
        elif part in _BIG:
            below, big = section + (run or Decimal(0)), Decimal(_BIG[part])
            # 一亿二千万: the 万 counts what stands after the 亿; 三万亿: the 亿 counts all before it.
            total = (total + below or 1) * big if not below or total < big else total + below * big
            section, run, last_scale, skipped = Decimal(0), None, big, False
        else:
            return None
    if run is not None and last_scale >= 100 and not skipped and whole[-1] in _DIGITS:
        run *= last_scale // 10  # 一百二 is 120, 一百零二 is 102
    return total + section + (run or Decimal(0))


def _with_fraction(whole: str, fraction: str) -> Decimal | None:
    figures = re.match(f"[{_D}]+", fraction)
    above = _positional(whole)
    if not figures or above is None:
        return None
    part = Decimal("0." + "".join(str(_DIGITS[c]) for c in figures.group()))
    return (above + part) * scale_of(fraction[figures.end() :])


def _figure(token: str) -> Decimal:
    if token in _DIGITS:
        return Decimal(_DIGITS[token])
    return Decimal(re.sub("[,']", "", token))


def _pair(text: str) -> Number | None:
    """七八十, 三四百万: two neighbouring figures before one scale."""
    found = _PAIR.match(text)
    if not found or not (found["after"] or found["before"]):
        return None
    low, high = _DIGITS[found["low"]], _DIGITS[found["high"]]
    if high != low + 1:
        return None
    factor = scale_of(found["after"])
    base = scale_of(found["before"]) if found["before"] else Decimal(0)
    return Number(base + low * factor, base + high * factor, factor)


def _vague(text: str) -> Number | None:
    if text[0] in "几数":
        factor = scale_of(text[1:]) if all(c in _SCALES for c in text[1:]) else Decimal(0)
        return Number(2 * factor, 10 * factor - 1, factor) if factor else None
    if text[-1] == "几":
        base = _positional(text[:-1])
        return Number(base + 1, base + _last_place(base) - 1, Decimal(1)) if base else None
    return None


def _last_place(value: Decimal) -> Decimal:
    """100 for 1200, 0.1 for 1.3; for a whole number that ends in no zero 10, as nobody says 85余 of a single one."""
    exponent = value.normalize().as_tuple().exponent
    place = Decimal(1).scaleb(exponent) if isinstance(exponent, int) and value else Decimal(1)
    return Decimal(10) if place == 1 and value > 10 else place


def plain(value: Decimal) -> str:
    """A number as the reports write it: no exponent, no trailing zeros."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
