"""Number fidelity: which figures an answer tells, and where they may come from."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.law.numerals import format_numeral
from assistant.qa.models import Answer, Assessment
from eval.metrics.figures_told import figures_in, number_fidelity
from eval.rates import Rate
from tests.eval.toy import answer, citation

MONEY = citation("art_3", "奖金为每人五千元")


def told(text: str, **more: object) -> Answer:
    return answer("answered", MONEY, text=text).model_copy(update=more)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("不少于80人，不低于1,000万元[1]", [80, 10_000_000]),
        ("每三年一次，给予一年整改期", [3, 1]),
        ("第七条第（四）项：80人[12]", [80]),
        ("（第七条，共6项）：[1]", []),
        ("占百分之五十以上", [50]),
        ("两个以上单位", []),
        ("同一个问题，一般不变", []),
        ("人数８０人", [80]),
        ("请写明年份，例如“2025年3月”，好吗？", []),
        ("Article 7(4) says: 80人", [80]),
        ("办法没有附件1。", []),
    ],
)
def test_figures_are_found_by_value(text: str, values: list[int]) -> None:
    assert figures_in(text) == [Decimal(v) for v in values]


@settings(max_examples=50)
@given(st.integers(min_value=3, max_value=99_999_999))
def test_one_amount_is_one_value_however_it_is_written(number: int) -> None:
    written = (f"{number}元", f"{number:,}元", f"{format_numeral(number)}元")
    assert {tuple(figures_in(w)) for w in written} == {(Decimal(number),)}


def test_a_figure_stands_in_a_quote_or_in_the_persons_words() -> None:
    assert number_fidelity(told("每人5000元[1]"), ["？"]) == Rate(1, 1)
    assert number_fidelity(told("每人6000元[1]"), ["？"]) == Rate(0, 1)
    assert number_fidelity(told("您说的6000元不对，是5000元[1]"), ["是6000元吗？"]) == Rate(2, 2)
    assert number_fidelity(told("没有数字"), ["？"]) == Rate(0, 0)


def test_what_the_rules_reckon_is_a_finding() -> None:
    found = Assessment(
        rule="r", field="f", verdict="not_met", actual="75", required="80", unit="人", gap="5", message="还差5人"
    )
    assert number_fidelity(told("还差5人[1]", assessments=[found]), ["我们75人"]) == Rate(1, 1)
    assert number_fidelity(told("还差5人[1]"), ["我们75人"]) == Rate(0, 1)
