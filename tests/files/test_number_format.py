"""What a spreadsheet cell shows, with every stored digit and no noise."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.files.number_format import exact_number, format_code, plain, shown


@pytest.mark.parametrize(
    ("stored", "code", "text"),
    [
        ("1030.5", "General", "1030.5"),
        ("0.28999999999999998", "0.00", "0.29"),
        ("1030.4999999999999", "General", "1030.5"),
        ("1E+3", "General", "1000"),
        ("0.125", "0.0%", "12.5%"),
        ("83", '0"人"', "83人"),
        ("1030.5", '#,##0.00"万元"', "1030.5万元"),
        ("12345678", '0!.0000,"万"', "1.2345678万"),
        ("12340000", '0!.0,"万"', "1234万"),
        ("12000000", r"0\.0,\万\元", "1200万元"),
        ("20000000", '[>=10000]0!.0,"万";0', "2000万"),
        ("500", '[>=10000]0!.0,"万";0', "500"),
        ("12000000", '0,"千元"', "12000千元"),
        ("1200", '_ "￥"* #,##0.00_ ;_ "￥"* -#,##0.00_ ', "￥1200"),
        ("1200", "[$$-409]#,##0.00", "$1200"),
        ("-5", "#,##0_);(#,##0)", "-5"),
        ("0", '0;-0;"无"', "0"),
        ("80", "[Red]0", "80"),
        ("45413", "yyyy/m/d", "2024-05-01"),
        ("45413.5", 'yyyy"年"m"月"d"日" h:mm', "2024-05-01 12:00"),
        ("0.5", "h:mm", "12:00"),
        ("59", "yyyy-mm-dd", "1900-02-28"),
    ],
)
def test_shown(stored: str, code: str, text: str) -> None:
    value = exact_number(stored)
    assert value is not None
    assert shown(value, code)[0] == text


def test_dates_of_old_macintosh_files() -> None:
    assert shown(Decimal(0), "yyyy-mm-dd", from_1904=True)[0] == "1904-01-01"


def test_a_rounded_display_is_told_and_not_taken() -> None:
    text, note = shown(Decimal("79.6"), '0"人"')
    assert text == "79.6人"
    assert "80人" in note
    assert "79.6人" in note


@pytest.mark.parametrize("stored", ["", "abc", "NaN", "Infinity", "1E+999999999", "1e-400"])
def test_no_number(stored: str) -> None:
    assert exact_number(stored) is None


def test_built_in_formats() -> None:
    assert [format_code(each, {}) for each in (0, 9, 14, 58, 200)] == [
        "General",
        "0%",
        "yyyy-mm-dd",
        "yyyy-mm-dd",
        "General",
    ]
    assert format_code(176, {176: "0人"}) == "0人"


@given(st.decimals(min_value=-(10**12), max_value=10**12, allow_nan=False, places=3))
def test_fifteen_digits_come_back_as_they_were(value: Decimal) -> None:
    exact = exact_number(str(value))
    assert exact is not None
    assert Decimal(shown(exact, "General")[0]) == value


@given(st.integers(0, 10**15 - 1), st.integers(0, 6))
def test_the_noise_of_binary_fractions_is_gone(digits: int, places: int) -> None:
    value = Decimal(digits).scaleb(-places)
    assert exact_number(f"{float(value):.17g}") == value


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-1000000, max_value=1000000), st.text(max_size=30))
def test_no_format_breaks_a_number(value: Decimal, code: str) -> None:
    text, note = shown(value, code)
    assert isinstance(text, str)
    assert isinstance(note, str)


def test_plain_has_no_exponent() -> None:
    assert plain(Decimal("1E+3")) == "1000"
    assert plain(Decimal("100.50")) == "100.5"
