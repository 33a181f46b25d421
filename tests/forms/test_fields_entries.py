"""Lists of names and values in a json draft."""

from assistant.files.content import Entry
from assistant.forms.fields_entries import named_entries


def test_a_name_and_its_value_are_one_entry() -> None:
    entries = [Entry("fields.0.name", "固定研发人员", "a"), Entry("fields.0.value", 83, "b"), Entry("note", "x", "c")]
    assert [(entry.name, entry.value, entry.place) for entry in named_entries(entries)] == [
        ("固定研发人员", 83, "b"),
        ("note", "x", "c"),
    ]


def test_what_is_no_such_pair_stays() -> None:
    entries = [
        Entry("a.name", "甲", "1"),
        Entry("a.city", "沈阳市", "2"),
        Entry("name", "乙", "3"),
        Entry("value", "丙", "4"),
    ]
    assert list(named_entries(entries)) == entries
