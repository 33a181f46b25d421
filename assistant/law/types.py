"""The law as data: documents, their provisions, and what the parser found odd."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from assistant.law.locator import Kind, Locator


class Authority(StrEnum):
    """What a document may be used for: only a regulation settles anything."""

    REGULATION = "regulation"
    SUMMARY = "summary"


class LegalStatus(StrEnum):
    DRAFT_FOR_COMMENT = "draft_for_comment"
    IN_FORCE = "in_force"
    REPEALED = "repealed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Anomaly:
    """Something in a source that a reader should know of. The parser reports it and changes no character.

    `start` is a code-point offset into the canonical text; `message` is Chinese, for staff.
    """

    kind: str
    message: str
    start: int = 0


@dataclass(frozen=True, slots=True)
class Provision:
    """One 章/节/条/款/项/目 with its place in the canonical text.

    `text` is the canonical text at `[start, end)`, number and children included. `body_start` is where the words
    begin after the number. `heading` is a chapter's or section's title without inner spaces, else "".
    `path` holds the locators of the provisions around it, outermost first, itself not included.
    """

    locator: Locator
    start: int
    end: int
    body_start: int
    text: str
    heading: str = ""
    path: tuple[Locator, ...] = ()

    @property
    def kind(self) -> Kind:
        return self.locator.kind

    @property
    def label(self) -> str:
        return self.locator.label


@dataclass(frozen=True)
class Document:
    """One text of a pack. `text` is canonical: every offset counts its code points."""

    id: str
    title: str
    authority: Authority
    text: str
    provisions: tuple[Provision, ...]
    anomalies: tuple[Anomaly, ...] = field(default=())

    @cached_property
    def _by_locator(self) -> dict[Locator, Provision]:
        return {p.locator: p for p in self.provisions}

    @cached_property
    def _children(self) -> dict[Locator | None, tuple[Provision, ...]]:
        found: dict[Locator | None, list[Provision]] = {}
        for provision in self.provisions:
            found.setdefault(provision.path[-1] if provision.path else None, []).append(provision)
        return {parent: tuple(children) for parent, children in found.items()}

    def get(self, locator: Locator) -> Provision | None:
        """The provision at exactly this locator, or None."""
        return self._by_locator.get(locator)

    def children(self, locator: Locator | None) -> tuple[Provision, ...]:
        """The provisions directly below one, in order; those at the top for None."""
        return self._children.get(locator, ())

    def articles(self) -> Iterator[Provision]:
        return (p for p in self.provisions if p.kind is Kind.ARTICLE)

    def own_spans(self, provision: Provision) -> list[tuple[int, int]]:
        """The parts of a provision's words that belong to no provision below it, as `(start, end)`."""
        spans, position = [], provision.body_start
        for child in self.children(provision.locator):
            if child.start > position:
                spans.append((position, child.start))
            position = max(position, child.end)
        if provision.end > position:
            spans.append((position, provision.end))
        return spans

    def provision_at(self, start: int, end: int) -> Provision | None:
        """The innermost provision that holds `[start, end)`; None if it lies in none or crosses a border."""
        holding = [p for p in self.provisions if p.start <= start and end <= p.end]
        return min(holding, key=lambda p: p.end - p.start, default=None)
