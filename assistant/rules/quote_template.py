"""Quotes with holes: 不少于{threshold}人 finds its place in the law and reads there what is required.

A rule names the law's words and leaves open what may change: the number, how it is compared, the list of choices,
the pattern of a name. So a changed number needs no changed rule, and words that are gone are noticed.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from assistant.rules.numbers import NUMBER, SCALES
from assistant.rules.quantity import read_quantity
from assistant.rules.units import measure_of


class Comparison(Enum):
    """How a number is compared with a threshold; at least and at most include it."""

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"


_COMPARISONS: dict[Comparison, str] = {
    Comparison.AT_MOST: "不得?(?:超过|多于|高于|大于)|至多|最多",
    Comparison.AT_LEAST: "不得?(?:少于|低于|小于)|至少|达到",
    Comparison.MORE_THAN: "(?:超过|多于|高于|大于)",
    Comparison.LESS_THAN: "(?:少于|低于|小于)",
}
PLACEHOLDERS: dict[str, str] = {
    "comparison": f"(?:应当?|须|需)?(?:{'|'.join(_COMPARISONS.values())})",
    "threshold": "",  # by the unit
    "choices": r"[^，。；;,\n]{1,80}?",
    "name": r"[^”\n]{1,80}",
}
_HOLE = re.compile(r"\{([a-z]*)\}")
_QUOTED = re.compile("“([^”]+)”")
_SEPARATORS = re.compile("、|，|或者|或|以及|及|和|与")
_ALIKE = {"，": "，,", "；": "；;", "：": "：:", "（": "（(", "）": "）)", "＋": "＋+", "“": '“"', "”": '”"'}
_GAP = r"[ \t\r\n\u3000]*"


@dataclass(frozen=True, slots=True)
class Reading:
    """Where a quote stands, and what stands in its holes."""

    start: int
    end: int
    threshold: Decimal | None = None
    comparison: Comparison | None = None
    choices: tuple[str, ...] = field(default=())
    name: str = ""


def placeholders_of(quote: str) -> list[str]:
    return _HOLE.findall(quote)


def read_quote(quote: str, unit: str, text: str, start: int, end: int) -> list[Reading]:
    """All places in `text[start:end]` where the quote stands, line breaks and half or full width aside.

    `unit` is the one in which `{threshold}` is wanted. A place whose threshold cannot be read does not count.
    """
    found = (_reading(match, unit) for match in _compiled(quote, unit).finditer(text, start, end))
    return [reading for reading in found if reading]


@lru_cache(maxsize=512)
def _compiled(quote: str, unit: str) -> re.Pattern[str]:
    parts = _HOLE.split(quote)
    pattern = _literal(parts[0])
    for name, literal in zip(parts[1::2], parts[2::2], strict=True):
        hole = _amount(unit) if name == "threshold" else PLACEHOLDERS[name]
        pattern += rf"{_GAP}(?P<{name}>{hole}){_GAP}{_literal(literal)}"
    return re.compile(pattern)


def _literal(words: str) -> str:
    characters = [f"[{re.escape(_ALIKE[c])}]" if c in _ALIKE else re.escape(c) for c in words if not c.isspace()]
    return _GAP.join(characters)


def _amount(unit: str) -> str:
    return rf"{NUMBER}{_GAP}{SCALES}{_GAP}(?:{measure_of(unit).words})"


def _reading(match: re.Match[str], unit: str) -> Reading | None:
    holes = match.groupdict()
    threshold = None
    if "threshold" in holes:
        quantity = read_quantity(holes["threshold"], unit)
        if quantity is None or not quantity.exact or quantity.doubts:
            return None
        threshold = quantity.low
    said = (holes.get("comparison") or "").lstrip("应当须需")
    comparison = next((c for c, words in _COMPARISONS.items() if re.fullmatch(words, said)), None)
    choices = _listed(holes.get("choices") or "")
    return Reading(match.start(), match.end(), threshold, comparison, choices, holes.get("name") or "")


def _listed(words: str) -> tuple[str, ...]:
    """企业、高校或科研院所 and “公司”“公司＋联盟”或“联盟”: what is quoted, else what the marks part."""
    quoted = _QUOTED.findall(words)
    return tuple(quoted or (part.strip() for part in _SEPARATORS.split(words) if part.strip()))
