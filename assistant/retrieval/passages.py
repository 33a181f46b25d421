"""A pack in, its passages out: provisions with what stands above them, never windows across provisions."""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.law.locator import Locator
from assistant.law.pack import Pack
from assistant.law.sentences import Span, split_sentences
from assistant.law.types import Document, Provision

# Part of the index's fingerprint: raise it when the same text gives other passages.
PASSAGE_SCHEME = "1"

# A provision with more words of its own than this is also found by its groups of sentences.
_LONG = 350
_GROUP = 160


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of one provision that a search can find.

    `text` is the document's canonical text at `[start, end)`, without the provision's number. `heading` is
    what stands above it: the headings and leads of the provisions around it, outermost first. `id` is the
    same in every build.
    """

    id: str
    document: str
    locator: Locator
    heading: str
    text: str
    start: int
    end: int

    @property
    def label(self) -> str:
        return self.locator.label

    @property
    def indexed_text(self) -> str:
        """What is embedded and what the lexical index reads."""
        return f"{self.heading} {self.text}".strip()


def make_passages(pack: Pack) -> tuple[Passage, ...]:
    """All passages of a pack in reading order.

    Every provision that has words of its own is one passage; a chapter is none, its heading stands in those
    below it. An article with items is a passage with its lead alone, and what follows its items is another
    passage of it. A very long one is there as a whole and by groups of its sentences.
    """
    return tuple(p for document in pack.documents for p in _of_document(document))


def whole_provision(document: Document, provision: Provision) -> Passage:
    """A provision with everything below it as one passage, for a question that names it."""
    heading = _above(document, provision)
    where = f"{document.id}:{provision.locator}:whole"
    return Passage(where, document.id, provision.locator, heading, provision.text, provision.start, provision.end)


def _of_document(document: Document) -> Iterator[Passage]:
    for provision in document.provisions:
        spans = list(_parts(document, provision))
        heading = _above(document, provision) if spans else ""
        for number, span in enumerate(spans, 1):
            suffix = f":{number}" if number > 1 else ""
            where = f"{document.id}:{provision.locator}{suffix}"
            yield Passage(where, document.id, provision.locator, heading, span.text, span.start, span.end)


def _parts(document: Document, provision: Provision) -> Iterator[Span]:
    for start, end in document.own_spans(provision):
        span = _trimmed(document.text, start, end)
        if not any(c.isalnum() for c in span.text) or "".join(span.text.split()) == provision.heading:
            continue
        yield span
        if len(span.text) > _LONG:
            yield from _sentence_groups(document.text, span)


def _sentence_groups(text: str, span: Span) -> Iterator[Span]:
    """Neighbouring sentences together, each group about `_GROUP` characters long."""
    start: int | None = None
    end = span.start
    for sentence in split_sentences(text, span.start, span.end):
        if start is not None and sentence.end - start > _GROUP:
            yield Span(start, end, text[start:end])
            start = None
        start = sentence.start if start is None else start
        end = sentence.end
    if start is not None and start > span.start:
        yield Span(start, end, text[start:end])


def _above(document: Document, provision: Provision) -> str:
    parts = []
    for locator in provision.path:
        outer = document.get(locator)
        if outer and outer.heading:
            parts.append(outer.heading)
        elif outer:
            lead = next((s for s in _own(document, outer) if s.text), None)
            parts.append(lead.text if lead else "")
    return " ".join(p for p in parts if p)


def _own(document: Document, provision: Provision) -> Iterator[Span]:
    """The first sentence of each stretch of a provision's own words."""
    for start, end in document.own_spans(provision):
        yield from split_sentences(document.text, start, end)


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end, text[start:end])
