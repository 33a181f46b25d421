"""The pre-check's benchmark: what it computes, and that a batch's drafts differ."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from eval import forms_bench
from eval.forms.table import Split
from eval.forms_batch import family, family_mb, number_of, run, watched
from eval.forms_bench import FormsBench, Speed, affordable, many_plans, markdown, scaling, speeds, write_batch
from eval.forms_make import PAPER, Form


def numbers(seconds: float) -> dict[str, float]:
    return {
        "drafts": 1000,
        "unreadable": 0,
        "check_s": seconds,
        "reports_s": 3.0,
        "own_mb": 210.0,
        "family_mb": 480.0,
    }


def form(kind: str, number: int, split: Split = "dev") -> Form:
    return Form(f"{kind}-{number}", split, "generated", kind, Path(f"{number}.{kind}"), {})


def test_forms_per_second_are_forms_by_their_whole_time() -> None:
    speed = Speed((0.1, 0.3, 0.1))
    assert speed.per_second == pytest.approx(6)
    assert speed.as_json() == pytest.approx({"checked": 3, "per_second": 6, "median_ms": 100})


def test_each_format_is_warmed_up_and_then_every_form_timed_equally_often() -> None:
    forms = [form("csv", 1), form("csv", 2), form("docx", 3)]
    asked: list[str] = []
    found = speeds(forms, lambda one: asked.append(one.id), repeats=2)
    assert {kind: len(speed.seconds) for kind, speed in found.items()} == {"csv": 4, "docx": 2}
    assert sorted(asked[:2]) == ["csv-2", "docx-3"]
    assert len(asked) == 2 + 2 * 3


def test_no_further_round_begins_that_would_take_too_long() -> None:
    asked: list[str] = []
    found = speeds([form("csv", 1)], lambda one: asked.append(one.id), repeats=3, seconds=0.0)
    assert len(found["csv"].seconds) == 1
    assert len(asked) == 2


def test_a_batch_is_as_large_as_the_time_allows() -> None:
    found = {"csv": Speed((0.1,) * 10), "scan": Speed((9.0,))}
    assert affordable(found, 1000, 100.0) == 300
    assert affordable(found, 1000, 10_000.0) == 1000
    assert affordable(found, 1000, 0.0) == 50
    assert affordable(found, 20, 0.0) == 20


def test_scaling_compares_the_most_workers_with_the_fewest() -> None:
    assert scaling({2: numbers(25), 1: numbers(40)}) == pytest.approx(1.6)
    assert scaling({1: numbers(40)}) is None


def test_a_batch_has_as_many_different_drafts_as_asked_and_none_on_paper() -> None:
    made = many_plans(300)
    assert len(made) == 300
    assert len({plan.file for plan in made}) == 300
    assert len({(plan.layout, tuple(plan.rows)) for plan in made}) > 290
    assert not {plan.format for plan in made} & set(PAPER)
    assert {plan.kind for plan in made} == {"docx", "xlsx", "csv", "json", "txt"}


def test_a_batch_is_checked_and_measured(tmp_path: Path) -> None:
    kinds = write_batch(6, tmp_path)
    assert sum(kinds.values()) == 6
    found = run(tmp_path, 1)
    assert (found["drafts"], found["unreadable"]) == (6, 0)
    assert found["check_s"] > 0
    assert found["own_mb"] > 10
    assert found["family_mb"] > 10


def test_a_family_is_a_process_with_all_its_descendants() -> None:
    assert family({1: 0, 5: 1, 6: 5, 7: 6, 8: 1}, 5) == {5, 6, 7}
    assert number_of("Name:\tx\nPPid:\t42\n", "PPid") == 42
    assert number_of("", "PPid") == 0


def test_memory_is_watched_with_that_of_the_children() -> None:
    child = "x = bytearray(80 * 2**20); print(len(x), flush=True); input()"
    with watched(os.getpid()) as seen:
        alone = family_mb(os.getpid())
        with subprocess.Popen([sys.executable, "-c", child], stdin=-1, stdout=-1, text=True) as process:
            assert process.stdout
            process.stdout.readline()
            assert family_mb(os.getpid()) > alone + 60
            process.communicate("\n")
    assert seen


def test_the_tables_name_formats_workers_and_scaling(capsys: pytest.CaptureFixture[str]) -> None:
    bench = FormsBench({"csv": Speed((0.02, 0.02))}, {1: numbers(40), 2: numbers(25)}, {"csv": 400, "docx": 600})
    text = markdown(bench)
    assert "| csv | 2 | 50.0 | 20 ms |" in text
    assert "A batch of 1,000 different drafts (400 csv, 600 docx)" in text
    assert "| 2 | 25.0 s | 40.0 | 3.0 s | 210 MB | 480 MB | 0 |" in text
    assert "1.60 times as fast" in text
    assert bench.as_json()["scaling"] == pytest.approx(1.6)
    with pytest.raises(SystemExit):
        forms_bench.main(["--drafts", "0"])
    assert "at least 1" in capsys.readouterr().err
