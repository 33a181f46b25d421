"""How many people there are in all bounds how many of them are of one kind."""

import pytest

from assistant.interview.follow import Interview
from assistant.interview.headcount import headcount
from assistant.rules.quantity import Quantity

STAFF = "rd_staff_fixed"


@pytest.mark.parametrize("text", ["我们有75人，能报吗", "公司总共75人", "咱厂上下一共有75人呢"])
def test_people_in_all_are_an_upper_bound(interview: Interview, text: str) -> None:
    fact = headcount(text, interview.schema.fields)[STAFF]
    assert isinstance(fact.value, Quantity)
    assert (fact.value.low, str(fact.value.high)) == (None, "75")
    assert fact.caveats


@pytest.mark.parametrize(
    "text", ["我们招了75人", "兼职的有75人", "要不要75人", "我们有75家成员", "隔壁有75人", "能报吗"]
)
def test_people_of_some_kind_or_of_others_are_not_all_people(interview: Interview, text: str) -> None:
    assert headcount(text, interview.schema.fields) == {}
