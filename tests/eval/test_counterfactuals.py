"""Edited copies of a regulation: the editing, the judging, and what may be shown."""

from pathlib import Path

import pytest

from assistant.law.new_pack import new_pack
from assistant.law.pack import load_pack
from eval.counterfactuals import Counterfactual, Edit, EditError, Outcome, by_kind, edited, edited_pack
from eval.rates import Rate
from tests.eval.toy import TEXT, answer, citation

MONEY = citation("art_3", "奖金为每人五千元")


def counterfactual(split: str = "dev", kind: str = "change", **more: object) -> Counterfactual:
    fields = {
        "id": "cf-1",
        "split": split,
        "kind": kind,
        "edits": [{"find": "五千元", "replace": "八千元"}],
        "turns": ["奖金多少？"],
        "status_before": "answered",
        "status_after": "answered",
        "quote_after": "八千元",
        "absent_after": "五千元",
    }
    return Counterfactual.model_validate(fields | more)


def after(quote: str = "奖金为每人八千元", text: str = "……") -> Outcome:
    changed = MONEY.model_copy(update={"quote": quote})
    return Outcome(counterfactual(), answer("answered", MONEY), answer("answered", changed, text=text), Rate(1, 1))


def test_every_occurrence_is_replaced_in_order() -> None:
    edits = [Edit(find="甲", replace="乙"), Edit(find="乙", replace="丙")]
    assert edited("甲乙甲", edits, "x") == "丙丙丙"


def test_an_edit_that_finds_nothing_is_an_error_without_its_words() -> None:
    with pytest.raises(EditError, match=r"^x: edit 1 finds nothing to replace$"):
        edited("甲", [Edit(find="丁", replace="")], "x")


def test_the_copy_is_edited_and_the_original_is_not(tmp_path: Path) -> None:
    source = tmp_path / "toy.txt"
    source.write_text(TEXT, encoding="utf-8")
    original = new_pack(source, tmp_path / "toy")
    copy = load_pack(edited_pack(counterfactual(), tmp_path / "copy", original.path, "source/toy.txt"))
    assert "五千元" not in copy.regulation.text
    assert "奖金为每人八千元" in copy.regulation.text
    assert load_pack(original.path).regulation.text == original.regulation.text == TEXT
    assert [p.locator for p in copy.regulation.provisions] == [p.locator for p in original.regulation.provisions]


def test_an_answer_that_follows_the_text_passes() -> None:
    assert after().passed
    assert after().reason == ""


def test_an_answer_that_keeps_the_old_words_fails() -> None:
    kept = after(quote="奖金为每人五千元")
    assert (kept.quote_right, kept.absence_right, kept.passed) == (False, False, False)
    assert not after(text="奖金是五千元").passed


def test_a_status_has_to_be_right_before_and_after() -> None:
    gone = counterfactual(kind="remove", status_after="not_covered", quote_after=None)
    right = Outcome(gone, answer("answered", MONEY), answer("not_covered"), Rate(0, 0))
    assert right.passed
    assert right.quote_right is None
    never = Outcome(gone, answer("not_covered"), answer("not_covered"), Rate(0, 0))
    assert (never.before_right, never.after_right, never.passed) == (False, True, False)


def test_kinds_and_splits_are_counted_apart_and_test_shows_no_case() -> None:
    good, bad = after(), after(quote="奖金为每人五千元")
    hidden = Outcome(counterfactual("test", "insert"), bad.before, bad.after, Rate(1, 1))
    results = by_kind([good, bad, hidden], ["dev", "test"])
    assert [(r.split, r.kind, len(r.outcomes)) for r in results] == [
        ("dev", "change", 2),
        ("dev", "all", 2),
        ("test", "insert", 1),
        ("test", "all", 1),
    ]
    assert results[0].rates["passed"] == Rate(1, 2)
    assert results[0].rates["quote_after"] == Rate(1, 2)
    assert len(results[1].failures()) == 1
    assert results[3].failures() == []
