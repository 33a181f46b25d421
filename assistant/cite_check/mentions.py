"""The references in a text, several at one place together, with the document each is to."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.cite_check.documents import Documents, Named
from assistant.law.locator import Kind, Locator, Step
from assistant.law.marks import NUMBER, SP
from assistant.law.numerals import parse_numeral
from assistant.law.references import find_references

_SEVERAL = re.compile(
    rf"第?{SP}(?P<all>{NUMBER}(?:{SP}(?:、|以?及|和|与|,|，){SP}第?{SP}{NUMBER}){{1,12}}){SP}条(?![件例款])"
)
_ITEM_RANGE = re.compile(
    rf"第{SP}(?P<article>{NUMBER}){SP}条{SP}的?第?{SP}[（(]?{SP}(?P<low>{NUMBER}){SP}[）)]?{SP}项?{SP}"
    rf"(?:至|到|[-~—－～]{{1,2}}){SP}第?{SP}[（(]?{SP}(?P<high>{NUMBER}){SP}[）)]?{SP}项"
)
_ITEMS = re.compile(
    rf"第{SP}(?P<article>{NUMBER}){SP}条{SP}的?第{SP}(?P<all>{NUMBER}(?:{SP}(?:、|和|及|与){SP}第?{SP}{NUMBER}){{1,12}}){SP}项"
)
_RELATIVE = re.compile(
    rf"(?:(?P<back>前|上一?)(?P<what>条|款|项)(?!件|例|目)|(?P<same>[本该同此])(?P<of>条|款|项)(?![件例目])"
    rf"(?:{SP}的?第{SP}[（(]?{SP}(?P<sub>{NUMBER}){SP}[）)]?{SP}(?P<subkind>项|款))?"
    rf"|(?<![条款])第{SP}[（(]?{SP}(?P<item>{NUMBER}){SP}[）)]?{SP}项)"
)
# 第三条意见 counts opinions, 第二条生产线 lines: no provision.
_COUNTS = re.compile(r"(?:的)?(?:意见|建议|问题|理由|诉求|反馈|措施|消息|短信|生产线|产线|线|要点|疑问|投诉|评论|款项)")
_ENGLISH_OTHER = re.compile(
    r"\s{0,3}of\s+the\s+(?!measures|draft|regulation\b|present)[A-Za-z ]{0,60}?"
    r"\b(?:law|act|code|contract|rules|regulations|agreement)\b",
    re.IGNORECASE,
)
_JOIN = re.compile(r"[\s、，,和及与以或者至到的《》之中]{0,6}")
_HEADING_BEHIND = re.compile(r"[ \u3000\t：:\n]")


@dataclass(frozen=True, slots=True)
class Mention:
    """One or several references at `[start, end)`.

    `standing`: mine, other or unclear, with the `title` it is of; `unknown`: what a 前款 refers to cannot be told;
    `heading`: stands at the beginning of a line as if the text itself were numbered so.
    """

    start: int
    end: int
    locators: tuple[Locator, ...]
    standing: str
    title: str = ""
    named_from: int = 0
    unknown: bool = False
    heading: bool = False


def find_mentions(text: str, documents: Documents) -> list[Mention]:
    """All mentions in a text in simplified characters, left to right."""
    found: list[Mention] = []
    for start, end, locators in _groups(text):
        if _COUNTS.match(text, end) and not text.startswith("的", end):
            continue
        mention = _placed(text, start, end, locators, documents, found)
        if mention is not None:
            found.append(mention)
    for mention in _relative(text, found):
        found.append(mention)
    return sorted(found, key=lambda m: m.start)


def outside(mentions: Sequence[Mention], spans: Sequence[tuple[int, int]]) -> list[Mention]:
    """The mentions that begin in none of the spans, which are in order and do not overlap."""
    starts = [start for start, _ in spans]

    def inside(mention: Mention) -> bool:
        index = bisect_right(starts, mention.start)
        return index > 0 and mention.start < spans[index - 1][1]

    return [m for m in mentions if not inside(m)]


def _groups(text: str) -> Iterator[tuple[int, int, tuple[Locator, ...]]]:
    """Spans with what they name; lists and ranges go before the single references inside them."""
    lists = sorted(_lists(text), key=lambda c: (c[0], -c[1]))
    taken: list[tuple[int, int, tuple[Locator, ...]]] = []
    for one in lists:
        if not taken or one[0] >= taken[-1][1]:
            taken.append(one)
    covered = [(s, e) for s, e, _ in taken]
    begins = [s for s, _ in covered]
    references = [r for r in find_references(text) if not _overlaps(r.start, r.end, covered, begins)]
    for (start, end), group in groupby(references, key=lambda r: (r.start, r.end)):
        taken.append((start, end, tuple(r.locator for r in group)))
    yield from sorted(taken)


def _overlaps(start: int, end: int, spans: Sequence[tuple[int, int]], begins: Sequence[int]) -> bool:
    index = bisect_right(begins, start)
    return (index > 0 and start < spans[index - 1][1]) or (index < len(begins) and begins[index] < end)


def _lists(text: str) -> Iterator[tuple[int, int, tuple[Locator, ...]]]:
    for match in _SEVERAL.finditer(text):
        if match.group().startswith("第") or "第" in match["all"]:
            numbers = _numbers(match["all"])
            yield match.start(), match.end(), tuple(Locator.of((Kind.ARTICLE, n)) for n in numbers)
    for match in _ITEM_RANGE.finditer(text):
        article, low, high = (parse_numeral(match[name]) or 0 for name in ("article", "low", "high"))
        if article and 0 < low < high <= low + 40:
            base = Locator.of((Kind.ARTICLE, article))
            yield match.start(), match.end(), tuple(base.child(Kind.ITEM, n) for n in range(low, high + 1))
    for match in _ITEMS.finditer(text):
        article = parse_numeral(match["article"]) or 0
        if article:
            base = Locator.of((Kind.ARTICLE, article))
            yield match.start(), match.end(), tuple(base.child(Kind.ITEM, n) for n in _numbers(match["all"]))


def _numbers(text: str) -> list[int]:
    return [n for found in re.finditer(NUMBER, text) if (n := parse_numeral(found.group()))]


def _placed(
    text: str, start: int, end: int, locators: tuple[Locator, ...], documents: Documents, before: list[Mention]
) -> Mention | None:
    """The mention with its document; None for what is no reference to a regulation at all."""
    named = documents.right_before(start)
    if (
        named is None
        and locators[0].kind in (Kind.ANNEX, Kind.CHAPTER, Kind.PART, Kind.SECTION)
        and not _machine(text, start)
    ):
        return None  # 第三章 and 附件1 are mostly the text's own
    english = _ENGLISH_OTHER.match(text, end)
    if english:
        return Mention(start, end, locators, "other", english.group().strip())
    if named is not None:
        standing = "mine" if named.mine else "other"
        return Mention(start, end, locators, standing, named.name, named_from=named.start or start)
    standing, title = _inherited(text, start, documents, before)
    heading = len(locators) == 1 and _opens_line(text, start) and _HEADING_BEHIND.match(text, end) is not None
    return Mention(start, end, locators, standing, title, named_from=start, heading=heading)


def _machine(text: str, start: int) -> bool:
    return text.startswith(("ch_", "sec_", "part_", "annex_"), start)


def _inherited(text: str, start: int, documents: Documents, before: list[Mention]) -> tuple[str, str]:
    """The document of a reference that names none: that of a list it goes on with, else the one last spoken of."""
    last = before[-1] if before else None
    if last and _JOIN.fullmatch(text[last.end : start]):
        return last.standing, last.title
    paragraph = text.rfind("\n", 0, start) + 1
    if last and last.standing != "mine" and last.start >= paragraph and documents.last_before(start) is None:
        return ("unclear", last.title)
    title: Named | None = documents.last_before(start)
    if title is not None and title.start >= paragraph and not title.mine:
        if last and last.standing == "mine" and last.start > title.end:
            return "mine", ""
        return "unclear", title.name
    if not documents.about_mine:
        return "unclear", documents.titles[0].name
    return "mine", ""


def _opens_line(text: str, start: int) -> bool:
    return not text[text.rfind("\n", 0, start) + 1 : start].strip()


def _relative(text: str, found: list[Mention]) -> list[Mention]:
    """该条, 前款, 第（四）项 without an article: by the last reference before it in the paragraph."""
    more: list[Mention] = []
    for match in _RELATIVE.finditer(text):
        start, end = match.span()
        if any(m.start < end and start < m.end for m in found):
            continue
        paragraph = text.rfind("\n", 0, start) + 1
        last = next((m for m in reversed(found) if paragraph <= m.start and m.end <= start), None)
        if last is None or last.locators[-1].article is None:
            continue
        locator = _resolved(match, last.locators[-1])
        locators = (locator,) if locator else ()
        more.append(Mention(start, end, locators, last.standing, last.title, start, unknown=locator is None))
    return more


def _resolved(match: re.Match[str], last: Locator) -> Locator | None:
    article = last.step(Kind.ARTICLE)
    if article is None:
        return None
    base = Locator((article,))
    if match["item"]:
        number = parse_numeral(match["item"])
        return base.child(Kind.ITEM, number) if number else None
    if match["same"]:
        return _same(match, last, base)
    if match["what"] == "条":
        return Locator.of((Kind.ARTICLE, article.number - 1)) if article.number > 1 and not article.branch else None
    kind = Kind.PARAGRAPH if match["what"] == "款" else Kind.ITEM
    number = last.number(kind)
    if not number or number < 2:
        return None
    steps = tuple(Step(kind, number - 1) if s.kind is kind else s for s in last.steps)
    return Locator(steps)


def _same(match: re.Match[str], last: Locator, base: Locator) -> Locator | None:
    if match["of"] != "条":
        kind = Kind.PARAGRAPH if match["of"] == "款" else Kind.ITEM
        return last if last.step(kind) else None
    number = parse_numeral(match["sub"]) if match["sub"] else None
    if number:
        return base.child(Kind.ITEM if match["subkind"] == "项" else Kind.PARAGRAPH, number)
    return base
