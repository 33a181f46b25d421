"""Texts and a query in, one BM25 score per text out (Lucene's variant, computed by bm25s)."""

import logging
from collections.abc import Sequence

import bm25s
import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.tokens import search_tokens

# Tuned on the dev half of STARD (eval/results/stard.md). b is above the usual 0.75: single characters
# are among the tokens, and a long text holds many of them by chance.
K1 = 1.5
B = 0.9

# On import bm25s sets its logger to DEBUG, which would reach any handler of the application.
logging.getLogger("bm25s").setLevel(logging.WARNING)


class LexicalIndex:
    """An in-memory index; give it the text that should be found, headings included."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._size = len(texts)
        tokens = [search_tokens(text) for text in texts]
        self._vocabulary = frozenset(token for of_text in tokens for token in of_text)
        self._bm25 = bm25s.BM25(k1=K1, b=B, method="lucene", backend="numpy", auto_compile=False)
        if self._vocabulary:
            self._bm25.index(tokens, create_empty_token=False, show_progress=False)

    def scores(self, query: str) -> NDArray[np.float32]:
        """One score per text, in the order of the texts; all 0 where nothing is shared with the query."""
        # bm25s raises on a query without a known token.
        known = [token for token in search_tokens(query) if token in self._vocabulary]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._bm25.get_scores(known), dtype=np.float32)
