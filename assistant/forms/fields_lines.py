"""Labels with their values in lines: 标签：值, several in a line, ticked boxes behind a label."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.files.content import Line
from assistant.forms.fields_labels import Closeness, LabelIndex, LabelMatch
from assistant.forms.fields_values import read_value
from assistant.forms.label_words import split_label
from assistant.forms.words import folded, plain

_MAX_STARTS = 80
_MAX_LINE = 4000
_STYLES = (
    re.compile(r"\s*[0-9]{1,2}\s*[.、．)）](?![0-9])"),
    re.compile(r"\s*[（(][0-9一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"\s*[一二三四五六七八九十]{1,3}\s*[、.．]"),
    re.compile(r"\s*[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}(?![0-9])"),
    re.compile(r"\s*【[^】]{2,40}】\s*$"),
    re.compile(r"\s*[★▲■●◆※#*]+"),
)
_ENOUGH_HEADINGS = 2
_LONGEST_HEADING = 40
_ARROW = re.compile(r"[→⇒»]|[-=]>")
_START = re.compile(r"(?:^|[\s;,，；。|、])(?=\S)")


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and what follows it, at `[start, end)` of the text."""

    match: LabelMatch
    value: str
    start: int
    end: int


class Headings:
    """Which lines of a text are headings with answers under them: those that are marked as lines with labels are."""

    def __init__(self, lines: Sequence[Line], index: LabelIndex) -> None:
        self._index = index
        counted = Counter(
            style
            for line in lines
            if (style := _style(line.text)) is not None and (index.match(line.text) or self._guessed(line.text))
        )
        self._styles = {style for style, count in counted.items() if count >= _ENOUGH_HEADINGS}

    def marks(self, text: str) -> bool:
        """Whether a line is marked as the headings of this text are."""
        return _style(text) in self._styles

    def are(self, text: str) -> bool:
        """Whether a line is such a heading and nothing else; one that goes on behind a colon has its answer there."""
        return self.marks(text) and not re.search(r"[:：](?!\s*$)", text)

    def guess(self, text: str) -> LabelMatch | None:
        """The field that a heading means in words the form does not know."""
        return self._guessed(text) if self.are(text) else None

    def _guessed(self, text: str) -> LabelMatch | None:
        inner = re.sub(r"[【】]", "", text)
        short = len(inner) <= _LONGEST_HEADING and not re.search(r"[:：](?!\s*$)|。", inner)
        return (self._index.match(inner) or self._index.guess(inner)) if short else None


def _style(text: str) -> int | None:
    return next((number for number, style in enumerate(_STYLES) if style.match(text)), None)


def pairs_in(text: str, index: LabelIndex) -> Iterator[Pair]:
    """The labels in `text` with what stands behind each, up to the next label; a value may stand on the next line."""
    waiting: tuple[LabelMatch, int] | None = None
    offset = 0
    for line in text.split("\n"):
        heads = list(_heads(line[:_MAX_LINE], index))
        end = offset + len(line)
        if waiting is not None and line.strip():
            yield Pair(waiting[0], "" if heads else line.strip(), waiting[1], end if not heads else offset)
            waiting = None
        elif not heads and line.strip() and (match := index.match(line)) is not None:
            waiting = (match, offset)
        followers = [start for start, _, _ in heads[1:]] + [len(line)]
        for (start, begin, match), follower in zip(heads, followers, strict=False):
            value = line[begin:follower].strip().rstrip("；;，,、|")
            if not value and follower == len(line):
                waiting = (match, offset + start)
            elif plain(value) not in index.schema.own_words:
                yield Pair(match, value, offset + start, offset + follower)
        offset = end + 1
    if waiting is not None:
        yield Pair(waiting[0], "", waiting[1], len(text))


def _heads(line: str, index: LabelIndex) -> Iterator[tuple[int, int, LabelMatch]]:
    """Where labels begin, where their values begin, and which field they are of."""
    reached = 0
    width = folded(line)
    starts = {found.end() for found in _START.finditer(width)} | {
        found.start() for found in index.inside.finditer(width)
    }
    for start in sorted(starts)[:_MAX_STARTS]:
        if start < reached:
            continue
        head = _head(line, start, index)
        if head:
            yield start, *head
            reached = head[0]


def _head(line: str, start: int, index: LabelIndex) -> tuple[int, LabelMatch] | None:
    rest = line[start:]
    for label, value, begin in split_label(rest):
        gap = folded(rest[len(label) : begin])
        firm = gap[:1] in (":", "\t", "=") or bool(_ARROW.search(gap)) or rest[begin : begin + 1] in "☐☑☒□■"
        match = (index.match(label) or (index.guess(label) if firm else None)) if label.strip() else None
        if match is None:
            continue
        if firm and (start == 0 or line[start - 1] not in "，,、" or match.closeness is Closeness.SAME):
            return start + begin, match
        # Where only a blank stands between them, the words must be what the label asks for.
        if match.closeness is Closeness.SAME and start == 0 and (match.field.type.is_text or _fits(match, value)):
            return start + begin, match
        apart = len(gap) > 1 and start == 0 and match.closeness is Closeness.NEAR
        if (match.field.type.is_number or (apart and not match.field.type.is_text)) and _fits(match, value):
            return start + begin, match
    return None


def _fits(match: LabelMatch, value: str) -> bool:
    reading = read_value(match, re.split(r"[\s　;；。]{2,}|[;；。]", value.strip())[0]) if value.strip() else None
    return reading is not None and reading.value is not None
