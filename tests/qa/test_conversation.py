"""What a turn leaves out comes from the turn before."""

import pytest

from assistant.qa.conversation import carry_over, is_elliptic, neighbour_reference
from assistant.qa.question import QuestionReader


@pytest.mark.parametrize("text", ["那费用呢?", "如果换的是股东呢?", "多少钱?", "它多久一次?", "What about the staff?"])
def test_a_turn_that_leans_on_the_one_before(reader: QuestionReader, text: str) -> None:
    assert is_elliptic(text, reader.read(text))


@pytest.mark.parametrize("text", ["评估不合格会怎么样?", "对了,整改期多长?", "固定研究与试验发展人员要多少人?"])
def test_a_turn_that_stands_alone(reader: QuestionReader, text: str) -> None:
    assert not is_elliptic(text, reader.read(text))


@pytest.mark.parametrize(
    ("text", "before", "locator"),
    [
        ("下一条呢?", ["第十二条讲什么?"], "art_13"),
        ("上一条呢?", ["第十二条讲什么?"], "art_11"),
        ("下一项", ["第七条第三项"], "art_7.item_4"),
        ("下一条", ["第三条", "第九条"], "art_10"),
    ],
)
def test_the_neighbour_of_a_named_provision(text: str, before: list[str], locator: str) -> None:
    assert str(neighbour_reference(text, before)) == locator


@pytest.mark.parametrize(
    ("text", "before"), [("下一条", []), ("下一条", ["你好"]), ("下一项", ["第七条"]), ("整改期", ["第七条"])]
)
def test_no_neighbour_without_a_named_provision_of_its_kind(text: str, before: list[str]) -> None:
    assert neighbour_reference(text, before) is None


def test_a_question_without_a_topic_borrows_it(reader: QuestionReader) -> None:
    previous = reader.read("整改期多长?").parts[0]
    (reading,) = carry_over(reader.part("从哪天起算?"), previous).readings
    assert "整改期" in [t.text for t in reading.terms]
    assert reading.inherited


def test_a_topic_without_a_question_borrows_it(reader: QuestionReader) -> None:
    previous = reader.read("更换中心主任要办什么手续?").parts[0]
    readings = carry_over(reader.part("如果换的是股东呢?"), previous).readings
    assert all(r.need is previous.need for r in readings)
    assert all("股东" in "".join(t.text for t in r.terms) for r in readings)
