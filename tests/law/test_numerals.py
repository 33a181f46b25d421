"""Numerals are read and written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.law.numerals import format_numeral, parse_numeral


def test_every_number_of_an_article_is_read_back_as_it_is_written() -> None:
    assert [parse_numeral(format_numeral(n)) for n in range(1, 10_000)] == list(range(1, 10_000))


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "零"),
        (2, "二"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (1005, "一千零五"),
        (10_000, "一万"),
        (10_001, "一万零一"),
        (20_300, "二万零三百"),
        (99_999_999, "九千九百九十九万九千九百九十九"),
    ],
)
def test_numbers_are_written_as_statutes_do(number: int, written: str) -> None:
    assert format_numeral(number) == written


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十 二", 12),
        ("十\u200b二", 12),
        ("１２", 12),
        ("1 2", 12),
        ("廿三", 23),
        ("两", 2),
        ("二〇二四", 2024),
        ("一百零二", 102),
        ("3万", 30_000),
        ("一亿二千万", 120_000_000),
        ("三万亿", 3 * 10**12),
        ("三万五千亿", 35 * 10**11),
        ("一万万", 10**8),
        ("壹佰", 100),
        ("零", 0),
    ],
)
def test_other_spellings_are_read(text: str, number: int) -> None:
    assert parse_numeral(text) == number


@pytest.mark.parametrize("text", ["", " ", "第七", "abc", "1.5", "፩", "-1", "9" * 5000])
def test_what_is_no_numeral_is_none(text: str) -> None:
    assert parse_numeral(text) is None


@pytest.mark.parametrize("number", [-1, 100_000_000])
def test_numbers_out_of_range_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="out of range"):
        format_numeral(number)


@given(st.text(max_size=30) | st.text("零一二十百千万亿两廿0１9 ", max_size=30))
def test_reading_never_fails(text: str) -> None:
    number = parse_numeral(text)
    assert number is None or number >= 0
