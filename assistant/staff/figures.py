"""The desk's figures: what was answered, what people thought of it, and where it was corrected."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from assistant.staff.database import StaffDatabase
from assistant.staff.tables import items, overruled

_MOST_PLACES = 8


@dataclass(frozen=True, slots=True)
class Figures:
    """`by_day`: for each day, in this machine's time zone and without a gap, how many answers had which status.

    `thumbs`: how many records of these days have a thumb up and down, each counted by its last one. `places`: document
    and locator of what was corrected most often, over all time.
    """

    by_day: Mapping[date, Mapping[str, int]]
    answers: int
    prechecks: int
    up: int
    down: int
    open_items: int
    places: tuple[tuple[str, str, int], ...]


def figures(database: StaffDatabase, today: date, days: int = 30) -> Figures:
    """The figures of the last days up to `today`. Raises AccountsError if the file cannot be read."""
    first = today - timedelta(days=days - 1)
    day = func.date(items.c.at, "localtime")
    recent = day.between(first.isoformat(), today.isoformat())
    groups = (day, items.c.kind, items.c.status, items.c.thumb)
    times = func.count()
    places = select(overruled.c.document, overruled.c.locator, times.label("times"))
    places = places.group_by(overruled.c.document, overruled.c.locator).order_by(times.desc(), overruled.c.locator)
    with database.reading() as connection:
        grouped = select(day.label("day"), *groups[1:], times.label("times")).where(recent).group_by(*groups)
        rows = connection.execute(grouped).mappings().all()
        open_items = connection.scalar(select(func.count()).where(items.c.is_open == 1)) or 0
        ranked = connection.execute(places.limit(_MOST_PLACES)).mappings().all()
    by_day: dict[date, dict[str, int]] = {first + timedelta(days=n): {} for n in range(days)}
    thumbs = {"up": 0, "down": 0, "": 0}
    kinds = {"answer": 0, "precheck": 0}
    for row in rows:
        kinds[row["kind"]] += row["times"]
        thumbs[row["thumb"]] += row["times"]
        if row["kind"] == "answer":
            counts = by_day[date.fromisoformat(row["day"])]
            counts[row["status"]] = counts.get(row["status"], 0) + row["times"]
    return Figures(
        by_day, kinds["answer"], kinds["precheck"], thumbs["up"], thumbs["down"], open_items,
        tuple((row["document"], row["locator"], row["times"]) for row in ranked),
    )  # fmt: skip
