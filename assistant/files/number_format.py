"""A number of a spreadsheet and its number format -> what a person sees in the cell, with every stored digit.

The digits are never rounded to the format's decimals: where a sheet shows fewer, a note says what it shows. Units
that a format writes beside the number (0.0"万元", 0%, 0!.0,"万") are part of the text, scaled as they are shown.
"""

import re
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

# Excel keeps 15 significant digits and stores 0.29 as 0.28999999999999998.
_FIFTEEN = Context(prec=15, rounding=ROUND_HALF_UP)
_DATE_IDS = frozenset({14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 59)})
_TIME_IDS = frozenset({18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47})
_BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
}
_LITERAL = re.compile(r'"([^"]*)"|[\\!](.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]', re.DOTALL)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_PATTERN = re.compile(r"[#0?,.]+|@|General", re.IGNORECASE)
# 0!.0,"万": a dot that is a literal between two digits, and a comma that divides by a thousand.
_LITERAL_DOT = re.compile(r'(?<=[0#?])(?:[\\!]\.|"\.")([0#?]+)')
_MAX_ADJUSTED = 30


def exact_number(stored: str) -> Decimal | None:
    """The number a cell stores, with the noise after the 15th digit gone; None if it is no sensible number."""
    try:
        value = Decimal(stored.strip())
    except ArithmeticError:
        return None
    if not value.is_finite() or abs(value.adjusted()) > _MAX_ADJUSTED:
        return None
    return value if len(value.as_tuple().digits) <= 15 else _FIFTEEN.plus(value)


def format_code(format_id: int, codes: dict[int, str]) -> str:
    """The code of a number format by its id; dates and times of the built-in formats give a plain date code."""
    if format_id in codes:
        return codes[format_id]
    if format_id in _DATE_IDS:
        return "yyyy-mm-dd"
    return "h:mm" if format_id in _TIME_IDS else _BUILT_IN.get(format_id, "General")


def shown(value: Decimal, code: str, from_1904: bool = False) -> tuple[str, str]:
    """The text of a number under a format code, and a note (Chinese, may be empty)."""
    section = _section(value, code)
    bare = _LITERAL.sub("", section)
    if re.search(r"[ymdhs]", re.sub(r"General", "", bare, flags=re.IGNORECASE), re.IGNORECASE):
        written = _date(value, bare, from_1904)
        if written is not None:
            return written, ""
    section, power = _without_scale(section)
    literal_free = _LITERAL.sub(lambda found: " " * len(found.group()), section)
    pattern = _PATTERN.search(literal_free)
    if pattern is None:
        return plain(value), ""
    percent = literal_free.count("%")
    scaled = value.scaleb(2 * percent - power)
    before = _literals(section[: pattern.start()])
    after = _literals(section[pattern.end() :])
    if before.endswith("(") and after.startswith(")"):  # the accounting way to write a minus
        before, after = before[:-1], after[1:]
    text = before.strip() + plain(scaled) + after.rstrip()
    return text, _rounding(scaled, pattern.group(), before, after)


def plain(value: Decimal) -> str:
    """A number without exponent and trailing zeros."""
    written = format(value, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def _section(value: Decimal, code: str) -> str:
    """The part of a code that is for this value; the minus sign is never left out."""
    sections = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code)
    conditions = [_CONDITION.search(section) for section in sections]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or _holds(value, condition.group(1), Decimal(condition.group(2))):
                return section
        return sections[-1]
    if value < 0 and len(sections) > 1:
        return sections[1]
    if value == 0 and len(sections) > 2 and _PATTERN.search(_LITERAL.sub("", sections[2])):
        return sections[2]
    return sections[0]


def _holds(value: Decimal, sign: str, bound: Decimal) -> bool:
    return {
        "<": value < bound,
        ">": value > bound,
        "=": value == bound,
        "<=": value <= bound,
        ">=": value >= bound,
        "<>": value != bound,
    }[sign]


def _without_scale(section: str) -> tuple[str, int]:
    """The section without what scales the number, and the power of ten it divides by."""
    power = 0
    dot = _LITERAL_DOT.search(section)
    if dot:
        power += len(dot.group(1))
        section = section[: dot.start()] + "." + section[dot.start(1) :]
    commas = re.search(r"(?<=[0#?])(,+)(?![0#?,.])", section)
    if commas:
        power += 3 * len(commas.group(1))
        section = section[: commas.start()] + section[commas.end() :]
    return section, power


def _literals(part: str) -> str:
    """What a part of a code writes as it stands."""
    written = ""
    at = 0
    for found in _LITERAL.finditer(part):
        written += part[at : found.start()] + (found.group(1) or found.group(2) or found.group(3) or "")
        at = found.end()
    return re.sub(r"[#0?,;+]|(?<!\w)-", "", written + part[at:])


def _rounding(value: Decimal, pattern: str, before: str, after: str) -> str:
    if pattern.lower() == "general" or pattern == "@":
        return ""
    places = len(pattern.partition(".")[2].replace(",", ""))
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    if rounded == value:
        return ""
    unit = after.rstrip()
    return f"表格中显示为{before.strip()}{format(rounded, 'f')}{unit}，实际存储的是{plain(value)}{unit}。"


def _date(value: Decimal, code: str, from_1904: bool) -> str | None:
    """A date as 2024-05-01 (with the time if the code shows it), a time as 08:30; None outside the calendar."""
    days = int(value)
    seconds = int(((value - days) * 86400).to_integral_value(ROUND_HALF_UP))
    # Excel counts a 29 February 1900 that never was.
    start = date(1904, 1, 1) if from_1904 else date(1899, 12, 30 if days >= 60 else 31)
    try:
        moment = datetime.combine(start, datetime.min.time()) + timedelta(days=days, seconds=seconds)
    except OverflowError:
        return None
    if value < 0:
        return None
    has_time = re.search(r"[hs]", code, re.IGNORECASE) is not None
    if re.search(r"[yd]", code, re.IGNORECASE) is None and has_time:
        return moment.strftime("%H:%M")
    return moment.strftime("%Y-%m-%d %H:%M" if has_time and seconds else "%Y-%m-%d")
