"""Leave-one-out: the counting, what may be shown, and a bounded run over the real text."""

import json
from pathlib import Path

import pytest

from assistant.config import Settings
from assistant.qa.models import Status
from assistant.retrieval.embedding import load_embedder
from eval.counterfactuals import PACK, load_counterfactuals
from eval.leave_one_out import FOLDER, Asked, as_json, ask_without_gold, chosen, failures, rates, tables
from eval.question_sets import Split
from eval.rates import Rate
from eval.subject import open_subject
from eval.without_gold import Verdict, wanted
from tests.eval.toy import answer, case

HIDDEN = "谁也不该看见"


def asked(verdict: Verdict, before: Status = "answered", split: Split = "dev", **more: object) -> Asked:
    statuses: dict[Verdict, Status] = {"abstained": "not_covered", "out_of_scope": "out_of_scope"}
    asked_case = case("answered", "art_3").model_copy(update=more)
    return Asked(asked_case, split, split, answer(before), answer(statuses.get(verdict, "answered")), verdict)


def test_abstained_and_supported_pass_and_are_counted_apart() -> None:
    found = rates([asked("abstained"), asked("supported"), asked("out_of_scope"), asked("failed")])
    assert found["passed"] == Rate(2, 4)
    assert [found[v] for v in ("abstained", "supported", "out_of_scope", "failed")] == [Rate(1, 4)] * 4
    assert found["false_refusals"] == Rate(0, 4)


def test_a_question_that_the_whole_text_does_not_answer_either_is_no_proof() -> None:
    found = rates([asked("abstained", "not_covered"), asked("abstained", "out_of_scope"), asked("failed")])
    assert found["passed"] == Rate(2, 3)
    assert found["of_answered"] == Rate(0, 1)
    assert found["false_refusals"] == Rate(2, 3)


def test_nothing_of_the_test_part_is_shown_but_totals() -> None:
    both = [asked("failed"), asked("abstained"), asked("failed", split="test", turns=[HIDDEN], id=HIDDEN)]
    assert len(failures(both)) == 1
    shown = tables(both) + json.dumps(as_json(both), ensure_ascii=False) + "".join(failures(both))
    assert HIDDEN not in shown
    assert "### test, by set" in shown


def test_a_limit_is_spread_over_the_set() -> None:
    everything = chosen("dev", None)
    assert all(wanted(c) for c in everything)
    assert chosen("dev", 10_000) == everything
    few = chosen("dev", 3)
    assert [everything.index(c) for c in few] == [0, len(everything) // 3, 2 * len(everything) // 3]


@pytest.mark.slow
def test_a_few_questions_of_the_real_text_are_asked_without_their_gold(tmp_path: Path) -> None:
    settings = Settings(index_dir=tmp_path)
    embedder = load_embedder(settings.embedding_model)
    original = open_subject(PACK, settings, embedder)
    found = ask_without_gold(original, settings, embedder, ("dev",), 1)
    assert [a.name for a in found] == ["dev", "dev2", "dev3", "dev4"]
    assert rates(found)["passed"].hits >= 3
    for one in found:
        cited = {c.locator for c in one.after.citations}
        assert not cited & set(one.case.gold)


def test_at_least_thirty_sentences_are_put_in_for_development() -> None:
    cases = load_counterfactuals(FOLDER / "counterfactuals.jsonl", ("dev", "test"))
    put_in = [c for c in cases if c.split == "dev" and c.kind == "insert"]
    assert len(put_in) >= 30
    assert len({c.id for c in cases}) == len(cases)
    for c in put_in:
        assert c.status_before == "not_covered"
        assert c.quote_after
        assert any(c.quote_after in edit.replace for edit in c.edits)
