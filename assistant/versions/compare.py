"""Two versions in, what they differ in out."""

from collections import Counter
from collections.abc import Sequence

from assistant.law.pack import Pack
from assistant.law.types import Document
from assistant.versions.alignment import Group, align
from assistant.versions.changes import Placing, placings
from assistant.versions.models import Entry, Kind, Side, VersionInfo
from assistant.versions.units import Unit
from assistant.versions.word_diff import figure_changes, word_diff

_OPENING = 6


def compare_texts(old: Document, new: Document) -> list[Entry]:
    """What became of every provision with words of its own, in the order of the new text."""
    groups = align(old, new)
    placed = placings(groups)
    return [_entry(group, placed.get(n)) for n, group in enumerate(groups)]


def counts_of(entries: Sequence[Entry]) -> dict[Kind, int]:
    return dict(Counter(entry.kind for entry in entries))


def version_info(pack: Pack) -> VersionInfo:
    about = pack.about
    return VersionInfo(
        pack=pack.id,
        version=pack.version,
        title=about.title,
        status=about.status.value,
        effective=about.effective,
        sha256=pack.sha256,
    )


def _entry(group: Group, placing: Placing | None) -> Entry:
    before, after = _joined(group.old, group.new), _joined(group.new, group.old)
    reworded = "".join(before.split()) != "".join(after.split())
    both = bool(group.old and group.new)
    return Entry(
        kind=_kind(group, placing, reworded=reworded),
        reworded=both and reworded,
        moved=bool(placing and placing.moved),
        renumbered=bool(placing and placing.renumbered),
        old=[_side(u) for u in group.old],
        new=[_side(u) for u in group.new],
        segments=word_diff(before, after) if reworded else [],
        figures=figure_changes(before, after) if both and reworded else [],
    )


def _joined(parts: Sequence[Unit], whole: Sequence[Unit]) -> str:
    """The words of one side, in the order in which they lie in the other."""
    if len(parts) < 2:
        return "".join(unit.text for unit in parts)
    found = {unit.place: whole[0].key.find(unit.key[:_OPENING]) for unit in parts}
    return "".join(unit.text for unit in sorted(parts, key=lambda unit: (found[unit.place], unit.place)))


def _kind(group: Group, placing: Placing | None, *, reworded: bool) -> Kind:
    if not group.old:
        return "added"
    if not group.new:
        return "removed"
    if placing is None:
        return "split" if len(group.old) == 1 else "merged"
    if reworded:
        return "reworded"
    return "moved" if placing.moved else "renumbered" if placing.renumbered else "unchanged"


def _side(unit: Unit) -> Side:
    provision = unit.provision
    return Side(locator=unit.locator, label=provision.label, text=unit.text, start=provision.start, end=provision.end)
