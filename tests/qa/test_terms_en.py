"""English words for terms of the law."""

import pytest

from assistant.law.lexicon import Lexicon
from assistant.qa.terms_en import EnglishTerms

LEXICON = Lexicon(
    english={
        "r&d staff": ("研发人员",),
        "center": ("省创中心",),
        "evaluate": ("评估",),
        "evaluation result": ("评估结果",),
    }
)


@pytest.fixture(scope="module")
def english() -> EnglishTerms:
    return EnglishTerms(LEXICON, frozenset({"省创中心"}), lambda _: 2.0)


@pytest.mark.parametrize("text", ["evaluation", "Evaluations", "evaluated", "EVALUATING"])
def test_a_word_is_known_whatever_its_ending(english: EnglishTerms, text: str) -> None:
    assert [t.forms for t in english.terms(text)] == [("评估",)]


@pytest.mark.parametrize("text", ["centre", "Centres", "center", "centers"])
def test_british_and_american_spelling_are_one_and_the_subject_is_known(english: EnglishTerms, text: str) -> None:
    (term,) = english.terms(text)
    assert (term.forms, term.subject) == (("省创中心",), True)


def test_the_longest_phrase_wins(english: EnglishTerms) -> None:
    text = "the evaluation results of R&D staff"
    assert [(t.text, t.forms) for t in english.terms(text)] == [
        ("evaluation results", ("评估结果",)),
        ("R&D staff", ("研发人员",)),
    ]


def test_a_word_the_law_has_none_for_is_kept_as_unknown(english: EnglishTerms) -> None:
    (term,) = english.terms("What about helicopters?")
    assert (term.text, term.known) == ("helicopters", False)


def test_words_without_a_topic_are_passed_over(english: EnglishTerms) -> None:
    assert english.terms("What is the minimum that we must have?") == []
