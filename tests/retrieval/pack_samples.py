"""Small packs and an embedder without a model, for the tests of retrieval and of the commands."""

import asyncio
import hashlib
from pathlib import Path

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import Field

from assistant.law.pack import Pack, load_pack

LAW = """示范管理办法
第一章 总则
第一条 为规范示范管理，制定本办法。
第二章 申报条件
第二条 申报单位应具备下列条件：
（一）人员不少于二十人；
（二）年度投入不低于五百万元。
第三条 省厅负责批复设立。
"""


def write_pack(folder: Path, text: str = LAW, name: str = "demo") -> Pack:
    """A pack of one regulation in `folder`, written again if it is there."""
    (folder / "source").mkdir(parents=True, exist_ok=True)
    (folder / "source" / "law.txt").write_text(text, encoding="utf-8")
    (folder / "pack.toml").write_text(
        f'id = "{name}"\ntitle = "示范管理办法"\n[[documents]]\nid = "measures"\nfile = "source/law.txt"\n',
        encoding="utf-8",
    )
    return load_pack(folder)


class CountingEmbedding(BaseEmbedding):
    """Vectors from a hash of the text; remembers what it was asked to embed."""

    embedded: list[str] = Field(default_factory=list)
    delay: float = 0.0

    def _get_query_embedding(self, query: str) -> list[float]:
        return _vector(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(_vector, query)

    def _get_text_embedding(self, text: str) -> list[float]:
        self.embedded.append(text)
        return _vector(text)


def _vector(text: str) -> list[float]:
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
    vector = np.random.default_rng(seed).normal(size=16)
    return [float(x) for x in vector / np.linalg.norm(vector)]
