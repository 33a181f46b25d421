"""Sentences and clauses with their places: the smallest pieces of law that an answer quotes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SENTENCE_END = re.compile(r"[。！？!?；;\n\x0b\x0c\u2028\u2029]+[”’」』）)]*")
_CLAUSE_END = re.compile(r"[，,：:]")
_BLANK = " \t\u3000\u00a0\u2002\u2003\u2009\u200b\ufeff\n"


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
    """The sentences of `text[start:end]`: cut after 。！？； and at line ends, without the blanks around them.

    A line that breaks off without such a mark ends its sentence too, unless the next line goes on with it; the
    parser has already kept hard-wrapped lines in one paragraph, so a line break without a stop is a wrap here.
    """
    position = start
    for found in _SENTENCE_END.finditer(text, start, end):
        marks = found.group()
        wrap = not any(m in "。！？!?；;" for m in marks)
        before = text[position : found.start()].rstrip(_BLANK)
        if wrap and before and before[-1] not in "：:" and text[found.end() : end].strip(_BLANK):
            continue
        span = _trimmed(text, position, found.end())
        if span:
            yield span
        position = found.end()
    rest = _trimmed(text, position, end)
    if rest:
        yield rest


def split_clauses(sentence: Span) -> Iterator[Span]:
    """The parts of a sentence between commas and colons; marks inside brackets do not count."""
    position, depth = 0, 0
    text = sentence.text
    for index, char in enumerate(text):
        if char in "（([【“":
            depth += 1
        elif char in "）)]】”":
            depth = max(0, depth - 1)
        elif depth == 0 and _CLAUSE_END.match(char):
            span = _trimmed(text, position, index)
            if span:
                yield Span(sentence.start + span.start, sentence.start + span.end, span.text)
            position = index + 1
    span = _trimmed(text, position, len(text), _BLANK + "。；;！？!?")
    if span:
        yield Span(sentence.start + span.start, sentence.start + span.end, span.text)
