"""Found provisions into statements made of the law's own words."""

from dataclasses import replace

import pytest

from assistant.law.locator import Locator
from assistant.qa.compose import Composer
from assistant.qa.knowledge import PackKnowledge
from assistant.qa.search_law import Found


def settled(knowledge: PackKnowledge, question: str, english: bool = False) -> Composer:
    composer = Composer(knowledge.pack, knowledge.pack.regulation, english)
    composer.settle(knowledge.law.find(knowledge.reader.read(question).parts[0]))
    return composer


def test_a_single_fact_stands_first_and_its_sentence_after_it(knowledge: PackKnowledge) -> None:
    draft = settled(knowledge, "固定研究与试验发展人员要多少人?").draft
    assert draft.statements[0].text == "固定研究与试验发展人员数不少于80人（第七条第（四）项）。"
    assert "配备相对稳定的固定研究与试验发展人员" in draft.statements[1].text
    assert draft.statements[0].citations == draft.statements[1].citations == [1]


def test_a_fact_keeps_the_condition_it_hangs_on(knowledge: PackKnowledge) -> None:
    text = settled(knowledge, "评估不合格的整改期多长?").draft.statements[0].text
    assert text.startswith("对于评估结果为不合格的")
    assert "给予一年整改期" in text


def test_every_statement_is_shown_with_its_markers(knowledge: PackKnowledge) -> None:
    draft = settled(knowledge, "申报条件有哪些?").draft
    for statement in draft.statements:
        assert statement.text + "".join(f"[{n}]" for n in statement.citations) in draft.markdown


@pytest.mark.parametrize(("locator", "count"), [("art_6", 8), ("art_7", 6), ("art_8", 4)])
def test_a_list_says_how_many_items_follow(knowledge: PackKnowledge, locator: str, count: int) -> None:
    composer = Composer(knowledge.pack, knowledge.pack.regulation, english=False)
    provision = knowledge.pack.regulation.get(Locator.parse(locator))
    assert provision is not None
    composer.give_whole(provision)
    assert f"共{count}项" in composer.draft.statements[0].text
    assert {c.item for c in composer.book.citations} == {None, *range(1, count + 1)}


def test_no_quote_holds_a_line_break(knowledge: PackKnowledge) -> None:
    composer = Composer(knowledge.pack, knowledge.pack.regulation, english=False)
    for provision in knowledge.pack.regulation.articles():
        composer.give_whole(provision)
    assert not [c for c in composer.book.citations if "\n" in c.quote or c.quote != c.quote.strip()]


def test_an_english_frame_glosses_the_terms_of_the_quote(knowledge: PackKnowledge) -> None:
    text = settled(knowledge, "评估多久一次?", english=True).draft.statements[0].text
    assert text.startswith("Article 15 says: “")
    assert "每三年进行一次评估" in text
    assert "unofficial gloss" in text


def test_what_stays_open_is_named(knowledge: PackKnowledge) -> None:
    composer = Composer(knowledge.pack, knowledge.pack.regulation, english=False)
    for question in ("注册资本最低多少?", "联盟至少几家?"):
        composer.leave_open(knowledge.law.find(knowledge.reader.read(question).parts[0]))
    capital, alliance = composer.draft.unsettled
    assert "“注册资本”" in capital
    assert "“联盟”" in alliance
    assert "数量" in alliance
    assert composer.draft.statements == []


def test_a_word_is_said_to_stand_for_another_only_where_that_one_is_quoted(knowledge: PackKnowledge) -> None:
    found = knowledge.law.find(knowledge.reader.read("最少得有多少研发的人?").parts[0])
    assert any("“固定研究与试验发展人员”" in matter for matter in _settled_with(knowledge, found).draft.unsettled)
    expense = knowledge.law.find(knowledge.reader.read("年度研发费用总额不低于多少?").parts[0])
    borrowed = replace(found, units=expense.units)
    assert _settled_with(knowledge, borrowed).draft.unsettled == []


def _settled_with(knowledge: PackKnowledge, found: Found) -> Composer:
    composer = Composer(knowledge.pack, knowledge.pack.regulation, english=False)
    composer.settle(found)
    return composer
