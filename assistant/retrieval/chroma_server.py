"""The index in Chroma's own server: the same vectors as in files, in one collection for each fingerprint.

A collection is filled under a name of its own, read back, and takes the fingerprint's name last; so a build that was
killed never stands under a name that is opened. What is opened is held against the digest that was written then.
"""

import contextlib
import hashlib
import secrets
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx
import numpy as np
from numpy.typing import NDArray

from assistant.errors import SearchIndexError

if TYPE_CHECKING:
    from llama_index.core.schema import BaseNode

Vectors = NDArray[np.float32]

KEPT = 50  # more than versions of a regulation are installed side by side: when one was used is not known here
_ABANDONED_SECONDS = 3600
_TIMEOUT_SECONDS = 10
_PAGE = 500
# On their way to the server numbers are written in decimals, and one or the other comes out next to what it was.
_ROUNDING = 1e-6


class DamagedCollectionError(Exception):
    """A collection is there and is not what was written; the message says why, in Chinese."""


class ServerIndex:
    """The collections of one pack on a server. Raises SearchIndexError if the server cannot be used."""

    def __init__(self, url: str, pack_id: str, digest: str) -> None:
        self._url, self._pack = url, pack_id
        self.name = f"mic-{pack_id}-{digest}"

    @property
    def place(self) -> str:
        """Where it is, for people."""
        return f"{self._url}（{self.name}）"

    def vectors(self, ids: Sequence[str]) -> Vectors:
        """The vectors of these passages, in their order.

        Raises FileNotFoundError if there is no such collection, DamagedCollectionError if it is not what was written.
        """
        from chromadb.errors import NotFoundError

        with self._client() as client:
            try:
                collection = client.get_collection(self.name, embedding_function=None)
            except NotFoundError as error:
                raise FileNotFoundError(self.name) from error
            said = collection.metadata or {}
            found = _read(collection, ids)
            if said.get("passages") != len(ids) or said.get("digest") != _digest(found):
                raise DamagedCollectionError("内容与记录不符")
            return found

    def has_others(self) -> bool:
        """Whether there is a collection of this pack for another text or model."""
        with self._client() as client:
            return any({"mic_pack": self._pack}.items() <= (c.metadata or {}).items() for c in _all(client))

    def build(self, nodes: "list[BaseNode]", vectors: Vectors) -> None:
        """Fills a collection and gives it its name. If another process was faster, its collection stays."""
        from chromadb.errors import ChromaError, NotFoundError
        from llama_index.vector_stores.chroma import ChromaVectorStore

        with self._client() as client:
            aside = f"{self.name}-building-{secrets.token_hex(6)}"
            begun = {"mic_pack": self._pack, "building": int(time.time())}
            space = {"hnsw": {"space": "cosine"}}
            collection = client.create_collection(aside, metadata=begun, configuration=space, embedding_function=None)
            try:
                ChromaVectorStore(collection).add(nodes)
                ids = [node.node_id for node in nodes]
                stored = _read(collection, ids)
                if not np.allclose(stored, vectors, rtol=0, atol=_ROUNDING):
                    raise DamagedCollectionError("写入的内容读回时不一致")
                whole = {
                    "mic_pack": self._pack,
                    "built": int(time.time()),
                    "passages": len(ids),
                    "digest": _digest(stored),
                }
                with contextlib.suppress(NotFoundError):
                    client.get_collection(self.name, embedding_function=None)
                    raise FileExistsError
                collection.modify(name=self.name, metadata=whole)
            except FileExistsError:
                client.delete_collection(aside)
            except BaseException:
                with contextlib.suppress(ChromaError, httpx.HTTPError):
                    client.delete_collection(aside)
                raise

    def discard(self) -> None:
        """Deletes the collection, such as one that is damaged."""
        from chromadb.errors import NotFoundError

        with self._client() as client, contextlib.suppress(NotFoundError):
            client.delete_collection(self.name)

    def tidy(self) -> None:
        """Deletes what killed builds of this pack left, and all but the newest of its old collections."""
        with self._client() as client:
            own = [c for c in _all(client) if (c.metadata or {}).get("mic_pack") == self._pack]
            whole = [c for c in own if "built" in c.metadata and c.name != self.name]
            whole.sort(key=lambda c: int(c.metadata["built"]), reverse=True)
            oldest = time.time() - _ABANDONED_SECONDS
            left = [c for c in own if int(c.metadata.get("building", oldest)) < oldest and "built" not in c.metadata]
            for collection in [*whole[KEPT - 1 :], *left]:
                client.delete_collection(collection.name)

    @contextlib.contextmanager
    def _client(self) -> Iterator[Any]:
        """A client of the server, which is asked first whether it is there: Chroma's own would wait for ever."""
        import chromadb
        from chromadb.config import Settings as ChromaSettings
        from chromadb.errors import ChromaError

        parts = urlsplit(self._url)
        is_https = parts.scheme == "https"
        port = parts.port or (443 if is_https else 80)
        try:
            httpx.get(f"{self._url}/api/v2/heartbeat", timeout=_TIMEOUT_SECONDS).raise_for_status()
            settings = ChromaSettings(anonymized_telemetry=False)
            client: Any = chromadb.HttpClient(str(parts.hostname), port, ssl=is_https, settings=settings)
            yield client
        except (httpx.HTTPError, ChromaError) as error:
            raise SearchIndexError(
                f"Chroma 服务器 {self._url} 不能用（{_kind(error)}）。", "请确认它已启动，并检查 MIC_CHROMA_URL。"
            ) from error


def _all(client: Any) -> Iterator[Any]:
    position = 0
    while page := client.list_collections(limit=_PAGE, offset=position):
        yield from page
        position += len(page)


def _read(collection: Any, ids: Sequence[str]) -> Vectors:
    """Raises DamagedCollectionError if one is missing, or there are others beside."""
    found = collection.get(include=["embeddings"])
    row = {passage: i for i, passage in enumerate(found["ids"])}
    if set(row) != set(ids) or len(found["ids"]) != len(ids):
        raise DamagedCollectionError("条文的数目不符")
    return np.asarray(found["embeddings"], dtype=np.float32)[[row[i] for i in ids]]


def _digest(vectors: Vectors) -> str:
    return hashlib.sha256(np.ascontiguousarray(vectors, dtype="<f4").tobytes()).hexdigest()


def _kind(error: Exception) -> str:
    if isinstance(error, httpx.ConnectError):
        return "连接不上"
    return "没有及时回应" if isinstance(error, httpx.TimeoutException) else type(error).__name__
