"""How near each sentence of the law is to a question: decides among equals, and helps where words fail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.qa.evidence import Evidence


class SearchPassage(Protocol):
    @property
    def document(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class Retriever(Protocol):
    """The part of the search that answering needs."""

    @property
    def embedder_name(self) -> str: ...
    @property
    def passages(self) -> Sequence[SearchPassage]: ...

    def fused_scores(self, query: str) -> NDArray[np.float32]: ...

    def dense_scores(self, query: str) -> NDArray[np.float32]: ...


@dataclass(frozen=True, slots=True)
class Near:
    """`rank`: 1 for the provision nearest to the question. `score`: its fused score, comparable within one question."""

    rank: int
    score: float


class Nearness:
    """Ranks a document's sentences by the best passage that holds them."""

    def __init__(self, retriever: Retriever, evidence: Evidence) -> None:
        self._retriever = retriever
        document = evidence.document.id
        places = [(i, p) for i, p in enumerate(retriever.passages) if p.document == document]
        self._holding = {
            u.order: np.array([i for i, p in places if p.start <= u.start < p.end], dtype=np.intp)
            for u in evidence.units
        }
        self._own = np.array([i for i, _ in places], dtype=np.intp)

    def of(self, query: str) -> Mapping[int, Near]:
        """Sentence order to nearness. Embeds the query once."""
        scores = self._retriever.fused_scores(query)
        own = sorted(float(scores[i]) for i in self._own)
        best = {order: float(scores[i].max()) for order, i in self._holding.items() if i.size}
        return {order: Near(1 + sum(s > score for s in own), score) for order, score in best.items()}
