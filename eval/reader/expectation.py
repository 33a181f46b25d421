"""How likely a question of a kind is to be settled at all: a logistic regression on the mean of its token vectors."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from eval.reader.examples import Example
from eval.reader.network import LateInteraction
from eval.reader.scope import means
from eval.reader.vocabulary import TokenIds

Array = NDArray[np.float64]
_INVERSE_PENALTY = 3.0
_TOLERANCE = 1e-8


def question_means(reader: LateInteraction, ids: TokenIds, examples: Sequence[Example]) -> Array:
    """The mean of each question's token vectors, of length 1: [questions, width]."""
    reader.eval()
    return means(reader, [ids.questions[e.id] for e in examples]).numpy().astype(np.float64)


def fit(features: Array, settled: NDArray[np.bool_], inverse_penalty: float = _INVERSE_PENALTY) -> tuple[Array, float]:
    """The weights and the bias of a logistic regression with an L2 penalty on the weights, by Newton's method."""
    count, width = features.shape
    design = np.hstack([features, np.ones((count, 1))])
    ridge = np.diag([1 / inverse_penalty] * width + [0.0])
    weights = np.zeros(width + 1)
    for _ in range(100):
        chance = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (chance - settled) + ridge @ weights
        curve = (design * (chance * (1 - chance))[:, None]).T @ design + ridge
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < _TOLERANCE:
            break
    return weights[:-1], float(weights[-1])
