"""Packs out of a pool's statutes, with invented articles in the place of the benchmark's."""

from pathlib import Path

import pytest

from assistant.law.new_pack import new_pack
from eval.rates import rate
from eval.stard_silence import LEAST, Asked, Question, main, questions, rates, spread, statutes, threshold
from tests.eval.stard_answers import answer

NUMERALS = "一二三四五六七八九十"
POOL = [{"id": n, "name": f"示范条例第{c}条", "text": f"示范馆第{c}项事务由馆长办理。"} for n, c in enumerate(NUMERALS)]
POOL += [{"id": 20, "name": "示范条例第二条之一", "text": "示范馆不收费。\n\n另有规定的除外。"}]
POOL += [{"id": 30, "name": "别的法第一条", "text": "别的事。"}, {"id": 31, "name": "没有条号", "text": "…"}]
QUERIES = [
    {"id": 1, "query": "收费吗？", "relevant": [20]},
    {"id": 2, "query": "谁办理？", "relevant": [0, 1]},
    {"id": 3, "query": "两部法？", "relevant": [0, 30]},
    {"id": 4, "query": "小法？", "relevant": [30]},
]


def asked(number: int, statuses: tuple[str, str], cosines: tuple[float, float], right: bool = True) -> Asked:
    question = Question(number, "?", (0,), "示范条例")
    return Asked(question, answer(statuses[0]), answer(statuses[1]), right, *cosines)


def test_only_statutes_with_enough_articles_become_packs() -> None:
    assert list(statutes(POOL)) == ["示范条例"]
    assert LEAST == 10
    assert statutes(POOL[:5]) == {}


def test_a_statute_is_written_in_its_own_order_without_what_is_taken_out(tmp_path: Path) -> None:
    statute = statutes(POOL)["示范条例"]
    lines = statute.text().splitlines()
    assert lines[0] == "示范条例"
    assert [line[:5] for line in lines[2:4]] == ["第二条 示", "第二条之一"]
    assert "不收费" not in statute.text([20])
    source = tmp_path / "source.txt"
    source.write_text(statute.text(), encoding="utf-8")
    pack = new_pack(source, tmp_path / "pack", statute.law)
    assert len([p for p in pack.regulation.provisions if p.locator.article and not p.locator.steps[1:]]) == 11


def test_only_questions_of_one_statute_are_asked() -> None:
    found = questions(QUERIES, statutes(POOL))
    assert [q.id for q in found] == [1, 2]
    assert [q.id for q in spread(found, 1)] == [1]
    assert spread(found, None) == found


def test_what_a_part_comes_to() -> None:
    three = [
        asked(1, ("answered", "not_covered"), (0.9, 0.8)),
        asked(2, ("answered", "answered"), (0.9, 0.9)),
        asked(3, ("not_covered", "out_of_scope"), (0.7, 0.6), right=False),
    ]
    found = rates(three, 0.85)
    assert found["rejection"] == rate([True, False, True])
    assert found["of these out_of_scope"] == rate([False, True])
    assert found["false refusal"] == rate([False, False, True])
    assert found["rejection, of those answered with a relevant article"] == rate([True, False])
    assert found["similarity rule: rejection"] == rate([True, False, True])


def test_the_threshold_is_made_on_dev_alone() -> None:
    numbers = [n for n in range(40) if Question(n, "", (), "").split == "dev"]
    other = next(n for n in range(40) if Question(n, "", (), "").split == "test")
    dev = [asked(n, ("answered", "answered"), (0.9, 0.5)) for n in numbers[:3]]
    assert (
        threshold(dev) == threshold([*dev, asked(other, ("answered", "answered"), (0.1, 0.99))]) == pytest.approx(0.7)
    )


def test_files_that_cannot_be_read_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nowhere = str(tmp_path / "none.jsonl")
    assert main(["--articles", nowhere, "--queries", nowhere]) == 1
    assert "none.jsonl" in capsys.readouterr().err
