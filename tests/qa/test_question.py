"""A question, understood: its parts, its terms, and which of them the law knows."""

import pytest

from assistant.qa.need import Need
from assistant.qa.parts import is_organ
from assistant.qa.question import QuestionReader
from assistant.qa.terms import Term


def texts(terms: tuple[Term, ...]) -> list[str]:
    return [t.text for t in terms]


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("整改期多长?", ["整改期"]),
        ("对资本金有什么要求?", ["资本金"]),
        ("多久评估一次?", ["评估"]),
        ("股东结构调整要报备吗?", ["股东结构", "报备"]),
    ],
)
def test_the_words_of_the_law_are_terms(reader: QuestionReader, question: str, wanted: list[str]) -> None:
    known = texts(reader.read(question).known_terms)
    assert set(wanted) <= set(known), known


@pytest.mark.parametrize(("question", "word"), [("注册资本最低多少?", "注册资本"), ("对评估有异议怎么申诉?", "申诉")])
def test_a_matter_the_law_has_no_word_for_is_unknown(reader: QuestionReader, question: str, word: str) -> None:
    assert word in [t.text for p in reader.read(question).parts for t in p.unknown]


def test_the_regulated_thing_is_the_subject_and_not_required(reader: QuestionReader) -> None:
    part = reader.read("省创中心的整改期多长?").parts[0]
    assert "省创中心" in [t.text for t in part.terms if t.subject]
    assert "省创中心" not in texts(part.required)


def test_words_of_conversation_are_no_terms(reader: QuestionReader) -> None:
    assert texts(reader.read("请问一下,这个到底是怎么样的呢?").terms) == []


def test_two_questions_are_two_parts(reader: QuestionReader) -> None:
    parts = reader.read("整改期多长?评估多久一次?").parts
    assert [p.need for p in parts] == [Need.DURATION, Need.FREQUENCY]


def test_a_clause_without_a_topic_takes_the_one_before(reader: QuestionReader) -> None:
    parts = reader.read("整改期多长,从哪天起算?").parts
    assert [p.need for p in parts] == [Need.DURATION, Need.START]
    assert "整改期" in texts(parts[1].terms)
    assert parts[1].inherited


def test_what_people_say_of_themselves_is_background(reader: QuestionReader) -> None:
    question = reader.read("我们是大连一家做轴承的企业。整改期多长?")
    assert len(question.parts) == 1
    assert "整改期" in texts(question.parts[0].required)
    assert "轴承" not in texts(question.parts[0].required)


def test_figures_are_values_and_no_terms(reader: QuestionReader) -> None:
    part = reader.read("听说固定研发人员要100人?").parts[0]
    assert [f.text for f in part.figures] == ["100人"]
    assert not any("100" in t.text for t in part.terms)


def test_a_term_says_where_it_stands(reader: QuestionReader) -> None:
    text = "更换中心主任和股东要办什么手续?"
    assert all(text[t.start : t.end] == t.text for t in reader.read(text).terms)


@pytest.mark.parametrize("name", ["省工信厅", "市工信局", "省科技厅", "市级工信主管部门", "市政府"])
def test_an_organ_is_one_who_acts(name: str) -> None:
    assert is_organ(Term(name, (), 0, len(name)))


@pytest.mark.parametrize("name", ["研发人员", "内部", "全部", "整改期", "联盟"])
def test_what_is_no_organ(name: str) -> None:
    assert not is_organ(Term(name, (), 0, len(name)))
