"""Intervals and what a toy set comes to."""

import pytest

from eval.rates import Rate, by_category, rate, summarise, wilson
from tests.eval.toy import toy_scores


def test_wilson_of_known_values() -> None:
    assert wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert wilson(0, 10) == pytest.approx((0, 0.2775), abs=1e-4)
    assert wilson(10, 10) == pytest.approx((0.7225, 1), abs=1e-4)


def test_a_rate_over_nothing_has_no_share() -> None:
    assert rate([None, None]) == Rate(0, 0)
    assert rate([]).share is None
    assert rate([]).interval is None
    assert rate([]).as_json() == {"hits": 0, "of": 0, "share": None, "wilson95": None}


def test_none_is_no_case() -> None:
    assert rate([1.0, None, 0.5, False]) == Rate(1.5, 3)


def test_the_numbers_of_a_toy_set() -> None:
    summary = summarise(toy_scores())
    assert summary.n == 8
    assert summary.status == Rate(4, 8)
    assert summary.item_recall == Rate(1, 4)
    assert summary.item_precision == Rate(1, 2)
    assert summary.abstention_precision == Rate(2, 4)
    assert summary.abstention_recall == Rate(2, 3)
    assert summary.false_refusals == Rate(2, 4)
    assert summary.wrong_answers == Rate(1, 3)
    assert summary.passed == Rate(3, 8)


def test_categories_add_up_to_the_whole() -> None:
    categories = by_category(toy_scores())
    assert {name: s.n for name, s in categories.items()} == {
        "fact": 3,
        "list": 1,
        "other_subject": 1,
        "uncovered": 3,
    }
    assert sum(s.status.hits for s in categories.values()) == 4
