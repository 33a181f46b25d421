"""The statements and changes the verifier is measured on, with invented questions in the place of the benchmark's."""

import json
from pathlib import Path

import pytest

from eval.lecoqa import main, measure
from eval.verifier.invented import citing
from eval.verifier.mutations import KINDS, cited, mutations, written
from eval.verifier.statements import (
    BY_MODELS,
    NEAR,
    PARAPHRASE,
    Base,
    Row,
    chosen,
    of_models,
    value_of,
    without_doubles,
)

LAW = "承租人应当在收到通知之日起十五日内支付租金。出租人可以要求三人以上的担保人提供担保。"
ROW = Row(
    1,
    ("某租赁条例第三十条",),
    (LAW,),
    "您好，承租人应当在收到通知之日起十五日内支付租金。承租人收到通知后，应当在十五日内支付租金。"
    "承租人应当在收到通知之日起二十日内支付租金。请咨询当地的律师以便了解更多的情况和办法。《另一条例》规定承租人应当支付租金。",
    {"gpt/direct": "根据《某租赁条例》第三十条，应当支付。根据《某租赁条例》第三十一条，可以不付。没有依据。"},
)
BASE = Base(1, NEAR, LAW[:22], ROW.names, ROW.quotes)


def test_the_rule_takes_what_the_statutes_have_and_nothing_else() -> None:
    assert [b.kind for b in chosen(ROW)] == [NEAR, PARAPHRASE]


@pytest.mark.parametrize("kind", ["period", "polarity", "subject", "article"])
def test_a_change_changes_one_fact(kind: str) -> None:
    made = mutations(BASE, kind, 4)
    assert made == mutations(BASE, kind, 4)
    assert made
    assert all(m.text not in (BASE.text, cited(BASE)) for m in made)


def test_a_statement_without_a_number_has_none_to_change() -> None:
    assert "number" in KINDS
    assert mutations(BASE, "number", 4) == []


@pytest.mark.parametrize("number", [1, 10, 15, 20, 101, 110, 1260])
def test_numbers_are_written_and_read_back(number: int) -> None:
    assert value_of(written(number)) == number


def test_models_sentences_are_told_by_what_they_name() -> None:
    assert [c.given for c in citing(ROW)] == [True, False]


def test_a_part_is_measured_and_tests_failures_stay_unseen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    result = measure([ROW])
    assert result["statements"][NEAR].of == 1
    assert result["statements"][BY_MODELS[PARAPHRASE]].of == 0
    assert result["detected"]["period"].share == 1
    file = tmp_path / "answers.jsonl"
    statutes = [{"name": ROW.names[0], "text": LAW}]
    rows = [{"id": n, "statutes": statutes, "reference": ROW.reference, "answers": ROW.answers} for n in range(20)]
    file.write_text("\n".join(json.dumps(r) for r in rows), encoding="utf-8")
    assert main([str(file), "--part", "test", "--show", "period"]) == 2
    assert main([str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["detected"]["period"]["share"] == 1


def test_models_sentences_are_taken_by_the_same_rule_and_kept_apart() -> None:
    told = "**承租人应当在收到通知之日起十五日内支付租金。**承租人应当在二十日内支付租金。"
    row = Row(2, ROW.names, ROW.quotes, "", {"a": told, "b": told})
    found = list(of_models(row))
    assert [(b.kind, b.text) for b in found[:1]] == [(BY_MODELS[NEAR], LAW[:22])]
    assert len(without_doubles(found)) == 1
