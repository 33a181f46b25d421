"""Which provision of one text is which of another, whatever their numbers.

Words decide: first equal ones, then similar ones, where those around them help. What is left over may be a part of a
provision that was split, or one of several that were merged. All of it is the same from either side.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.law.types import Document, Provision
from assistant.versions.units import Unit, likeness, share, units_of

# By the pieces they share, two provisions of one law that are not the same seldom come to more than 0.3.
_ALIKE = 0.5
_ALIKE_IN_PLACE = 0.25
_IN_PLACE = 0.25
_PARENT, _NEIGHBOUR, _NUMBER = 0.2, 0.1, 0.05
# How much of a part must stand in what it was split from, and must not be accounted for by the other parts.
_PART = 0.5
_LEAST_PIECES = 6


@dataclass(frozen=True)
class Group:
    """Provisions that are the same matter: one and one, one that was split, several that were merged, or one alone."""

    old: tuple[Unit, ...]
    new: tuple[Unit, ...]


def align(old: Document, new: Document) -> list[Group]:
    """Every provision with words of its own, of both texts, in exactly one group; in the order of the new text,
    what was removed where it stood."""
    pairing = Pairing(units_of(old), units_of(new))
    pairing.take_equal()
    for _ in range(3):
        if not pairing.take_alike():
            break
    groups = _with_parts(pairing)
    return sorted(groups, key=_reading_order(groups))


class Pairing:
    """Units of two texts, paired one by one."""

    def __init__(self, old: Sequence[Unit], new: Sequence[Unit]) -> None:
        self.old, self.new = tuple(old), tuple(new)
        self.to_new: dict[int, int] = {}
        self.to_old: dict[int, int] = {}
        self._votes: Counter[tuple[str, str]] = Counter()
        self._children = (_children(old), _children(new))

    def take_equal(self) -> None:
        """Pairs words that stand once in each text and are the same."""
        counts = (Counter(u.key for u in self.old), Counter(u.key for u in self.new))
        places = {u.key: u.place for u in self.new if counts[1][u.key] == 1}
        for unit in self.old:
            if counts[0][unit.key] == 1 and unit.key in places:
                self._pair(unit.place, places[unit.key])

    def take_alike(self) -> bool:
        """Pairs what is alike, the surest first; whether any was."""
        candidates = []
        for one in self._free(self.old, self.to_new):
            for other in self._free(self.new, self.to_old):
                like = likeness(one, other)
                around = self._around(one, other)
                if like >= _ALIKE or (like >= _ALIKE_IN_PLACE and around >= _IN_PLACE):
                    low, high = sorted((one.place, other.place))
                    candidates.append((-(like + around), high - low, low, high, one.place, other.place))
        found = False
        for *_, one_place, other_place in sorted(candidates):
            if one_place not in self.to_new and other_place not in self.to_old:
                self._pair(one_place, other_place)
                found = True
        return found

    def free_old(self) -> list[Unit]:
        return list(self._free(self.old, self.to_new))

    def free_new(self) -> list[Unit]:
        return list(self._free(self.new, self.to_old))

    def _free(self, units: Iterable[Unit], taken: dict[int, int]) -> Iterator[Unit]:
        return (unit for unit in units if unit.place not in taken)

    def _pair(self, one: int, other: int) -> None:
        self.to_new[one], self.to_old[other] = other, one
        self._votes[_name(self.old[one].parent), _name(self.new[other].parent)] += 1

    def _around(self, one: Unit, other: Unit) -> float:
        """What their places say for two units: those around them, before, behind, and their numbers."""
        names = _name(one.parent), _name(other.parent)
        most = max(self._children[0][names[0]], self._children[1][names[1]])
        bonus = _PARENT * self._votes[names] / most
        for step in (-1, 1):
            near, far = one.place + step, other.place + step
            ends = not 0 <= near < len(self.old) and not 0 <= far < len(self.new)
            bonus += _NEIGHBOUR * (ends or self.to_new.get(near) == far)
        return bonus + _NUMBER * (one.locator == other.locator)


def _children(units: Iterable[Unit]) -> Counter[str]:
    return Counter(_name(unit.parent) for unit in units)


def _name(parent: Provision | None) -> str:
    return str(parent.locator) if parent else ""


def _with_parts(pairing: Pairing) -> list[Group]:
    """The pairs, with what is left over joined to those it was split from or merged into."""
    pairs = [(pairing.old[i], pairing.new[j]) for i, j in pairing.to_new.items()]
    old_left, new_left = pairing.free_old(), pairing.free_new()
    wholes, used_old, used_new = _from_nothing(old_left, new_left)
    more_new = _attached(pairs, [u for u in new_left if u.place not in used_new], of_new=True)
    more_old = _attached(pairs, [u for u in old_left if u.place not in used_old], of_new=False)
    groups = list(wholes)
    for one, other in pairs:
        olds, news = more_old.pop((one.place, other.place), ()), more_new.pop((one.place, other.place), ())
        if olds and news:  # some of each: nothing can be told, so nothing is
            groups += [Group((u,), ()) for u in olds] + [Group((), (u,)) for u in news]
            olds = news = ()
        groups.append(Group(_ordered(one, *olds), _ordered(other, *news)))
    placed_old = {u.place for g in groups for u in g.old}
    placed_new = {u.place for g in groups for u in g.new}
    groups += [Group((u,), ()) for u in old_left if u.place not in placed_old]
    groups += [Group((), (u,)) for u in new_left if u.place not in placed_new]
    return groups


def _attached(
    pairs: Sequence[tuple[Unit, Unit]], left: Sequence[Unit], *, of_new: bool
) -> dict[tuple[int, int], tuple[Unit, ...]]:
    """Units that are left over, by the pair that they belong to: their words stand in its one side and are not
    accounted for by its other side."""
    found: dict[tuple[int, int], list[Unit]] = {}
    for unit in left:
        if unit.pieces.total() < _LEAST_PIECES:
            continue
        fits = []
        for one, other in pairs:
            whole, part = (one, other) if of_new else (other, one)
            fit = share(unit, whole.pieces - part.pieces)
            if fit >= _PART:
                fits.append((-fit, abs(unit.place - part.place), sorted((one.place, other.place)), one, other))
        if fits:
            *_, one, other = min(fits, key=lambda f: f[:3])
            found.setdefault((one.place, other.place), []).append(unit)
    return {pair: tuple(units) for pair, units in found.items()}


def _from_nothing(old: Sequence[Unit], new: Sequence[Unit]) -> tuple[list[Group], set[int], set[int]]:
    """Wholes that were paired with none of their parts: of each unit that is left the parts that lie in it."""
    splits = {one.place: [u for u in new if _lies_in(u, one)] for one in old}
    merges = {one.place: [u for u in old if _lies_in(u, one)] for one in new}
    times_new = Counter(u.place for parts in splits.values() for u in parts)
    times_old = Counter(u.place for parts in merges.values() for u in parts)
    groups: list[Group] = []
    for one in old:
        parts = splits[one.place]
        if len(parts) > 1 and all(times_new[u.place] == 1 and not merges[u.place] for u in parts):
            groups.append(Group((one,), _ordered(*parts)))
    for one in new:
        parts = merges[one.place]
        if len(parts) > 1 and all(times_old[u.place] == 1 and not splits[u.place] for u in parts):
            groups.append(Group(_ordered(*parts), (one,)))
    return groups, {u.place for g in groups for u in g.old}, {u.place for g in groups for u in g.new}


def _lies_in(part: Unit, whole: Unit) -> bool:
    big_enough = part.pieces.total() >= _LEAST_PIECES and part.pieces.total() < whole.pieces.total()
    return big_enough and share(part, whole.pieces) >= 1.2 * _PART


def _ordered(*units: Unit) -> tuple[Unit, ...]:
    return tuple(sorted(units, key=lambda u: u.place))


def _reading_order(groups: Sequence[Group]) -> Callable[[Group], tuple[int, int, int]]:
    """By the place in the new text; what has none stands behind what stood before it in the old one."""
    after = {u.place: g.new[0].place for g in groups if g.new for u in g.old}

    def key(group: Group) -> tuple[int, int, int]:
        if group.new:
            return group.new[0].place, 0, 0
        place = group.old[0].place
        before = next((after[p] for p in range(place, -1, -1) if p in after), -1)
        return before, 1, place

    return key
