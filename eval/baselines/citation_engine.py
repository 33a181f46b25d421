"""LlamaIndex's CitationQueryEngine with the configured language model, over the same plain index.

Its prompts are its own. A sentence of its reply that has markers is a statement with the chunks it names; one without
is a statement without a basis. It abstains if no sentence has a marker that names a chunk, or if it says so.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.response.schema import Response
from llama_index.core.llms.llm import LLM
from llama_index.core.query_engine import CitationQueryEngine
from llama_index.core.schema import TextNode
from llama_index.llms.openai_like import OpenAILike

from assistant.config import Settings
from assistant.law.pack import Pack
from assistant.verify import verify
from eval.baselines.guess import Guess, query_of, quoting, silent
from eval.baselines.retrieval import place_of
from eval.cases import Case
from eval.metrics.citations import Said

_SENTENCE = re.compile(r"[^。；！？!?\n]+(?:[。；！？!?]|\.(?=\s|\Z))*(?:\s*\[[0-9, ]+\])*[。.]?")
_MARKER = re.compile(r"\s*\[([0-9, ]+)\]")
_SOURCE = re.compile(r"\ASource [0-9]+:\n")
_SAYS_NOTHING = re.compile(
    "没有(?:提供|提及|规定|说明|找到|明确|相关)|未(?:提供|提及|规定|说明|作出|明确)|无法(?:确定|回答|得知|提供)|不知道"
    "|not (?:mention|provide|specif|state|helpful|contain)|no information|none of the sources"
    "|cannot (?:answer|determine)",
    re.IGNORECASE,
)
_CONTEXT, _REPLY = 8192, 600
# A model that fails so often in a row is not there.
MOST_FAILURES = 5


class EngineError(Exception):
    """The language model gave no reply. The message is the kind of error alone: others may repeat what was sent."""


@dataclass(frozen=True)
class Sentence:
    """One sentence of a reply without its markers, and the chunks it names, from 0."""

    text: str
    chunks: tuple[int, ...]


class CitationEngine:
    """Asks the engine; `said` gives its statements as ALCE scores them."""

    name = "citation_engine"
    always = False

    def __init__(self, pack: Pack, retriever: BaseRetriever, llm: LLM) -> None:
        self._pack = pack
        self._engine = CitationQueryEngine(retriever=retriever, llm=llm)
        self._said: dict[str, list[Said]] = {}

    def guess(self, case: Case) -> Guess:
        """Raises EngineError where the model does not reply."""
        query = query_of(case)
        try:
            response = self._engine.query(query)
        except Exception as error:
            raise EngineError(type(error).__name__) from None
        assert isinstance(response, Response)  # noqa: S101 - it is not streaming
        chunks = [_SOURCE.sub("", n.node.text).strip() for n in response.source_nodes if isinstance(n.node, TextNode)]
        sentences = sentences_of(response.response or "", len(chunks))
        self._said[case.id] = [_scored(s, chunks) for s in sentences]
        named = [chunks[i] for i in dict.fromkeys(i for s in sentences for i in s.chunks)]
        answer = quoting(self._pack, self.name, query, [place_of(self._pack, text) for text in named])
        return Guess(case, answer if named else silent(answer), 0.0)

    def said(self, case: Case) -> list[Said]:
        """What it said to a case that it was asked."""
        return self._said[case.id]


def configured_llm(settings: Settings) -> LLM | None:
    """The language model of the settings; None if there is none."""
    if not settings.llm_base_url:
        return None
    return OpenAILike(
        model=settings.llm_model,
        api_base=settings.llm_base_url,
        api_key=settings.llm_api_key.get_secret_value() or "none",
        is_chat_model=True,
        context_window=_CONTEXT,
        max_tokens=_REPLY,
        temperature=0.0,
        timeout=settings.llm_timeout_seconds,
        max_retries=1,
    )


def sentences_of(reply: str, chunks: int) -> list[Sentence]:
    """The sentences of a reply; none if it says that the sources do not help, and markers of no chunk are dropped."""
    found = []
    for piece in _SENTENCE.findall(reply):
        numbers = [int(n) for m in _MARKER.findall(piece) for n in re.findall(r"[0-9]+", m)]
        text = _MARKER.sub("", piece).strip()
        if text and not _SAYS_NOTHING.search(text):
            found.append(Sentence(text, tuple(dict.fromkeys(n - 1 for n in numbers if 0 < n <= chunks))))
    return found if any(s.chunks for s in found) else []


def _scored(sentence: Sentence, chunks: Sequence[str]) -> Said:
    quotes = [chunks[i] for i in sentence.chunks]

    def supported(chosen: tuple[int, ...]) -> bool:
        return bool(chosen) and verify(sentence.text, [quotes[i] for i in chosen]).ok

    return Said(len(quotes), supported)
