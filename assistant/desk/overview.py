"""The desk's figures as a page, with charts that are drawn here as SVG."""

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from assistant.desk.item_view import STATUS
from assistant.desk.pages import Desk, session_of, write_page
from assistant.law.locator import Locator
from assistant.staff.figures import Figures, figures

_DAYS = 30
_ORDER = ("answered", "needs_facts", "not_covered", "out_of_scope")
_WIDTH, _HEIGHT, _LEFT, _RIGHT, _BOTTOM = 720, 200, 34, 14, 24


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a day's column, in the chart's units."""

    x: str
    y: str
    width: str
    height: str
    status: str
    words: str


def routes(desk: Desk) -> APIRouter:
    router = APIRouter(dependencies=[Depends(session_of)])

    @router.get("/overview")
    def overview(request: Request) -> Response:
        desk.queue.follow()
        found = figures(desk.staff.database, date.today(), _DAYS)
        thumbs = found.up + found.down
        most = max((count for _, _, count in found.places), default=1)
        content = {
            "found": found,
            "days": _DAYS,
            "thumbs": thumbs,
            "down_percent": _percent(found.down, thumbs),
            "bars": bars(found),
            "top": highest(found),
            "labels": [(x, f"{day:%m-%d}") for x, day in _day_labels(found)],
            "table": [(f"{day:%m-%d}", [counts.get(s, 0) for s in _ORDER]) for day, counts in found.by_day.items()],
            "order": [(status, STATUS[status]) for status in _ORDER],
            "places": [(_label(p), n, _share(n, most)) for _, p, n in found.places],
            "width": _WIDTH,
            "height": _HEIGHT,
            "base": _HEIGHT - _BOTTOM,
            "left": _LEFT,
        }
        return write_page(request, "overview.html", content, tab="/overview")

    return router


def highest(found: Figures) -> int:
    """The most answers of one day, at least 1."""
    return max((sum(counts.values()) for counts in found.by_day.values()), default=0) or 1


def bars(found: Figures) -> list[Bar]:
    """The columns of all days, each cut by status from below."""
    step = (_WIDTH - _LEFT - _RIGHT) / len(found.by_day)
    scale = (_HEIGHT - _BOTTOM - 10) / highest(found)
    drawn = []
    for number, (day, counts) in enumerate(found.by_day.items()):
        base = float(_HEIGHT - _BOTTOM)
        for status in _ORDER:
            count = counts.get(status, 0)
            if count:
                base -= count * scale
                drawn.append(
                    Bar(
                        f"{_LEFT + number * step + 2:.1f}", f"{base:.1f}", f"{step - 4:.1f}", f"{count * scale:.1f}",
                        status, f"{day:%m-%d} {STATUS[status]}：{count}",
                    )
                )  # fmt: skip
    return drawn


def _day_labels(found: Figures) -> list[tuple[str, date]]:
    step = (_WIDTH - _LEFT - _RIGHT) / len(found.by_day)
    days = list(found.by_day)
    return [(f"{_LEFT + (n + 0.5) * step:.1f}", days[n]) for n in range(len(days) - 1, -1, -7)]


def _percent(part: int, whole: int) -> str:
    return f"{part * 100 // whole}%" if whole else "—"


def _share(count: int, most: int) -> int:
    """Of 300 units of width."""
    return max(4, 300 * count // most)


def _label(locator: str) -> str:
    try:
        return Locator.parse(locator).label
    except ValueError:
        return locator
