"""Corrections become cases and proposals for the lexicon; nothing is applied, and what was taken back is no case."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from desk_samples import answered, checked, store_in

from assistant.law.lexicon import LexiconFile
from assistant.law.pack import load_pack
from assistant.records.models import Decision
from assistant.records.store import RecordStore
from assistant.staff.exports import case_lines, lexicon_toml
from eval.cases import load_cases

PACK = Path(__file__).resolve().parents[2] / "corpus" / "liaoning-mic"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[RecordStore]:
    opened = store_in(tmp_path)
    yield opened
    opened.close()


def decided(store: RecordStore, name: str, verdict: str = "overruled", **rest: Any) -> None:
    store.add_decision(name, Decision.model_validate({"verdict": verdict, "by": "甲", **rest}))


def cases(store: RecordStore) -> list[dict[str, Any]]:
    return [json.loads(line) for line in case_lines(store.entries())]


def test_an_overruled_answer_becomes_a_case_that_the_evaluation_reads(store: RecordStore, tmp_path: Path) -> None:
    store.add_answer(["我叫王小明，电话13912345678", "要多少人？"], answered("abcdef0123456789"), channel="page")
    decided(store, "abcdef0123456789", claim=0, document="law", locator="art_7.item_4", note="应引第四项")
    (case,) = cases(store)
    assert (case["id"], case["category"], case["status"]) == ("staff-abcdef012345", "fact", "answered")
    assert (case["gold"], case["also"], case["note"]) == (["art_7.item_4"], ["art_8"], "应引第四项")
    assert "13912345678" not in json.dumps(case)
    assert "王小明" not in json.dumps(case, ensure_ascii=False)
    file = tmp_path / "cases.jsonl"
    file.write_text("".join(case_lines(store.entries())), encoding="utf-8")
    (read,) = load_cases(file)
    assert (read.turns[1], read.gold) == ("要多少人？", ["art_7.item_4"])


@pytest.mark.parametrize(
    ("given", "decision", "status", "gold"),
    [
        ("not_covered", {"locator": "art_9"}, "answered", ["art_9"]),
        ("out_of_scope", {"locator": "art_9"}, "answered", ["art_9"]),
        ("needs_facts", {"locator": "art_9"}, "needs_facts", ["art_9"]),
        ("answered", {"status": "not_covered", "locator": "art_9"}, "not_covered", []),
        ("answered", {"status": "out_of_scope"}, "out_of_scope", []),
    ],
)
def test_the_right_status_is_the_one_named_or_follows(
    store: RecordStore, given: str, decision: dict[str, Any], status: str, gold: list[str]
) -> None:
    store.add_answer(["问"], answered("a", given), channel="page")
    decided(store, "a", **decision)
    (case,) = cases(store)
    assert (case["status"], case["gold"], case["also"]) == (status, gold, [])


def test_what_a_later_decision_took_back_is_no_case(store: RecordStore) -> None:
    for name in "abcd":
        store.add_answer([f"问{name}"], answered(name), channel="page")
        decided(store, name, claim=0, locator="art_1")
    decided(store, "a", "confirmed")
    decided(store, "b", "confirmed", claim=0)
    decided(store, "c", "confirmed", claim=1)
    decided(store, "d", "annotated", note="再看看")
    assert [case["turns"] for case in cases(store)] == [["问c"], ["问d"]]


def test_a_whole_correction_replaces_those_of_claims(store: RecordStore) -> None:
    store.add_answer(["问"], answered("a"), channel="page")
    decided(store, "a", claim=0, locator="art_1")
    decided(store, "a", claim=1, locator="art_2")
    assert cases(store)[0]["gold"] == ["art_1", "art_2"]
    decided(store, "a", locator="art_3")
    assert cases(store)[0]["gold"] == ["art_3"]


def test_of_one_conversation_the_last_correction_counts_and_prechecks_and_the_erased_are_no_cases(
    store: RecordStore,
) -> None:
    for name, locator in (("a", "art_1"), ("b", "art_2"), ("c", "art_3")):
        store.add_answer(["同一问" if name != "c" else "别的"], answered(name), channel="page")
        decided(store, name, locator=locator)
    store.erase("c", by="管", reason="本人要求")
    decided(store, store.add_precheck(checked("review"), channel="page"), claim=0, locator="art_4")
    assert [case["gold"] for case in cases(store)] == [["art_2"]]


def test_proposed_terms_are_a_lexicon_that_the_pack_s_reader_takes(store: RecordStore) -> None:
    for name in "abc":
        store.add_answer(["问"], answered(name), channel="page")
    decided(store, "a", locator="art_1", term="搞研究的人", law_term="研究与试验发展人员")
    decided(store, "b", locator="art_1", term="搞研究的人", law_term="研究与试验发展人员")
    decided(store, "c", locator="art_1", term='怪"词', law_term="省创中心", is_near=False)
    written = lexicon_toml(store.entries())
    read = LexiconFile.model_validate(tomllib.loads(written))
    found = {entry.law: (entry.same, entry.near) for entry in read.term}
    assert found == {"研究与试验发展人员": ([], ["搞研究的人"]), "省创中心": (['怪"词'], [])}
    assert "研究与试验发展人员 ← 搞研究的人：2 次" in written


def test_what_the_lexicon_has_already_is_not_proposed(store: RecordStore) -> None:
    pack = load_pack(PACK)
    store.add_answer(["问"], answered("a"), channel="page")
    decided(store, "a", locator="art_1", term="省级中心", law_term="省创中心")
    assert LexiconFile.model_validate(tomllib.loads(lexicon_toml(store.entries(), [pack]))).term == []


def test_a_proposed_term_is_masked_like_everything_else(store: RecordStore) -> None:
    store.add_answer(["问"], answered("a"), channel="page")
    decided(store, "a", locator="art_1", term="打13912345678", law_term="省创中心")
    assert "13912345678" not in lexicon_toml(store.entries())
