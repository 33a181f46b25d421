"""What a turn supposes: so many more, so many fewer, or just so many."""

import pytest

from assistant.interview.change import Suppositions
from assistant.interview.follow import Interview
from assistant.rules.evaluate import actual_of
from assistant.rules.facts import Fact
from assistant.rules.quantity import read_quantity

STAFF, EXPENSE = "rd_staff_fixed", "rd_expense_annual"


@pytest.fixture(scope="module")
def suppositions(interview: Interview) -> Suppositions:
    return Suppositions(interview.schema, interview.script)


def facts() -> dict[str, Fact]:
    staff, expense = read_quantity("75人", "人"), read_quantity("900万元", "万元")
    return {STAFF: Fact(STAFF, staff, "75人"), EXPENSE: Fact(EXPENSE, expense, "900万元")}


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("再招5个人呢？", STAFF, "80"),
        ("要是再招三个呢", STAFF, "78"),
        ("如果走了10个人", STAFF, "65"),
        ("假如固定研发人员增加到90人", STAFF, "90"),
        ("要是研发费用加到1200万呢", EXPENSE, "1200"),
        ("研发费用再加200万呢", EXPENSE, "1100"),
        ("what if we hire 5 more people", STAFF, "80"),
    ],
)
def test_a_change_is_reckoned(suppositions: Suppositions, text: str, field: str, value: str) -> None:
    assert suppositions.supposes(text)
    changed = suppositions.figures(text, facts(), "")
    assert {name: actual_of(fact) for name, fact in changed.items()} == {field: value}


@pytest.mark.parametrize("text", ["固定研发人员85人", "我们去年招了5个人", "评估多久一次？"])
def test_what_is_said_of_now_is_no_supposition(suppositions: Suppositions, text: str) -> None:
    assert not suppositions.supposes(text)


def test_people_of_another_kind_are_not_added(suppositions: Suppositions) -> None:
    assert suppositions.figures("要是从高校双聘20个呢？", facts(), STAFF) == {}


def test_two_things_may_be_supposed_at_once(suppositions: Suppositions) -> None:
    changed = suppositions.figures("如果固定人员到85，费用到1100万呢", facts(), "")
    assert {name: actual_of(fact) for name, fact in changed.items()} == {STAFF: "85", EXPENSE: "1100"}


def test_more_of_what_is_unknown_is_unknown(suppositions: Suppositions) -> None:
    assert suppositions.figures("再招5个人呢？", {}, "") == {}
