"""No question that is held out for measuring is trained on. What fails is named by ids and counts, never by words."""

from pathlib import Path

import pytest

from eval.cases import FOLDER, Case, load_cases
from eval.reader.examples import DATA
from eval.reader.held_out import held_out_files, held_out_turns, is_shared, json_lines, plain, said_in

TRAINING = sorted([*DATA.glob("measures-*.jsonl"), *DATA.glob("regulations/*/questions.jsonl")])


@pytest.fixture(scope="module")
def training() -> list[Case]:
    return [case for file in TRAINING for case in load_cases(file)]


def shared_ids(cases: list[Case], turns: set[str] | frozenset[str]) -> list[str]:
    return [case.id for case in cases if any(plain(turn) in turns for turn in case.turns)]


def test_training_data_share_no_question_with_held_out_files(training: list[Case]) -> None:
    shared = shared_ids(training, held_out_turns())
    assert not shared, f"take these out of eval/reader/data: {', '.join(shared)}"


def test_training_data_share_no_question_with_any_measured_regulation(training: list[Case]) -> None:
    files = sorted((FOLDER / "regulations").glob("*/questions.jsonl"))
    assert len(files) >= 4
    for file in files:
        shared = shared_ids(training, said_in(json_lines(file)))
        assert not shared, f"{file.parent.name}: take these out of eval/reader/data: {', '.join(shared)}"


def test_training_data_share_no_regulation_with_the_measured_ones() -> None:
    def titles(files: list[Path]) -> set[str]:
        return {plain(file.read_text(encoding="utf-8").strip().splitlines()[0]) for file in files}

    ours = titles(sorted(DATA.glob("regulations/*/source.txt")))
    theirs = titles(sorted((FOLDER / "regulations").glob("*/source.txt")))
    assert len(ours) == 37
    assert len(ours & theirs) == 0


def test_all_held_out_sets_are_known() -> None:
    names = {file.stem if file.stem != "questions" else file.parent.name for file in held_out_files()}
    assert {"test", "test2", "skilled-workshop", "cold-storage-notice", "identifier-node"} <= names
    assert "sports-hall" not in names
    assert not [name for name in names if name.startswith("dev")]
    count = sum(len(load_cases(file)) for file in held_out_files())
    assert len(held_out_turns()) > 0.9 * count


def test_any_held_out_turn_is_found_in_whatever_way_it_is_written() -> None:
    for file in held_out_files():
        case = load_cases(file)[-1]
        turn = case.turns[-1]
        spaced = "　".join(turn).replace("?", "！！")
        found = is_shared(["前面的话。", f"“{spaced}”"])
        assert found, file.name  # not in the assertion itself, which would print the words


def test_what_does_not_make_another_question_is_ignored() -> None:
    assert plain("固定研發人員，要８０人嗎？") == plain("固定研发人员要80人吗")
    assert plain("How many?") == plain("how  many")
    assert plain("要80人吗") != plain("要90人吗")
