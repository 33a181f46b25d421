"""A number of a Word list -> its numeral in one of Word's number formats (一, ①, iv …)."""

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_LEGAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def numeral(number: int, number_format: str) -> str:
    """`number` as Word shows it in `number_format`; plain digits for formats not known here.

    "bullet" and "none" have no numeral and give "".
    """
    if number_format in ("bullet", "none"):
        return ""
    write = _FORMATS.get(number_format, str)
    return write(number) if 0 <= number <= 9999 else str(number)


def _digit_by_digit(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _counting(number: int) -> str:
    """Tens with 十, from 100 on digit by digit (Word's chineseCounting)."""
    return _thousands(number) if number < 100 else _digit_by_digit(number)


def _thousands(number: int) -> str:
    """九十九, 一百, 一百零一, 一百一十."""
    if number == 0:
        return "零"
    written = ""
    skipped = False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit == 0:
            skipped = bool(written)
            continue
        written += ("零" if skipped else "") + _DIGITS[digit] + unit
        skipped = False
    return written.removeprefix("一") if 10 <= number < 20 else written


def _japanese(number: int) -> str:
    """Like 千百十一, with no 一 before a unit and no 零."""
    if number == 0:
        return _DIGITS[0]
    written = ""
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            written += ("" if digit == 1 and unit else _DIGITS[digit]) + unit
    return written


def _legal(number: int) -> str:
    written = _thousands(number)
    return ("一" + written if written.startswith("十") else written).translate(_LEGAL)


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written


def _letter(number: int) -> str:
    """a … z, aa, bb …, as Word continues."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number else ""


def _one_of(signs: str) -> Callable[[int], str]:
    """Numerals that are single signs; beyond the last of them Word falls back to digits."""
    return lambda number: signs[number - 1] if 1 <= number <= len(signs) else str(number)


def _span(first: str, count: int) -> str:
    return "".join(chr(ord(first) + step) for step in range(count))


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _one_of(_span("①", 20)),
    "decimalEnclosedCircleChinese": _one_of(_span("①", 20)),
    "decimalEnclosedFullstop": _one_of(_span("⒈", 20)),
    "decimalEnclosedParen": _one_of(_span("⑴", 20)),
    "ideographEnclosedCircle": _one_of(_span("㊀", 10)),
    "numberInDash": lambda number: f"- {number} -",
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerLetter": _letter,
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "chineseCountingThousand": _thousands,
    "taiwaneseCountingThousand": _thousands,
    "japaneseCounting": _japanese,
    "chineseLegalSimplified": _legal,
    "ideographDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "ideographTraditional": _one_of(_STEMS),
    "ideographZodiac": _one_of(_BRANCHES),
}
