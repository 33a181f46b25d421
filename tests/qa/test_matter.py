"""How an open matter is called."""

import pytest

from assistant.qa.matter import in_one, with_its_object
from assistant.qa.need import Ask, Need
from assistant.qa.parts import Part
from assistant.qa.terms import Term


@pytest.mark.parametrize(
    ("words", "text", "phrase"),
    [
        (["评估", "标准"], "评估的打分标准是什么", "评估的打分标准"),
        (["变更名称", "审批"], "变更名称的审批要几个工作日", "变更名称的审批"),
        (["评估", "良好"], "评估有多少是良好的", ""),
        (["评估"], "评估的打分标准", ""),
        (["评估", "良好"], "良好", ""),
    ],
)
def test_a_short_phrase_of_the_question_is_kept_whole(words: list[str], text: str, phrase: str) -> None:
    assert in_one(words, text) == phrase


@pytest.mark.parametrize(("noun", "called"), [(False, "重新申报"), (True, "重新")])
def test_a_word_that_is_no_thing_is_called_with_what_follows(noun: bool, called: str) -> None:
    again = Term("重新", (), 0, 2, noun=noun, matter=True)
    part = Part("多久能重新申报", (Ask(Need.DURATION, 0, 0, ""),), (again, Term("申报", ("申报",), 2, 4)))
    assert with_its_object(again, part) == called
