"""Sentences and clauses with their places: the smallest pieces of law that an answer quotes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.law.lines import BLANKS

_SENTENCE_END = re.compile(r"[。！？!?；;]+[”’」』）)]*|[\n\x0b\x0c\u2028\u2029]+")
_CLAUSE_MARKS = "，,：:"
_STOPS = "。！？!?；;"
_BLANK = BLANKS + "\n\x0b\x0c\u2028\u2029"


@dataclass(frozen=True, slots=True)
class Span:
    """`text` is the canonical text at `[start, end)`."""

    start: int
    end: int
    text: str


def _trimmed(text: str, start: int, end: int, drop: str = _BLANK) -> Span | None:
    while start < end and text[start] in drop:
        start += 1
    while end > start and text[end - 1] in drop:
        end -= 1
    return Span(start, end, text[start:end]) if end > start else None


def split_sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences of `text[start:end]`: cut after 。！？； without the blanks around them.

    The parser has kept hard-wrapped lines in one paragraph, so a line end without a stop is a wrap and the sentence
    goes on below it, unless it ends in a colon or an indented line follows.
    """
    position = start
    for found in _SENTENCE_END.finditer(text, start, end):
        if found.group()[0] not in _STOPS and _wraps(text, position, found.start(), found.end(), end):
            continue
        span = _trimmed(text, position, found.end())
        if span:
            yield span
        position = found.end()
    rest = _trimmed(text, position, end)
    if rest:
        yield rest


def _wraps(text: str, start: int, stop: int, below: int, end: int) -> bool:
    """Whether the line that ends at `stop` goes on in the line that begins at `below`."""
    while stop > start and text[stop - 1] in _BLANK:
        stop -= 1
    if stop == start or text[stop - 1] in "：:":
        return False
    return not (below + 2 <= end and text[below] in BLANKS and text[below + 1] in BLANKS)


def split_clauses(sentence: Span) -> Iterator[Span]:
    """The parts of a sentence between commas and colons; marks inside brackets do not count."""
    position, depth = 0, 0
    text = sentence.text
    for index, char in enumerate(text):
        if char in "（([【“":
            depth += 1
        elif char in "）)]】”":
            depth = max(0, depth - 1)
        elif depth == 0 and char in _CLAUSE_MARKS:
            span = _trimmed(text, position, index)
            if span:
                yield Span(sentence.start + span.start, sentence.start + span.end, span.text)
            position = index + 1
    span = _trimmed(text, position, len(text), _BLANK + _STOPS)
    if span:
        yield Span(sentence.start + span.start, sentence.start + span.end, span.text)
