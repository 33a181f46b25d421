"""Locators are printed for machines and people, and read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.law.locator import Kind, Locator, Step

STEPS = st.builds(Step, st.sampled_from(Kind), st.integers(1, 99_999), st.none() | st.integers(1, 99))


@given(st.lists(STEPS, min_size=1, max_size=5))
def test_every_locator_is_read_back_as_it_is_printed(steps: list[Step]) -> None:
    locator = Locator(tuple(steps))
    assert Locator.parse(str(locator)) == locator
    assert locator.label
    assert locator.english


@pytest.mark.parametrize(
    ("machine", "label", "english"),
    [
        ("art_7.item_4", "第七条第（四）项", "Article 7(4)"),
        ("art_7.par_2.item_4", "第七条第二款第（四）项", "Article 7 para. 2(4)"),
        ("art_7.item_4.sub_2", "第七条第（四）项第二目", "Article 7(4)(2)"),
        ("art_10-1", "第十条之一", "Article 10-1"),
        ("ch_3", "第三章", "Chapter 3"),
        ("ch_3.sec_1", "第三章第一节", "Chapter 3, Section 1"),
        ("sec_2.item_1.sub_3", "二、（一）3.", "Section 2(1)(3)"),
        ("annex_2", "附件2", "Annex 2"),
        ("part_1.ch_2", "第一编第二章", "Part 1, Chapter 2"),
        ("par_3", "第三段", "Paragraph 3"),
        ("end_1", "落款第一段", "Closing para. 1"),
    ],
)
def test_people_read_a_name(machine: str, label: str, english: str) -> None:
    locator = Locator.parse(machine)
    assert (locator.label, locator.english) == (label, english)


@pytest.mark.parametrize(
    "text", ["", "art", "art_0", "art_7.", "art_07", "art_7.foo_1", "第七条", "art_７", "art_1-0", "art_1 .item_2"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a locator"):
        Locator.parse(text)


def test_numbers_and_ancestors_can_be_asked_for() -> None:
    locator = Locator.parse("art_10-1.item_4")
    assert (locator.article, locator.branch, locator.number(Kind.ITEM), locator.number(Kind.SUBITEM)) == (
        10,
        1,
        4,
        None,
    )
    assert locator.within(Locator.parse("art_10-1"))
    assert not locator.within(Locator.parse("art_10"))
    assert locator.kind is Kind.ITEM
