"""The fused order of dense and lexical scores."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from assistant.retrieval.fusion import fuse


def _scores(*values: float) -> NDArray[np.float32]:
    return np.array(values, dtype=np.float32)


def _order(fused: NDArray[np.float32]) -> list[int]:
    return [int(position) for position in np.argsort(-fused, kind="stable")]


def test_equal_lexical_scores_leave_the_dense_order() -> None:
    dense = _scores(0.81, 0.88, 0.84)
    assert _order(fuse(dense, _scores(0, 0, 0))) == [1, 2, 0]
    assert _order(fuse(dense, _scores(7, 7, 7))) == [1, 2, 0]


def test_equal_dense_scores_leave_the_lexical_order_in_spite_of_rounding() -> None:
    dense = _scores(0.8500001, 0.85, 0.8499999)
    assert _order(fuse(dense, _scores(1, 9, 30))) == [2, 1, 0]


def test_all_equal_scores_give_zeros() -> None:
    assert fuse(_scores(0, 0, 0), _scores(0, 0, 0)).tolist() == [0, 0, 0]
    assert fuse(_scores(0.9), _scores(12)).tolist() == [0]


def test_an_exact_term_outvotes_a_slightly_nearer_text() -> None:
    dense = np.linspace(0.80, 0.86, 80, dtype=np.float32)  # text 79 is nearest
    lexical = np.full(80, 1.0, dtype=np.float32)
    lexical[60] = 40.0
    assert _order(fuse(dense, lexical))[0] == 60


def test_one_stray_character_does_not_outvote_the_nearest_text() -> None:
    dense = np.linspace(0.80, 0.86, 80, dtype=np.float32)
    lexical = np.zeros(80, dtype=np.float32)
    lexical[40] = 1.5
    assert _order(fuse(dense, lexical))[0] == 79


def test_a_lexical_winner_needs_more_than_the_rank() -> None:
    """Rank fusion would call these two queries the same; here the distance decides."""
    dense = _scores(0.90, 0.87, 0.80, 0.80, 0.80)
    assert _order(fuse(dense, _scores(9.9, 10, 0, 0, 0)))[0] == 0
    assert _order(fuse(dense, _scores(0, 30, 0, 0, 0)))[0] == 1


@pytest.mark.parametrize(
    ("dense", "lexical"),
    [
        (_scores(0.8, 0.9), _scores(1, 2, 3)),
        (np.zeros((2, 2), np.float32), np.zeros((2, 2), np.float32)),
        (_scores(0.8, float("nan")), _scores(1, 2)),
        (_scores(0.8, 0.9), _scores(1, float("inf"))),
    ],
)
def test_scores_that_do_not_fit_are_refused(dense: NDArray[np.float32], lexical: NDArray[np.float32]) -> None:
    with pytest.raises(ValueError, match=r"one score per text|not a finite"):
        fuse(dense, lexical)


def test_no_texts_give_no_scores() -> None:
    assert fuse(_scores(), _scores()).shape == (0,)


_PAIRS = st.lists(st.tuples(st.floats(-1, 1, width=32), st.floats(0, 200, width=32)), min_size=1, max_size=100)


@given(_PAIRS)
def test_scores_are_finite_and_the_best_on_both_sides_is_first(pairs: list[tuple[float, float]]) -> None:
    dense, lexical = (np.array(side, dtype=np.float32) for side in zip(*pairs, strict=True))
    before = (dense.copy(), lexical.copy())
    fused = fuse(dense, lexical)
    assert fused.shape == dense.shape
    assert fused.dtype == np.float32
    assert np.isfinite(fused).all()
    best_on_both = (dense == dense.max()) & (lexical == lexical.max())
    assert (fused[best_on_both] >= fused.max() - 1e-5).all()
    assert (dense == before[0]).all()
    assert (lexical == before[1]).all()


def test_a_large_pool_costs_under_three_milliseconds() -> None:
    random = np.random.default_rng(0)
    dense, lexical = random.random(1445, dtype=np.float32), random.random(1445, dtype=np.float32)
    took = []
    for _ in range(50):
        start = time.perf_counter()
        fuse(dense, lexical)
        took.append(time.perf_counter() - start)
    assert min(took) < 0.003
