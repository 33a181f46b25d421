"""Quantities are exact, have a dimension and a direction, and a changed one is never supported."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.law.numerals import format_numeral
from assistant.verify import Reason, verify
from assistant.verify.quantities import find_quantities


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("不少于80人", [("persons", 80, "up")]),
        ("1000万元", [("money", 10_000_000, "")]),
        ("0.1亿元", [("money", 10_000_000, "")]),
        ("三年以上七年以下", [("month", 36, "up"), ("month", 84, "down")]),
        ("十五日内", [("day", 15, "down")]),
        ("半年", [("month", 6, "")]),
        ("百分之三十", [("percent", 30, "")]),
        ("三分之二以上", [("percent", Fraction(200, 3), "up")]),
        ("三至五年", [("month", 36, ""), ("month", 60, "")]),
        ("每三年进行一次", [("month", 36, ""), ("times", 1, "")]),
        ("每年", [("month", 12, "")]),
        ("第一顺序", [("ordinal 顺序", 1, "")]),
        ("2024年3月5日", [("year of date", 2024, ""), ("month of date", 3, ""), ("day of date", 5, "")]),
        ("“2211”产业", [("", 2211, "")]),
        ("一倍以上五倍以下", [("times-as-much", 1, "up"), ("times-as-much", 5, "down")]),
        ("两个以上", [("count", 2, "up")]),
        ("一个单位十分重要，任一个人", []),
    ],
)
def test_quantities_are_read(text: str, expected: list[tuple[str, int | Fraction, str]]) -> None:
    assert [(q.dimension, q.value, q.bound) for q in find_quantities(text)] == expected


@given(st.integers(2, 9999), st.integers(2, 9999), st.booleans(), st.booleans())
def test_only_the_same_amount_is_supported(law: int, said: int, chinese: bool, wide: bool) -> None:
    quote = f"年度研发费用总额不低于{law}万元。"
    written = format_numeral(said) if chinese else str(said)
    if wide:
        written = written.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert verify(f"年度研发费用不低于{written}万元", [quote]).ok is (law == said)


@given(st.integers(2, 300), st.integers(2, 300))
def test_only_the_same_period_is_supported(law: int, said: int) -> None:
    support = verify(f"应当在{said}日内提交报告。", [f"应当在{format_numeral(law)}日内提交报告。"])
    assert support.ok is (law == said)
    assert law == said or support.reason is Reason.PERIOD


@given(st.integers(1, 5000))
def test_units_are_converted_exactly(number: int) -> None:
    assert verify(f"费用不低于{number}0000元", [f"年度费用不低于{number}万元。"]).ok
    assert not verify(f"费用不低于{number}0001元", [f"年度费用不低于{number}万元。"]).ok


@given(st.text() | st.text(st.sampled_from("第一二三十百万0123年月日人元个以上下内不少于超过分之每至,，。（）")))
def test_any_text_is_read_without_error(text: str) -> None:
    position = 0
    for quantity in find_quantities(text):
        assert position <= quantity.start < quantity.end <= len(text)
        position = quantity.start


def test_a_figure_of_another_case_is_not_this_ones() -> None:
    quote = "草地的承包期为三十年。林地的承包期为七十年。"
    assert verify("林地的承包期为70年", [quote]).ok
    assert verify("林地的承包期为30年", [quote]).reason is Reason.PERIOD
