"""Locators: `art_7.item_4` for machines, 第七条第（四）项 and Article 7(4) for people."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from assistant.law.numerals import format_numeral


class Kind(StrEnum):
    """The levels of a regulation. The value is the word used in a locator."""

    PREAMBLE = "pre"
    PART = "part"
    CHAPTER = "ch"
    SECTION = "sec"
    ARTICLE = "art"
    PARAGRAPH = "par"
    ITEM = "item"
    SUBITEM = "sub"
    ANNEX = "annex"
    CLOSING = "end"


_STEP = re.compile(r"(pre|part|ch|sec|art|par|item|sub|annex|end)_([1-9][0-9]*)(?:-([1-9][0-9]*))?\Z")


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """One level of a locator. `branch` is the 之一 of 第十条之一."""

    kind: Kind
    number: int
    branch: int | None = None

    def __str__(self) -> str:
        return f"{self.kind.value}_{self.number}" + (f"-{self.branch}" if self.branch else "")


@dataclass(frozen=True, order=True)
class Locator:
    """The address of a provision. Printed with `str`, read back with `Locator.parse`."""

    steps: tuple[Step, ...]

    @classmethod
    def parse(cls, text: str) -> "Locator":
        """Reads the machine form, e.g. `art_7.item_4` or `art_10-1`. Raises ValueError on anything else."""
        steps = []
        for part in text.strip().split("."):
            found = _STEP.match(part)
            if not found:
                raise ValueError(f"not a locator: {text!r} (expected e.g. art_7.item_4)")
            kind, number, branch = found.groups()
            steps.append(Step(Kind(kind), int(number), int(branch) if branch else None))
        return cls(tuple(steps))

    @classmethod
    def of(cls, *steps: tuple[Kind, int] | Step) -> "Locator":
        return cls(tuple(s if isinstance(s, Step) else Step(*s) for s in steps))

    def child(self, kind: Kind, number: int, branch: int | None = None) -> "Locator":
        return Locator((*self.steps, Step(kind, number, branch)))

    @property
    def kind(self) -> Kind:
        return self.steps[-1].kind

    def step(self, kind: Kind) -> Step | None:
        return next((s for s in self.steps if s.kind is kind), None)

    def number(self, kind: Kind) -> int | None:
        found = self.step(kind)
        return found.number if found else None

    @property
    def article(self) -> int | None:
        return self.number(Kind.ARTICLE)

    @property
    def branch(self) -> int | None:
        found = self.step(Kind.ARTICLE)
        return found.branch if found else None

    def within(self, other: "Locator") -> bool:
        """Whether this is `other` or lies below it by its address."""
        return self.steps[: len(other.steps)] == other.steps

    def __str__(self) -> str:
        return ".".join(str(s) for s in self.steps)

    @cached_property
    def label(self) -> str:
        """The Chinese name, e.g. 第七条第（四）项; 二、（一） in a text without articles."""
        outline = self.steps[0].kind in (Kind.SECTION, Kind.PARAGRAPH)
        return "".join(_chinese(step, outline) for step in self.steps)

    @cached_property
    def english(self) -> str:
        """The English name, e.g. Article 7(4)."""
        return _join_english(self.steps)


_PATTERNS: dict[Kind, str] = {
    Kind.PREAMBLE: "序言第{n}段",
    Kind.PART: "第{n}编{b}",
    Kind.CHAPTER: "第{n}章{b}",
    Kind.SECTION: "第{n}节{b}",
    Kind.ARTICLE: "第{n}条{b}",
    Kind.PARAGRAPH: "第{n}款{b}",
    Kind.ITEM: "第（{n}）项{b}",
    Kind.SUBITEM: "第{n}目{b}",
    Kind.ANNEX: "附件{d}{b}",
    Kind.CLOSING: "落款第{n}段",
}
# In a text without articles a part is called as it is numbered.
_OUTLINE_PATTERNS: dict[Kind, str] = {
    Kind.SECTION: "{n}、{b}",
    Kind.PARAGRAPH: "第{n}段",
    Kind.ITEM: "（{n}）{b}",
    Kind.SUBITEM: "{d}.{b}",
}


def _chinese(step: Step, outline: bool) -> str:
    pattern = (_OUTLINE_PATTERNS.get(step.kind) if outline else None) or _PATTERNS[step.kind]
    branch = f"之{_written(step.branch)}" if step.branch else ""
    return pattern.format(n=_written(step.number), d=step.number, b=branch)


def _written(number: int) -> str:
    return format_numeral(number) if number < 100_000_000 else str(number)


def _join_english(steps: tuple[Step, ...]) -> str:
    text = ""
    for step in steps:
        number = f"{step.number}" + (f"-{step.branch}" if step.branch else "")
        match step.kind:
            case Kind.ITEM | Kind.SUBITEM if text:
                text += f"({number})"
            case Kind.PARAGRAPH if text:
                text += f" para. {number}"
            case _:
                word = {
                    Kind.PART: "Part", Kind.CHAPTER: "Chapter", Kind.SECTION: "Section", Kind.ARTICLE: "Article",
                    Kind.ANNEX: "Annex", Kind.PREAMBLE: "Preamble para.", Kind.CLOSING: "Closing para.",
                    Kind.PARAGRAPH: "Paragraph", Kind.ITEM: "Item", Kind.SUBITEM: "Subitem",
                }[step.kind]  # fmt: skip
                text += (", " if text else "") + f"{word} {number}"
    return text
