"""Scoring one answer against one case."""

import pytest

from eval.cases import meets, score
from tests.eval.toy import answer, case, citation, document

AGE = citation("art_2.item_1", "年满十八周岁")
MONEY = citation("art_3", "奖金为每人五千元", 2)


def test_a_right_answer_passes() -> None:
    found = score(case("answered", "art_3", quote=["五千元"]), answer("answered", MONEY))
    assert found.passed
    assert found.reason == ""
    assert (found.item_recall, found.article_recall, found.item_precision) == (1, 1, 1)


def test_a_wrong_article_fails_everywhere() -> None:
    found = score(case("answered", "art_3"), answer("answered", AGE))
    assert not found.passed
    assert (found.item_recall, found.article_recall) == (0, 0)
    assert (found.item_precision, found.article_precision) == (0, 0)
    assert "art_2.item_1" in found.reason
    assert "art_3" in found.reason


def test_an_item_under_the_wanted_article_meets_it() -> None:
    found = score(case("answered", "art_2"), answer("answered", AGE))
    assert found.passed
    assert found.item_recall == 1


def test_the_article_alone_does_not_meet_a_wanted_item() -> None:
    lead = citation("art_2", "申请人应当具备下列条件")
    found = score(case("answered", "art_2.item_1"), answer("answered", lead))
    assert not found.passed
    assert (found.item_recall, found.article_recall) == (0, 1)
    assert found.item_precision == 1  # it is no wrong place, only too wide a one


def test_another_item_of_the_article_is_right_by_article_only() -> None:
    found = score(case("answered", "art_2.item_2"), answer("answered", AGE))
    assert (found.item_recall, found.article_recall) == (0, 1)
    assert (found.item_precision, found.article_precision) == (0, 1)


def test_item_1_is_not_item_10() -> None:
    assert not meets("art_2.item_10", "art_2.item_1")
    assert not meets("art_10", "art_1")


def test_what_may_be_cited_besides_costs_no_precision_and_gives_no_recall() -> None:
    found = score(case("answered", "art_3", also=("art_2",)), answer("answered", AGE, MONEY))
    assert (found.item_recall, found.item_precision) == (1, 1)
    only_also = score(case("answered", "art_3", also=("art_2",)), answer("answered", AGE))
    assert (only_also.item_recall, only_also.item_precision) == (0, 1)


def test_recall_and_precision_are_shares() -> None:
    found = score(case("answered", "art_2.item_2", "art_3"), answer("answered", AGE, MONEY))
    assert (found.item_recall, found.item_precision) == (0.5, 0.5)


def test_an_article_stands_in_its_chapter() -> None:
    wanted = case("answered", "ch_2")
    assert score(wanted, answer("answered", MONEY), document()).passed
    assert score(wanted, answer("answered", MONEY), document()).article_precision == 1
    assert not score(wanted, answer("answered", AGE), document()).passed


def test_a_right_abstention_has_nothing_to_cite() -> None:
    found = score(case("not_covered"), answer("not_covered"))
    assert found.passed
    assert found.item_recall is found.item_precision is None


def test_an_abstention_where_the_text_settles_it_recalls_nothing() -> None:
    found = score(case("answered", "art_3"), answer("not_covered"))
    assert not found.passed
    assert (found.item_recall, found.item_precision) == (0, None)


def test_an_answer_where_the_text_is_silent_fails() -> None:
    found = score(case("not_covered"), answer("answered", MONEY))
    assert not found.passed
    assert found.item_precision is None


@pytest.mark.parametrize(("unsettled", "passed"), [((), False), (("几年发一次",), True)])
def test_an_open_part_has_to_be_named(unsettled: tuple[str, ...], passed: bool) -> None:
    found = score(case("answered", "art_3", open=True), answer("answered", MONEY, unsettled=unsettled))
    assert found.passed is passed


def test_required_words_have_to_be_quoted() -> None:
    assert not score(case("answered", "art_3", quote="六千元"), answer("answered", MONEY)).passed


def test_a_summary_is_no_basis() -> None:
    summary = MONEY.model_copy(update={"document": "related-policies"})
    assert score(case("answered", "art_3"), answer("answered", summary)).item_recall == 0
