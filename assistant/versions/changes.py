"""What became of each group of an alignment: reworded, moved, renumbered, split, merged, added, removed, or nothing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.versions.alignment import Group
from assistant.versions.units import Unit


@dataclass(frozen=True)
class Placing:
    """Of a pair: `moved` if it stands under other provisions or in another order, `renumbered` if only its number
    changed."""

    moved: bool
    renumbered: bool


def placings(groups: Sequence[Group]) -> dict[int, Placing]:
    """The placing of every pair of one and one, by its position in `groups`."""
    kin = _Kinship(groups)
    pairs = {n: (g.old[0], g.new[0]) for n, g in enumerate(groups) if len(g.old) == len(g.new) == 1}
    fixed = _in_order(pairs)
    found = {}
    for n, (one, other) in pairs.items():
        moved = not kin.same_parent(one, other) or n not in fixed
        found[n] = Placing(moved, one.locator != other.locator and not moved)
    return found


class _Kinship:
    """Which provision around others became which, by itself or by most of what stands in it."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._became: dict[str, set[str]] = {}
        self._was: dict[str, set[str]] = {}
        self._votes: Counter[tuple[str, str]] = Counter()
        for group in groups:
            olds, news = {u.locator for u in group.old}, {u.locator for u in group.new}
            if olds and news:
                self._became |= dict.fromkeys(olds, news)
                self._was |= dict.fromkeys(news, olds)
            for one in group.old:
                for other in group.new:
                    self._votes[_parent(one), _parent(other)] += 1

    def same_parent(self, one: Unit, other: Unit) -> bool:
        above, beyond = _parent(one), _parent(other)
        if not above or not beyond:  # a text without chapters does not move what another one puts into some
            return above == beyond or _is_outer(above or beyond)
        if above in self._became or beyond in self._was:
            return beyond in self._became.get(above, set())
        mine = max(n for (a, _), n in self._votes.items() if a == above)
        theirs = max(n for (_, b), n in self._votes.items() if b == beyond)
        return self._votes[above, beyond] == mine == theirs


def _parent(unit: Unit) -> str:
    return str(unit.parent.locator) if unit.parent else ""


def _is_outer(locator: str) -> bool:
    return locator.split("_", 1)[0] in ("part", "ch", "sec")


def _in_order(pairs: dict[int, tuple[Unit, Unit]]) -> set[int]:
    """The pairs that kept their order among their siblings, in whichever way the fewest are taken to have moved."""
    families: dict[tuple[str, str], list[int]] = {}
    for n, (one, other) in pairs.items():
        families.setdefault((_parent(one), _parent(other)), []).append(n)
    fixed: set[int] = set()
    for family in families.values():
        family.sort(key=lambda n: pairs[n][0].place)
        fixed |= {family[i] for i in kept_in_order([pairs[n][1].place for n in family])}
    return fixed


def kept_in_order(places: Sequence[int]) -> set[int]:
    """The positions that every longest rising subsequence goes through.

    Of two that changed places neither is among them, so that it does not matter which text is the old one.
    """
    count = len(places)
    up, down = [1] * count, [1] * count
    for i in range(count):
        up[i] += max((up[j] for j in range(i) if places[j] < places[i]), default=0)
    for i in reversed(range(count)):
        down[i] += max((down[j] for j in range(i + 1, count) if places[j] > places[i]), default=0)
    longest = max(up, default=0)
    on_one = [i for i in range(count) if up[i] + down[i] - 1 == longest]
    times = Counter(up[i] for i in on_one)
    return {i for i in on_one if times[up[i]] == 1}
