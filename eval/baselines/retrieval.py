"""Retrieval alone: the first passage is the answer. By words, by meaning, by both, and plain LlamaIndex.

The first three search the project's own passages with its vocabulary, which is more than a baseline from outside
would have; what they lack is every judgement on whether the passage answers. Plain LlamaIndex shares the embedder only.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.schema import TextNode

from assistant.law.pack import Pack
from assistant.retrieval.search import Scores, Search
from eval.baselines.guess import Guess, query_of, quoting
from eval.cases import Case
from eval.plain_pipeline import plain_retriever


class FirstPassage:
    """The passage that scores highest; it is as sure as `surety` says of that passage."""

    always = True

    def __init__(
        self, name: str, search: Search, order: Callable[[str], Scores], surety: Callable[[str], Scores]
    ) -> None:
        self.name = name
        self._search, self._order, self._surety = search, order, surety

    def guess(self, case: Case) -> Guess:
        query = query_of(case)
        best = int(np.argmax(self._order(query)))
        passage = self._search.passages[best]
        answer = quoting(self._search.pack, self.name, query, [(passage.document, passage.start, passage.end)])
        return Guess(case, answer, float(self._surety(query)[best]))


def searches(search: Search) -> list[FirstPassage]:
    """Lexical alone, dense alone, and both fused with the cosine as how sure it is."""
    return [
        FirstPassage("lexical", search, search.lexical_scores, search.lexical_scores),
        FirstPassage("dense", search, search.dense_scores, search.dense_scores),
        FirstPassage("fused", search, search.fused_scores, search.dense_scores),
    ]


class PlainLlamaIndex:
    """SentenceSplitter, VectorStoreIndex over Chroma, the top passage as the answer."""

    name = "llamaindex"
    always = True

    def __init__(self, pack: Pack, embedder: BaseEmbedding, folder: Path) -> None:
        """`folder` is empty and stays for as long as this is used."""
        self._pack, self._retriever = pack, plain_retriever(pack, embedder, folder)

    @property
    def retriever(self) -> BaseRetriever:
        return self._retriever

    def guess(self, case: Case) -> Guess:
        query = query_of(case)
        found = self._retriever.retrieve(query)
        node = found[0].node
        assert isinstance(node, TextNode)  # noqa: S101 - what the splitter makes
        answer = quoting(self._pack, self.name, query, [place_of(self._pack, node.text)])
        return Guess(case, answer, float(found[0].score or 0.0))


def place_of(pack: Pack, text: str) -> tuple[str, int, int]:
    """Where a chunk stands in the pack's texts. Raises ValueError if it stands nowhere."""
    for document in pack.documents:
        start = document.text.find(text)
        if start >= 0:
            return document.id, start, start + len(text)
    raise ValueError("the chunk stands in none of the pack's texts")
