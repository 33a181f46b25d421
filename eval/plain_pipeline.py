"""What the assistant's speed is held against: a plain LlamaIndex pipeline over the same text and embedder."""

from pathlib import Path
from typing import Any

import chromadb
from chromadb.config import Settings as ChromaSettings
from llama_index.core import Document, StorageContext, VectorStoreIndex
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.node_parser import SentenceSplitter
from llama_index.vector_stores.chroma import ChromaVectorStore

from assistant.law.pack import Pack

TOP = 3
# Smaller than LlamaIndex's default of 1024 tokens, which the embedder would cut.
CHUNK, OVERLAP = 256, 32


def plain_retriever(pack: Pack, embedder: BaseEmbedding, folder: Path) -> BaseRetriever:
    """SentenceSplitter, VectorStoreIndex over a Chroma store in `folder`, the best `TOP` chunks."""
    client: Any = chromadb.PersistentClient(str(folder), settings=ChromaSettings(anonymized_telemetry=False))
    store = ChromaVectorStore(client.create_collection("plain", embedding_function=None))
    index = VectorStoreIndex.from_documents(
        [Document(text=d.text) for d in pack.documents],
        storage_context=StorageContext.from_defaults(vector_store=store),
        transformations=[SentenceSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP)],
        embed_model=embedder,
    )
    return index.as_retriever(similarity_top_k=TOP)
