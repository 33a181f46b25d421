"""Amounts as people write them, in whatever figures, units and vagueness."""

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.law.numerals import format_numeral
from assistant.rules.numbers import plain
from assistant.rules.quantity import find_quantities, read_quantity


def exact(text: str, unit: str) -> str | None:
    quantity = read_quantity(text, unit)
    assert quantity is None or (quantity.exact and not quantity.doubts and quantity.low is not None), quantity
    return plain(quantity.low) if quantity and quantity.low is not None else None


@pytest.mark.parametrize(("text", "expected"), [
    ("75", "75"), ("７５", "75"), ("八十", "80"), ("75人", "75"), ("80 名", "80"), ("八 十 人", "80"), ("8 0 人", "80"),
    ("共83人", "83"), ("壹佰零伍人", "105"), ("两千五", "2500"), ("1万2000人", "12000"), ("1,200人", "1200"),
    ("１，２００人", "1200"), ("2024年80人", "80"), ("截至2024年12月31日，80人", "80"), ("80人（85%为硕士）", "80"),
    ("80人，其中第1批", "80"), ("85人年度", "85"), ("固定研发人员数八十人", "80"), ("见附件3，80人", "80"),
    ("80.0人", "80"), ("人员—80人", "80"), ("不是80人，是75人", "75"), ("尚未达到80人，目前为77人", "77"),
    ("增加到85人", "85"),
])  # fmt: skip
def test_persons(text: str, expected: str) -> None:
    assert exact(text, "人") == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("1200", "1200"), ("1,200万", "1200"), ("0.12亿元", "1200"), ("12,000,000元", "1200"), ("1.3千万元", "1300"),
    ("一千二百万元", "1200"), ("壹仟贰佰万元整", "1200"), ("人民币1,200万元", "1200"), ("¥12,000,000.00", "1200"),
    ("12 000 000 元", "1200"), ("二点五亿", "25000"), ("1千2百万", "1200"), ("1亿2000万元", "12000"), ("1200w", "1200"),
    ("0.12亿元（1200万元）", "1200"), ("1200万元/年", "1200"), ("2024年度1030.5万元", "1030.5"), ("1580元", "0.158"),
    ("十万元", "10"), ("RMB 1200万元", "1200"), ("999.99万元", "999.99"),
    ("1200万人民币", "1200"), ("花了1200万吧", "1200"),
    ("2024.5万元", "2024.5"), ("1900.12", "1900.12"), ("2024.12.31：1200", "1200"), ("2000万元", "2000"),
])  # fmt: skip
def test_money(text: str, expected: str) -> None:
    assert exact(text, "万元") == expected


@pytest.mark.parametrize(("text", "low", "high"), [
    ("70-100人", "[70", "100]"), ("70～100", "[70", "100]"), ("七十至一百人", "[70", "100]"),
    ("50或60人", "[50", "60]"),
    ("不足80", "", "80)"), ("不到80人", "", "80)"), ("少于80人", "", "80)"), ("近80人", "", "80)"),
    ("没有80人", "", "80)"),
    ("80人以上", "[80", ""), ("80人（含）以上", "[80", ""), ("至少85人", "[85", ""), ("不少于80人", "[80", ""),
    ("80+", "[80", ""),
    ("超过80人", "(80", ""), ("80人以下", "", "80]"), ("不超过80人", "", "80]"), ("最多80人", "", "80]"),
    ("80余人", "(80", "90)"), ("一百二十余", "(120", "130)"), ("一百多人", "(100", "200)"), ("约90人", "[72", "108]"),
    ("90人左右", "[72", "108]"), ("七八十人", "[70", "80]"), ("十几人", "[11", "19]"), ("数百人", "[200", "999]"),
])  # fmt: skip
def test_what_is_not_exact(text: str, low: str, high: str) -> None:
    quantity = read_quantity(text, "人")
    assert quantity is not None
    assert quantity.raw == text
    assert low == ("" if quantity.low is None else ("(" if quantity.low_open else "[") + plain(quantity.low))
    assert high == ("" if quantity.high is None else plain(quantity.high) + (")" if quantity.high_open else "]"))


@pytest.mark.parametrize(("text", "low", "high"), [
    ("近千万", None, 1000), ("约1000万元以上", 800, None), ("大概花一千万", 800, 1200),
    ("1000多万", 1000, 2000), ("上千万元", 1000, None), ("过千万", 1000, None),
    ("千余万元", 1000, 2000), ("900万元-1.1亿元", 900, 11000), ("1000-1200万元", 1000, 1200),
    ("2023年1050万元，2024年980万元", 980, 1050),
])  # fmt: skip
def test_money_that_is_not_exact(text: str, low: int | None, high: int | None) -> None:
    quantity = read_quantity(text, "万元")
    assert quantity is not None
    assert (quantity.low, quantity.high, quantity.doubts) == (low, high, ())


@pytest.mark.parametrize("text", [
    "", "—", "无", "若干", "85%", "百分之八十", "2024年", "2024年12月", "第3名", "1.2.3", "1e5", "NaN", "ISO9001", "A4",
    "三年", "还差5人", "新增20人", "024-86881234", "三分之一", "80岁", "人", "Infinity", "1" * 30,
])  # fmt: skip
def test_no_amount_of_persons(text: str) -> None:
    assert read_quantity(text, "人") is None


@pytest.mark.parametrize("text", ["万元", "单位：千元", "百万元", "80人", "增长12%", "千万别忘"])
def test_no_amount_of_money(text: str) -> None:
    assert read_quantity(text, "万元") is None


@pytest.mark.parametrize(("text", "unit", "reason"), [
    ("-5", "人", "负"), ("负5人", "人", "负"), ("1,20人", "人", "千位"), ("100-70人", "人", "颠倒"),
    ("85人年", "人", "人年"),
    ("100万美元", "万元", "外币"), ("$100", "万元", "外币"), ("€1,000,000", "万元", "外币"),
    ("200万港币", "万元", "外币"),
    ("预计达到90人", "人", "计划"), ("300人，其中固定62人", "人", "不同的数值"), ("75/80", "人", "不同的数值"),
    ("120\n300", "人", "不同的数值"),
])  # fmt: skip
def test_doubts(text: str, unit: str, reason: str) -> None:
    quantity = read_quantity(text, unit)
    assert quantity is not None
    assert any(reason in doubt for doubt in quantity.doubts)


def test_a_bare_number_has_the_scale_of_its_label() -> None:
    bare = read_quantity("12,000,000", "万元", Decimal("0.0001"))
    named = read_quantity("1200万元", "万元", Decimal("0.0001"))
    assert bare is not None
    assert named is not None
    assert bare.low == named.low == 1200


def test_amounts_in_running_text_have_their_places() -> None:
    text = "职工总数300，其中固定研发人员62人；２０２４年研发费用１，０３０．５万元，千万别算兼职5"
    assert [text[a:b] for a, b, _ in find_quantities(text, "人")] == ["62人"]
    assert [text[a:b] for a, b, _ in find_quantities(text, "万元")] == ["１，０３０．５万元"]
    assert [text[a:b] for a, b, _ in find_quantities(text, "人", Decimal(1))] == ["300", "62人", "5"]


@given(st.integers(1, 99_999_999))
def test_however_a_whole_number_is_written_it_is_the_same(number: int) -> None:
    wide = str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    for text in (str(number), f"{number:,}", wide, format_numeral(number), f"{number}人", f" {number} 名"):
        if text not in ("十", "百", "千", "万"):
            assert exact(text, "人") == str(number), text


@given(st.decimals(min_value=Decimal("0.01"), max_value=10**8, places=2))
def test_however_an_amount_is_scaled_it_is_the_same(yuan: Decimal) -> None:
    wan, yi = yuan / 10_000, yuan / 100_000_000
    amounts = {
        exact(t, "万元") for t in (f"{yuan}元", f"{yuan:,}元", f"{wan:f}万元", f"{wan:f}万", f"{yi:f}亿元", f"{wan:f}")
    }
    assert amounts == {plain(wan)}


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_a_range_holds_both_ends(one: int, other: int) -> None:
    low, high = sorted((one, other))
    quantity = read_quantity(f"{low}-{high}人", "人")
    assert quantity is not None
    assert (quantity.low, quantity.high) == (low, high)


@given(st.text() | st.text(st.sampled_from("0123456789,.，- ~约不足到至以上人名万千百十亿元美$¥%年第（）点几多余")))
def test_any_text_is_read_or_not_but_never_breaks(text: str) -> None:
    for unit in ("人", "万元", "年", "件", "平方米"):
        quantity = read_quantity(text, unit)
        if quantity and quantity.low is not None and quantity.high is not None:
            assert quantity.low <= quantity.high
        last = 0
        for start, end, found in find_quantities(text, unit, Decimal(1)):
            assert last <= start < end <= len(text)
            assert found.raw in text
            last = end


@pytest.mark.parametrize(
    "piece", ["1", "1,000", "八", "约", "不", "1 ", "1万", "约 ", "1-", "80人", "2024年", "千", "(含)以上", "9.", "%"]
)
def test_long_texts_take_no_minutes(piece: str) -> None:
    begun = time.process_time()
    read_quantity(piece * (20_000 // len(piece)), "人")
    read_quantity(piece * (20_000 // len(piece)), "万元")
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(("number", "written"), [
    ("1000.000", "1000"), ("0.0100", "0.01"), ("1E+3", "1000"), ("-0", "0"), ("0.00", "0"), ("1E-7", "0.0000001"),
])  # fmt: skip
def test_plain_numbers_have_no_exponent_and_no_trailing_zeros(number: str, written: str) -> None:
    assert plain(Decimal(number)) == written
