"""What a search finds, with the real default embedder."""

import itertools
from pathlib import Path

import numpy as np
import pytest
from llama_index.core.schema import QueryBundle

from assistant.config import PROJECT, Settings
from assistant.law.pack import load_pack
from assistant.retrieval.search import Search
from tests.loops import run_alone


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Search:
    settings = Settings(index_dir=tmp_path_factory.mktemp("indexes"))
    return Search(load_pack(PROJECT / "corpus" / "liaoning-mic"), settings)


def locators(search: Search, query: str, k: int = 10) -> list[str]:
    return [str(hit.passage.locator) for hit in search.search(query, k)]


@pytest.mark.parametrize(
    "query",
    [
        "研发投入最低要多少",
        "年度研发费用总额不低于１０００万元",
        "年度研發費用總額的下限",
        "研发经废的下限",
        "搞研发的人得有多少个",
        "What is the minimum annual R&D expenditure?",
    ],
)
def test_finds_the_provision_however_it_is_asked(search: Search, query: str) -> None:
    assert "art_7.item_4" in locators(search, query, 3)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("第七条第（四）项", "art_7.item_4"),
        ("第７條第（４）項說了什麼", "art_7.item_4"),
        ("Art. 7(4)", "art_7.item_4"),
        ("art_7.item_4", "art_7.item_4"),
        ("第六章讲什么", "ch_6"),
        ("第十二条", "art_12"),
    ],
)
def test_a_provision_that_is_named_comes_first_and_whole(search: Search, query: str, first: str) -> None:
    hit = search.search(query)[0]
    assert str(hit.passage.locator) == first
    provision = search.pack.regulation.get(hit.passage.locator)
    assert provision is not None
    assert hit.passage.text == provision.text


def test_what_stands_below_a_named_provision_comes_next(search: Search) -> None:
    assert set(locators(search, "第六章", 7)) == {"ch_6", *(f"art_{n}" for n in range(18, 24))}


def test_hits_are_ranked_and_each_provision_comes_once(search: Search) -> None:
    hits = search.search("联盟型的组织模式", 20)
    assert [hit.rank for hit in hits] == list(range(1, 21))
    assert all(a.score >= b.score for a, b in itertools.pairwise(hits))
    addresses = [(hit.passage.document, hit.passage.locator) for hit in hits]
    assert len(set(addresses)) == len(addresses)
    assert str(hits[0].passage.locator) == "art_7.item_3"


def test_what_only_the_summary_speaks_of_is_found_there(search: Search) -> None:
    assert search.search("联盟要覆盖多少国家级平台")[0].passage.document == "related-policies"


@pytest.mark.parametrize("query", ["", "   ", "\x00", "？？？", "🙂", "x" * 5000, "\ud800"])
def test_odd_queries_do_no_harm(search: Search, query: str) -> None:
    assert len(search.search(query, 3)) in (0, 3)


def test_a_question_is_embedded_once(search: Search, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    original = type(search.embedder)._get_query_embedding
    monkeypatch.setattr(
        type(search.embedder),
        "_get_query_embedding",
        lambda self, query: calls.append(query) or original(self, query),  # type: ignore[func-returns-value]
    )
    search.search("这个问题以前没有问过")
    scores = search.dense_scores("这个问题以前没有问过")
    assert len(calls) == 1
    assert scores.shape == (len(search.passages),)
    assert np.all((scores > 0) & (scores <= 1.001))


def test_is_a_llama_index_retriever(search: Search) -> None:
    retriever = search.as_retriever(3)
    nodes = retriever.retrieve("研发费用")
    assert [n.node.metadata["locator"] for n in nodes] == locators(search, "研发费用", 3)
    again = run_alone(retriever.aretrieve(QueryBundle("研发费用")))
    assert [n.node.node_id for n in again] == [n.node.node_id for n in nodes]


def test_opening_again_gives_the_same_answer(search: Search, tmp_path: Path) -> None:
    other = Search(search.pack, Settings(index_dir=tmp_path))
    for query in ("申报条件有哪些", "换主任要不要报备"):
        first, second = search.search(query), other.search(query)
        assert [h.passage.id for h in first] == [h.passage.id for h in second]
        np.testing.assert_allclose([h.score for h in first], [h.score for h in second], atol=1e-4)
