"""Drafts in plain text: csv, JSON, text and Markdown."""

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import UnreadableFileError
from assistant.files.content import Draft
from assistant.files.draft_csv import delimiter_of, read_csv
from assistant.files.draft_json import read_json
from assistant.files.draft_text import read_text
from assistant.files.limits import Limits


def grid(draft: Draft) -> list[tuple[int, int, str]]:
    return [(cell.row, cell.column, cell.text) for cell in draft.tables[0].cells]


def test_csv_rows_with_their_lines() -> None:
    draft = read_csv('标签,值\n\n单位,"甲,乙\n公司"\n人数,83\n', Limits())
    assert grid(draft) == [
        (1, 1, "标签"),
        (1, 2, "值"),
        (2, 1, "单位"),
        (2, 2, "甲,乙\n公司"),
        (3, 1, "人数"),
        (3, 2, "83"),
    ]
    assert [cell.place for cell in draft.tables[0].cells] == ["line 1"] * 2 + ["line 3"] * 2 + ["line 5"] * 2


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("甲\t1\n乙\t2", "\t"),
        ("甲;1,5\n乙;2\n丙;3", ";"),
        ("甲，1\n乙，2", "，"),
        ("甲|1", "|"),
        ("甲", ","),
        ('"a;b",1', ","),
    ],
)
def test_the_delimiter(text: str, delimiter: str) -> None:
    assert delimiter_of(text) == delimiter


def test_a_figure_that_nobody_quoted_is_one_figure() -> None:
    draft = read_csv("人数,83\n费用,1,200万元\n其他,1,234,567.5\n", Limits())
    assert [cell.text for cell in draft.tables[0].cells if cell.column == 2] == ["83", "1,200万元", "1,234,567.5"]
    assert len(draft.notes) == 2


def test_a_wider_row_that_is_no_figure_stays_as_it_is() -> None:
    assert grid(read_csv("甲,1\n乙,2\n丙,3,备注\n", Limits()))[-3:] == [(3, 1, "丙"), (3, 2, "3"), (3, 3, "备注")]
    assert grid(read_csv("年,人,费\n2023,83,200\n2024,90,300", Limits()))[-2:] == [(3, 2, "90"), (3, 3, "300")]


def test_a_long_csv_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="5000行"):
        read_csv("甲,1\n" * 10_000, Limits())


def test_json_values_are_exact_and_nested_names_dotted() -> None:
    draft = read_json('{"a": 1030.50, "b": {"c": "甲", "d": [1, true]}, "e": null, "f": 83}', Limits())
    assert [(entry.name, entry.value, entry.place) for entry in draft.entries] == [
        ("a", Decimal("1030.50"), "field a"),
        ("b.c", "甲", "field b.c"),
        ("b.d.1", 1, "field b.d.1"),
        ("b.d.2", True, "field b.d.2"),
        ("e", None, "field e"),
        ("f", 83, "field f"),
    ]


def test_a_key_that_stands_twice_keeps_both_values_and_is_told() -> None:
    draft = read_json('{"a": 79, "a": 83}', Limits())
    assert [entry.value for entry in draft.entries] == [79, 83]
    assert draft.notes == ("字段“a”出现了2次。",)


@pytest.mark.parametrize("number", ["1e999999999", "-1e-99999", "9" * 5000, "NaN", "Infinity"])
def test_absurd_numbers_of_json_stay_text(number: str) -> None:
    assert read_json(f'{{"a": {number}}}', Limits()).entries[0].value == number


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"a": 1', "第1行"),
        ("[1, 2]", "对象"),
        ("3", "对象"),
        ("[" * 100_000, "嵌套"),
        ('{"a":' * 50 + "1" + "}" * 50, "嵌套"),
    ],
)
def test_json_that_cannot_be_read(text: str, reason: str) -> None:
    with pytest.raises(UnreadableFileError, match=reason):
        read_json(text, Limits())


def test_lines_of_a_text() -> None:
    draft = read_text("\ufeff单位：甲\n\n  人数：83人  \n------\n", Limits())
    assert [(line.text, line.place) for line in draft.lines] == [("单位：甲", "line 1"), ("人数：83人", "line 3")]


def test_tables_in_markdown_and_with_tabs() -> None:
    draft = read_text("# 自评\n| 项目 | 值 |\n|---|---|\n| **人数** | 83 |\n\n费用\t\t1200\n", Limits(), markdown=True)
    assert [line.text for line in draft.lines] == ["自评"]
    assert grid(draft) == [(1, 1, "项目"), (1, 2, "值"), (2, 1, "人数"), (2, 2, "83")]
    assert [(cell.text, cell.place) for cell in draft.tables[1].cells] == [("费用", "line 6"), ("1200", "line 6")]


def test_a_long_text_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="上限"):
        read_text("甲\n" * 10_000, Limits())


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    for read in (read_csv, read_json, read_text):
        with contextlib.suppress(UnreadableFileError):
            assert isinstance(read(text, Limits()), Draft)
