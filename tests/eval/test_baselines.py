"""The baselines: what they cite, when they are silent, and the engine against a scripted model."""

from collections.abc import Iterator
from math import inf

import pytest
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from assistant.config import Settings
from assistant.law.pack import Pack, load_pack
from eval.attacks.cases import Attack
from eval.attacks.endpoint import ScriptedEndpoint, running_endpoint
from eval.baselines.citation_engine import CitationEngine, EngineError, configured_llm, sentences_of
from eval.baselines.compare import ask_engine, compare, scored
from eval.baselines.guess import Guess, quoting
from eval.baselines.threshold import ALWAYS, balanced, matched
from eval.cases import Case, score
from eval.counterfactuals import PACK
from eval.metrics.citations import score_citations
from eval.rates import Rate
from tests.eval.toy import answer, case, toy_scores

STAFF = "固定研究与试验发展人员数不少于80人"
EVALUATION = "省工业和信息化厅对省创中心原则上每三年进行一次评估"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(PACK)


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedEndpoint]:
    with running_endpoint() as running:
        yield running


def span(pack: Pack, words: str) -> tuple[str, int, int]:
    start = pack.regulation.text.index(words)
    return "measures", start, start + len(words)


def test_a_passage_cites_the_innermost_provision_that_it_shows(pack: Pack) -> None:
    found = quoting(pack, "x", "？", [span(pack, STAFF)])
    assert [c.locator for c in found.citations] == ["art_7.item_4"]
    assert found.status == "answered"
    wanted = case("answered", "art_7.item_4", also=())
    assert score(wanted, found, pack.regulation).item_recall == 1.0


def test_a_chunk_cites_what_it_shows_half_of(pack: Pack) -> None:
    text = pack.regulation.text
    second, fourth = (text.index(n) for n in ("第十五条", "第十八条"))
    found = quoting(pack, "x", "？", [("measures", second, fourth)])
    assert {c.locator.split(".")[0] for c in found.citations} == {"art_15", "art_16", "art_17"}
    assert all(text[c.start : c.end] == c.quote for c in found.citations)


def guesses(settled: list[float], open_ones: list[float]) -> list[Guess]:
    found = [Guess(case("answered", "art_3"), answer("answered"), c) for c in settled]
    return [*found, *(Guess(case("not_covered"), answer("answered"), c) for c in open_ones)]


@pytest.mark.parametrize(
    ("settled", "open_ones", "low", "high"),
    [
        ([0.9, 0.8], [0.5, 0.4], 0.5, 0.8),
        ([0.9, 0.5], [0.8, 0.4], 0.4, 0.5),
        # Answering always gives most right statuses here, but tells nothing apart.
        ([0.4, 0.9, 0.5, 0.7], [0.6], 0.6, 0.7),
    ],
)
def test_the_balanced_threshold_parts_settled_from_open(
    settled: list[float], open_ones: list[float], low: float, high: float
) -> None:
    assert low <= balanced(guesses(settled, open_ones)) <= high


def test_the_matched_threshold_refuses_no_more_than_is_allowed() -> None:
    some = guesses([0.1, 0.3, 0.5, 0.7], [0.2, 0.6])
    assert matched(some, 0.0) < 0.1
    assert 0.2 <= matched(some, 0.25) < 0.3
    assert matched(some, 1.0) == inf
    assert matched([], 0.5) == ALWAYS


def test_below_the_threshold_it_is_silent(pack: Pack) -> None:
    one = Guess(case("not_covered"), quoting(pack, "x", "？", [span(pack, STAFF)]), 0.5)
    (loud,) = scored([one], 0.4, pack.regulation)
    (quiet,) = scored([one], 0.5, pack.regulation)
    assert (loud.answer.status, quiet.answer.status) == ("answered", "not_covered")
    assert not quiet.answer.citations


class Sure:
    """Says the same of everything, as surely as the case's place in the set says."""

    name, always = "sure", True

    def __init__(self, pack: Pack) -> None:
        self._pack, self._asked = pack, 0

    def guess(self, asked: Case) -> Guess:
        self._asked += 1
        return Guess(asked, quoting(self._pack, "sure", "？", [span(self._pack, STAFF)]), 1 / self._asked)


def test_the_assistant_and_a_baseline_are_compared_on_the_same_cases(pack: Pack) -> None:
    rows = compare({"dev": toy_scores(), "test": toy_scores()}, [Sure(pack)], pack.regulation)
    by_key = {(r.name, r.mode, r.part): r for r in rows}
    own, always = by_key["assistant", "own", "test"], by_key["sure", "always", "test"]
    assert own.rates["wrong_answers"] == Rate(1, 3)
    assert own.rates["status"].of == always.rates["status"].of == 7
    assert always.rates["wrong_answers"] == Rate(3, 3)
    assert always.threshold is None
    assert by_key["sure", "matched", "dev"].rates["false_refusals"].hits <= 2


# ---- LlamaIndex's citation engine


class Fixed(BaseRetriever):
    """Finds the same two chunks for everything."""

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:  # noqa: ARG002
        return [NodeWithScore(node=TextNode(text=t), score=1.0) for t in (STAFF, EVALUATION)]


def engine(pack: Pack, server: ScriptedEndpoint, reply: str, **more: object) -> CitationEngine:
    attack = Attack.model_validate({"name": "a", "kind": "k", "questions": [], "raw": reply, **more})
    server.play(attack, among=True)
    llm = configured_llm(Settings(llm_base_url=server.base_url, llm_model="m", llm_timeout_seconds=5))
    assert llm is not None
    return CitationEngine(pack, Fixed(), llm)


def test_its_sentences_are_statements_with_the_chunks_they_name(pack: Pack, server: ScriptedEndpoint) -> None:
    reply = f"{STAFF} [1]。每五年进行一次评估 [2]。另外要交保证金。"
    asked = engine(pack, server, reply)
    one = case("answered", "art_7.item_4")
    found = asked.guess(one)
    assert found.answer.status == "answered"
    assert [c.locator for c in found.answer.citations] == ["art_7.item_4", "art_15"]
    cited = score_citations(asked.said(one))
    assert (cited.statements, cited.unsupported, cited.precision) == (3, 2, 0.5)


@pytest.mark.parametrize(
    "reply", ["The sources are not helpful.", "条文没有规定申报费用 [1]。", "可以申报。", "好的 [7]。"]
)
def test_it_abstains_where_it_names_no_chunk_or_says_so(pack: Pack, server: ScriptedEndpoint, reply: str) -> None:
    assert engine(pack, server, reply).guess(case("not_covered")).answer.status == "not_covered"


def test_a_model_that_is_not_there_is_left_out_and_says_why(pack: Pack, server: ScriptedEndpoint) -> None:
    asked = engine(pack, server, "", transport="status", status=400)
    with pytest.raises(EngineError):
        asked.guess(case("answered"))
    cases = [case("answered", "art_3") for _ in range(9)]
    rows, left = ask_engine(asked, {"dev": cases}, pack.regulation)
    assert rows == []
    assert left is not None
    assert "连续 5 次" in left.why


def test_its_answers_are_measured_like_any_other(pack: Pack, server: ScriptedEndpoint) -> None:
    asked = engine(pack, server, f"{STAFF} [1]。")
    cases = [case("answered", "art_7.item_4"), case("not_covered"), case("out_of_scope")]
    (row,), left = ask_engine(asked, {"dev": cases}, pack.regulation)
    assert left is None
    assert row.rates["item_recall"] == Rate(1, 1)
    assert row.rates["wrong_answers"] == Rate(1, 1)
    assert row.rates["statement_recall"] == Rate(2, 2)


def test_without_a_model_there_is_no_engine() -> None:
    assert configured_llm(Settings(llm_base_url="")) is None


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        ("甲应当报备[1]。乙可以[2, 1]。", [("甲应当报备。", (0,)), ("乙可以。", (1, 0))]),
        ("Art. 7 asks for 80人 [1].\nNothing else.", [("Art. 7 asks for 80人.", (0,)), ("Nothing else.", ())]),
        ("甲 [9]", []),
        ("", []),
    ],
)
def test_a_reply_is_cut_into_sentences(reply: str, found: list[tuple[str, tuple[int, ...]]]) -> None:
    assert [(s.text.replace(" .", "."), s.chunks) for s in sentences_of(reply, 2)] == found
