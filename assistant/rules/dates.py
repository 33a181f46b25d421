"""Days as people name them, as exactly as they do: a year, a month or a day, and what lies some years after."""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

_DATE = re.compile(
    r"(?P<y>(?:19|20)\d{2})\s*(?:年|[-/.])?(?:\s*(?P<m>1[0-2]|0?[1-9])(?:\s*月|[-/.](?=\d)|(?=$|\D))"
    r"(?:份|\s*(?P<d>3[01]|[12]\d|0?[1-9])\s*[日号]?)?)?"
)
_MONTH = re.compile(r"(?P<m>1[0-2]|0?[1-9])\s*月(?:份|\s*(?P<d>3[01]|[12]\d|0?[1-9])\s*[日号])?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH = re.compile(
    rf"\b(?P<m>{'|'.join(_MONTHS)})[a-z]*\.?\s+(?:(?P<d>\d{{1,2}}),?\s+)?(?P<y>(?:19|20)\d{{2}})\b", re.IGNORECASE
)
_FIGURES = str.maketrans("〇零一二三四五六七八九", "00123456789")


@dataclass(frozen=True, slots=True, order=True)
class NamedDay:
    """A day, or the month or year it lies in where no more was said."""

    year: int
    month: int = 0
    day: int = 0

    def __str__(self) -> str:
        return f"{self.year}年" + (f"{self.month}月" if self.month else "") + (f"{self.day}日" if self.day else "")

    def later(self, years: Decimal) -> "NamedDay":
        """The same day some whole years later; the 29th of February becomes the 28th where it must."""
        year = self.year + int(years)
        last = calendar.monthrange(year, self.month)[1] if self.month and self.day else self.day
        return NamedDay(year, self.month, min(self.day, last))

    def passed(self, today: date) -> bool | None:
        """Whether it lies wholly before `today`; None if it may be on either side."""
        first = (self.year, self.month or 1, self.day or 1)
        last = (self.year, self.month or 12, self.day or 31)
        now = (today.year, today.month, today.day)
        return True if last < now else False if first > now else None


def find_day(text: str, today: date | None = None, relative: Mapping[str, int] | None = None) -> NamedDay | None:
    """The first day that a text names. 去年3月 needs `today`, and `relative`: how far from this year each word is."""
    figures = re.sub(r"[〇零一二三四五六七八九]{4}(?=年)", lambda m: m[0].translate(_FIGURES), text)
    english = _ENGLISH.search(figures)
    if english:
        return NamedDay(int(english["y"]), _MONTHS.index(english["m"].lower()) + 1, int(english["d"] or 0))
    found = _DATE.search(figures)
    if found:
        return NamedDay(int(found["y"]), int(found["m"] or 0), int(found["d"] or 0))
    for word, years in sorted((relative or {}).items(), key=lambda one: -len(one[0])):
        at = figures.lower().find(word)
        if at >= 0 and today is not None:
            month = _MONTH.match(figures[at + len(word) :].lstrip("的 "))
            named = (int(month["m"]), int(month["d"] or 0)) if month else (0, 0)
            return NamedDay(today.year + years, *named)
    return None
