"""Figures in a question that the law contradicts."""

import pytest

from assistant.qa.evidence import Evidence
from assistant.qa.premise import contradicted_figure
from assistant.qa.question import QuestionReader
from qa.samples import unit_with


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("听说固定研发人员要100人?", "不少于80人", "100人"),
        ("固定研发人员要一百人,对吧?", "不少于80人", "一百人"),
        ("听说要80人?", "不少于80人", ""),
        ("听说要八十人?", "不少于80人", ""),
        ("我们有100人,够不够?", "不少于80人", ""),
        ("固定研发人员100人", "不少于80人", ""),
        ("听说研发费用要100人?", "不低于1000万元", ""),
        ("听说研发费用要5000万元?", "不低于1000万元", "5000万元"),
        ("听说研发费用要一千万元?", "不低于1000万元", ""),
        ("听说研发费用要0.1亿元?", "不低于1000万元", ""),
        ("听说研发费用要10000000元?", "不低于1000万元", ""),
        ("听说研发费用要1,000万元?", "不低于1000万元", ""),
    ],
)
def test_a_figure_is_contradicted_only_by_another_amount_of_its_kind(
    evidence: Evidence, reader: QuestionReader, question: str, sentence: str, said: str
) -> None:
    assert contradicted_figure(reader.part(question), unit_with(evidence, sentence)) == said
