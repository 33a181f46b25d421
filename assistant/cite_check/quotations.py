"""What a text puts in quotation marks, and the sentences that may carry the law's words without them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.cite_check.folding import loose
from assistant.cite_check.law_text import SEED, LawText

_PAIRS = {"“": "”", "「": "」", "『": "』", "〝": "〞"}
_CLOSING = {close: open_ for open_, close in _PAIRS.items()}
_LONGEST = 6000
_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]*")
_CLAUSE = re.compile(r"[^，,：:]+")
_FRAGMENT = 10  # characters; a shorter run of the law's words is everyday Chinese


@dataclass(frozen=True, slots=True)
class Quoted:
    """The words between marks: `[start, end)` without them, `[outer_start, outer_end)` with them."""

    start: int
    end: int
    outer_start: int
    outer_end: int


def find_quoted(text: str) -> list[Quoted]:
    """The outermost quotations, left to right; a mark without its partner opens nothing."""
    found = [*_paired(text), *_straight(text)]
    found.sort(key=lambda q: (q.outer_start, -q.outer_end))
    outermost: list[Quoted] = []
    for quoted in found:
        if not outermost or quoted.outer_start >= outermost[-1].outer_end:
            outermost.append(quoted)
    return _with_strays(text, outermost)


def _paired(text: str) -> Iterator[Quoted]:
    position = 0
    opening = re.compile("[" + "".join(_PAIRS) + "]")
    while (begin := opening.search(text, position)) is not None:
        end = _partner(text, begin.start())
        if end is None:
            position = begin.end()
            continue
        yield Quoted(begin.end(), end, begin.start(), end + 1)
        position = end + 1


def _partner(text: str, start: int) -> int | None:
    """Where the quotation that opens at `start` closes, nested ones passed over."""
    open_, close, depth = text[start], _PAIRS[text[start]], 0
    last = None
    if text.find(close, start, start + _LONGEST) < 0:
        return None
    for place in range(start, min(len(text), start + _LONGEST)):
        char = text[place]
        if char == open_:
            depth += 1
        elif char == close:
            depth, last = depth - 1, place
            if depth == 0:
                return place
        elif char == "\n" and last is not None and text[last + 1 : place].strip() == "":
            return last  # an inner mark was never closed
    line_end = text.find("\n", start)
    return last if last is not None and (line_end < 0 or last < line_end) else None


def _straight(text: str) -> Iterator[Quoted]:
    """Straight marks open and close in turn, within one paragraph."""
    for line in re.finditer(r"[^\n]+", text):
        places = [m.start() for m in re.finditer('["＂]', text[line.start() : line.end()])]
        for open_, close in zip(places[::2], places[1::2], strict=False):
            start, end = line.start() + open_, line.start() + close
            yield Quoted(start + 1, end, start, end + 1)


def _with_strays(text: str, found: Sequence[Quoted]) -> list[Quoted]:
    """A closing mark too many belongs to the quotation before it: an opening one inside was lost."""
    extended: list[Quoted] = []
    for number, quoted in enumerate(found):
        close = text[quoted.end : quoted.outer_end]
        following = found[number + 1].outer_start if number + 1 < len(found) else len(text)
        line_end = text.find("\n", quoted.outer_end)
        limit = min(following, len(text) if line_end < 0 else line_end)
        stray = text.rfind(close, quoted.outer_end, limit) if close in _CLOSING else -1
        extended.append(quoted if stray < 0 else Quoted(quoted.start, stray, quoted.outer_start, stray + 1))
    return extended


def find_runs(text: str, law: LawText, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches outside `taken` that follow the law's words closely, as `(start, end)`."""
    found: list[tuple[int, int]] = []
    for start, end in _free(text, taken):
        for sentence in _SENTENCE.finditer(text, start, end):
            span = _close_to_law(text, sentence.start(), sentence.end(), law)
            found += [span] if span else _by_clause(text, sentence.start(), sentence.end(), law)
    return found


def _free(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    position = 0
    for start, end in sorted(taken):
        if start > position:
            yield position, start
        position = max(position, end)
    if position < len(text):
        yield position, len(text)


def _by_clause(text: str, start: int, end: int, law: LawText) -> list[tuple[int, int]]:
    """The longest stretches of whole clauses that are close to the law."""
    clauses = [m.span() for m in _CLAUSE.finditer(text, start, end)]
    found: list[tuple[int, int]] = []
    first = 0
    while first < len(clauses):
        if not _seeded(text[clauses[first][0] : clauses[first][1]], law):
            first += 1
            continue
        for last in range(min(len(clauses), first + 8) - 1, first - 1, -1):
            span = _close_to_law(text, clauses[first][0], clauses[last][1], law)
            if span:
                found.append(span)
                first = last
                break
        first += 1
    return found


def _seeded(words: str, law: LawText) -> bool:
    folded = loose(words).text
    return any(folded[i : i + SEED] in law.common_runs for i in range(len(folded) - SEED + 1))


def _close_to_law(text: str, start: int, end: int, law: LawText) -> tuple[int, int] | None:
    """The part of a stretch that is nearly the law's, without blanks around it; None if it is not near enough."""
    words = text[start:end]
    folded = loose(words)
    if len(folded.text) < _FRAGMENT or not _seeded(words, law):
        return None
    near = law.near(words)
    if near is None or near.similarity < (0.86 if len(folded.text) >= 16 else 0.93):
        return None
    left, right = folded.span(0, len(folded.text))
    return start + left, start + right
