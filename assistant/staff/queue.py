"""The queue: every record that somebody should look at, once, with its reasons.

It is made from the log and follows it; what it keeps are ids, times, statuses and reasons, no word of a record. So
nothing is lost with it: where it no longer fits the log or the settings, it is made anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    tuple_,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from assistant.records.head import Head
from assistant.records.models import Record
from assistant.records.store import BEGINNING, RecordStore, as_written
from assistant.staff.corrections import overruled_places
from assistant.staff.database import StaffDatabase
from assistant.staff.reasons import URGENCY, Reason, is_open, reasons_of
from assistant.staff.tables import followed, items, overruled, reasons

State = Literal["open", "done", "all"]
PAGE_ROWS = 25
_RULES = 2  # goes up when `reasons_of` or the tables change


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to show of the queue. `since` (inclusive) and `until` (exclusive) are aware times; `words` are those that
    `RecordStore.search` takes."""

    state: State = "open"
    reason: Reason | None = None
    status: str = ""
    since: datetime | None = None
    until: datetime | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One record in the queue."""

    record: str
    at: datetime
    kind: str
    status: str
    reasons: tuple[Reason, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """One page; pages count from 1. What is open comes with the most pressing first, all else with the newest."""

    items: tuple[Item, ...]
    total: int
    page: int
    pages: int


class Queue:
    """The queue over one store. Threads and processes may share it.

    Methods raise RecordsError or AccountsError if a file cannot be used.
    """

    def __init__(self, database: StaffDatabase, store: RecordStore, permille: int, review_permille: int = 1000) -> None:
        """The shares are those of `reasons_of`."""
        self._database, self._store = database, store
        self._shares = permille, review_permille
        self._made_with = f"{_RULES}:{permille}:{review_permille}"

    def follow(self) -> None:
        """Takes in what came into the log since."""
        while True:
            with self._database.reading() as connection:
                head = self._head(connection)
            if head is not None:
                news = self._store.following(head)
                if news is not None and news[1] == head:
                    return
            with self._database.writing() as connection:
                self._step(connection)

    def page(self, wanted: Wanted, page: int = 1) -> Listed:
        """One page of what is wanted; the last one there is if there are fewer."""
        chosen = self._where(wanted)
        with self._database.reading() as connection:
            total = connection.scalar(select(func.count()).select_from(items).where(*chosen)) or 0
            pages = max(1, -(-total // PAGE_ROWS))
            page = min(max(1, page), pages)
            rows = select(items).where(*chosen).order_by(_urgency(wanted), items.c.seq.desc())
            shown = connection.execute(rows.limit(PAGE_ROWS).offset((page - 1) * PAGE_ROWS)).mappings().all()
            why = _reasons(connection, [row["record"] for row in shown])
        listed = tuple(_item(row, why.get(row["record"], ())) for row in shown)
        return Listed(listed, total, page, pages)

    def item(self, record_id: str) -> Item | None:
        """What the queue has of a record, open, done or never queued; None if there is no such record."""
        with self._database.reading() as connection:
            row = connection.execute(select(items).where(items.c.record == record_id)).mappings().first()
            return _item(row, _reasons(connection, [record_id]).get(record_id, ())) if row else None

    def beside(self, record_id: str, wanted: Wanted) -> tuple[str, str]:
        """The records before and after one in the order of the pages; "" where there is none.

        The one itself need not be among what is wanted any more.
        """
        chosen = self._where(wanted)
        with self._database.reading() as connection:
            urgency, seq = _urgency(wanted), items.c.seq
            mine = connection.execute(select(urgency, seq).where(items.c.record == record_id)).first()
            if mine is None:
                return "", ""
            rows = select(items.c.record).where(*chosen)
            place, here = tuple_(urgency, -seq), tuple_(mine[0], -mine[1])
            before = connection.scalar(rows.where(place < here).order_by(urgency.desc(), seq).limit(1))
            after = connection.scalar(rows.where(place > here).order_by(urgency, seq.desc()).limit(1))
        return before or "", after or ""

    def open_by_reason(self) -> dict[Reason, int]:
        """How many open items each reason has."""
        with self._database.reading() as connection:
            found = select(reasons.c.reason, func.count().label("times")).join(
                items, items.c.record == reasons.c.record
            )
            per_reason = found.where(items.c.is_open == 1).group_by(reasons.c.reason)
            counts = {row["reason"]: row["times"] for row in connection.execute(per_reason).mappings()}
        return {reason: counts.get(reason.value, 0) for reason in Reason}

    # ---- following the log

    def _head(self, connection: Connection) -> Head | None:
        """How far the queue has come; None if it has to be made anew."""
        row = connection.execute(select(followed)).mappings().first()
        return Head(row["seq"], row["hash"]) if row and row["made_with"] == self._made_with else None

    def _step(self, connection: Connection) -> None:
        """Takes some more of the log in. Others may have done so since this was found to be needed."""
        head = self._head(connection)
        news = self._store.following(head) if head else None
        if news is None:
            for table in (items, reasons, overruled):
                connection.execute(delete(table))
            news = self._store.following(BEGINNING)
            assert news is not None  # noqa: S101 - every log has its beginning
        records, reached = news
        for record in records:
            self._take(connection, record)
        row = {"only": 1, "seq": reached.seq, "hash": reached.hash, "made_with": self._made_with}
        connection.execute(upsert(followed).values(**row).on_conflict_do_update(index_elements=["only"], set_=row))

    def _take(self, connection: Connection, record: Record) -> None:
        why = reasons_of(record, *self._shares)
        for table in (items, reasons, overruled):
            connection.execute(delete(table).where(table.c.record == record.id))
        row = {
            "record": record.id,
            "seq": record.seq,
            "at": as_written(record.at),
            "kind": record.kind,
            "status": "erased" if record.erased else record.status,
            "thumb": record.feedback[-1].thumb if record.feedback else "",
            "queued": int(bool(why)),
            "is_open": int(is_open(record, why)),
        }
        connection.execute(insert(items).values(**row))
        if why:
            connection.execute(insert(reasons), [{"record": record.id, "reason": one.value} for one in why])
        places = [{"record": record.id, "document": d, "locator": p} for d, p in sorted(overruled_places(record))]
        if places:
            connection.execute(insert(overruled), places)

    def _where(self, wanted: Wanted) -> list[ColumnElement[bool]]:
        conditions: list[ColumnElement[bool]] = []
        if wanted.state != "all":
            conditions += [items.c.queued == 1, items.c.is_open == int(wanted.state == "open")]
        if wanted.reason:
            has = (reasons.c.record == items.c.record) & (reasons.c.reason == wanted.reason.value)
            conditions.append(exists().where(has))
        if wanted.status:
            conditions.append(items.c.status == wanted.status)
        if wanted.since:
            conditions.append(items.c.at >= as_written(wanted.since))
        if wanted.until:
            conditions.append(items.c.at < as_written(wanted.until))
        if wanted.words:
            conditions.append(items.c.record.in_(self._store.search(wanted.words)))
        return conditions


def _urgency(wanted: Wanted) -> ColumnElement[int]:
    """The number of a row's most pressing reason. What is not waiting has none: there only the time counts."""
    if wanted.state != "open":
        return literal(0)
    ranks = case(*((reasons.c.reason == reason.value, rank) for reason, rank in URGENCY.items()))
    first = select(func.min(ranks)).where(reasons.c.record == items.c.record).scalar_subquery()
    return func.coalesce(first, max(URGENCY.values()) + 1)


def _reasons(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[Reason, ...]]:
    found: dict[str, set[str]] = {}
    for row in connection.execute(select(reasons).where(reasons.c.record.in_(ids))).mappings():
        found.setdefault(row["record"], set()).add(row["reason"])
    return {record: tuple(one for one in Reason if one.value in names) for record, names in found.items()}


def _item(row: RowMapping, why: tuple[Reason, ...]) -> Item:
    return Item(row["record"], datetime.fromisoformat(row["at"]), row["kind"], row["status"], why, bool(row["is_open"]))
