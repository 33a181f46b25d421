"""Timing: the order in which both are asked, and the ratio's interval."""

import numpy as np
import pytest

from eval import bench


def test_both_are_asked_every_question_and_take_turns_at_going_first() -> None:
    asked: list[tuple[str, int]] = []
    times = bench.interleaved(lambda i: asked.append(("own", i)), lambda i: asked.append(("plain", i)), 4)
    assert [len(t) for t in times] == [4, 4]
    assert sorted(asked) == sorted((who, i) for who in ("own", "plain") for i in range(4))
    assert [who for who, _ in asked[::2]] == ["plain", "own", "plain", "own"]


def test_the_interval_holds_the_ratio_of_proportional_times() -> None:
    plain = np.random.default_rng(1).uniform(5, 50, 200)
    low, high = bench.ratio_interval([(1.5 * plain).tolist(), plain.tolist()])
    assert (low, high) == pytest.approx((1.5, 1.5))


def test_questions_are_spread_over_the_sets_and_none_is_asked_twice() -> None:
    everything = bench.chosen_turns(10**6)
    some = bench.chosen_turns(50)
    assert len(some) == 50
    assert some[0] == everything[0]
    assert all(turns in everything for turns in some)
    assert len({id(turns) for turns in some}) == 50


def test_times_are_summed_up() -> None:
    found = bench.summary(list(range(1, 102)))
    assert (found["median_ms"], found["p95_ms"], found["mean_ms"]) == (51, 96, 51)
