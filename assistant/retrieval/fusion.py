"""Dense and lexical scores of one query in, one fused score per text out.

A convex combination of standardised scores (z-scores over all texts). Unlike rank fusion it keeps how
clearly one side prefers a text: an exact term of the law stands far above the rest on the lexical side and
decides; where words are shared at random, nothing stands out and the dense side decides.
Bruch, Gai, Ingber: An Analysis of Fusion Functions for Hybrid Retrieval (2023), arXiv:2210.11934.
"""

import numpy as np
from numpy.typing import NDArray

# Tuned on the dev half of STARD (eval/results/stard.md); 0.6 to 0.8 do about as well, over the whole pool
# and over random pools of 80 and 360 texts.
DENSE_WEIGHT = 0.7
# The least spread (standard deviation) that counts as information, in cosines and in BM25 points. Below it
# a score is not blown up to a full z-score: one stray character that a single text shares with the query
# must not outvote the dense side, nor rounding noise among equal cosines the lexical side.
DENSE_SPREAD_FLOOR = 0.001
LEXICAL_SPREAD_FLOOR = 1.0


def fuse(dense: NDArray[np.floating], lexical: NDArray[np.floating]) -> NDArray[np.float32]:
    """One fused score per text, higher is better; comparable within one query only.

    `dense` are cosines and `lexical` BM25 scores of the same texts in the same order, over the whole pool
    and not its top. Equal scores on one side leave the order to the other. ValueError if the shapes differ
    or a score is not finite.
    """
    if dense.ndim != 1 or dense.shape != lexical.shape:
        raise ValueError(f"one score per text and side is needed, got {dense.shape} and {lexical.shape}")
    if dense.size == 0:
        return np.zeros(0, dtype=np.float32)
    if not (np.isfinite(dense).all() and np.isfinite(lexical).all()):
        raise ValueError("a score is not a finite number")
    fused = DENSE_WEIGHT * _standardised(dense, DENSE_SPREAD_FLOOR)
    fused += (1 - DENSE_WEIGHT) * _standardised(lexical, LEXICAL_SPREAD_FLOOR)
    return fused.astype(np.float32)


def _standardised(scores: NDArray[np.floating], spread_floor: float) -> NDArray[np.float64]:
    """`scores` with mean 0, and standard deviation 1 or less where they hardly differ."""
    exact = scores.astype(np.float64)
    centred: NDArray[np.float64] = exact - exact.mean()
    return centred / max(float(exact.std()), spread_floor)
