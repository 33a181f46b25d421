"""Whether somebody may apply as a whole."""

from pathlib import Path

import pytest

from assistant.qa.eligibility import asks_eligibility, condition_list, own_circumstances
from assistant.qa.knowledge import PackKnowledge
from assistant.qa.question import QuestionReader
from qa.samples import FakeSearch, written_pack


@pytest.mark.parametrize(
    "text", ["我们公司能申报吗?", "我们能不能申报省创中心?", "我们有90人,能申报吗?", "我们够条件吗?", "Can we apply?"]
)
def test_a_question_for_eligibility_as_a_whole(reader: QuestionReader, text: str) -> None:
    assert asks_eligibility(text, reader.read(text))


@pytest.mark.parametrize(
    "text",
    ["申报条件有哪些?", "固定研发人员要多少人?", "只看人数,我们90人达到要求吗?", "整改期多长?", "只有企业能申报吗?"],
)
def test_a_question_for_one_thing_is_none_for_all(reader: QuestionReader, text: str) -> None:
    assert not asks_eligibility(text, reader.read(text))


def test_the_list_of_conditions_is_found(knowledge: PackKnowledge) -> None:
    found = condition_list(knowledge.evidence)
    assert found is not None
    assert str(found.locator) == "art_7"


def test_a_law_without_conditions_has_no_list(tmp_path: Path) -> None:
    pack = written_pack(tmp_path / "p", "示范办法\n第一条 市体育局管理体育馆。\n第二条 体育馆每周开放。\n")
    assert condition_list(PackKnowledge(pack, FakeSearch(pack)).evidence) is None


def test_a_circumstance_the_law_has_no_word_for_is_named(reader: QuestionReader) -> None:
    text = "去年受过行政处罚,我们还能申报吗?"
    assert any("处罚" in w for w in own_circumstances(reader.read(text), ()))
    assert own_circumstances(reader.read("我们是大连做轴承的企业,能申报吗?"), ()) == ()
