"""Question sets as examples: which sentences count as answers."""

from pathlib import Path

import pytest

from assistant.law.new_pack import new_pack
from assistant.qa.evidence import Evidence
from eval.cases import Case
from eval.reader.examples import (
    LIAONING,
    ExampleSet,
    label,
    load_alterations,
    load_examples,
    question_text,
    sentence_text,
)
from tests.eval.toy import TEXT


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    source: Path = tmp_path_factory.mktemp("toy") / "toy.txt"
    source.write_text(TEXT, encoding="utf-8")
    pack = new_pack(source, source.parent / "pack")
    return Evidence(pack.regulation, pack.lexicon)


@pytest.fixture(scope="module")
def examples() -> ExampleSet:
    return load_examples()


def labelled(toy: Evidence, status: str, **fields: object) -> tuple[list[str], list[str]]:
    """The sentences that answer a case, and those near."""
    case = Case.model_validate({"id": "x-1", "category": "fact", "turns": ["？"], "status": status} | fields)
    (example,) = label(toy, [case], "toy", "train")
    texts = [u.sentence.span.text for u in toy.units]
    return [texts[i] for i in example.positives], [texts[i] for i in example.near]


def test_the_quoted_sentence_answers_and_the_rest_of_the_provision_is_near(toy: Evidence) -> None:
    fields = {"gold": ["art_2"], "quote": ["年满十八周岁"]}
    answers, near = labelled(toy, "answered", **fields)
    assert answers == ["年满十八周岁；"]
    assert near == ["申请人应当具备下列条件：", "在本市居住满三年。"]


def test_a_quote_outside_the_gold_provisions_is_only_near(toy: Evidence) -> None:
    answers, near = labelled(toy, "answered", gold=["art_3"], quote=["奖金", "在本市居住满三年"])
    assert answers == ["奖金为每人五千元。"]
    assert near == ["在本市居住满三年。"]


def test_without_quotes_the_whole_provision_answers(toy: Evidence) -> None:
    answers, near = labelled(toy, "answered", gold=["art_2.item_2"], also=["art_2"])
    assert answers == ["在本市居住满三年。"]
    assert near == ["申请人应当具备下列条件：", "年满十八周岁；"]


def test_a_quote_that_is_not_found_leaves_the_provision(toy: Evidence) -> None:
    assert labelled(toy, "answered", gold=["art_3"], quote=["六千元"]) == (["奖金为每人五千元。"], [])


def test_a_chapter_holds_its_articles(toy: Evidence) -> None:
    assert labelled(toy, "answered", gold=["ch_2"])[0] == ["奖金为每人五千元。", "本办法由市民政局负责解释。"]


def test_nothing_answers_an_open_question(toy: Evidence) -> None:
    assert labelled(toy, "not_covered", also=["art_3"]) == ([], ["奖金为每人五千元。"])


def test_an_answered_question_without_a_sentence_is_an_error(toy: Evidence) -> None:
    with pytest.raises(ValueError, match="x-1"):
        labelled(toy, "answered", gold=["art_99"])


def test_other_statuses_are_left_out(toy: Evidence) -> None:
    case = Case(id="x-1", category="greeting", turns=["你好"], status="out_of_scope")
    assert label(toy, [case], "toy", "train") == []


def test_texts_are_as_the_reader_is_given_them(toy: Evidence) -> None:
    texts = [sentence_text(u) for u in toy.units]
    assert "passage: 总则 申请人应当具备下列条件：｜年满十八周岁；" in texts
    assert all(text == f"passage: {u.in_context}" for text, u in zip(texts, toy.units, strict=True))
    assert question_text(["一", "二", "三？", "４"]) == "query: 二 / 三? / 4"


def test_every_question_has_an_id_and_a_regulation_of_its_own(examples: ExampleSet) -> None:
    assert len({e.id for e in examples.examples}) == len(examples.examples) > 5000
    assert {e.regulation for e in examples.examples} == set(examples.sentences)
    assert {e.regulation for e in examples.development} == {LIAONING, "sports-hall"}
    for example in examples.examples:
        assert max((*example.positives, *example.near), default=0) < len(examples.sentences[example.regulation])
        assert not set(example.positives) & set(example.near)


def test_sentences_are_written_for_the_right_kind_of_question(examples: ExampleSet) -> None:
    answered = {e.id: bool(e.positives) for e in examples.examples}
    alterations = load_alterations()
    assert not [key for key in alterations.settling if answered[key]]
    assert not [key for key in alterations.weakened if not answered[key]]


def test_only_the_final_weights_are_trained_on_development_questions(examples: ExampleSet) -> None:
    assert {e.split for e in examples.training(final=False)} == {"train"}
    final = examples.training(final=True)
    assert {e.split for e in final} == {"train", "dev"}
    assert not [e for e in final if e.held_out]
