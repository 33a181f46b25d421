"""Boxes drawn with brackets."""

import pytest

from assistant.forms.fields_boxes import ticked


@pytest.mark.parametrize(
    ("written", "chosen"),
    [
        ("（√）公司 （ ）公司＋联盟 （ ）联盟", "公司"),
        ("（ ）股份制 （√）有限责任公司", "有限责任公司"),
        ("[√]企业 [ ]高校", "企业"),
        ("辽A（）A心", "辽A（）A心"),
        ("见（ ）内说明", "见（ ）内说明"),
    ],
)
def test_wide_brackets_are_boxes_where_one_is_ticked(written: str, chosen: str) -> None:
    assert ticked(written) == chosen
