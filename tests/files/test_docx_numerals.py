"""Numerals as Word shows them."""

import pytest

from assistant.files.docx_numerals import numeral


@pytest.mark.parametrize(
    ("number_format", "number", "written"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 7, "07"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalEnclosedCircle", 1, "①"),
        ("decimalEnclosedCircleChinese", 20, "⑳"),
        ("decimalEnclosedCircle", 21, "21"),
        ("decimalEnclosedParen", 3, "⑶"),
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 21, "二十一"),
        ("chineseCounting", 101, "一〇一"),
        ("chineseCountingThousand", 1, "一"),
        ("chineseCountingThousand", 11, "十一"),
        ("chineseCountingThousand", 30, "三十"),
        ("chineseCountingThousand", 100, "一百"),
        ("chineseCountingThousand", 101, "一百零一"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 111, "一百一十一"),
        ("chineseCountingThousand", 1001, "一千零一"),
        ("chineseCountingThousand", 1010, "一千零一十"),
        ("japaneseCounting", 10, "十"),
        ("japaneseCounting", 25, "二十五"),
        ("japaneseCounting", 111, "百十一"),
        ("ideographDigital", 10, "一〇"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographTraditional", 3, "丙"),
        ("ideographTraditional", 11, "11"),
        ("upperRoman", 14, "XIV"),
        ("lowerLetter", 27, "aa"),
        ("bullet", 1, ""),
        ("none", 1, ""),
        ("somethingNew", 5, "5"),
        ("chineseCounting", 99999, "99999"),
    ],
)
def test_numeral(number_format: str, number: int, written: str) -> None:
    assert numeral(number, number_format) == written
