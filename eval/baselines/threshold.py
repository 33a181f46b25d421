"""When a baseline had better be silent: a threshold on how sure it is, chosen on the development part alone.

- `always`: it answers whatever it finds, as such pipelines do.
- `balanced`: the threshold that best parts settled questions from open ones, as the mean of the share of the settled
  ones that it answers and of the open ones that it does not; the fairest choice, as neither kind outweighs the other.
- `matched`: the threshold at which it refuses no larger share of the settled questions than the assistant does, so that
  the answers to open questions can be compared directly.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import inf

from eval.baselines.guess import Guess
from eval.rates import rate

ALWAYS = -inf


def balanced(guesses: Sequence[Guess]) -> float:
    """The lowest of several that do equally well."""
    return max(_candidates(guesses), key=lambda t: (_balance(guesses, t), -t))


def matched(guesses: Sequence[Guess], false_refusals: float) -> float:
    """The highest threshold with at most this share of settled questions refused."""
    settled = [g for g in guesses if g.case.status == "answered"]
    if not settled:
        return ALWAYS
    allowed = [
        t for t in _candidates(guesses) if sum(g.confidence <= t for g in settled) <= false_refusals * len(settled)
    ]
    return max(allowed, default=ALWAYS)


def _candidates(guesses: Sequence[Guess]) -> list[float]:
    values = sorted({g.confidence for g in guesses})
    return [ALWAYS, *((a + b) / 2 for a, b in pairwise(values)), inf]


def _balance(guesses: Sequence[Guess], threshold: float) -> float:
    answered = rate(g.confidence > threshold for g in guesses if g.case.status == "answered").share
    quiet = rate(g.confidence <= threshold for g in guesses if g.case.status == "not_covered").share
    return (answered or 0.0) + (quiet or 0.0)
