"""How well a sentence matches a question, token by token: the trained comparison of two encoded texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.reader.encoder import WEIGHTS, States

Array = NDArray[np.float32]
_SHARPNESS = np.float32(6)
SCOPE_NEAREST = 3
"""How many of a document's sentences say whether a question is of its subject."""


@dataclass(frozen=True)
class Matched:
    """A text made ready to be compared: `tokens` [heads, tokens, width] and `whole` [width], both of length 1."""

    tokens: Array
    whole: Array


class Heads:
    """Several heads look at the tokens from different sides, as in late interaction (ColBERT): each token of the
    question is matched with the sentence's token nearest to it. What the matches come to, and how badly the worst
    of the important tokens is matched, gives one number a sentence; `silence` is what it has to exceed.
    """

    def __init__(self, folder: Path = WEIGHTS) -> None:
        with np.load(folder / "heads.npz") as stored:
            self._w: dict[str, Array] = {name: stored[name].astype(np.float32) for name in stored.files}
        self.count = int(self._w["imp.weight"].shape[0])

    def question(self, states: States) -> tuple[Matched, Array]:
        """A question, and how much each of its tokens matters to each head, [tokens, heads]."""
        importance = states @ self._w["imp.weight"].T + self._w["imp.bias"]
        importance = np.exp(importance - importance.max(axis=0))
        return self._matched(states, "tq", "pq"), importance / importance.sum(axis=0)

    def sentence(self, states: States) -> Matched:
        return self._matched(states, "ts", "ps")

    def silence(self, states: States) -> float:
        """What a sentence has to exceed to answer this question."""
        need = _unit(states.mean(axis=0)) @ self._w["null.weight"][0] + self._w["null.bias"][0]
        return float(self._w["shift"] + need)

    def expectation(self, states: States) -> float:
        """How likely a regulation is to settle a question of this kind at all, in logits, whatever it says."""
        return float(_unit(states.mean(axis=0)) @ self._w["prior.weight"] + self._w["prior.bias"][0])

    def subject(self, sentences: Sequence[States]) -> Array:
        """What a document's sentences are about, to be held against questions: [sentences, width]."""
        wholes = np.stack([_unit(states.mean(axis=0)) for states in sentences])
        return _unit(wholes @ self._w["scope.s.weight"].T + self._w["scope.s.bias"])

    def scope(self, states: States, subject: Array) -> float:
        """How surely a question is of a document's subject, whether or not it is settled there, in logits."""
        whole = _unit(states.mean(axis=0))
        asked = _unit(whole @ self._w["scope.q.weight"].T + self._w["scope.q.bias"])
        nearest = np.sort(subject @ asked)[-SCOPE_NEAREST:].mean()
        kind = whole @ self._w["scope.kind.weight"][0] + self._w["scope.kind.bias"][0]
        return float(self._w["scope.scale"] * nearest + self._w["scope.shift"] + kind)

    def compare(self, question: Matched, importance: Array, nearest: Array, wholes: Array) -> Array:
        """One number a sentence. `nearest`: [heads, question tokens, sentences], the best match of each token."""
        best = nearest.transpose(2, 1, 0)
        cover = (importance[None] * best).sum(axis=1)
        worst = (1 - best) * _SHARPNESS + np.log(importance + 1e-6)[None]
        least = -_logsumexp(worst, axis=1) / _SHARPNESS
        cosine = wholes @ question.whole
        features = np.concatenate([cover, least, cosine[:, None]], axis=1)
        hidden = _gelu(features @ self._w["mix.0.weight"].T + self._w["mix.0.bias"])
        mixed = hidden @ self._w["mix.2.weight"].T + self._w["mix.2.bias"]
        linear = features @ self._w["lin.weight"].T + self._w["lin.bias"]
        scores: Array = (mixed + linear)[:, 0]
        return scores

    def _matched(self, states: States, tokens: str, whole: str) -> Matched:
        each = states @ self._w[f"{tokens}.weight"].T + self._w[f"{tokens}.bias"]
        each = _unit(each.reshape(len(states), self.count, -1)).transpose(1, 0, 2)
        mean = states.mean(axis=0) @ self._w[f"{whole}.weight"].T + self._w[f"{whole}.bias"]
        return Matched(np.ascontiguousarray(each), _unit(mean))


def _unit(array: Array) -> Array:
    length = np.maximum(np.linalg.norm(array, axis=-1, keepdims=True), 1e-12)
    return np.asarray(array / length, dtype=np.float32)


def _logsumexp(array: Array, axis: int) -> Array:
    top = array.max(axis=axis, keepdims=True)
    total: Array = np.exp(array - top).sum(axis=axis, keepdims=True)
    return np.asarray(np.squeeze(top + np.log(total), axis), dtype=np.float32)


def _gelu(array: Array) -> Array:
    """Abramowitz and Stegun 7.1.26 for the error function; off by less than 2e-7."""
    x = np.abs(array) / np.float32(2**0.5)
    t = 1 / (1 + 0.3275911 * x)
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(array) * (1 - poly * np.exp(-x * x))
    return np.asarray(0.5 * array * (1 + erf), dtype=np.float32)


@cache
def load_heads() -> Heads:
    return Heads()
