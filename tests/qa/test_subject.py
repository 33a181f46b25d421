"""Whether a question is of another subject: words and reader weighed."""

import numpy as np
import pytest

from assistant.law.pack import Pack
from assistant.qa.answerer import PackAnswerer
from assistant.qa.subject import is_of_another_subject
from assistant.reader.sentences import Reading
from qa.samples import FakeSearch


def reading(margin: float, scope: float) -> Reading:
    return Reading(np.array([margin], np.float32), 0.0, scope)


@pytest.fixture(scope="module")
def fast(pack: Pack) -> PackAnswerer:
    return PackAnswerer(pack, FakeSearch(pack))


def judged(fast: PackAnswerer, text: str, read: Reading | None) -> bool:
    of = fast.knowledge
    return is_of_another_subject(of.reader.read(text), of.judge, read)


def test_a_question_that_names_the_subject_is_never_of_another(fast: PackAnswerer) -> None:
    assert not judged(fast, "省创中心的食堂好吃吗？", reading(-10, -9))


@pytest.mark.parametrize("text", ["锅包肉咋炸才外酥里嫩？", "营业执照丢了，上哪儿补去？"])
def test_neither_the_words_nor_the_reader_know_it(fast: PackAnswerer, text: str) -> None:
    assert judged(fast, text, reading(-8, -4))


def test_a_near_sentence_outweighs_words_that_the_law_does_not_have(fast: PackAnswerer) -> None:
    assert not judged(fast, "得凑够多少号人？", reading(3, 1))


def test_without_a_reader_only_the_words_count(fast: PackAnswerer) -> None:
    assert judged(fast, "锅包肉咋炸才外酥里嫩？", None)
    assert not judged(fast, "评估几年一次？", None)


def test_in_english_the_reader_does_not_judge_the_subject(fast: PackAnswerer) -> None:
    assert not judged(fast, "How long is the rectification period?", reading(-2, -9))
