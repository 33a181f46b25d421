"""What of the queue is shown, as it stands in an address."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from assistant.staff.queue import State, Wanted
from assistant.staff.reasons import Reason

# In every time zone these are days that a record may have.
_FIRST, _LAST = date(1970, 1, 2), date(9999, 12, 30)
_LONGEST = 100  # characters that are searched for
_STATES: dict[str, State] = {"open": "open", "done": "done", "all": "all"}


@dataclass(frozen=True, slots=True)
class Filters:
    """What was chosen, as it was written; what cannot be understood counts as not chosen."""

    state: str = "open"
    reason: str = ""
    status: str = ""
    since: str = ""
    until: str = ""
    words: str = ""

    def wanted(self) -> Wanted:
        reason = Reason(self.reason) if self.reason in set(Reason) else None
        since, until = day_of(self.since), day_of(self.until)
        return Wanted(
            _STATES.get(self.state, "open"),
            reason,
            self.status[:40],
            begins(since) if since else None,
            begins(until + timedelta(days=1)) if until else None,
            self.words,
        )

    def address(self, page: int = 1) -> str:
        """The query that says the same; "" for what is shown without one."""
        chosen = {name: getattr(self, name) for name in ("reason", "status", "since", "until", "words")}
        if self.state != "open":
            chosen = {"state": self.state, **chosen}
        if page > 1:
            chosen["page"] = str(page)
        query = urlencode({name: value for name, value in chosen.items() if value})
        return f"?{query}" if query else ""


def filters(
    state: str = "open", reason: str = "", status: str = "", since: str = "", until: str = "", words: str = ""
) -> Filters:
    """The filters out of a query, for the routes."""
    return Filters(state if state in _STATES else "open", reason, status, since, until, words.strip()[:_LONGEST])


def day_of(written: str) -> date | None:
    """The day that is written; None where none is, or one so far off that clocks cannot be set to it."""
    try:
        day = date.fromisoformat(written.strip()) if written.strip() else None
    except ValueError:
        return None
    return day if day and _FIRST <= day <= _LAST else None


def begins(day: date) -> datetime:
    """The beginning of a day in this machine's time zone."""
    return datetime.combine(day, time.min).astimezone()
