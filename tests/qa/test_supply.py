"""Whether a sentence gives the kind of thing that is asked for, about the thing that it is asked of."""

import pytest

from assistant.qa.evidence import Evidence
from assistant.qa.question import QuestionReader
from assistant.qa.supply import anchor, supplies
from qa.samples import unit_with


@pytest.mark.parametrize(
    ("question", "sentence", "given"),
    [
        ("整改期多长?", "给予一年整改期", True),
        ("评估结果分几个等级?", "四个等级", True),
        ("固定研究与试验发展人员要多少人?", "不少于80人", True),
        ("年度研发费用总额多少?", "不低于1000万元", True),
        ("年度研发费用总额多少人?", "不低于1000万元", False),
        ("资本金多少?", "资本金满足基本需要", False),
        ("联盟至少几家?", "联盟型应立足省域", False),
        ("整改期几天?", "给予一年整改期", False),
        ("评估多久一次?", "每三年进行一次评估", True),
        ("谁负责解释?", "负责解释", True),
        ("评估结果为优秀有什么待遇?", "对于评估结果为优秀", True),
        ("什么是省创中心?", "省创中心属于省级科技创新平台基地", True),
        ("评估内容包括哪些?", "评估内容主要包括", True),
        ("资本金的起算日从哪天起算?", "资本金满足基本需要", False),
    ],
)
def test_a_sentence_supplies_what_is_asked_or_not(
    evidence: Evidence, reader: QuestionReader, question: str, sentence: str, given: bool
) -> None:
    part = reader.read(question).parts[0]
    assert supplies(unit_with(evidence, sentence), part, part.asks[0]) is given


def test_a_figure_belongs_to_the_term_beside_the_words_that_ask(reader: QuestionReader) -> None:
    part = reader.read("评估不合格的整改期多长?").parts[0]
    bound = anchor(part, part.asks[0])
    assert bound is not None
    assert bound.text == "整改期"


def test_without_a_term_there_is_nothing_a_figure_belongs_to(reader: QuestionReader) -> None:
    part = reader.part("多少人?")
    assert anchor(part, part.asks[0]) is None
