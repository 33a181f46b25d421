"""The tables, and what is kept from them."""

from pathlib import Path

import pytest

from eval.question_sets import SetResult, Split, together
from eval.rates import Rate
from eval.report import category_table, full_report, totals_table
from eval.run import Run, write_results
from tests.eval.toy import toy_scores

HIDDEN = "保密的问题"


def toy_set(name: str = "dev", split: Split = "dev") -> SetResult:
    return SetResult(name, split, tuple(toy_scores()), Rate(5, 5))


def cells(table: str, first: str) -> list[str]:
    line = next(line for line in table.splitlines() if line.startswith(f"| {first} |"))
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_totals_show_the_share_its_interval_and_its_cases() -> None:
    table = totals_table([toy_set(), toy_set("other", "test")])
    assert cells(table, "status accuracy") == ["status accuracy", *["0.500 [0.215, 0.785] of 8"] * 2]
    assert cells(table, "abstention recall")[1].startswith("0.667 ")
    assert cells(table, "quotes verbatim") == ["quotes verbatim", "5 of 5", "5 of 5"]
    assert "other (test)" in table


def test_a_category_without_anything_to_cite_has_no_recall() -> None:
    table = category_table(toy_set())
    assert cells(table, "uncovered") == ["uncovered", "3", "0.667", "–", "–", "–", "–", "0.667"]
    assert cells(table, "**all**")[:4] == ["**all**", "8", "0.500", "0.250"]


def test_sets_together_count_every_case() -> None:
    both = together([toy_set("dev"), toy_set("dev2")], "dev, together")
    assert both.summary.status == Rate(8, 16)
    assert both.verbatim == Rate(10, 10)


def test_failures_of_dev_give_their_reason() -> None:
    failures = toy_set().failures()
    assert len(failures) == 5
    assert any("status not_covered, expected answered" in line for line in failures)


@pytest.mark.parametrize("split", ["test", "fresh"])
def test_nothing_of_a_held_out_set_is_shown(split: Split, tmp_path: Path) -> None:
    scores = tuple(
        type(s)(**{**vars(s), "case": s.case.model_copy(update={"turns": [HIDDEN]}), "reason": HIDDEN})
        for s in toy_scores()
    )
    held_out = SetResult("test", split, scores, Rate(1, 1))
    run = Run({"pack": "toy", "pack_sha256": "0" * 64, "embedder": "none"}, [held_out], [held_out], [])
    assert run.failures == []
    write_results(run, tmp_path / "README.md")
    written = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "0.500 [0.215, 0.785] of 8" in written
    assert HIDDEN not in written + str(run.as_json())


def test_the_report_has_every_part() -> None:
    report = full_report([toy_set()], [toy_set("hall")], [])
    for heading in ("Liaoning measures", "Other regulations", "Edited copies"):
        assert heading in report
