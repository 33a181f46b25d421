"""Kleene's tables: the unknown decides nothing and is not decided unless the rest settles it."""

from itertools import product

import pytest

from assistant.rules.logic import Truth, all_of, any_of, negated

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


@pytest.mark.parametrize(("truths", "both", "either"), [
    ((T, T), T, T), ((T, F), F, T), ((T, U), U, T), ((F, F), F, F), ((F, U), F, U), ((U, U), U, U),
])  # fmt: skip
def test_and_and_or(truths: tuple[Truth, Truth], both: Truth, either: Truth) -> None:
    for order in (truths, truths[::-1]):
        assert all_of(order) is both
        assert any_of(order) is either


def test_not() -> None:
    assert [negated(x) for x in (T, F, U)] == [F, T, U]


def test_nothing_demanded_is_kept_and_nothing_offered_is_not() -> None:
    assert (all_of([]), any_of([])) == (T, F)


def test_de_morgan() -> None:
    for a, b in product(Truth, repeat=2):
        assert negated(all_of((a, b))) is any_of((negated(a), negated(b)))


def test_truth_of_what_is_not_known() -> None:
    assert [Truth.of(x) for x in (True, False, None)] == [T, F, U]
