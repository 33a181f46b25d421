"""The entries of a comparison, looked up by the provisions of the old text."""

from collections.abc import Iterable, Sequence

from assistant.errors import PackError
from assistant.law.locator import Locator
from assistant.law.types import Document
from assistant.versions.models import Entry


class Correspondence:
    """What became of each provision of the old text, itself and what stands below it."""

    def __init__(self, old: Document, new: Document, entries: Sequence[Entry]) -> None:
        self.old, self.new = old, new
        self._by_locator = {side.locator: entry for entry in entries for side in entry.old}

    def entries(self, locator: str) -> list[Entry]:
        """The entries of a provision and of all below it (of a chapter: of its articles), each once."""
        try:
            wanted = Locator.parse(locator)
        except ValueError as error:
            raise PackError(f"“{locator}”不是条款的定位", "应写成 art_7.item_4 的样子。") from error
        inside = [p for p in self.old.provisions if p.locator == wanted or wanted in p.path]
        found = (self._by_locator.get(str(p.locator)) for p in inside)
        return list({id(entry): entry for entry in found if entry}.values())

    def changed(self, locators: Iterable[str]) -> list[Entry]:
        """Those of the entries of several provisions that are not unchanged."""
        every = (entry for locator in locators for entry in self.entries(locator) if entry.kind != "unchanged")
        return list({id(entry): entry for entry in every}.values())

    def own(self, locator: str) -> Entry | None:
        """The entry of the provision itself; None if it has no words of its own."""
        return self._by_locator.get(locator)

    def new_locator(self, locator: str) -> str:
        """Where a provision stands now: the first of several; by its children if it has no words of its own; else
        ""."""
        entry = self.own(locator)
        if entry:
            return entry.new[0].locator if entry.new else ""
        steps = len(Locator.parse(locator).steps)
        below = [side for entry in self.entries(locator) for side in entry.new]
        return ".".join(below[0].locator.split(".")[:steps]) if below else ""


def label_of(document: Document, locator: str) -> str:
    """第七条第（四）项; "" for a provision that is not there."""
    provision = document.get(Locator.parse(locator)) if locator else None
    return provision.label if provision else ""
