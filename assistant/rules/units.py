"""Units by their kind: what may stand for 人, how 元 and 亿元 become 万元, and which currencies do not convert."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from assistant.rules.numbers import SCALES, scale_of

_PERSONS = ("个人", "人", "名", "位")
_COUNTERS = ("件", "项", "个", "套", "种", "条", "篇", "份", "台", "家", "款", "批")
_MONEY = ("元人民币", "块钱", "元", "圆", "块", "人民币", "RMB", "CNY")
_YEARS = ("周年", "年")

# 人年 is a measure of work, not of people; what is counted in it does not compare.
_NEAR_PERSONS = r"人(?:次|月|天|日|年(?![度均底初来]))"
_FOREIGN = (
    r"美元|美金|欧元|港元|港币|日元|日圆|英镑|韩元|韩币|加元|加拿大元|澳元|澳大利亚元|卢布|新台币|台币|新加坡元|"
    r"瑞士法郎|法郎|泰铢|澳门元|USD|EUR|HKD|JPY|GBP|KRW|RUB"
)
FOREIGN_SIGNS = r"US\$|HK\$|\$|€|£|USD|EUR|HKD|JPY|GBP"
OWN_SIGNS = r"人民币|RMB|CNY|¥"


@dataclass(frozen=True, slots=True)
class Measure:
    """How amounts of one kind are written.

    `words`: regular expression for the unit's words; `factor`: how many base units the asked unit holds (10,000 for
    万元); `near`: words of what looks alike and does not compare; `scale_is_unit`: 1200万 alone says that it is money.
    """

    words: str
    factor: Decimal = Decimal(1)
    near: str = r"(?!)"
    foreign: str = r"(?!)"
    scale_is_unit: bool = False
    years: bool = False


@lru_cache(maxsize=64)
def measure_of(unit: str) -> Measure:
    """The kind that a unit belongs to; a unit that is not known here is written in its own words only."""
    money = re.fullmatch(rf"(?P<scale>{SCALES})元", unit)
    if money:
        return Measure(
            "|".join(_MONEY), scale_of(money["scale"]), foreign=rf"(?:{_FOREIGN})", scale_is_unit=True
        )  # fmt: skip
    if unit in _PERSONS:
        return Measure(rf"(?:{'|'.join(_PERSONS)})(?![次月天日均类]|民币|工智能|称|单)", near=_NEAR_PERSONS)
    if unit in _COUNTERS:
        return Measure("|".join(_COUNTERS))
    if unit in _YEARS:
        return Measure("|".join(_YEARS), years=True)
    return Measure(re.escape(unit) if unit else r"(?!)")
