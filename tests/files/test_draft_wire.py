"""What a reader's process sends comes back the same, and nothing but a draft or a refusal does."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import UnreadableFileError
from assistant.files.content import Cell, Draft, Entry, Line, Table
from assistant.files.draft_wire import packed, packed_error, unpacked

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
number = st.integers(1, 99)
confidence = st.none() | st.decimals(0, 1, places=3)
value = st.none() | st.booleans() | st.integers() | text | st.decimals(allow_nan=False, allow_infinity=False)
cell = st.builds(Cell, text, number, number, text, number, number, confidence, text)
table = st.builds(Table, text, st.lists(cell, max_size=3).map(tuple), text)
draft = st.builds(
    Draft,
    kind=text,
    tables=st.lists(table, max_size=2).map(tuple),
    lines=st.lists(st.builds(Line, text, text, confidence), max_size=3).map(tuple),
    entries=st.lists(st.builds(Entry, text, value, text), max_size=3).map(tuple),
    scanned=st.booleans(),
    notes=st.lists(text, max_size=2).map(tuple),
)


@given(draft)
def test_a_draft_comes_back_the_same(given_draft: Draft) -> None:
    back = unpacked(packed(given_draft))
    assert back == given_draft
    assert [type(e.value) for e in back.entries] == [type(e.value) for e in given_draft.entries]


def test_a_refusal_comes_back() -> None:
    with pytest.raises(UnreadableFileError) as caught:
        unpacked(packed_error(UnreadableFileError("坏了。", "重试。")))
    assert (caught.value.message, caught.value.hint) == ("坏了。", "重试。")


def test_half_a_character_does_not_stop_a_draft() -> None:
    assert unpacked(packed(Draft("text", lines=(Line("a\ud800b", "line 1"),)))).kind == "text"


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"3", b'{"kind": 1, "tables": 3}', b"\xff\xfe", b"[" * 9999])
def test_anything_else_is_no_draft(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        unpacked(data)


def test_exact_numbers_stay_exact() -> None:
    entry = Entry("a", Decimal("1030.50"), "field a")
    assert str(unpacked(packed(Draft("json", entries=(entry,)))).entries[0].value) == "1030.50"
