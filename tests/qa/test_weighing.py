"""The words and the reader: where they agree, where one is alone, and what neither may do."""

import numpy as np
import pytest

from assistant.qa.evidence import Evidence
from assistant.qa.need import find_asks
from assistant.qa.parts import Part
from assistant.qa.search_law import Found
from assistant.qa.weighing import Weighing
from assistant.reader.sentences import Reading

STAFF = "固定研究与试验发展人员数不少于80人"


def place(evidence: Evidence, words: str) -> int:
    return next(u.order for u in evidence.units if words in u.sentence.span.text)


def reading(evidence: Evidence, margins: dict[str, float], expectation: float = 0.0) -> Reading:
    values = np.full(len(evidence.units), -9.0, dtype=np.float32)
    for words, margin in margins.items():
        values[place(evidence, words)] = margin
    return Reading(values, expectation)


def asked(text: str) -> Found:
    return Found(Part(text, tuple(find_asks(text)), ()))


@pytest.fixture(scope="module")
def weighing(evidence: Evidence) -> Weighing:
    return Weighing(evidence)


def quoted(found: Found) -> str:
    return "".join(u.sentence.span.text for u in found.units)


def test_a_sure_reader_answers_alone(weighing: Weighing, evidence: Evidence) -> None:
    found = weighing.weigh(asked("得凑够多少号人？"), reading(evidence, {STAFF: 6.0}))
    assert STAFF in quoted(found)


def test_an_unsure_reader_answers_nothing_and_shows_what_is_near(weighing: Weighing, evidence: Evidence) -> None:
    found = weighing.weigh(asked("得凑够多少号人？"), reading(evidence, {STAFF: -2.0}))
    assert not found.settled
    assert STAFF in found.near[0].sentence.span.text


def test_what_may_be_expected_answers_nothing_by_itself(weighing: Weighing, evidence: Evidence) -> None:
    assert not weighing.weigh(asked("得凑够多少号人？"), reading(evidence, {STAFF: -1.5}, 4.0)).settled
    assert weighing.weigh(asked("得凑够多少号人？"), reading(evidence, {STAFF: 1.0}, 4.0)).settled


def test_what_the_words_settle_stands_where_the_reader_is_unsure(weighing: Weighing, evidence: Evidence) -> None:
    settled = Found(asked("固定研究与试验发展人员多少人？").part, (evidence.units[place(evidence, STAFF)],))
    assert STAFF in quoted(weighing.weigh(settled, reading(evidence, {STAFF: -1.5})))


@pytest.mark.parametrize("question", ["最高给多少钱？", "哪天截止？", "电话是多少？"])
def test_a_figure_of_another_kind_answers_nothing(weighing: Weighing, evidence: Evidence, question: str) -> None:
    assert not weighing.weigh(asked(question), reading(evidence, {STAFF: 8.0}, 4.0)).settled


def test_another_grade_answers_nothing(weighing: Weighing, evidence: Evidence) -> None:
    sure = reading(evidence, {"对于评估结果为优秀": 6.0})
    assert weighing.weigh(asked("优秀会怎么样？"), sure).settled
    assert not weighing.weigh(asked("良好会怎么样？"), sure).settled


def test_a_lead_that_is_surest_stands_for_its_list(weighing: Weighing, evidence: Evidence) -> None:
    found = weighing.weigh(asked("要过哪些关？"), reading(evidence, {"遴选程序包括": 6.0}))
    assert [str(p.locator) for p in found.whole] == ["art_8"]
    assert not found.units


def test_words_that_have_left_the_text_are_not_answered_by_what_is_near(evidence: Evidence) -> None:
    weighing = Weighing(evidence, gone={"洋名"})
    assert not weighing.weigh(asked("洋名怎么起？"), reading(evidence, {"英文名称为": 8.0}, 4.0)).settled
