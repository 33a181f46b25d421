"""Two wordings, word by word: what stayed, what went, what came, and which figures changed."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise, zip_longest

import rjieba

from assistant.law.values import find_values
from assistant.versions.models import FigureChange, Segment

# A number is one word with what belongs to it: 1,000.5, 八十; the rest is cut by the dictionary.
_NUMBER = re.compile(r"[0-9０-９]+(?:[,，.．][0-9０-９]+)*|[零〇一二两三四五六七八九十百千万亿]{2,}")
_RELATIVE_YEAR = re.compile("[上下本前后]一?年度?")
# Stretches of the same words that are shorter than this, between changes, are shown as part of the change.
_LEAST_SAME = 2


def words_of(text: str) -> list[str]:
    """The words of a text, whose concatenation is the text."""
    found: list[str] = []
    position = 0
    for number in _NUMBER.finditer(text):
        found += rjieba.cut(text[position : number.start()])
        found.append(number.group())
        position = number.end()
    return found + list(rjieba.cut(text[position:]))


def word_diff(old: str, new: str) -> list[Segment]:
    """The segments in reading order. Joined without the added ones they are `old`, without the removed ones `new`;
    with old and new exchanged they are the same with removed and added exchanged."""
    if old > new:  # the matcher is not the same from both sides
        return _in_order(_exchanged(segment) for segment in word_diff(new, old))
    olds, news = words_of(old), words_of(new)
    segments: list[Segment] = []
    for _, i1, i2, j1, j2 in _operations(olds, news):
        left, right = "".join(olds[i1:i2]), "".join(news[j1:j2])
        if left == right:
            segments.append(Segment(op="same", text=left))
        else:
            segments += [Segment(op="removed", text=left)] if left else []
            segments += [Segment(op="added", text=right)] if right else []
    return segments


def _operations(olds: Sequence[str], news: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """The matcher's operations, with changes joined over single words that stayed by chance."""
    joined: list[tuple[str, int, int, int, int]] = []
    for operation in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes():
        tag, i1, i2, j1, j2 = operation
        short = tag == "equal" and len("".join(olds[i1:i2])) < _LEAST_SAME and i1 > 0 and i2 < len(olds)
        if joined and joined[-1][0] != "equal" and (tag != "equal" or short):
            joined[-1] = ("replace", joined[-1][1], i2, joined[-1][3], j2)
        else:
            joined.append((tag, i1, i2, j1, j2))
    return joined


def _exchanged(segment: Segment) -> Segment:
    return segment.model_copy(update={"op": {"removed": "added", "added": "removed", "same": "same"}[segment.op]})


def _in_order(segments: Iterator[Segment]) -> list[Segment]:
    """What was removed before what was added in its place."""
    found = list(segments)
    for i, (one, other) in enumerate(pairwise(found)):
        if (one.op, other.op) == ("added", "removed"):
            found[i], found[i + 1] = other, one
    return found


def figure_changes(old: str, new: str) -> list[FigureChange]:
    """The figures (80人, 1000万元, 3年) that went and came, in pairs where one took another's place; not those that
    only stand elsewhere now."""
    olds, news = _figures(old), _figures(new)
    gone, come = Counter(olds) - Counter(news), Counter(news) - Counter(olds)
    changes: list[FigureChange] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        before, after = _counted(olds[i1:i2], gone), _counted(news[j1:j2], come)
        pairs = zip_longest(before, after, fillvalue="")
        changes += [FigureChange(old=one, new=other) for one, other in pairs]
    return changes


def _figures(text: str) -> list[str]:
    """The figures in order; 一年度 of 上一年度 is none."""
    bare = "".join(text.split())
    return [v.text for v in find_values(bare) if not _RELATIVE_YEAR.fullmatch(bare[max(v.start - 1, 0) : v.end])]


def _counted(figures: Sequence[str], wanted: Counter[str]) -> list[str]:
    """The figures that are still wanted, which are then no more."""
    found = []
    for figure in figures:
        if wanted[figure] > 0:
            wanted[figure] -= 1
            found.append(figure)
    return found
