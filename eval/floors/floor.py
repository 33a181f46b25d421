"""A floor under one figure: how it is set from what was measured, and whether a figure holds it.

The rule. What must always be so has no slack: quotes verbatim, statements carried by their citations, figures told that
stand somewhere, the same answer everywhere. The part that the tests ask (`ci`) is the same questions each time, so that
a lost case is a lost case: two of them are allowed. Everything else may move by as much as chance explains: the lower
end of Wilson's 95 % interval. For measures that are better low, all of it the other way round. A floor is written at or
under what was measured, never over it, and writing again never loosens one unless it is asked to.
"""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

import tomli_w
from pydantic import BaseModel, ConfigDict

from eval.rates import Rate

FILE = Path(__file__).parent / "floors.toml"
CI = "ci"
CI_CASES = 2
ALWAYS = frozenset({"verbatim", "supported", "numbers", "batch", "page", "cli"})
LOW_IS_BETTER = frozenset({"false_refusals", "wrong_answers", "got_through", "lost", "wrong_code", "failed"})
# Shares that are neither good nor bad by themselves, or that are the rest of others.
WITHOUT = frozenset({"abstained", "supported_by_rest", "out_of_scope", "unsure"})
# So few cases say nothing.
FEWEST = 10
_ROUND = 4
Place = tuple[str, str]
"""Where something was measured, and what."""


class Floor(BaseModel):
    """`floor` is a share, the highest allowed one for a measure that is better low. `hits` of `of` were measured."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    where: str
    measure: str
    hits: float
    of: int
    floor: float

    def holds(self, measured: Rate) -> bool:
        """Whether a figure is no worse. One over no cases at all is."""
        if measured.share is None:
            return False
        if low_is_better(self.measure):
            return measured.share <= self.floor
        return measured.share >= self.floor


def floor_of(place: Place, measured: Rate) -> Floor | None:
    """The floor that the rule sets; None where there is too little to set one by."""
    where, measure = place
    if measured.share is None or measured.interval is None or measured.of < FEWEST or measure in WITHOUT:
        return None
    low, high = measured.interval
    sign = -1 if low_is_better(measure) else 1
    if measure in ALWAYS:
        floor = measured.share
    elif where == CI:
        floor = (measured.hits - sign * CI_CASES) / measured.of
    else:
        floor = low if sign > 0 else high
    # Rounded so that it stays under what was measured.
    shift = -sign * 0.5 * 10**-_ROUND if floor not in (0.0, 1.0) else 0.0
    return Floor(
        where=where,
        measure=measure,
        hits=round(measured.hits, _ROUND),
        of=measured.of,
        floor=min(1.0, max(0.0, round(floor + shift, _ROUND))),
    )


def low_is_better(measure: str) -> bool:
    return measure in LOW_IS_BETTER or measure.startswith("false_alarm:")


def load_floors(path: Path = FILE) -> list[Floor]:
    if not path.is_file():
        return []
    return [Floor.model_validate(row) for row in tomllib.loads(path.read_text(encoding="utf-8"))["floor"]]


def written(
    floors: Iterable[Floor], measured: Mapping[Place, Rate], *, looser: bool = False
) -> tuple[list[Floor], list[Floor]]:
    """The floors with those of `measured` set anew; and those kept as they were because the new ones were looser."""
    kept = {(f.where, f.measure): f for f in floors}
    refused = []
    for place, rate in measured.items():
        new, old = floor_of(place, rate), kept.get(place)
        if new is None:
            continue
        if old is not None and not looser and _is_looser(new, old):
            refused.append(old)
        else:
            kept[place] = new
    return sorted(kept.values(), key=lambda f: (f.where != CI, f.where, f.measure)), refused


def _is_looser(new: Floor, old: Floor) -> bool:
    return new.floor > old.floor if low_is_better(new.measure) else new.floor < old.floor


def write_floors(floors: Iterable[Floor], path: Path = FILE) -> None:
    head = (
        "# Written by `python -m eval.floors --write`; eval/floors/floor.py has the rule. Not to be edited by hand.\n\n"
    )
    rows = [f.model_dump() for f in floors]
    path.write_text(head + tomli_w.dumps({"floor": rows}), encoding="utf-8")


def broken(floors: Iterable[Floor], measured: Mapping[Place, Rate]) -> list[tuple[Floor, Rate]]:
    """The floors that a figure falls below. Floors of what was not measured this time say nothing."""
    return [(f, measured[f.where, f.measure]) for f in floors if _fails(f, measured.get((f.where, f.measure)))]


def _fails(floor: Floor, measured: Rate | None) -> bool:
    return measured is not None and not floor.holds(measured)


def told(floor: Floor, measured: Rate) -> str:
    """One line for whoever broke it."""
    share = "no cases" if measured.share is None else f"{measured.share:.4f} ({measured.hits:.0f} of {measured.of})"
    bound = "at most" if low_is_better(floor.measure) else "at least"
    return f"{floor.where}, {floor.measure}: {share}, wanted {bound} {floor.floor:.4f}"
