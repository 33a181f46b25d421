"""References to provisions as people write them: 第七条第（四）项, 第7条4项, 七条四项, Art. 7(4), 第七至九条."""

import re
from dataclasses import dataclass

from assistant.law.locator import Kind, Locator, Step
from assistant.law.marks import NUMBER, SP
from assistant.law.numerals import parse_numeral
from assistant.law.types import Document, Provision

_BRACKETED = rf"[（(【\[]{SP}({NUMBER}){SP}[）)】\]]"
_ITEM = (
    rf"(?:第?{SP}{_BRACKETED}{SP}(?:项|款|目|小?点|条)?|第{SP}({NUMBER}){SP}(?:项|小?点)|({NUMBER}){SP}项"
    rf"|[.．]({NUMBER})(?!\d))(?:{SP}之{SP}([二三四五六七八九十]{{1,3}})(?![条项款目分]))?"
)
_CHINESE = re.compile(
    rf"第?{SP}(?P<article>{NUMBER}){SP}条(?!件|款|例|龙)(?:{SP}之{SP}(?P<branch>{NUMBER})(?![项款目]))?"
    rf"(?:{SP}的?{SP}第?{SP}(?P<paragraph>{NUMBER}){SP}款(?:{SP}之{SP}(?P<twin>{NUMBER}))?)?"
    rf"(?P<items>(?:{SP}[、,，和及与]?{SP}(?:的|里的|中的?)?{SP}{_ITEM}){{0,20}})"
    rf"(?:{SP}第?{SP}(?P<sub>{NUMBER}){SP}目(?:{SP}之{SP}(?P<subtwin>{NUMBER}))?)?"
)
_RANGE = re.compile(
    rf"(?P<first>第)?{SP}({NUMBER}){SP}条?{SP}(?:至|到|[-~—－～]){SP}(?P<second>第)?{SP}({NUMBER}){SP}条(?!件|款|例)"
)
_CHAPTER = re.compile(
    rf"(?:第{SP}(?P<part>{NUMBER}){SP}编(?:{SP}之{SP}(?P<parttwin>{NUMBER}))?{SP})?"
    rf"第{SP}(?P<chapter>{NUMBER}){SP}章(?:{SP}之{SP}(?P<twin>{NUMBER}))?"
    rf"(?:{SP}第{SP}(?P<section>{NUMBER}){SP}节(?:{SP}之{SP}(?P<sectiontwin>{NUMBER}))?)?"
    rf"|(?<![\d.])(?P<bare>{NUMBER}){SP}章(?![程鱼节])"
)
_PART = re.compile(rf"第{SP}({NUMBER}){SP}编(?![号制])(?:{SP}之{SP}({NUMBER}))?")
_ENGLISH = re.compile(
    r"\bart(?:icles|icle|s\.|\.)?\s{0,8}([1-9]\d{0,3})(?:-([1-9]\d?))?"
    r"(?:\s{0,8},?\s{0,8}para(?:graph|\.)?\s{0,8}\(?([1-9]\d?)\)?)?"
    r"(?:\s{0,8},?\s{0,8}(?:item|sub-?item|point|no\.?)\s{0,8}\(?([1-9]\d?)\)?|\s{0,8}\(([1-9]\d?)\)|\.([1-9]\d?))?"
    r"(?:\s{0,8}\(([1-9]\d?)\))?",
    re.IGNORECASE,
)
_ENGLISH_CHAPTER = re.compile(r"\bchap(?:ter|\.)\s{0,8}([1-9]\d{0,3})", re.IGNORECASE)
_ANNEX = re.compile(rf"附件{SP}({NUMBER})?(?:{SP}之{SP}({NUMBER}))?")
_MACHINE = re.compile(
    r"\b(?:ch|sec|art|par|item|sub|annex|pre|end|part)_[0-9]{1,9}(?:-[0-9]{1,9})?(?:\.[a-z]{2,5}_[0-9]{1,9}(?:-[0-9]{1,9})?){0,8}"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference at `[start, end)` of a text. `locator` is what it says; it need not exist in any document."""

    locator: Locator
    start: int
    end: int


def find_references(text: str) -> list[Reference]:
    """All references in a text, left to right, none overlapping another."""
    found: list[Reference] = []
    for start, end, locators in sorted(_candidates(text), key=lambda c: (c[0], -c[1])):
        if found and start < found[-1].end:
            continue
        found += [Reference(locator, start, end) for locator in locators]
    return found


def parse_reference(text: str) -> Locator:
    """The one locator that a text as a whole names. Raises ValueError if it names none or several."""
    found = find_references(text)
    if len(found) != 1:
        raise ValueError(f"names {len(found)} provisions: {text!r}")
    return found[0].locator


def resolve(document: Document, locator: Locator) -> Provision | None:
    """The provision that a reference means in a document.

    People write 款 for 项 and the reverse, leave out the paragraph, or name the only paragraph; where the exact
    address does not exist and one such reading does, that provision is meant. None: there is no such provision.
    """
    exact = document.get(locator)
    if exact:
        return exact
    article = locator.step(Kind.ARTICLE)
    if article is None:
        return _suffix_match(document, locator)
    base = Locator((article,))
    paragraph, item = locator.number(Kind.PARAGRAPH), locator.number(Kind.ITEM)
    if item is not None:
        numbers = [c for c in document.provisions if c.locator.within(base) and c.locator.number(Kind.ITEM) == item]
        tail = [c for c in numbers if c.locator.number(Kind.SUBITEM) == locator.number(Kind.SUBITEM)]
        right_paragraph = [c for c in tail if paragraph is None or _in_paragraph(c, paragraph)]
        if not tail:
            return _alternative(document, base, Kind.PARAGRAPH, item) if paragraph is None else None
        lone = not any(p.locator == base.child(Kind.PARAGRAPH, 1) for p in document.provisions)
        return right_paragraph[0] if right_paragraph else (tail[0] if lone and paragraph == 1 else None)
    if paragraph is not None:
        alternative = _alternative(document, base, Kind.ITEM, paragraph)
        return alternative or (document.get(base) if paragraph == 1 else None)
    return None


def _in_paragraph(provision: Provision, number: int) -> bool:
    return any(p.kind is Kind.PARAGRAPH and p.number(Kind.PARAGRAPH) == number for p in provision.path) or (
        provision.locator.number(Kind.PARAGRAPH) == number
    )


def _alternative(document: Document, base: Locator, kind: Kind, number: int) -> Provision | None:
    return document.get(base.child(kind, number))


def _suffix_match(document: Document, locator: Locator) -> Provision | None:
    """第二节 alone means the only second section there is."""
    size = len(locator.steps)
    same = [p for p in document.provisions if p.locator.steps[-size:] == locator.steps]
    return same[0] if len(same) == 1 else None


_Candidate = tuple[int, int, list[Locator]]


def _candidates(text: str) -> list[_Candidate]:
    found: list[_Candidate] = []
    for match in _MACHINE.finditer(text):
        try:
            found.append((*match.span(), [Locator.parse(match.group())]))
        except ValueError:
            continue
    for match in _RANGE.finditer(text):
        low, high = parse_numeral(match.group(2)), parse_numeral(match.group(4))
        if low and high and low < high <= low + 40 and (match["first"] or match["second"] or _leads(match)):
            found.append((*match.span(), [Locator.of((Kind.ARTICLE, n)) for n in range(low, high + 1)]))
    for match in _CHINESE.finditer(text):
        locators = _chinese(match)
        if locators:
            found.append((*match.span(), locators))
    for pattern, read in (
        (_CHAPTER, _chapter),
        (_PART, lambda m: _steps((Kind.PART, m.group(1), m.group(2)))),
        (_ENGLISH, _english),
        (_ENGLISH_CHAPTER, lambda m: _steps((Kind.CHAPTER, m.group(1), None))),
        (_ANNEX, lambda m: _steps((Kind.ANNEX, m.group(1) or "1", m.group(2)))),
    ):
        for match in pattern.finditer(text):
            locator = read(match)
            if locator:
                found.append((*match.span(), [locator]))
    return found


def _steps(*parts: tuple[Kind, str | None, str | None]) -> Locator | None:
    """A locator of the parts that are named; None if none is, or one is zero."""
    steps = []
    for kind, number, branch in parts:
        if number is None:
            continue
        value = parse_numeral(number)
        if not value:
            return None
        steps.append(Step(kind, value, (parse_numeral(branch) or None) if branch else None))
    return Locator(tuple(steps)) if steps else None


def _chapter(match: re.Match[str]) -> Locator | None:
    return _steps(
        (Kind.PART, match["part"], match["parttwin"]),
        (Kind.CHAPTER, match["chapter"] or match["bare"], match["twin"]),
        (Kind.SECTION, match["section"], match["sectiontwin"]),
    )


def _chinese(match: re.Match[str]) -> list[Locator]:
    if not (match.group().startswith("第") or _clear_without_ordinal(match)):
        return []
    base = _steps(
        (Kind.ARTICLE, match["article"], match["branch"]), (Kind.PARAGRAPH, match["paragraph"], match["twin"])
    )
    if base is None:
        return []
    items = []
    for found in re.finditer(_ITEM, match["items"] or ""):
        *numbers, branch = found.groups()
        step = _steps((Kind.ITEM, next(n for n in numbers if n), branch))
        if step:
            items.append(Locator((*base.steps, *step.steps)))
    items = items or [base]
    sub = _steps((Kind.SUBITEM, match["sub"], match["subtwin"]))
    if sub:
        items[-1] = Locator((*items[-1].steps, *sub.steps))
    return items


def _clear_without_ordinal(match: re.Match[str]) -> bool:
    """七条四项 and a leading 七条 are references; the 三条 in 这三条都要满足吗 is a count."""
    return bool(match["items"] or match["paragraph"]) or _leads(match)


def _leads(match: re.Match[str]) -> bool:
    """Whether a reference without 第 stands at the beginning and is asked about."""
    after = re.compile(rf"{SP}(?:$|[是讲说写的？?]|规定|内容|怎么|什么|啥)")
    before = match.string[: match.start()] if match.start() <= 40 else "?"
    return not before.strip() and after.match(match.string, match.end()) is not None


def _english(match: re.Match[str]) -> Locator | None:
    article, branch, paragraph, *items, sub = match.groups()
    item = next((i for i in items if i), None)
    return _steps(
        (Kind.ARTICLE, article, branch),
        (Kind.PARAGRAPH, paragraph, None),
        (Kind.ITEM, item, None),
        (Kind.SUBITEM, sub if item else None, None),
    )
