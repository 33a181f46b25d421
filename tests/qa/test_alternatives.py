"""What the law says of one grade is no answer about another."""

import pytest

from assistant.qa.alternatives import Alternatives
from assistant.qa.evidence import Evidence


@pytest.fixture(scope="module")
def alternatives(evidence: Evidence) -> Alternatives:
    return Alternatives(evidence)


def about_another(alternatives: Alternatives, question: str) -> set[str]:
    marks = zip(alternatives.evidence.units, alternatives.about_another(question), strict=True)
    return {unit.sentence.text[:14] for unit, other in marks if other}


def test_the_grades_that_the_text_divides_into_are_one_group(alternatives: Alternatives) -> None:
    assert alternatives.groups == (frozenset({"优秀", "良好", "合格", "不合格"}),)


def test_sentences_about_other_grades_are_about_another(alternatives: Alternatives) -> None:
    found = about_another(alternatives, "良好有什么待遇？")
    assert any(text.startswith("对于评估结果为优秀") for text in found)
    assert any(text.startswith("对于评估结果为不合格") for text in found)


def test_a_negated_grade_is_not_the_grade(alternatives: Alternatives) -> None:
    found = about_another(alternatives, "不合格会怎么样？")
    assert any(text.startswith("对于评估结果为合格") for text in found)
    assert not any(text.startswith("对于评估结果为不合格") for text in found)


def test_the_sentence_that_lists_the_grades_is_about_each(alternatives: Alternatives) -> None:
    assert not any(text.startswith("省创中心评估结果分为") for text in about_another(alternatives, "良好有什么待遇？"))


@pytest.mark.parametrize("question", ["整改期多长？", "优秀、良好、合格、不合格各怎么样？", ""])
def test_a_question_that_names_no_grade_or_all_rules_nothing_out(alternatives: Alternatives, question: str) -> None:
    assert not about_another(alternatives, question)
