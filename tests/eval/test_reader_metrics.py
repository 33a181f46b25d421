"""The measures that training reports, and the expectation that is fitted after it."""

import numpy as np
import pytest

pytest.importorskip("torch")

from eval.reader.expectation import fit, question_means
from eval.reader.metrics import Scored, measure, report, score
from tests.eval.reader_samples import EXAMPLES, IDS, example, small_network


def scored(name: str, margins: list[float], positives: tuple[int, ...] = (), near: tuple[int, ...] = ()) -> Scored:
    return Scored(example(name, positives, near), np.array(margins, np.float32))


ROWS = [
    scored("x-1", [5, -9, -9], (0,)),  # found, and silent without it
    scored("x-2", [3, 2, -9], (1,), (0,)),  # second, after one that is near
    scored("x-3", [-9, -9, -3], (0,)),  # not found, refused
    scored("x-4", [-9, -9, -9]),
    scored("x-5", [4, -9, -9]),
]


def test_measures_of_known_margins() -> None:
    found = measure(ROWS)
    assert (found.answered, found.left_open) == (3, 2)
    assert found.recall == pytest.approx({1: 1 / 3, 3: 1, 5: 1})
    assert found.near == pytest.approx(2 / 3)
    assert found.auc == pytest.approx(4 / 6)
    assert found.refused[0] == pytest.approx(1 / 3)
    assert found.wrong[0] == pytest.approx(1 / 2)
    assert found.accuracy[0] == pytest.approx(3 / 5)
    assert found.abstains[0] == pytest.approx(1)


def test_without_what_answers_the_rest_counts() -> None:
    assert ROWS[0].margin_without == pytest.approx(-9 + np.log(2))
    assert ROWS[1].margin_without == pytest.approx(-9)


def test_every_set_is_reported_and_the_network_goes_on_training() -> None:
    network = small_network()
    lines = report(score(network, IDS, EXAMPLES.development)).splitlines()
    assert [line.split(":")[0] for line in lines] == ["d", "liaoning"]
    assert network.training


def test_scores_do_not_depend_on_the_other_questions() -> None:
    network = small_network()
    together = {s.example.id: s.margins for s in score(network, IDS, EXAMPLES.examples)}
    for each in EXAMPLES.examples:
        (alone,) = score(network, IDS, [each])
        assert alone.margins == pytest.approx(together[each.id], abs=0.5)  # in 16 bits


def test_the_regression_is_at_its_optimum() -> None:
    chance = np.random.default_rng(0)
    features = chance.standard_normal((200, 4))
    settled = features @ [1.0, -2.0, 0.0, 0.5] + 0.7 + chance.standard_normal(200) > 0
    weights, bias = fit(features, settled, inverse_penalty=3.0)
    error = 1 / (1 + np.exp(-features @ weights - bias)) - settled
    assert features.T @ error + weights / 3.0 == pytest.approx(np.zeros(4), abs=1e-6)
    assert error.sum() == pytest.approx(0, abs=1e-6)


def test_question_means_have_length_one() -> None:
    means = question_means(small_network(), IDS, EXAMPLES.examples)
    assert np.linalg.norm(means, axis=1) == pytest.approx(np.ones(len(EXAMPLES.examples)), abs=1e-5)
