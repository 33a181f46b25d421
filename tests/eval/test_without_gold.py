"""What leave-one-out takes out of a text, and what an answer to the rest counts as."""

import pytest

from assistant.law.parser import parse_regulation
from assistant.law.types import Authority, Document
from assistant.qa.models import Answer
from eval.cases import Case
from eval.without_gold import RemovalError, group, judge, remove, sentences, wanted
from tests.eval.toy import TEXT, answer, case, citation, document

ASKED = case("answered", "art_3", also=("art_1", "art_2"))


def verdict(asked: Case, after: Answer) -> str:
    return judge(asked, after, remove(document(), asked.gold, "x"), document())


def test_an_article_is_removed_whole_and_nothing_else() -> None:
    removal = remove(document(), ["art_2"], "x")
    assert "年满十八周岁" in removal.removed
    assert removal.text == TEXT.replace(removal.removed, "")
    left = [str(p.locator) for p in parse_regulation(removal.text).provisions]
    assert [x for x in left if x.startswith("art")] == ["art_1", "art_3", "art_4"]


def test_an_item_is_removed_and_its_siblings_keep_their_numbers() -> None:
    removal = remove(document(), ["art_2.item_1"], "x")
    assert "年满十八周岁" not in removal.text
    assert "（二）在本市居住满三年。" in removal.text
    assert "art_2.item_2" in [str(p.locator) for p in parse_regulation(removal.text).provisions]


def test_several_provisions_go_at_once_also_where_one_lies_in_the_other() -> None:
    removal = remove(document(), ["art_3", "art_2.item_1", "art_2"], "x")
    assert not any(words in removal.text for words in ("五千元", "年满", "居住满三年"))
    assert len(removal.text) + len(removal.removed.replace("\n", "")) <= len(TEXT)
    assert "第四条" in removal.text


def test_a_chapter_goes_with_its_heading() -> None:
    assert "附则" not in remove(document(), ["ch_2"], "x").text


def test_a_lead_in_goes_with_the_last_of_its_list() -> None:
    assert "第二条" not in remove(document(), ["art_2.item_1", "art_2.item_2"], "x").text
    assert "第二条" in remove(document(), ["art_2.item_2"], "x").text


def test_a_provision_that_is_not_there_is_an_error_without_the_cases_words() -> None:
    with pytest.raises(RemovalError, match=r"^x: the text has no provision art_9$"):
        remove(document(), ["art_9"], "x")


def test_answered_questions_are_asked_and_lookups_are_not() -> None:
    follow_up = case("answered", "art_3", category="follow_up")
    others = [case("not_covered"), case("answered"), case("answered", "art_3", category="lookup")]
    assert wanted(follow_up)
    assert not any(wanted(other) for other in others)


def test_cases_with_the_same_gold_share_a_copy() -> None:
    groups = group([case("answered", "art_3", "art_1"), case("answered", "art_1", "art_3"), case("answered", "art_1")])
    assert {gold: len(cases) for gold, cases in groups.items()} == {("art_1", "art_3"): 2, ("art_1",): 1}


def test_abstaining_passes_and_calling_it_another_subject_counts_apart() -> None:
    assert verdict(ASKED, answer("not_covered")) == "abstained"
    assert verdict(ASKED, answer("out_of_scope")) == "out_of_scope"
    assert verdict(ASKED, answer("needs_facts", citation("art_1", "为规范奖励"))) == "failed"


def test_an_answer_from_what_may_be_cited_besides_is_supported() -> None:
    good, bad = citation("art_2.item_2", "在本市居住满三年"), citation("art_4", "市民政局负责解释")
    assert verdict(ASKED, answer("answered", good)) == "supported"
    assert verdict(ASKED, answer("answered", good, bad)) == "failed"
    assert verdict(ASKED, answer("answered", good.model_copy(update={"document": "summary"}))) == "failed"
    assert verdict(ASKED, answer("answered")) == "failed"


def test_what_stands_around_the_removed_provision_supports_nothing() -> None:
    asked = case("answered", "art_2.item_1", also=("art_2",))
    assert verdict(asked, answer("answered", citation("art_2.item_2", "在本市居住满三年"))) == "failed"


def test_a_sentence_that_the_text_repeats_is_support() -> None:
    text = TEXT.replace("（二）在本市", "（二）奖金为每人五千元整按年发放；\n（三）在本市").replace(
        "奖金为每人五千元。", "奖金为每人五千元整按年发放。"
    )
    whole = Document("measures", "x", Authority.REGULATION, text, parse_regulation(text).provisions)
    removal = remove(whole, ["art_3"], "x")
    cited = citation("art_2.item_2", "（二）").model_copy(update={"quote": "（二）奖金为每人五千元整按年发放；"})
    assert judge(case("answered", "art_3"), answer("answered", cited), removal, whole) == "supported"
    part = cited.model_copy(update={"quote": "奖金为每人五千元"})
    assert judge(case("answered", "art_3"), answer("answered", part), removal, whole) == "failed"


def test_short_sentences_and_numbers_are_no_sentence() -> None:
    assert sentences("第三条 奖金为每人五千元整按年发放。\n（一）年满十八周岁；") == {"奖金为每人五千元整按年发放"}
