"""The tables, what is kept from them, and the similarity rule."""

from pathlib import Path

import pytest

from eval.question_sets import SetResult, Split, together
from eval.rates import Rate
from eval.report import category_table, full_report, rule_table, totals_table
from eval.run import Run, write_results
from eval.similarity_rule import Pick, best_threshold, compare
from tests.eval.toy import case, toy_scores

HIDDEN = "保密的问题"


def toy_set(name: str = "dev", split: Split = "dev") -> SetResult:
    scores = tuple(toy_scores())
    picks = tuple(Pick(s.case, "art_3", 0.9 - i / 10) for i, s in enumerate(scores))
    return SetResult(name, split, scores, picks, Rate(5, 5))


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


def test_nothing_of_a_held_out_set_is_shown(tmp_path: Path) -> None:
    scores = tuple(
        type(s)(**{**vars(s), "case": s.case.model_copy(update={"turns": [HIDDEN]}), "reason": HIDDEN})
        for s in toy_scores()
    )
    held_out = SetResult("test", "test", scores, toy_set().picks, Rate(1, 1))
    run = Run({"pack": "toy", "pack_sha256": "0" * 64, "embedder": "none"}, [held_out], [held_out], [], 0.5)
    assert run.failures == []
    write_results(run, tmp_path / "README.md")
    written = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "0.500 [0.215, 0.785] of 8" in written
    assert HIDDEN not in written + str(run.as_json())


def test_the_report_has_every_part() -> None:
    report = full_report([toy_set()], [toy_set("hall")], [], 0.87)
    for heading in ("Liaoning measures", "similarity rule, 0.87", "Other regulations", "Edited copies"):
        assert heading.split(",")[0] in report
    assert "0.8700" in report


@pytest.mark.parametrize(
    ("covered", "uncovered", "low", "high"),
    [
        ([0.9, 0.8], [0.5, 0.4], 0.5, 0.8),
        ([0.9, 0.5], [0.8, 0.4], 0.4, 0.5),
        ([0.4, 0.9, 0.5, 0.7], [0.8], -1, -1),  # answering always is the best that it can do
    ],
)
def test_the_threshold_gives_the_most_right_statuses(
    covered: list[float], uncovered: list[float], low: float, high: float
) -> None:
    picks = [Pick(case("answered", "art_3"), "art_3", c) for c in covered]
    picks += [Pick(case("not_covered"), "art_3", c) for c in uncovered]
    picks.append(Pick(case("out_of_scope"), "art_3", 0.99))  # not asked of the rule
    assert low <= best_threshold(picks) <= high


def test_the_rule_and_the_assistant_are_compared_on_the_same_cases() -> None:
    result = toy_set()
    found = compare(result.picks, result.scores, 0.45)  # it answers the first five
    assert found.status_rule == Rate(6, 7)
    assert found.status_assistant == Rate(4, 7)
    assert found.wrong_answers_rule == Rate(1, 3)
    assert found.wrong_answers_assistant == Rate(1, 3)
    assert found.first_article_rule == Rate(3, 4)
    assert found.first_article_assistant == Rate(1, 4)
    assert rule_table([result], 0.45).count("\n") == 3
