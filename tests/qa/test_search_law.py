"""The sentences that settle a question, or none, found by words alone."""

import pytest

from assistant.qa.knowledge import PackKnowledge
from assistant.qa.search_law import Found


def find(knowledge: PackKnowledge, question: str) -> Found:
    return knowledge.law.find(knowledge.reader.read(question).parts[0])


def places(found: Found) -> set[str]:
    return {str(u.provision.locator) for u in found.units} | {str(p.locator) for p in found.whole}


@pytest.mark.parametrize(
    ("question", "locators"),
    [
        ("整改期多长?", {"art_17"}),
        ("对资本金有什么要求?", {"art_7.item_6"}),
        ("固定研究与试验发展人员不少于多少人?", {"art_7.item_4"}),
        ("这个办法由谁负责解释?", {"art_25"}),
        ("申报条件有哪些?", {"art_7"}),
        ("支持措施有哪些?", {f"art_{n}" for n in range(18, 24)}),
    ],
)
def test_what_settles_a_question_is_found(knowledge: PackKnowledge, question: str, locators: set[str]) -> None:
    assert places(find(knowledge, question)) == locators


@pytest.mark.parametrize("question", ["联盟至少几家?", "整改期从哪天起算?", "评估结果为良好有什么待遇?"])
def test_what_the_law_speaks_of_and_does_not_give_is_unmet(knowledge: PackKnowledge, question: str) -> None:
    found = find(knowledge, question)
    assert not found.settled
    assert found.unmet
    assert not found.unknown


def test_a_word_the_law_does_not_have_is_named(knowledge: PackKnowledge) -> None:
    found = find(knowledge, "注册资本最低多少?")
    assert not found.settled
    assert [t.text for t in found.unknown] == ["注册资本"]


def test_joined_things_are_each_found(knowledge: PackKnowledge) -> None:
    quotes = "".join(u.sentence.text for u in find(knowledge, "研发人员和研发费用分别是多少?").units)
    assert "80人" in quotes
    assert "1000万元" in quotes
