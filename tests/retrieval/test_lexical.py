"""Search tokens and BM25 over Chinese texts."""

import io
import logging

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.lexical import LexicalIndex
from assistant.retrieval.tokens import normalize, search_tokens

TEXTS = [
    "固定研究与试验发展人员数不少于80人",
    "年度研究与试验发展经费不少于1000万元",
    "设立专家委员会，负责研判行业发展重大问题",
]


def test_han_runs_give_characters_and_bigrams_that_do_not_cross_punctuation() -> None:
    assert search_tokens("申请，办法") == ["申", "请", "申请", "办", "法", "办法"]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("R&D", ["r&d"]),
        ("２.5％", ["2.5"]),
        ("80人", ["80", "人"]),
        ("COVID-19", ["covid-19"]),
        ("……（）、", []),
        ("", []),
    ],
)
def test_words_and_numbers_stay_whole(text: str, tokens: list[str]) -> None:
    assert search_tokens(text) == tokens


def test_only_commas_between_thousands_go() -> None:
    assert normalize("1,000,000元，第1,2项，1,0000") == "1000000元,第1,2项,1,0000"


@pytest.mark.parametrize(("variant", "plain"), [("申請條件", "申请条件"), ("１，０００萬元", "1000万元")])
def test_spellings_of_one_thing_give_the_same_tokens(variant: str, plain: str) -> None:
    assert search_tokens(variant) == search_tokens(plain)


@given(st.text())
def test_any_text_gives_tokens_without_spaces(text: str) -> None:
    assert all(token and not any(map(str.isspace, token)) for token in search_tokens(text))


@pytest.mark.parametrize(("query", "best"), [("研发人员要80人吗", 0), ("經費要多少萬元", 1), ("专家", 2)])
def test_the_text_that_shares_the_rare_words_scores_highest(query: str, best: int) -> None:
    scores = LexicalIndex(TEXTS).scores(query)
    assert scores.dtype == np.float32
    assert scores.shape == (3,)
    assert int(scores.argmax()) == best
    assert np.count_nonzero(scores == scores.max()) == 1


@pytest.mark.parametrize("query", ["", "？！", "hello", "鑫"])
def test_nothing_shared_scores_zero(query: str) -> None:
    assert LexicalIndex(TEXTS).scores(query).tolist() == [0, 0, 0]


def test_texts_without_tokens_are_scored_zero_in_their_place() -> None:
    assert LexicalIndex(["", "专家委员会", "——"]).scores("专家").nonzero()[0].tolist() == [1]
    assert LexicalIndex(["", "——"]).scores("专家").tolist() == [0, 0]
    assert LexicalIndex([]).scores("专家").shape == (0,)


def test_indexing_and_scoring_say_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    logged = io.StringIO()
    handler = logging.StreamHandler(logged)
    logging.getLogger().addHandler(handler)
    try:
        LexicalIndex(TEXTS).scores("专家")
    finally:
        logging.getLogger().removeHandler(handler)
    assert (*capfd.readouterr(), logged.getvalue()) == ("", "", "")
