"""Values that a regulation states: amounts, counts, shares, dates, periods, how often, contacts."""

import re
from dataclasses import dataclass
from enum import StrEnum

_N = r"[0-9０-９]{1,20}(?:[,，][0-9０-９]{3}(?![0-9０-９])){0,6}(?:[.．][0-9０-９]{1,12})?"
_C = "[零〇一二两三四五六七八九十百千万亿半]{1,20}"
_NUMBER = rf"(?:{_N}|(?<![第零〇一二两三四五六七八九十百千统单之同唯]){_C})"


_RANGE = rf"(?:{_N}[万亿]?[-—－~～至到]{{1,2}}(?={_N}))?"
_AMOUNT = rf"{_RANGE}(?:{_N}[百千万亿]{{1,2}}|{_NUMBER})"


class ValueKind(StrEnum):
    MONEY = "money"
    PERSONS = "persons"
    ORGANISATIONS = "organisations"
    COUNT = "count"
    TIMES = "times"
    PERCENT = "percent"
    DATE = "date"
    START = "start"
    DURATION = "duration"
    FREQUENCY = "frequency"
    SCORE = "score"
    AREA = "area"
    AGE = "age"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Value:
    """A value at `[start, end)` of the text it was found in; `unit` as written, e.g. 万元, 人, 年."""

    kind: ValueKind
    start: int
    end: int
    text: str
    unit: str = ""


# In order: what an earlier pattern took is not given to a later one.
_PATTERNS: tuple[tuple[ValueKind, re.Pattern[str]], ...] = (
    (
        ValueKind.CONTACT,
        re.compile(
            r"(?P<unit>)(?:https?://|www\.)[A-Za-z0-9_./%?=&#-]{2,200}"
            r"|(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]{1,64}(?:\.[A-Za-z0-9-]{1,64}){1,8}"
            r"|(?<!\d)(?:0\d{2,3}[-－ ]?)\d{7,8}(?!\d)"
            r"|(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)12345(?!\d)|(?<!\d)\d{3,4}[-－]\d{7,8}(?!\d)"
        ),
    ),
    (
        ValueKind.DATE,
        re.compile(
            rf"{_NUMBER}年(?:{_NUMBER}月(?:{_NUMBER}[日号])?(?P<unit>[底前初中上下旬]*))"
            rf"|(?:(?:每年|当年|次年|翌年)的?)?(?<![个0-9]){_NUMBER}月(?:{_NUMBER}[日号]|[底初中]|[上中下]旬|份)(?:之?前|以前)?"
            r"|(?:[12２][0-9０-９]{3})年(?!度?[内以])(?:度|底|初)?|每月[0-9]{1,2}[日号]|[上下]半年|(?:每年)?[一二三四]季度|年[底初末](?:之?前)?"
            r"|(?:每年|次年)(?:第?[一二三四]季度|年底|年初)"
        ),
    ),
    (
        ValueKind.START,
        re.compile(
            rf"(?:自|从|于)[^，。；,;]{{1,24}}?(?:之日)?(?:起|开始)(?:{_NUMBER}个?(?P<unit>工作日|日|天|月|年)(?:以?内)?)?"
        ),
    ),
    (
        ValueKind.FREQUENCY,
        re.compile(
            rf"每(?:隔)?{_NUMBER}?个?(?P<unit>学年|学期|年度|年|季度|季|月|周|日|天)(?:至少|不少于)?(?:进行|开展|组织)?(?:{_NUMBER}次)?"
            rf"|{_NUMBER}(?:年|个月)(?:{_NUMBER}次|{_NUMBER}评)|逐年|按年|按月|按季度?|年度(?=运行|考核|评估|报告|总结|检查)"
        ),
    ),
    (
        ValueKind.PERCENT,
        re.compile(
            rf"(?P<unit>)(?:{_NUMBER}\s*(?:%|％|‰|个百分点)|百分之{_C}|{_C}分之{_C}|{_N}[∶:：比]{_N}(?=的?比例)|{_NUMBER}成(?!立|为|果|员|本))"
        ),
    ),
    (
        ValueKind.MONEY,
        re.compile(
            rf"{_RANGE}{_NUMBER}\s*(?P<unit>(?:万|亿|千|百)?(?:元|美元|块钱|块)|万(?=[，。；、,.;?？！!\s]|$|的|以|就|够|能|行|还))"
        ),
    ),
    (ValueKind.PERSONS, re.compile(rf"{_AMOUNT}\s*(?P<unit>人次|名|人|位)(?!以上级)")),
    (ValueKind.ORGANISATIONS, re.compile(rf"{_AMOUNT}\s*(?P<unit>家|户|所)")),
    (ValueKind.AGE, re.compile(rf"{_AMOUNT}\s*(?P<unit>周岁|岁)")),
    (ValueKind.AREA, re.compile(rf"{_AMOUNT}\s*(?P<unit>平方米|平米|㎡|亩|公顷|立方米|吨|公里|米)")),
    (
        ValueKind.DURATION,
        re.compile(
            rf"{_RANGE}{_NUMBER}\s*个?(?P<unit>工作日|日历日|学年|学期|年度|年|季度|月|周|星期|小时|分钟|日|天)(?!常|前沿|龄)"
        ),
    ),
    (
        ValueKind.SCORE,
        re.compile(
            rf"(?<![时点])(?<![时点][0-9])(?<![时点][0-9]{{2}}){_RANGE}{_NUMBER}\s*(?P<unit>分)(?![钟之为别工享配析])"
        ),
    ),
    (ValueKind.TIMES, re.compile(rf"{_AMOUNT}\s*(?P<unit>次)(?![新性])")),
    (
        ValueKind.COUNT,
        re.compile(
            rf"{_AMOUNT}\s*(?P<unit>个|项|种|类|条|件|台套|台|套|档|级|门|篇|份|批|场|张|间|辆|块|处|片)(?!级|套）|批次)"
        ),
    ),
)


def find_values(text: str) -> list[Value]:
    """All values in a text, left to right, none overlapping another."""
    taken: list[Value] = []
    for kind, pattern in _PATTERNS:
        for found in pattern.finditer(text):
            if any(found.start() < v.end and v.start < found.end() for v in taken):
                continue
            unit = found.groupdict().get("unit") or ""
            taken.append(Value(kind, found.start(), found.end(), found.group(), unit))
    return sorted(taken, key=lambda v: v.start)
