"""The queue holds what somebody should look at, once, until somebody has; and it follows the log whatever happens."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from desk_samples import answered, checked, store_in

from assistant.records.models import Decision, Record
from assistant.records.store import RecordStore
from assistant.staff.database import StaffDatabase
from assistant.staff.figures import figures
from assistant.staff.queue import PAGE_ROWS, Item, Queue, Wanted
from assistant.staff.reasons import Reason, reasons_of
from assistant.staff.staff import Staff

ALL = Wanted(state="all")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[RecordStore]:
    opened = store_in(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def queue(staff: Staff, store: RecordStore) -> Queue:
    return Queue(staff.database, store, permille=0)


def listed(queue: Queue, wanted: Wanted | None = None) -> list[str]:
    queue.follow()
    return [item.record for item in queue.page(wanted or Wanted()).items]


def asked(store: RecordStore, name: str, *rest: object, **changes: object) -> None:
    store.add_answer(["要多少人？"], answered(name, *rest, **changes), channel="page")  # type: ignore[arg-type]


def test_each_reason_puts_a_record_in_once_with_all_of_them(store: RecordStore, queue: Queue) -> None:
    asked(store, "fine")
    asked(store, "dropped", dropped=2)
    asked(store, "withheld", fallback="unsupported", dropped=1)
    asked(store, "timeout", fallback="timeout")
    asked(store, "open", "not_covered")
    asked(store, "down")
    store.add_feedback("down", thumb="down")
    asked(store, "changed-mind")
    store.add_feedback("changed-mind", thumb="down")
    store.add_feedback("changed-mind", thumb="up")
    review = store.add_precheck(checked("met", "review"), channel="page")
    store.add_precheck(checked("met", "not_met"), channel="page")
    store.add_feedback("open", thumb="down")
    assert listed(queue) == ["down", "open", "withheld", "dropped", review]
    found = {item.record: item.reasons for item in queue.page(Wanted()).items}
    assert found["open"] == (Reason.THUMB_DOWN, Reason.NOT_COVERED)
    assert found["withheld"] == (Reason.WITHHELD, Reason.DROPPED)
    assert found[review] == (Reason.REVIEW,)
    assert queue.open_by_reason() == {
        Reason.THUMB_DOWN: 2, Reason.WITHHELD: 1, Reason.DROPPED: 2, Reason.NOT_COVERED: 1, Reason.REVIEW: 1,
        Reason.SAMPLE: 0,
    }  # fmt: skip


def test_the_most_pressing_comes_first_and_of_what_is_done_the_newest(store: RecordStore, queue: Queue) -> None:
    review = store.add_precheck(checked("review"), channel="page")
    asked(store, "down")
    for name in ("open1", "open2"):
        asked(store, name, "not_covered")
    asked(store, "dropped", dropped=1)
    asked(store, "both", "not_covered", dropped=1)
    newest = store.add_precheck(checked("review"), channel="page")
    store.add_feedback("down", thumb="down")
    order = ["down", "both", "dropped", "open2", "open1", newest, review]
    assert listed(queue) == order
    for before, here, after in zip(["", *order], order, [*order[1:], ""], strict=False):
        assert queue.beside(here, Wanted()) == (before, after)
    by_time = [newest, "both", "dropped", "open2", "open1", "down", review]
    assert listed(queue, ALL) == by_time
    assert queue.beside("both", ALL) == (newest, "dropped")
    store.add_decision("both", Decision(verdict="confirmed", by="甲"))
    assert listed(queue) == [one for one in order if one != "both"]
    assert queue.beside("both", Wanted()) == ("down", "dropped")


def test_of_prechecks_to_be_judged_a_share_is_looked_at(store: RecordStore, staff: Staff) -> None:
    ids = [store.add_precheck(checked("review"), channel="page") for _ in range(60)]
    assert listed(Queue(staff.database, store, 0, 0)) == []
    some = Queue(staff.database, store, 0, 300)
    drawn = listed(some)
    assert 0 < len(drawn) < len(ids)
    assert listed(Queue(staff.database, store, 0, 300)) == drawn
    more = {item.record for page in (1, 2, 3) for item in _page(Queue(staff.database, store, 0, 600), page)}
    assert set(drawn) < more
    store.add_feedback(next(one for one in ids if one not in more), thumb="down")
    assert listed(some)[0] not in more


def _page(queue: Queue, page: int) -> tuple[Item, ...]:
    queue.follow()
    return queue.page(Wanted(), page).items


@pytest.mark.parametrize("verdict", ["confirmed", "overruled", "annotated"])
def test_a_decision_takes_it_out_and_a_later_thumb_down_brings_it_back(
    store: RecordStore, queue: Queue, verdict: str
) -> None:
    asked(store, "a", "not_covered")
    assert listed(queue) == ["a"]
    store.add_decision("a", Decision.model_validate({"verdict": verdict, "by": "甲"}))
    assert listed(queue) == []
    assert listed(queue, Wanted(state="done")) == ["a"]
    store.add_feedback("a", thumb="up")
    assert listed(queue) == []
    store.add_feedback("a", thumb="down")
    assert listed(queue) == ["a"]


def test_what_is_erased_leaves_the_queue(store: RecordStore, queue: Queue) -> None:
    asked(store, "a", "not_covered")
    assert listed(queue) == ["a"]
    store.erase("a", by="管", reason="本人要求")
    assert listed(queue) == []
    found = queue.item("a")
    assert found
    assert (found.status, found.reasons) == ("erased", ())


def test_filters_go_together_and_pages_hold_everything_once(store: RecordStore, queue: Queue) -> None:
    names = [f"n{number:03}" for number in range(PAGE_ROWS + 3)]
    for name in names:
        asked(store, name, "not_covered")
    asked(store, "dropped", dropped=1)
    queue.follow()
    first, second = (queue.page(Wanted(reason=Reason.NOT_COVERED), page) for page in (1, 2))
    assert (first.total, first.pages, len(first.items), len(second.items)) == (PAGE_ROWS + 3, 2, PAGE_ROWS, 3)
    assert [item.record for item in (*first.items, *second.items)] == names[::-1]
    assert queue.page(Wanted(), 99).page == 2
    assert queue.page(Wanted(), -5).page == 1
    assert listed(queue, Wanted(status="answered")) == ["dropped"]
    assert listed(queue, Wanted(status="answered", reason=Reason.NOT_COVERED)) == []
    now = datetime.now(UTC)
    assert listed(queue, Wanted(until=now - timedelta(hours=1))) == []
    assert len(listed(queue, Wanted(since=now - timedelta(hours=1)))) == PAGE_ROWS


def test_the_neighbours_are_those_of_the_pages_also_of_what_is_done(store: RecordStore, queue: Queue) -> None:
    for name in ("a", "b", "c"):
        asked(store, name, "not_covered")
    queue.follow()
    assert queue.beside("b", Wanted()) == ("c", "a")
    assert queue.beside("c", Wanted()) == ("", "b")
    store.add_decision("b", Decision(verdict="confirmed", by="甲"))
    queue.follow()
    assert queue.beside("b", Wanted()) == ("c", "a")
    assert queue.beside("c", Wanted()) == ("", "a")
    assert queue.beside("nobody", Wanted()) == ("", "")


def test_the_sample_follows_from_id_and_share_alone() -> None:
    now = datetime.now(UTC)
    records = [Record(id=f"{n:032x}", seq=n, kind="answer", at=now, hash="h", status="answered") for n in range(2000)]
    drawn = {
        permille: {record.id for record in records if reasons_of(record, permille) == [Reason.SAMPLE]}
        for permille in (0, 100, 300, 1000)
    }
    assert not drawn[0]
    assert drawn[100] < drawn[300] < drawn[1000]
    assert len(drawn[1000]) == 2000
    assert 150 <= len(drawn[100]) <= 250


def test_another_share_makes_the_queue_anew(staff: Staff, store: RecordStore, queue: Queue) -> None:
    asked(store, "a")
    assert listed(queue) == []
    assert listed(Queue(staff.database, store, 1000)) == ["a"]
    assert listed(queue) == []


def test_a_log_that_is_another_makes_the_queue_anew(staff: Staff, tmp_path: Path) -> None:
    one, other = store_in(tmp_path / "one"), store_in(tmp_path / "other")
    for number in range(3):
        asked(one, f"one{number}", "not_covered")
        asked(other, f"other{number}", "not_covered")
    asked(one, "one3", "not_covered")
    assert len(listed(Queue(staff.database, one, 0))) == 4
    assert listed(Queue(staff.database, other, 0)) == ["other2", "other1", "other0"]


def test_nothing_that_was_said_lies_in_the_staff_s_file(store: RecordStore, queue: Queue, tmp_path: Path) -> None:
    asked(store, "a", "not_covered", answer="独特的答复文字", question="独特的问题文字")
    store.add_feedback("a", thumb="down", comment="独特的意见文字")
    listed(queue)
    staff_file = b"".join(path.read_bytes() for path in tmp_path.glob("staff.sqlite3*"))
    assert "独特".encode() not in staff_file


def test_figures_count_days_thumbs_and_what_was_corrected(staff: Staff, tmp_path: Path) -> None:
    days = iter([datetime(2026, 3, n, 12).astimezone() for n in (1, 2, 2, 3, 4, 5, 6, 7)])
    store = store_in(tmp_path, lambda: next(days))
    asked(store, "old")
    asked(store, "b", "not_covered")
    asked(store, "c")
    store.add_precheck(checked("met"), channel="page")
    store.add_feedback("b", thumb="down")
    store.add_feedback("c", thumb="up")
    store.add_decision("c", Decision(verdict="overruled", by="甲", claim=1, document="law", locator="art_9"))
    store.add_decision("b", Decision(verdict="overruled", by="甲", document="law", locator="art_9"))
    Queue(staff.database, store, 0).follow()
    found = figures(staff.database, date(2026, 3, 4), days=3)
    assert dict(found.by_day) == {
        date(2026, 3, 2): {"not_covered": 1, "answered": 1}, date(2026, 3, 3): {}, date(2026, 3, 4): {},
    }  # fmt: skip
    assert (found.answers, found.prechecks, found.up, found.down, found.open_items) == (2, 1, 1, 1, 0)
    # The second statement rested on art_8; the abstention cited nothing, so what was right is named.
    assert set(found.places) == {("law", "art_8", 1), ("law", "art_9", 1)}


def test_a_queue_that_cannot_be_kept_is_said(store: RecordStore, tmp_path: Path) -> None:
    from assistant.errors import AccountsError

    blocked = tmp_path / "file"
    blocked.write_text("x")
    with pytest.raises(AccountsError, match="MIC_DATA_DIR"):
        Queue(StaffDatabase(blocked / "staff.sqlite3"), store, 0).follow()
