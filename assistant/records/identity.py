"""Whether a run of digits can be somebody's: identity numbers by region, birthday and check digit."""

import re
from datetime import date

# The first two digits of identity numbers: provinces and their like.
_REGIONS = frozenset(
    region
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
    for region in range(first, last + 1)
)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_CODE_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def is_identity_number(number: str) -> bool:
    """Whether 15 digits, or 17 and a check character, are built like an identity number.

    A wrong check digit does not speak against 18: people mistype, and the number still tells who they are. But what
    checks out as an organisation's code and not as a person's number is the organisation's.
    """
    number = number.upper()
    if not re.fullmatch(r"\d{15}|\d{17}[\dX]", number):
        return False
    if len(number) == 15:
        return int(number[:2]) in _REGIONS and _is_birthday(f"19{number[6:12]}")
    if int(number[:2]) not in _REGIONS or not _is_birthday(number[6:14]):
        return False
    return _id_check(number) == number[17] or not is_credit_code(number)


def is_credit_code(code: str) -> bool:
    """Whether 18 characters check out as a unified social credit code, whose third character begins a region."""
    code = code.upper()
    if len(code) != 18 or any(character not in _CODE_CHARACTERS for character in code):
        return False
    if not code[2:4].isdigit() or int(code[2:4]) not in _REGIONS | {10}:  # 10: the whole country
        return False
    total = sum(_CODE_CHARACTERS.index(c) * w for c, w in zip(code, _CODE_WEIGHTS, strict=False))
    return code[17] == _CODE_CHARACTERS[(31 - total % 31) % 31]


def _id_check(number: str) -> str:
    return _ID_CHECKS[sum(int(d) * w for d, w in zip(number, _ID_WEIGHTS, strict=False)) % 11]


def _is_birthday(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return born.year >= 1880
