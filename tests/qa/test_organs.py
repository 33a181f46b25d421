"""A claim about who does something is read as the question who does it."""

import pytest

from assistant.qa.need import Need
from assistant.qa.organs import claim_of, without_organs
from assistant.qa.parts import is_organ
from assistant.qa.question import QuestionReader


def test_an_organ_and_its_act_become_the_question_who_acts(reader: QuestionReader) -> None:
    part = without_organs(reader.part("省科技厅批复设立吗?"))
    assert part is not None
    assert part.need is Need.WHO
    assert not any(is_organ(t) for t in part.terms)
    assert "批复" in "".join(t.text for t in part.terms)


@pytest.mark.parametrize("question", ["整改期多长?", "省科技厅在哪里?", "批复设立吗?"])
def test_without_an_organ_or_an_act_there_is_no_claim(reader: QuestionReader, question: str) -> None:
    assert without_organs(reader.part(question)) is None


def test_a_claim_anywhere_in_the_question_is_found(reader: QuestionReader) -> None:
    question = reader.read("省创中心是省科技厅批复的吧?")
    claim = claim_of(question, question.parts[0])
    assert claim is not None
    assert claim.need is Need.WHO


def test_a_question_that_claims_nothing_has_no_claim(reader: QuestionReader) -> None:
    question = reader.read("整改期多长?")
    assert claim_of(question, question.parts[0]) is None
