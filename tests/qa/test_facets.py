"""One question that asks the same of several things."""

import pytest

from assistant.qa.facets import facets

LAW = "固定研究与试验发展人员数不少于80人。优秀、良好、合格、不合格四个等级。"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("人数和经费分别是多少？", ["人数是多少？", "经费是多少？"]),
        ("评估的周期、内容和结果各是什么", ["评估的周期是什么", "评估的内容是什么", "评估的结果是什么"]),
        ("申报时，城市和省里分别做什么？", ["申报时，城市做什么？", "申报时，省里做什么？"]),
        ("把中心的名称和办法的日期一起说一下", ["中心的名称说一下", "办法的日期说一下"]),
        ("人手和经费两项硬指标各是多少？", ["人手是多少？", "经费是多少？"]),
        ("市局在推荐、变更里都管什么？", ["市局在推荐中管什么", "市局在变更中管什么"]),
        ("首台套、人才计划，能申请哪些政策？", ["首台套能申请哪些政策", "人才计划能申请哪些政策"]),
        ("我们想了解申报条件、支持政策", ["申报条件是什么", "支持政策是什么"]),
    ],
)
def test_each_thing_is_asked_for_by_itself(text: str, expected: list[str]) -> None:
    assert facets(text, LAW) == expected


@pytest.mark.parametrize(
    "text",
    [
        "人数和经费是多少？",  # asked of both together: nothing says that they are two questions
        "研究与试验发展各是什么？",  # one thing in the law's own words
        "各个部门怎么分工？",
        "考核几年一次、都看什么、垫底了会怎样？",  # three questions, and no list of things
        "我们想出地、出钱，上头什么态度？帮到什么数额？",
        "分别",
        "",
        "甲、乙、丙、丁、戊、己各是什么？",
    ],
)
def test_other_questions_are_left_whole(text: str) -> None:
    assert facets(text, LAW) == []
