"""The general words: lists that do not contradict each other and know no regulation."""

import re

import pytest

from assistant.law.pack import Pack
from assistant.qa.vocabulary import general_vocabulary

WORDS = general_vocabulary()


# `process` words may be synonyms too: they also tell a question about applying from one about another subject.
@pytest.mark.parametrize("name", ["stop", "restrict"])
def test_a_word_without_a_topic_or_with_its_own_is_no_synonym(name: str) -> None:
    both = sorted(getattr(WORDS, name) & set(WORDS.synonyms))
    assert not both


@pytest.mark.parametrize(("one", "other"), [("stop", "restrict")])
def test_a_word_that_is_passed_over_carries_no_meaning_elsewhere(one: str, other: str) -> None:
    both = sorted(getattr(WORDS, one) & getattr(WORDS, other))
    assert not both


def test_the_general_words_know_no_regulation(pack: Pack) -> None:
    """Nothing here may name the subject of the pack, its organs or its programme."""
    everything = WORDS.stop | WORDS.process | WORDS.restrict | set(WORDS.synonyms)
    everything |= {target for targets in WORDS.synonyms.values() for target in targets}
    subjects = set(pack.about.scope.subject) | set(pack.about.scope.other_programmes) | set(pack.about.scope.places)
    assert not everything & subjects
    organs = {w for w in everything if re.search(r"辽宁|沈抚|工业和信息化|工信|省创|2211|制造业创新中心", w)}
    assert not organs


def test_no_general_word_is_a_figure_or_a_provision() -> None:
    everything = WORDS.stop | WORDS.process | WORDS.restrict | set(WORDS.synonyms)
    assert not {w for w in everything if re.search(r"\d|第[一二三四五六七八九十]+[条项章]", w)}


def test_words_have_no_blanks_and_english_words_are_lower_case() -> None:
    for words in (WORDS.stop, WORDS.process, WORDS.restrict, WORDS.stop_en, set(WORDS.synonyms)):
        assert all(w == w.strip() and w for w in words)
    assert all(w == w.lower() for w in WORDS.stop_en)


@pytest.mark.parametrize("word", ["不服", "公示", "申诉", "截止", "期满"])
def test_a_word_that_names_a_matter_is_not_passed_over(word: str) -> None:
    assert word not in WORDS.stop
