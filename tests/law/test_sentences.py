"""Sentences and clauses are exact pieces of the text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.law.lines import compact
from assistant.law.sentences import Span, split_clauses, split_sentences

TEXTS = st.text(st.sampled_from("甲乙。；！？，：（）“”\n \u3000\u200b1.;"), max_size=80)


def sentences(text: str) -> list[str]:
    return [s.text for s in split_sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲。乙；丙", ["甲。", "乙；", "丙"]),
        ("他说“甲。”乙。", ["他说“甲。”", "乙。"]),
        ("甲\n乙。丙。", ["甲\n乙。", "丙。"]),
        ("包括：\n甲；\n乙。", ["包括：", "甲；", "乙。"]),
        ("总体目标\n\u3000\u3000全县建设。", ["总体目标", "全县建设。"]),
        (" \n", []),
        ("", []),
        ("费用不低于1.5亿元。", ["费用不低于1.5亿元。"]),
    ],
)
def test_sentences_end_at_stops_and_go_on_over_line_wraps(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_clauses_end_at_commas_outside_brackets() -> None:
    text = "年度费用（含人员，设备）不低于1000万元，其中：设备费用；"
    assert [c.text for c in split_clauses(Span(0, len(text), text))] == [
        "年度费用（含人员，设备）不低于1000万元",
        "其中",
        "设备费用",
    ]


@given(TEXTS, TEXTS)
def test_sentences_are_places_in_the_text_and_lose_nothing(before: str, text: str) -> None:
    whole = before + text + "后文。"
    found = list(split_sentences(whole, len(before), len(before) + len(text)))
    position = len(before)
    for span in found:
        assert span.text == whole[span.start : span.end]
        assert position <= span.start < span.end <= len(before) + len(text)
        position = span.end
        for clause in split_clauses(span):
            assert clause.text == whole[clause.start : clause.end]
            assert span.start <= clause.start < clause.end <= span.end
    assert compact("".join(s.text for s in found)) == compact(text)


def test_long_texts_take_seconds() -> None:
    for text in ("没有标点\n" * 100_000, "甲。" * 200_000, "\n" * 500_000):
        begun = time.process_time()
        list(split_sentences(text, 0, len(text)))
        assert time.process_time() - begun < 5
