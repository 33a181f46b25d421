"""Which references a quotation or a statement belongs to, by what stands between them."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.cite_check.documents import Documents
from assistant.cite_check.mentions import Mention
from assistant.cite_check.quotations import Quoted

_SENTENCE_BREAK = re.compile(r"[。！？!?\n]")
_SOURCE = r"(?:参?见|详见|引自|出自|载于|源自|依据|根据|即|是)"
_BEHIND = re.compile(rf"[，,。；;]?[ 　]{{0,2}}[（(【\[][ 　]{{0,2}}{_SOURCE}?[ 　]{{0,2}}|[，,]?{_SOURCE}[ 　]{{0,2}}")
_BETWEEN_REFERENCES = re.compile(r"(?:[\s、，,和及与以或者至到的之中]|《[^》]{1,60}》|本?办法){0,8}")
_BETWEEN_QUOTES = re.compile(
    r"[\s、，,；;和及与以或者并且还又同时其中]{0,8}(?:[^“”\n]{0,6}(?:规定|要求|明确)[^“”\n]{0,2})?"
)
SAYS = re.compile(
    r"[）)]?\s{0,2}(?:的)?(?:有关|相关|明文|明确|明确地|也|还|已|均|都|就|中|里|对此|又|同时|则|仅|只|所|进一步){0,3}"
    r"(?:规定|要求|指出|载明|写明|提出|列明|明确|表述|约定|写道|写的是|说的是|说|讲|是这样|原文)(?:了|为|是|的是|如下|道|到)?"
    r"\s{0,2}(?P<colon>[：:])?[，,]?\s{0,2}"
)
BASIS = re.compile(r"(?:根据|依据|依照|按照|按|依|遵照)[^，,。；;：:\n]{0,40}\Z")
AFTER_BASIS = re.compile(r"[）)]?\s{0,2}(?:的)?(?:有关|相关)?(?:规定|要求|精神|条款)?\s{0,2}[，,：:]\s{0,2}")


@dataclass(frozen=True, slots=True)
class Link:
    """The mentions that something is said to come from; `named`: only the regulation is named, no provision."""

    mentions: tuple[Mention, ...] = ()
    other: str = ""
    named: bool = False


def links_of_quotes(
    text: str, quoted: Sequence[Quoted], mentions: Sequence[Mention], documents: Documents
) -> list[Link]:
    """For each quotation in order what it is said to come from."""
    found: list[Link] = []
    for number, quote in enumerate(quoted):
        link = _behind(text, quote, mentions)
        if link is None:
            link = _before(text, number, quoted, mentions, documents, found)
        found.append(link)
    return found


def _behind(text: str, quote: Quoted, mentions: Sequence[Mention]) -> Link | None:
    """（第七条第（四）项） right behind the quotation."""
    first = bisect_left(mentions, quote.outer_end, key=lambda m: m.start)
    for mention in mentions[first : first + 1]:
        begin = min(mention.start, mention.named_from or mention.start)
        if 0 <= begin - quote.outer_end <= 8 and _BEHIND.fullmatch(text, quote.outer_end, begin):
            return Link(cluster(text, mention, mentions))
    return None


def _before(
    text: str,
    number: int,
    quoted: Sequence[Quoted],
    mentions: Sequence[Mention],
    documents: Documents,
    earlier: Sequence[Link],
) -> Link:
    quote = quoted[number]
    begin = _sentence_start(text, quote.outer_start)
    previous = quoted[number - 1] if number else None
    if previous and previous.outer_end > begin:
        begin = previous.outer_end
    low = bisect_left(mentions, begin, key=lambda m: m.start)
    high = bisect_left(mentions, quote.outer_start, key=lambda m: m.start)
    near = [m for m in mentions[low:high] if m.end <= quote.outer_start]
    if near:
        return Link(cluster(text, near[-1], mentions))
    if previous and _BETWEEN_QUOTES.fullmatch(text[previous.outer_end : quote.outer_start]):
        return earlier[number - 1]
    title = documents.last_before(quote.outer_start)
    if title and title.start >= begin:
        return Link(named=True) if title.mine else Link(other=title.name)
    own = re.search(
        rf"(?:本|该|上述)?{documents.own.kind}(?:的|中|里)?(?:明确)?(?:规定|要求|指出)", text[begin : quote.outer_start]
    )
    return Link(named=own is not None)


def _sentence_start(text: str, position: int) -> int:
    """The beginning of the sentence; a line that leads in with a colon counts to the line below it."""
    line = text.rfind("\n", 0, position)
    if line >= 0 and not text[line:position].strip() and text[:line].rstrip().endswith(("：", ":")):
        position = len(text[:line].rstrip()) - 1
    breaks = [m.end() for m in _SENTENCE_BREAK.finditer(text, max(0, position - 400), position)]
    return breaks[-1] if breaks else max(0, position - 400)


def cluster(text: str, mention: Mention, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """A mention with those it is listed with: 第七条、第八条和第九条."""
    index = bisect_left(mentions, mention.start, key=lambda m: m.start)
    first = last = index
    while first and _BETWEEN_REFERENCES.fullmatch(text[mentions[first - 1].end : mentions[first].start]):
        first -= 1
    while last + 1 < len(mentions) and _BETWEEN_REFERENCES.fullmatch(
        text[mentions[last].end : mentions[last + 1].start]
    ):
        last += 1
    return tuple(mentions[first : last + 1])


def clusters_of(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[Mention, ...]]:
    """All mentions, those that are listed together as one, in order."""
    position = 0
    while position < len(mentions):
        found = cluster(text, mentions[position], mentions)
        yield found
        position += max(1, len(found))
