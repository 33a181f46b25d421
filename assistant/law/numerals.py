"""Chinese and Arabic numerals as they number provisions: 十二, 廿三, 第１０条, 两."""

import unicodedata

from assistant.law.lines import compact as without_blanks

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "○": 0, "两": 2, "兩": 2, "壹": 1, "贰": 2, "貳": 2, "叁": 3, "參": 3, "肆": 4, "伍": 5,
    "陆": 6, "陸": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_TENS = {"廿": 20, "卅": 30}
_ARABIC = "0123456789"
_BIG = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}

NUMERAL_CHARACTERS = "".join([*_DIGITS, *_UNITS, *_TENS, *_BIG])
"""Every character that may stand in a Chinese numeral; for building regular expressions."""

_PLAIN = "零一二三四五六七八九"


def parse_numeral(text: str) -> int | None:
    """Reads a whole number written in Chinese characters or Arabic digits of any width.

    Spaces inside are allowed (``1 2``, ``十 二``), as word processors leave them. A mix such as ``3万`` is
    read too. Returns None if the text is not a numeral; never raises.
    """
    compact = without_blanks(unicodedata.normalize("NFKC", text))
    if not 0 < len(compact) <= 40:
        return None
    if all(c in _DIGITS or c in _ARABIC for c in compact):
        # Digit by digit, as years and long numbers are written: 二〇二四, 1０.
        return int("".join(str(_DIGITS.get(c, c)) for c in compact))
    return _parse_positional(compact)


def _parse_positional(compact: str) -> int | None:
    """Adds up from the left: `total` holds what a 万 or 亿 has closed, `section` what stands since."""
    total = section = 0
    run = ""
    for char in compact:
        if char in _ARABIC:
            run += char
        elif char in _DIGITS:
            run = str(_DIGITS[char])
        elif char in _TENS:
            section, run = section + _TENS[char], ""
        elif char in _UNITS:
            section, run = section + int(run or 1) * _UNITS[char], ""
        elif char in _BIG:
            below = section + int(run or 0)
            big = _BIG[char]
            # 一亿二千万: the 万 counts what stands after the 亿; 三万亿: the 亿 counts all before it.
            if below == 0 or total < big:
                total = (total + below or 1) * big
            else:
                total += below * big
            section, run = 0, ""
        else:
            return None
    return total + section + int(run or 0)


def format_numeral(number: int) -> str:
    """Writes 0 to 99,999,999 the way statutes number their provisions: 10 -> 十, 21 -> 二十一, 101 -> 一百零一.

    Raises ValueError outside that range.
    """
    if not 0 <= number < 100_000_000:
        raise ValueError(f"cannot write {number} as a Chinese numeral: out of range")
    if number == 0:
        return "零"
    high, low = divmod(number, 10_000)
    text = ""
    if high:
        text = _below_ten_thousand(high) + "万"
        if low and low < 1000:
            text += "零"
    if low:
        text += _below_ten_thousand(low)
    # 一十二 is written 十二 at the head of a number.
    return text.removeprefix("一") if text.startswith("一十") else text


def _below_ten_thousand(number: int) -> str:
    text, gap = "", False
    for value, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, value)
        if digit:
            text += ("零" if gap and text else "") + _PLAIN[digit] + unit
            gap = False
        elif text:
            gap = True
    return text
