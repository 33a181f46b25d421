"""The floors: the rule that sets them, that they can fail, and the bounded measurement that holds them here."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.config import Settings
from assistant.qa.models import Answer
from assistant.retrieval.embedding import load_embedder
from eval.cases import Score, score
from eval.counterfactuals import PACK
from eval.floors.bounded import ask_bounded, bounded_cases, dialogue_figures, figures_of
from eval.floors.floor import CI, LOW_IS_BETTER, Floor, broken, floor_of, load_floors, told, write_floors, written
from eval.rates import Rate
from eval.subject import Subject, open_subject

MEASURES = ("status", "false_refusals", "numbers", "wrong_answers", "passed", "false_alarm: paraphrase")


@settings(max_examples=40)
@given(
    st.integers(min_value=10, max_value=2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.sampled_from(MEASURES),
    st.sampled_from((CI, "test", "forms: unseen, hand")),
)
def test_a_floor_is_never_stricter_than_what_was_measured(found: tuple[int, int], measure: str, where: str) -> None:
    measured = Rate(*found)
    floor = floor_of((where, measure), measured)
    assert floor is not None
    assert floor.holds(measured)


def test_the_rule_gives_two_cases_in_the_tests_and_the_interval_elsewhere() -> None:
    ci, test = floor_of((CI, "status"), Rate(194, 220)), floor_of(("test", "status"), Rate(617, 670))
    assert ci is not None
    assert [ci.holds(Rate(n, 220)) for n in (194, 192, 191)] == [True, True, False]
    assert test is not None
    assert 0.897 < test.floor < 0.899
    low = floor_of((CI, "wrong_answers"), Rate(5, 51))
    assert low is not None
    assert [low.holds(Rate(n, 51)) for n in (0, 5, 7, 8)] == [True, True, True, False]


@pytest.mark.parametrize("measure", ["verbatim", "supported", "batch"])
def test_what_must_always_be_so_has_no_slack(measure: str) -> None:
    floor = floor_of((CI, measure), Rate(500, 500))
    assert floor is not None
    assert not floor.holds(Rate(499, 500))


def test_few_cases_set_no_floor_and_no_cases_hold_none() -> None:
    assert floor_of((CI, "status"), Rate(9, 9)) is None
    assert not Floor(where=CI, measure="status", hits=1, of=1, floor=0.0).holds(Rate(0, 0))


def test_writing_again_loosens_nothing_unless_asked(tmp_path: Path) -> None:
    first, _ = written([], {(CI, "status"): Rate(90, 100), (CI, "wrong_answers"): Rate(10, 100)})
    worse = {(CI, "status"): Rate(80, 100), (CI, "wrong_answers"): Rate(20, 100)}
    kept, refused = written(first, worse)
    assert kept == first
    assert len(refused) == 2
    looser, refused = written(first, worse, looser=True)
    assert refused == []
    assert {f.measure: f.hits for f in looser} == {"status": 80, "wrong_answers": 20}
    tighter, _ = written(first, {(CI, "status"): Rate(95, 100)})
    write_floors(tighter, tmp_path / "floors.toml")
    assert load_floors(tmp_path / "floors.toml") == tighter
    assert next(f for f in tighter if f.measure == "status").floor > 0.92


def test_what_was_not_measured_breaks_nothing_and_what_falls_is_told() -> None:
    floors, _ = written([], {(CI, "status"): Rate(90, 100), ("test", "status"): Rate(90, 100)})
    ((floor, rate),) = broken(floors, {(CI, "status"): Rate(80, 100)})
    assert told(floor, rate).startswith("ci, status: 0.8000 (80 of 100), wanted at least 0.8")


# ---- the real thing, in bounded size


@pytest.fixture(scope="module")
def subject(tmp_path_factory: pytest.TempPathFactory) -> Subject:
    settings = Settings(index_dir=tmp_path_factory.mktemp("indexes"))
    return open_subject(PACK, settings, load_embedder(settings.embedding_model))


@pytest.fixture(scope="module")
def asked(subject: Subject) -> tuple[list[Score], Rate]:
    return ask_bounded(subject)


def lines(fallen: Sequence[tuple[Floor, Rate]]) -> str:
    return "\n" + "\n".join(told(floor, rate) for floor, rate in fallen)


@pytest.mark.slow
def test_no_figure_of_the_bounded_part_falls_below_its_floor(subject: Subject, asked: tuple[list[Score], Rate]) -> None:
    floors = [f for f in load_floors() if f.where == CI]
    measured = figures_of(*asked, subject) | dialogue_figures(subject)
    assert len(floors) >= 15
    assert {(f.where, f.measure) for f in floors} <= measured.keys()
    fallen = broken(floors, measured)
    assert not fallen, lines(fallen)


def as_if(scores: Sequence[Score], subject: Subject, change: Iterator[Answer]) -> list[Score]:
    """The same scores with some answers changed, scored again."""
    return [score(s.case, answer, subject.document) for s, answer in zip(scores, change, strict=True)]


@pytest.mark.slow
def test_three_lost_answers_and_one_wrong_figure_break_floors(
    subject: Subject, asked: tuple[list[Score], Rate]
) -> None:
    scores, verbatim = asked
    floors = load_floors()
    right = [s.case.id for s in scores if s.passed and s.case.status == "answered"][:3]

    def silenced() -> Iterator[Answer]:
        for s in scores:
            lost = {"status": "not_covered", "statements": [], "citations": [], "answer": ""}
            yield s.answer.model_copy(update=lost) if s.case.id in right else s.answer

    def misquoted() -> Iterator[Answer]:
        for s in scores:
            told = [t.model_copy(update={"text": t.text.replace("80人", "60人")}) for t in s.answer.statements]
            text = s.answer.answer.replace("80人", "60人")
            yield s.answer.model_copy(update={"statements": told, "answer": text})

    now = {f.measure for f, _ in broken(floors, figures_of(scores, verbatim, subject))}
    lost = broken(floors, figures_of(as_if(scores, subject, silenced()), verbatim, subject))
    assert {"status", "false_refusals", "passed"} <= {f.measure for f, _ in lost} | now
    wrong = broken(floors, figures_of(as_if(scores, subject, misquoted()), verbatim, subject))
    assert {"supported", "numbers"} <= {f.measure for f, _ in wrong}


def test_the_bounded_part_is_the_same_each_time_and_of_dev_alone() -> None:
    ids = [c.id for c in bounded_cases()]
    assert ids == [c.id for c in bounded_cases()]
    assert 150 <= len(ids) <= 400
    assert LOW_IS_BETTER.isdisjoint({"status", "passed"})
