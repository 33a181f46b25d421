"""Number fidelity: every figure in an answer stands in a quote that it shows, in the person's words, or in a finding.

Findings are what the rules reckon from these two (还差5人, a date three years on). This counts figures by their value
and looks at the whole answer, not only at its statements; it shares no code with the check that every answer passes.
What is no figure of the matter is left out: markers, names of provisions, the count of a list that the answer makes,
and what is asked of the person, which states nothing and may give an example (“请写明年份，例如2025年3月，好吗？”).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from assistant.law.numerals import NUMERAL_CHARACTERS, parse_numeral
from assistant.qa.models import Answer
from eval.rates import Rate

_NUMERAL = f"[0-9{NUMERAL_CHARACTERS}]"
_NO_FIGURE = re.compile(
    rf"\[[0-9]+\]|第\s*[(（]?{_NUMERAL}{{1,12}}[)）]?\s*(?:条|款|项|目|章|节|编|年)(?:之{_NUMERAL}{{1,4}})?|[(（]{_NUMERAL}{{1,4}}[)）]"
    rf"|(?:art(?:icle|\.)|items?|chapter|paragraph|para\.)\s*\(?[0-9]+\)?|(?:共|还有|其余|以下|下列)\s*{_NUMERAL}{{1,4}}\s*(?:项|条)"
    rf"|附件\s*{_NUMERAL}{{1,4}}|一[个项条步]一[个项条步]|\([0-9]+ items?\)|^\s*[0-9]+[.、]",
    re.IGNORECASE | re.MULTILINE,
)
_ASKED = re.compile(r"[^。！!\n]*[？?]")
_ARABIC = re.compile(r"(?<![0-9A-Za-z])([0-9][0-9,]*(?:\.[0-9]+)?)\s*([千万亿]*)")
_MULTIPLES = {"千": 1_000, "万": 10_000, "亿": 100_000_000}
_COUNTED = "个|人|名|年|月|日|天|元|家|次|倍|分|周|季|小时|工作日"
_CHINESE = re.compile(
    rf"百分之([{NUMERAL_CHARACTERS}]{{1,24}})"
    rf"|(?<![{NUMERAL_CHARACTERS}])([{NUMERAL_CHARACTERS}]{{1,24}})(?![{NUMERAL_CHARACTERS}])(?=\s*(?:{_COUNTED}))"
)
# 一个, 两个 and the like are seldom figures; 一年 is one.
_LOOSE = re.compile(r"[一两]\Z")


def figures_in(text: str) -> list[Decimal]:
    """The values of all figures in a text, in order: 1,000万元 and 一千万元 are one value."""
    plain = _NO_FIGURE.sub(" ", _ASKED.sub(" ", unicodedata.normalize("NFKC", text)))
    return [value for _, value in sorted(_found(plain))]


def number_fidelity(answer: Answer, turns: Sequence[str], titles: Iterable[str] = ()) -> Rate:
    """How many figures of an answer stand where they may; `titles` are the texts' own names, which it may give."""
    allowed = {v for text in (*_sources(answer), *turns, *titles) for v in _readings(text)}
    told = figures_in(answer.answer)
    return Rate(sum(value in allowed for value in told), len(told))


def _sources(answer: Answer) -> Iterator[str]:
    yield from (c.quote for c in (*answer.citations, *answer.authority, *answer.background))
    yield from (r.quote for r in answer.related)
    for found in answer.assessments:
        yield from (text for text in (found.actual, found.required, found.gap, found.message) if text)
        yield from found.caveats
    if answer.interview:
        yield from (f"{fact.value} {fact.raw}" for fact in answer.interview.facts)
        yield from (f"{row.value} {row.gap} {row.message}" for row in answer.interview.ledger)
        yield from (f"{flip.value_before} {flip.value_after}" for flip in answer.interview.flips)


def _readings(text: str) -> Iterator[Decimal]:
    """Every value that a source gives, the bare number before its 万 too: an answer may give 1000 in 万元."""
    plain = unicodedata.normalize("NFKC", text)
    yield from (value for _, value in _found(plain))
    yield from (Decimal(m[1].replace(",", "")) for m in _ARABIC.finditer(plain))
    yield from (
        Decimal(v) for m in re.finditer(f"[{NUMERAL_CHARACTERS}]+", plain) if (v := parse_numeral(m[0])) is not None
    )


def _found(plain: str) -> Iterator[tuple[int, Decimal]]:
    for found in _ARABIC.finditer(plain):
        value = Decimal(found[1].replace(",", ""))
        for multiple in found[2]:
            value *= _MULTIPLES[multiple]
        yield found.start(), value
    for found in _CHINESE.finditer(plain):
        words = found[1] or found[2]
        number = parse_numeral(words)
        loose = _LOOSE.fullmatch(words) and plain[found.end() : found.end() + 1] in ("个", "家", "名", "次", "人", "分")
        if number is not None and not loose and not set(words) <= set("千万亿百"):
            yield found.start(), Decimal(number)
