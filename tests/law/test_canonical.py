"""The canonical text is the source without word-processor marks, BOM and CR, and nothing else changes."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.law.canonical import canonical_text


def test_marks_are_taken_out_and_counted() -> None:
    text, marks = canonical_text("\ufeff\r\n[bookmark: _GoBack]第一条\u3000甲。\r\n[bookmark: _Hlk1]第二条 [乙]。")
    assert (text, marks) == ("\n第一条\u3000甲。\n第二条 [乙]。", 2)


@given(st.text())
def test_no_other_character_changes(source: str) -> None:
    text, marks = canonical_text(source)
    assert marks or text == source.replace("\r", "").replace("\ufeff", "")


@given(st.text(st.sampled_from("[bookmark: x]\r\ufeff甲")))
def test_a_canonical_text_stays_as_it_is_unless_marks_were_nested(source: str) -> None:
    text, _ = canonical_text(source)
    assert not {"\r", "\ufeff"} & set(text)
