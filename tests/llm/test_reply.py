"""Statements come out of a reply one by one, whatever stands around them; what is broken is not repaired."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.llm.established import Worded
from assistant.llm.failure import Fallback, LlmFailure
from assistant.llm.reply import MAX_CHARS, MAX_STATEMENTS, ReplyReader, statement_in

FIRST, SECOND = Worded("不少于80人。", (1,)), Worded("不低于“1000万元”。", (2, 3))
BOTH = (
    '{"statements": [{"text": "不少于80人。", "citations": [1]}, {"text": "不低于“1000万元”。", "citations": [2, 3]}]}'
)


def read(*pieces: str) -> list[Worded]:
    reader = ReplyReader()
    return [said for piece in pieces for said in reader.feed(piece)]


@pytest.mark.parametrize(
    "text",
    [
        BOTH,
        f"```json\n{BOTH}\n```",
        f"好的，以下是答复：\n{BOTH}\n希望对您有帮助！",
        f'<think>先看条文，{{"statements": [{{"text": "60人", "citations": [1]}}]}}</think>{BOTH}',
        f"<THINKING>嗯</THINKING>\n{BOTH}",
        f'{BOTH}{{"statements": [{{"text": "第二份", "citations": [1]}}]}}',
        '{"note": "x", ' + BOTH[1:],
        BOTH.replace(", ", " ,\n\t"),
        BOTH.replace("[1]", '["1"]').replace("[2, 3]", '["[2]", 3, 3]'),
        BOTH.replace("80人。", "80人[1]。"),
    ],
)
def test_statements_are_found_whatever_stands_around_them(text: str) -> None:
    assert read(text) == [FIRST, SECOND]


@given(cuts=st.lists(st.integers(min_value=0, max_value=len(BOTH)), max_size=12))
def test_it_does_not_matter_where_the_pieces_are_cut(cuts: list[int]) -> None:
    places = [0, *sorted(cuts), len(BOTH)]
    assert read(*(BOTH[a:b] for a, b in pairwise(places))) == [FIRST, SECOND]


def test_a_statement_comes_out_as_soon_as_it_is_complete() -> None:
    reader = ReplyReader()
    end = BOTH.index("}") + 1
    assert list(reader.feed(BOTH[: end - 1])) == []
    assert list(reader.feed(BOTH[end - 1 : end])) == [FIRST]
    assert not reader.finished
    assert list(reader.feed(BOTH[end:] + "后面")) == [SECOND]
    assert reader.finished


def test_what_breaks_off_keeps_what_was_complete() -> None:
    assert read(BOTH[:-8]) == [FIRST]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "研发人员不少于80人。",
        BOTH.replace('"', "'"),
        "<think>" + BOTH,
        '{"statements": "不少于80人"}',
        '{"statements": ["不少于80人"]}',
        '{"statement": [{"text": "a", "citations": [1]}]}',
        '{"statements": {"text": "a", "citations": [1]}}',
    ],
)
def test_nothing_comes_out_of_what_is_no_list_of_statements(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "element",
    [
        "{'text': 'a', 'citations': [1]}",
        '{"text": "a"}',
        '{"text": "a", "citations": 1}',
        '{"text": "a", "citations": [1.5]}',
        '{"text": "a", "citations": [true]}',
        '{"text": "a", "citations": ["第一条"]}',
        '{"text": ["a"], "citations": [1]}',
        '{"text": null, "citations": [1]}',
        '{"text": "a" "citations": [1]}',
        '{"text": "a", "citations": [1],}',
        "[1]",
        "{" * 5000,
    ],
)
def test_a_broken_element_is_never_repaired(element: str) -> None:
    assert statement_in(element) is None


def test_broken_elements_are_counted_and_the_next_one_is_read() -> None:
    reader = ReplyReader()
    text = '{"statements": [{"text": 5}, {"text": "不少于80人。", "citations": [1]}]}'
    assert list(reader.feed(text)) == [FIRST]
    assert reader.broken == 1


def test_a_reply_without_end_is_cut() -> None:
    with pytest.raises(LlmFailure) as cut:
        read(*["嗯……"] * MAX_CHARS)
    assert cut.value.why is Fallback.TOO_LONG


def test_statements_without_end_are_cut() -> None:
    one = json.dumps({"text": "a", "citations": [1]})
    with pytest.raises(LlmFailure):
        read('{"statements": [' + ",".join([one] * (MAX_STATEMENTS + 1)))
