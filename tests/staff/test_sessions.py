"""Sessions end by time, by leaving, with the account, and with its password; attempts are slowed down."""

import threading
from pathlib import Path

import pytest

from assistant.staff.accounts import Accounts, Role
from assistant.staff.database import StaffDatabase
from assistant.staff.sessions import Sessions
from assistant.staff.staff import Staff
from assistant.staff.throttle import ACCOUNT, CLIENT, Pace, Throttle

PASSWORD = "一串 很长的 correct horse"  # noqa: S105 - of no account
IDLE, LONGEST = 1800, 36_000


class Clock:
    """A time that passes when a test says so."""

    now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def timed(tmp_path: Path, clock: Clock) -> Staff:
    database = StaffDatabase(tmp_path / "staff.sqlite3")
    sessions = Sessions(database, idle=IDLE, longest=LONGEST, clock=clock)
    return Staff(database, Accounts(database), sessions, Throttle(database, clock))


def token_of(staff: Staff, name: str = "甲") -> str:
    session, wait = staff.sign_in(name, PASSWORD, "10.0.0.1")
    assert session
    assert wait == 0
    return session.token


def test_a_session_is_found_by_its_token_alone(timed: Staff) -> None:
    account = timed.accounts.add("甲", Role.STAFF, PASSWORD)
    first, second = token_of(timed), token_of(timed)
    assert first != second
    assert len(first) >= 43  # 256 bits
    found = timed.sessions.find(first)
    assert found
    assert found.account == account
    for wrong in ("", first[:-1], first + "x", first.lower(), "a" * 43, "a" * 100_000, "\ud800"):
        assert timed.sessions.find(wrong) is None


def test_a_session_ends_when_it_is_not_used_and_after_its_longest_time(timed: Staff, clock: Clock) -> None:
    timed.accounts.add("甲", Role.STAFF, PASSWORD)
    token = token_of(timed)
    clock.now += IDLE - 1
    assert timed.sessions.find(token)  # and with that it was used
    clock.now += IDLE - 1
    assert timed.sessions.find(token)
    clock.now += IDLE
    assert timed.sessions.find(token) is None
    token, end = token_of(timed), clock.now + LONGEST
    while clock.now + 600 < end:
        assert timed.sessions.find(token)
        clock.now += 600
    clock.now = end
    assert timed.sessions.find(token) is None


def test_leaving_disabling_and_another_password_end_sessions_at_once(timed: Staff) -> None:
    timed.accounts.add("甲", Role.STAFF, PASSWORD)
    timed.accounts.add("乙", Role.STAFF, PASSWORD)
    kept, left = token_of(timed, "乙"), token_of(timed)
    timed.sessions.end(left)
    assert timed.sessions.find(left) is None
    changed = token_of(timed)
    timed.accounts.set_password("甲", PASSWORD + "2")
    assert timed.sessions.find(changed) is None
    assert timed.sign_in("甲", PASSWORD, "c") == (None, 0)
    session, _ = timed.sign_in("甲", PASSWORD + "2", "c")
    assert session
    timed.accounts.disable("甲")
    assert timed.sessions.find(session.token) is None
    assert timed.sign_in("甲", PASSWORD + "2", "c") == (None, 0)
    timed.accounts.enable("甲")
    assert timed.sessions.find(session.token) is None
    assert timed.sessions.find(kept)


def test_the_word_of_a_form_belongs_to_its_session(timed: Staff) -> None:
    timed.accounts.add("甲", Role.STAFF, PASSWORD)
    one, other = (timed.sessions.find(token_of(timed)) for _ in range(2))
    assert one
    assert other
    assert one.is_mine(one.csrf)
    assert not one.is_mine(other.csrf)
    assert not one.is_mine("")
    assert one.token not in one.csrf


def test_failed_attempts_slow_an_account_down_whether_it_exists_or_not(timed: Staff, clock: Clock) -> None:
    timed.accounts.add("甲", Role.STAFF, PASSWORD)
    waits = {}
    for name in ("甲", "没有"):
        for _ in range(ACCOUNT.free):
            assert timed.sign_in(name, "wrong", name) == (None, 0)
        waits[name] = timed.sign_in(name, PASSWORD, "another client")
    assert waits["甲"] == waits["没有"] == (None, ACCOUNT.first)
    assert timed.sign_in("甲 ", PASSWORD, "x") == (None, ACCOUNT.first)  # however the name is typed
    clock.now += ACCOUNT.first
    assert timed.sign_in("甲", "wrong", "another client") == (None, 0)
    assert timed.sign_in("甲", PASSWORD, "another client") == (None, 2 * ACCOUNT.first)
    clock.now += 2 * ACCOUNT.first
    assert timed.sign_in("甲", PASSWORD, "another client")[0]
    assert timed.sign_in("甲", PASSWORD, "another client")[0]  # forgiven


def test_a_client_is_slowed_down_over_all_names(timed: Staff, clock: Clock) -> None:
    for number in range(CLIENT.free):
        assert timed.sign_in(f"名{number}", "wrong", "10.0.0.9") == (None, 0)
    assert timed.sign_in("别的", "wrong", "10.0.0.9") == (None, CLIENT.first)
    assert timed.sign_in("别的", "wrong", "10.0.0.8") == (None, 0)
    clock.now += 24 * 3600 + 1
    assert timed.sign_in("别的", "wrong", "10.0.0.9") == (None, 0)


def test_the_wait_doubles_up_to_its_limit() -> None:
    pace = Pace(free=2, first=5, longest=60)
    assert [pace.wait(count) for count in range(8)] == [0, 0, 5, 10, 20, 40, 60, 60]
    assert pace.wait(10**6) == 60


def test_many_attempts_at_once_do_not_slip_through(timed: Staff) -> None:
    passed: list[int] = []
    threads = [threading.Thread(target=lambda: passed.append(timed.throttle.attempt("甲", "c"))) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert passed.count(0) == ACCOUNT.free


def test_another_password_needs_the_old_one_and_is_slowed_down_too(timed: Staff) -> None:
    account = timed.accounts.add("甲", Role.STAFF, PASSWORD)
    assert timed.change_own_password(account, PASSWORD, PASSWORD + "2", "c") == (True, 0)
    for _ in range(ACCOUNT.free):
        assert timed.change_own_password(account, "wrong", PASSWORD + "3", "c") == (False, 0)
    assert timed.change_own_password(account, PASSWORD + "2", PASSWORD + "3", "c") == (False, ACCOUNT.first)
