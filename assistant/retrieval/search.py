"""A question in, the provisions nearest to it out: named ones first, then by meaning and by words."""

import asyncio
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.schema import NodeWithScore, QueryBundle
from numpy.typing import NDArray

from assistant.config import Settings
from assistant.law.locator import Locator
from assistant.law.pack import Pack
from assistant.law.references import find_references, resolve
from assistant.law.types import Authority, Document, Provision
from assistant.retrieval.embedding import load_embedder
from assistant.retrieval.expansion import Expander
from assistant.retrieval.fusion import fuse
from assistant.retrieval.index import as_node, open_index
from assistant.retrieval.lexical import LexicalIndex
from assistant.retrieval.passages import Passage, whole_provision

Scores = NDArray[np.float32]

# A summary stands behind the regulation unless it fits clearly better, in units of the fused score. Found on
# eval/questions/dev.jsonl, where 0.75 and more do the same; a question about what only a summary speaks of
# still finds it first.
SUMMARY_MARGIN = 0.75
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Hit:
    """`rank` counts from 1. `score` is comparable within one query only and never grows with the rank.

    `passage` is the part of the provision that fits best; the whole provision where the query names it.
    """

    passage: Passage
    score: float
    rank: int


class Search:
    """Searches one pack. Opening it builds the index when it is missing or stale. Threads may share it.

    `passages` are all passages; every array of scores follows their order.
    """

    def __init__(
        self,
        pack: Pack,
        settings: Settings,
        progress: Callable[[str], None] = lambda _: None,
        embedder: BaseEmbedding | None = None,
    ) -> None:
        self.pack = pack
        self.embedder = embedder or load_embedder(settings.embedding_model)
        index = open_index(pack, settings, self.embedder, progress)
        self.passages = index.passages
        self._vectors = index.vectors
        self._lexical = LexicalIndex([p.indexed_text for p in self.passages])
        summaries = {d.id for d in pack.documents if d.authority is Authority.SUMMARY}
        self._margins = np.array([SUMMARY_MARGIN * (p.document in summaries) for p in self.passages], dtype=np.float32)
        self._expander = Expander(pack.lexicon)
        self._embedded = lru_cache(maxsize=256)(self._embed)

    @property
    def embedder_name(self) -> str:
        return self.embedder.model_name

    def search(self, query: str, k: int = 10) -> list[Hit]:
        """At most `k` provisions, best first, each once. Provisions that the query names come first."""
        if not query.strip() or k < 1:
            return []
        scores = self.fused_scores(query)
        named, below = self._named(query)
        best = float(scores.max(initial=0.0))
        ranked: dict[tuple[str, Locator], tuple[Passage, float]] = {}
        for passage in named:
            ranked.setdefault((passage.document, passage.locator), (passage, best + 2))
        order = [int(i) for i in np.argsort(-scores, kind="stable")]
        inside = [i for i in order if (self.passages[i].document, self.passages[i].locator) in below]
        for i in inside + order:
            passage = self.passages[i]
            score = best + 1 if i in inside else float(scores[i])
            ranked.setdefault((passage.document, passage.locator), (passage, score))
        return [Hit(p, s, rank) for rank, (p, s) in enumerate(list(ranked.values())[:k], 1)]

    def fused_scores(self, query: str) -> Scores:
        """One score per passage from meaning and words together; higher is better, within one query only."""
        return fuse(self.dense_scores(query), self.lexical_scores(query)) - self._margins

    def dense_scores(self, query: str) -> Scores:
        """The cosine of each passage. The query is embedded once, whichever methods are called with it."""
        expanded = self._expander.expand(query)
        # The law's words bring an English question nearer to the law; a Chinese one they pull away as often.
        text = expanded.text if _HAN.search(expanded.text) else expanded.with_terms
        return np.asarray(self._vectors @ self._embedded(text), dtype=np.float32)

    def lexical_scores(self, query: str) -> Scores:
        """The BM25 score of each passage for the query and the law's words for what it says."""
        return self._lexical.scores(self._expander.expand(query).with_terms)

    def as_retriever(self, k: int = 10) -> "FusedRetriever":
        return FusedRetriever(self, k)

    def _embed(self, text: str) -> Scores:
        return np.asarray(self.embedder.get_query_embedding(text), dtype=np.float32)

    def _named(self, query: str) -> tuple[list[Passage], set[tuple[str, Locator]]]:
        """The provisions that the query names, and the addresses of those below them."""
        named: list[Passage] = []
        below: set[tuple[str, Locator]] = set()
        for document, provision in self._resolved(query):
            named.append(whole_provision(document, provision))
            below |= {(document.id, p.locator) for p in document.provisions if provision.locator in p.path}
        return named, below

    def _resolved(self, query: str) -> Iterator[tuple[Document, Provision]]:
        regulations = [d for d in self.pack.documents if d.authority is Authority.REGULATION]
        for reference in find_references(self._expander.expand(query).text):
            for document in regulations:
                provision = resolve(document, reference.locator)
                if provision:
                    yield document, provision


class FusedRetriever(BaseRetriever):
    """`Search` as a LlamaIndex retriever; a node's metadata say which provision it is and where it stands."""

    def __init__(self, search: Search, k: int = 10) -> None:
        super().__init__()
        self._search = search
        self._k = k

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._search.search(query_bundle.query_str, self._k)
        return [NodeWithScore(node=as_node(hit.passage), score=hit.score) for hit in hits]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)
