"""Values that a text states are found with their kind, their words and their unit."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.law.values import ValueKind, find_values

K = ValueKind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("固定研究与试验发展人员数不少于80人", [(K.PERSONS, "80人", "人")]),
        ("不低于1000万元", [(K.MONEY, "1000万元", "万元")]),
        ("人民币500万元", [(K.MONEY, "500万元", "万元")]),
        ("1,000万元或0.1亿元", [(K.MONEY, "1,000万元", "万元"), (K.MONEY, "0.1亿元", "亿元")]),
        ("2%至5%", [(K.PERCENT, "2%", ""), (K.PERCENT, "5%", "")]),
        ("百分之二十", [(K.PERCENT, "百分之二十", "")]),
        ("按6∶4的比例", [(K.PERCENT, "6∶4", "")]),
        ("3—5名专家", [(K.PERSONS, "3—5名", "名")]),
        ("80-100人", [(K.PERSONS, "80-100人", "人")]),
        ("3至5家", [(K.ORGANISATIONS, "3至5家", "家")]),
        ("每年3月31日前", [(K.DATE, "每年3月31日前", "")]),
        ("2024年11月8日", [(K.DATE, "2024年11月8日", "")]),
        ("自受理之日起20个工作日内", [(K.START, "自受理之日起20个工作日内", "工作日")]),
        ("自发布之日起施行", [(K.START, "自发布之日起", "")]),
        ("每三年进行一次评估", [(K.FREQUENCY, "每三年进行一次", "年")]),
        ("给予一年整改期", [(K.DURATION, "一年", "年")]),
        ("每30分钟上传一次", [(K.DURATION, "30分钟", "分钟"), (K.TIMES, "一次", "次")]),
        ("总分不低于80分", [(K.SCORE, "80分", "分")]),
        ("1.8万立方米", [(K.AREA, "1.8万立方米", "立方米")]),
        ("不超过58周岁", [(K.AGE, "58周岁", "周岁")]),
        ("分为四个等级", [(K.COUNT, "四个", "个")]),
        ("电话0700-6120318，邮箱a@b.com", [(K.CONTACT, "0700-6120318", ""), (K.CONTACT, "a@b.com", "")]),
    ],
)
def test_values_are_found(text: str, expected: list[tuple[ValueKind, str, str]]) -> None:
    assert [(v.kind, v.text, v.unit) for v in find_values(text)] == expected


@pytest.mark.parametrize(
    "text",
    ["统一规划", "第三年", "一次性给予补助"[:3], "首台（套）装备", "同一主体", "“2211”产业体系", "18时30分至21时"],
)
def test_words_with_numbers_in_them_are_no_values(text: str) -> None:
    assert find_values(text) == []


@given(st.text() | st.text(st.sampled_from("每自起第年月日前人万元亿%至-—.,，0123１２一二十百个次分半@")))
def test_values_are_places_in_the_text_and_do_not_overlap(text: str) -> None:
    position = 0
    for value in find_values(text):
        assert value.text == text[value.start : value.end]
        assert position <= value.start < value.end
        position = value.end


@pytest.mark.parametrize(
    "text", ["啊" * 20_000, "1" * 20_000, "一" * 20_000, "自" * 20_000, "a" * 20_000, "1,000" * 5_000, "a@" * 10_000]
)
def test_long_texts_take_no_minutes(text: str) -> None:
    begun = time.process_time()
    find_values(text)
    assert time.process_time() - begun < 5
