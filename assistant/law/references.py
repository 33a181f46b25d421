"""References to provisions as people write them: 第七条第（四）项, 第7条4项, 七条四项, Art. 7(4), 第三章, 第七至九条."""

import re
from dataclasses import dataclass

from assistant.law.locator import Kind, Locator, Step
from assistant.law.marks import NUMBER, SP
from assistant.law.numerals import parse_numeral
from assistant.law.types import Document, Provision

_BRACKETED = rf"[（(【\[]{SP}({NUMBER}){SP}[）)】\]]"
_ITEM = rf"(?:第?{SP}{_BRACKETED}{SP}(?:项|款|目|小?点|条)?|第{SP}({NUMBER}){SP}(?:项|小?点)|({NUMBER}){SP}项|[.．]({NUMBER})(?!\d))"
_CHINESE = re.compile(
    rf"第?{SP}(?P<article>{NUMBER}){SP}条(?!件|款|例|龙)(?:{SP}之{SP}(?P<branch>{NUMBER})(?![项款目]))?"
    rf"(?:{SP}的?{SP}第?{SP}(?P<paragraph>{NUMBER}){SP}款)?"
    rf"(?P<items>(?:{SP}[、,，和及与]?{SP}(?:的|里的|中的?)?{SP}{_ITEM})*)"
    rf"(?:{SP}第?{SP}(?P<sub>{NUMBER}){SP}目)?"
)
_RANGE = re.compile(rf"第?{SP}({NUMBER}){SP}条?{SP}(?:至|到|[-~—－～]){SP}第?{SP}({NUMBER}){SP}条")
_CHAPTER = re.compile(rf"第{SP}({NUMBER}){SP}章(?:{SP}第{SP}({NUMBER}){SP}节)?|(?<![\d.])({NUMBER}){SP}章(?!程)")
_ENGLISH = re.compile(
    r"\bart(?:icle|icles|\.|s\.)?\s*(\d+)(?:-(\d+))?"
    r"(?:\s*[,]?\s*(?:para(?:graph|\.)?)\s*\(?(\d+)\)?)?"
    r"(?:\s*[,]?\s*(?:item|sub-?item|point|no\.?)\s*\(?(\d+)\)?|\s*\((\d+)\)|\.(\d+))?",
    re.IGNORECASE,
)
_ENGLISH_CHAPTER = re.compile(r"\bchap(?:ter|\.)\s*(\d+)", re.IGNORECASE)
_ANNEX = re.compile(rf"附件{SP}({NUMBER})?")
_MACHINE = re.compile(r"\b(?:ch|sec|art|par|item|sub|annex|pre|end)_\d+(?:-\d+)?(?:\.[a-z]+_\d+(?:-\d+)?)*")


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


def _candidates(text: str) -> list[tuple[int, int, list[Locator]]]:
    found = []
    for match in _MACHINE.finditer(text):
        try:
            found.append((*match.span(), [Locator.parse(match.group())]))
        except ValueError:
            continue
    for match in _RANGE.finditer(text):
        low, high = parse_numeral(match.group(1)), parse_numeral(match.group(2))
        if low and high and low < high <= low + 40:
            found.append((*match.span(), [Locator.of((Kind.ARTICLE, n)) for n in range(low, high + 1)]))
    for match in _CHINESE.finditer(text):
        locators = _chinese(match)
        if locators:
            found.append((*match.span(), locators))
    for match in _CHAPTER.finditer(text):
        chapter = parse_numeral(match.group(1) or match.group(3))
        section = parse_numeral(match.group(2)) if match.group(2) else None
        if chapter:
            locator = Locator.of((Kind.CHAPTER, chapter))
            found.append((*match.span(), [locator.child(Kind.SECTION, section) if section else locator]))
    for match in _ENGLISH.finditer(text):
        found.append((*match.span(), [_english(match)]))
    for match in _ENGLISH_CHAPTER.finditer(text):
        found.append((*match.span(), [Locator.of((Kind.CHAPTER, int(match.group(1))))]))
    for match in _ANNEX.finditer(text):
        found.append((*match.span(), [Locator.of((Kind.ANNEX, parse_numeral(match.group(1) or "1") or 1))]))
    return found


def _chinese(match: re.Match[str]) -> list[Locator]:
    article = parse_numeral(match.group("article"))
    if not article or not (match.group().startswith("第") or _clear_without_ordinal(match)):
        return []
    branch = parse_numeral(match.group("branch")) if match.group("branch") else None
    base = Locator.of(Step(Kind.ARTICLE, article, branch))
    paragraph = parse_numeral(match.group("paragraph")) if match.group("paragraph") else None
    if paragraph:
        base = base.child(Kind.PARAGRAPH, paragraph)
    numbers = [parse_numeral(next(g for g in m.groups() if g)) for m in re.finditer(_ITEM, match.group("items") or "")]
    items = [base.child(Kind.ITEM, n) for n in numbers if n] or [base]
    sub = parse_numeral(match.group("sub")) if match.group("sub") else None
    if sub:
        items[-1] = items[-1].child(Kind.SUBITEM, sub)
    return items


def _clear_without_ordinal(match: re.Match[str]) -> bool:
    """七条四项 and a leading 七条 are references; the 三条 in 这三条都要满足吗 is a count."""
    if match.group("items") or match.group("paragraph"):
        return True
    return not match.string[: match.start()].strip() and re.match(
        rf"{SP}(?:$|[是讲说写的？?]|规定|内容|怎么|什么|啥)", match.string[match.end() :]
    ) is not None


def _english(match: re.Match[str]) -> Locator:
    article, branch, paragraph, *items = match.groups()
    locator = Locator.of(Step(Kind.ARTICLE, int(article), int(branch) if branch else None))
    if paragraph:
        locator = locator.child(Kind.PARAGRAPH, int(paragraph))
    item = next((i for i in items if i), None)
    return locator.child(Kind.ITEM, int(item)) if item else locator
