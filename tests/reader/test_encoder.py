"""The encoder that is shipped: its limits, and that a text's vectors are the text's own."""

import json

import numpy as np
import pytest

from assistant.reader.encoder import MAX_QUESTION_TOKENS, MAX_SENTENCE_TOKENS, WEIGHTS, Encoder, load_encoder


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


def test_the_version_is_that_of_the_weights(encoder: Encoder) -> None:
    about = json.loads((WEIGHTS / "about.json").read_text(encoding="utf-8"))
    assert encoder.version == about["version"]
    assert about["licence"] == "MIT"


def test_long_input_is_cut(encoder: Encoder) -> None:
    long = "申请单位应当具备条件" * 100
    assert len(encoder.question([long])) == MAX_QUESTION_TOKENS
    assert len(encoder.sentences([long])[0]) == MAX_SENTENCE_TOKENS


def test_what_is_cut_off_changes_nothing(encoder: Encoder) -> None:
    long = "申请单位应当具备条件" * 100
    assert np.array_equal(encoder.question([long]), encoder.question([long + "整改期多长？"]))


def test_short_input_is_not_filled_up(encoder: Encoder) -> None:
    short, longer = encoder.sentences(["附则｜本办法自发布之日起施行。", "附则｜本办法自发布之日起施行。" * 3])
    assert len(short) < len(longer) < MAX_SENTENCE_TOKENS
    assert len(encoder.question([""])) >= 2


def test_sentences_come_back_in_their_order(encoder: Encoder) -> None:
    texts = ["整改期为六个月，期满后再次考核。", "附则", "考核每两年进行一次。"]
    together = [len(states) for states in encoder.sentences(texts)]
    assert together == [len(encoder.sentences([text])[0]) for text in texts]
    assert encoder.sentences([]) == []


def test_earlier_turns_are_read(encoder: Encoder) -> None:
    assert len(encoder.question(["整改期多长？", "那费用呢？"])) > len(encoder.question(["那费用呢？"]))
