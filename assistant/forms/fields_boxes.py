"""Ticked boxes: ☑企业 ☐高校, 是☑ 否☐, [√]是 [ ]否, √."""

import re

from assistant.forms.words import folded

_TICKS = "☑☒■√✓✔●◉▣"
_OPEN = "☐□○◯◻▢"
MARKS = _TICKS + _OPEN
_DRAWN = re.compile(r"[\[(【〔]\s*([√✓✔xX×vV●■]?)\s*[\])】〕](?=\s*[一-龥A-Za-z])|[□☐]\s*([√✓✔])")
# （√）公司 （ ）联盟: wide brackets are boxes only where one of them is ticked; else they are a sentence's.
_WIDE = re.compile(r"（\s*([√✓✔●■]?)\s*）")
_WIDE_TICKED = re.compile(r"（\s*[√✓✔●■]\s*）")
_MARK = re.compile(f"[{MARKS}]\ufe0f?")


def ticked(text: str, lone: bool = False) -> str | None:
    """The words of the boxes that are ticked; the text itself where there are no boxes; None if none is ticked.

    `lone`: whether a tick that stands alone is an answer (√ for 是).
    """
    if _WIDE_TICKED.search(text):
        text = _WIDE.sub(lambda found: "☑" if found.group(1) else "☐", text)
    drawn = _DRAWN.sub(lambda found: "☑" if (found.group(1) or found.group(2)) else _box(found), text)
    marks = list(_MARK.finditer(drawn))
    if not marks:
        return text
    words = _MARK.sub("", drawn).strip(" _()（）[]")
    if not words:
        return ("是" if lone else "") if any(mark.group()[0] in _TICKS for mark in marks) else None
    if not any(mark.group()[0] in _OPEN for mark in marks) and len(marks) == 1 and not _short_label(drawn):
        return words
    chosen = _before(drawn, marks) if not drawn[: marks[0].start()].strip() else _after(drawn, marks)
    return "、".join(chosen) if chosen else None


def _box(found: re.Match[str]) -> str:
    """Empty brackets are an open box only where they hold nothing; （） of a sentence has words in it anyway."""
    return "☐" if folded(found.group()).strip("[]() ") == "" else found.group()


def _short_label(text: str) -> bool:
    return len(text) <= 30


def _before(text: str, marks: list[re.Match[str]]) -> list[str]:
    """☑企业 ☐高校: the words after each mark belong to it."""
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    pairs = zip(marks, ends, strict=True)
    # √是  否: where no box is open, what stands apart has no mark.
    at = None if _any_open(marks) else 0
    return _chosen([(mark, text[mark.end() : end]) for mark, end in pairs], at)


def _after(text: str, marks: list[re.Match[str]]) -> list[str]:
    """是☑ 否☐: the words before each mark belong to it."""
    begins = [0] + [mark.end() for mark in marks[:-1]]
    pairs = zip(marks, begins, strict=True)
    return _chosen([(mark, text[begin : mark.start()]) for mark, begin in pairs], None if _any_open(marks) else -1)


def _chosen(pairs: list[tuple[re.Match[str], str]], at: int | None) -> list[str]:
    """The words of ticked marks; of words that stand apart only those at `at`, or all where that is None."""
    chosen = []
    for mark, segment in pairs:
        words = re.sub(r"\s*([+＋])\s*", r"\1", segment).strip(" 　、,，;；/|\n\t")
        if mark.group()[0] in _TICKS and words:
            chosen.append(words if at is None else re.split(r"[\s　]+", words)[at])
    return chosen


def _any_open(marks: list[re.Match[str]]) -> bool:
    return any(mark.group()[0] in _OPEN for mark in marks)
