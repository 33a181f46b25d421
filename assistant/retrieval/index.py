"""A pack and an embedder in, its passages with their vectors out, kept in Chroma and built once.

Layout: `<index_dir>/<pack id>/<fingerprint>/` holds `chroma/` and `manifest.json`; `<index_dir>/embeddings/`
holds single vectors by the hash of their text, shared by all packs and with `eval/stard.py`. An index is made
in a folder beside, gets its manifest last, and is renamed into place; only the holder of the pack's lock
builds or deletes. A finished index is never written again: Chroma changes its files when it opens them, so a
private copy is opened, and the hashes in the manifest go on telling a sound index from a damaged one.
"""

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.schema import BaseNode, TextNode
from numpy.typing import NDArray

from assistant.config import Settings
from assistant.errors import SearchIndexError
from assistant.law.pack import Pack
from assistant.retrieval.chroma_server import DamagedCollectionError, ServerIndex
from assistant.retrieval.embedding import embed_passages, embedder_name
from assistant.retrieval.index_lock import Progress, as_index_error, locked
from assistant.retrieval.passages import PASSAGE_SCHEME, Passage, make_passages

if TYPE_CHECKING:
    from llama_index.vector_stores.chroma import ChromaVectorStore

Vectors = NDArray[np.float32]

FORMAT = 1
# Of what nobody opened for a while so many indexes of a pack stay; of what was opened since, as many as versions may be
# installed side by side, so that none of them is built again at every start.
KEPT = 3
MOST_IN_USE = 50
IN_USE_SECONDS = 7 * 24 * 3600
_COLLECTION = "passages"
_ASIDE = ".aside-"


class _DamagedError(Exception):
    """An index folder is there and cannot be used; the message says why, in Chinese."""


@dataclass(frozen=True)
class PassageIndex:
    """`vectors` has one row of length 1 per passage, in the order of `passages`. `path`: where it is, a folder or, on a
    server, words for a person."""

    path: Path | str
    fingerprint: str
    passages: tuple[Passage, ...]
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """`state`: ready, missing (never built), stale (of another text or model) or damaged (`reason`)."""

    state: Literal["ready", "missing", "stale", "damaged"]
    path: Path | str
    passages: int
    embedder: str
    reason: str = ""


def open_index(pack: Pack, settings: Settings, embedder: BaseEmbedding, progress: Progress) -> PassageIndex:
    """The pack's index, built first if it is missing, stale or damaged.

    Passages whose text was embedded before are not embedded again. Raises SearchIndexError if the index
    cannot be read or written.
    """
    passages = make_passages(pack)
    digest = fingerprint(pack, passages, embedder.model_name)
    if settings.chroma_url:
        return _opened_on_server(pack, settings, embedder, passages, progress)
    path = settings.index_dir / pack.id / digest
    with contextlib.suppress(_DamagedError, FileNotFoundError), as_index_error(settings.index_dir):
        return _opened(path, digest, passages)
    with as_index_error(settings.index_dir), locked(path.parent, progress):
        try:
            return _opened(path, digest, passages)  # another process may have built it meanwhile
        except FileNotFoundError:
            pass
        except _DamagedError as damage:
            progress(f"《{pack.about.title}》的索引已损坏（{damage}），重新建立。")
        for leftover in path.parent.glob(f"{_ASIDE}*"):  # of builds that were killed
            shutil.rmtree(leftover, ignore_errors=True)
        progress(f"正在为《{pack.about.title}》建立索引，共 {len(passages)} 段……")
        cache = settings.index_dir / "embeddings"
        vectors = embed_passages(embedder, [p.indexed_text for p in passages], cache, progress)
        _build(path, pack, passages, vectors, embedder.model_name)
        progress("索引已建好。")
        _remove_old(path)
        try:
            return _opened(path, digest, passages)
        except _DamagedError as damage:
            raise SearchIndexError(f"刚建好的索引读不出来（{damage}）。", "请检查磁盘空间后重试。") from damage


def _opened_on_server(
    pack: Pack, settings: Settings, embedder: BaseEmbedding, passages: tuple[Passage, ...], progress: Progress
) -> PassageIndex:
    """The same in Chroma's own server. Its collection is built by one process of this machine at a time."""
    digest = fingerprint(pack, passages, embedder.model_name)
    server = ServerIndex(settings.chroma_url, pack.id, digest)

    def opened() -> PassageIndex:
        return PassageIndex(server.place, digest, passages, server.vectors([p.id for p in passages]))

    with contextlib.suppress(DamagedCollectionError, FileNotFoundError):
        return opened()
    with as_index_error(settings.index_dir), locked(settings.index_dir / pack.id, progress):
        try:
            return opened()
        except FileNotFoundError:
            pass
        except DamagedCollectionError as damage:
            progress(f"《{pack.about.title}》的索引已损坏（{damage}），重新建立。")
            server.discard()
        progress(f"正在为《{pack.about.title}》建立索引，共 {len(passages)} 段……")
        vectors = embed_passages(
            embedder, [p.indexed_text for p in passages], settings.index_dir / "embeddings", progress
        )
        try:
            server.build([as_node(p, vector.tolist()) for p, vector in zip(passages, vectors, strict=True)], vectors)
            progress("索引已建好。")
            server.tidy()
            return opened()
        except (DamagedCollectionError, FileNotFoundError) as damage:
            raise SearchIndexError(f"刚建好的索引读不出来（{damage}）。", "请检查 Chroma 服务器。") from damage


def index_status(pack: Pack, settings: Settings) -> IndexStatus:
    """Whether the pack's index can be used as it is. Loads no model and changes nothing."""
    passages = make_passages(pack)
    name = embedder_name(settings.embedding_model)
    digest = fingerprint(pack, passages, name)
    if settings.chroma_url:
        return _status_on_server(ServerIndex(settings.chroma_url, pack.id, digest), passages, name)
    path = settings.index_dir / pack.id / digest
    try:
        _verified_manifest(path, digest, len(passages))
    except FileNotFoundError:
        others = path.parent.is_dir() and any(path.parent.glob("[!.]*"))
        return IndexStatus("stale" if others else "missing", path, len(passages), name)
    except _DamagedError as damage:
        return IndexStatus("damaged", path, len(passages), name, str(damage))
    return IndexStatus("ready", path, len(passages), name)


def _status_on_server(server: ServerIndex, passages: tuple[Passage, ...], name: str) -> IndexStatus:
    try:
        server.vectors([p.id for p in passages])
    except FileNotFoundError:
        return IndexStatus("stale" if server.has_others() else "missing", server.place, len(passages), name)
    except DamagedCollectionError as damage:
        return IndexStatus("damaged", server.place, len(passages), name, str(damage))
    return IndexStatus("ready", server.place, len(passages), name)


def fingerprint(pack: Pack, passages: Sequence[Passage], embedder: str) -> str:
    """Changes with the text of any document, with how it is cut into passages, and with the embedder."""
    digest = hashlib.sha256(f"{FORMAT}\x00{PASSAGE_SCHEME}\x00{embedder}\x00{pack.sha256}".encode())
    for p in passages:
        digest.update(f"\x00{p.id}\x00{p.start}\x00{p.end}\x00{p.indexed_text}".encode())
    return digest.hexdigest()[:16]


def _opened(path: Path, digest: str, passages: tuple[Passage, ...]) -> PassageIndex:
    """Raises FileNotFoundError if there is no such index, _DamagedError if it cannot be used."""
    manifest = _verified_manifest(path, digest, len(passages))
    with tempfile.TemporaryDirectory(prefix="mic-index-") as private:
        copy = Path(private) / "chroma"
        try:
            for name in manifest["files"]:  # without their modes: the copy must be writable
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path / "chroma" / name, copy / name)
        except OSError as error:  # another process may just have replaced it
            raise _DamagedError("数据文件无法读取") from error
        vectors = _vectors(copy, [p.id for p in passages])
    if vectors.shape[1] != manifest["dimension"]:
        raise _DamagedError("向量维数不符")
    with contextlib.suppress(OSError):
        os.utime(path / "manifest.json")  # the newest in use is the last to be deleted
    return PassageIndex(path, digest, passages, vectors)


def _vectors(folder: Path, ids: list[str]) -> Vectors:
    with _collection(folder) as store:
        found = store.client.get(ids=ids, include=["embeddings"])
    row = {passage: i for i, passage in enumerate(found["ids"])}
    if len(row) != len(ids):
        raise _DamagedError("缺少部分条文")
    return np.asarray(found["embeddings"], dtype=np.float32)[[row[i] for i in ids]]


def _verified_manifest(path: Path, digest: str, passages: int) -> dict[str, Any]:
    if not path.is_dir():
        raise FileNotFoundError(path)
    try:
        manifest = json.loads((path / "manifest.json").read_text(encoding="utf-8"))
        expected = (manifest["format"], manifest["fingerprint"], manifest["passages"])
        files = manifest["files"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _DamagedError("manifest.json 缺失或无法读取") from error
    if expected != (FORMAT, digest, passages):
        raise _DamagedError("manifest.json 与内容不符")
    try:
        actual = _file_hashes(path / "chroma")
    except OSError as error:
        raise _DamagedError("数据文件无法读取") from error
    if actual != files:
        raise _DamagedError("数据文件缺失或被改动")
    return dict(manifest)


def _file_hashes(folder: Path) -> dict[str, str]:
    files = sorted(f for f in folder.rglob("*") if f.is_file())
    return {f.relative_to(folder).as_posix(): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


def _build(path: Path, pack: Pack, passages: Sequence[Passage], vectors: Vectors, embedder: str) -> None:
    """Makes the index aside and moves it to `path`. Only under the pack's lock."""
    aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=path.parent))
    try:
        with _collection(aside / "chroma", create=True) as store:
            nodes: list[BaseNode] = [as_node(p, vector.tolist()) for p, vector in zip(passages, vectors, strict=True)]
            store.add(nodes)
        manifest = {
            "format": FORMAT,
            "fingerprint": path.name,
            "pack": pack.id,
            "pack_sha256": pack.sha256,
            "scheme": PASSAGE_SCHEME,
            "embedder": embedder,
            "dimension": vectors.shape[1],
            "passages": len(passages),
            "files": _file_hashes(aside / "chroma"),
        }
        (aside / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        aside.chmod(0o755)
        if path.exists():
            _discard(path)
        aside.rename(path)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def as_node(passage: Passage, vector: list[float] | None = None) -> TextNode:
    """A passage as LlamaIndex keeps it."""
    metadata = {
        "document": passage.document,
        "locator": str(passage.locator),
        "label": passage.label,
        "heading": passage.heading,
        "start": passage.start,
        "end": passage.end,
    }
    return TextNode(id_=passage.id, text=passage.text, embedding=vector, metadata=metadata)


@contextlib.contextmanager
def _collection(folder: Path, *, create: bool = False) -> Iterator["ChromaVectorStore"]:
    """The vectors in `folder` as a LlamaIndex store, closed afterwards so that its files stand still."""
    import chromadb
    from chromadb.config import Settings as ChromaSettings
    from llama_index.vector_stores.chroma import ChromaVectorStore

    settings = ChromaSettings(anonymized_telemetry=False)
    client: Any = chromadb.PersistentClient(str(folder), settings=settings)
    # Without embedding_function=None Chroma would download a model.
    options: dict[str, Any] = {"name": _COLLECTION, "embedding_function": None}
    try:
        if create:
            space = {"hnsw": {"space": "cosine"}}
            yield ChromaVectorStore(client.create_collection(**options, configuration=space))
        else:
            yield ChromaVectorStore(client.get_collection(**options))
    finally:
        client.close()


def _remove_old(current: Path) -> None:
    """Keeps the indexes of the pack that were used lately, and in all at least `KEPT`."""

    def used(path: Path) -> float:
        manifest = path / "manifest.json"
        return manifest.stat().st_mtime if manifest.is_file() else 0.0

    others = sorted((p for p in current.parent.glob("[!.]*") if p != current), key=used, reverse=True)
    lately = sum(used(path) > time.time() - IN_USE_SECONDS for path in others)
    for path in others[max(KEPT - 1, min(lately, MOST_IN_USE - 1)) :]:
        _discard(path)


def _discard(path: Path) -> None:
    """Takes a folder out of sight in one step before its files go."""
    aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=path.parent))
    path.rename(aside / path.name)
    shutil.rmtree(aside, ignore_errors=True)
