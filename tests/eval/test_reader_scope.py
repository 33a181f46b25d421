"""Learning whether a question is of a regulation's subject."""

import pytest

torch = pytest.importorskip("torch")

from eval.reader.examples import LIAONING  # noqa: E402
from eval.reader.scope import Scope, Subjects, outside_questions, train  # noqa: E402


def test_questions_near_the_sentences_are_told_from_those_far_from_them() -> None:
    torch.manual_seed(0)
    unit = torch.nn.functional.normalize
    directions = torch.eye(24)

    def near(direction: int, count: int) -> torch.Tensor:
        return unit(directions[direction] + 0.1 * torch.randn(count, 24), dim=-1)

    found = Subjects(
        {LIAONING: near(0, 6), "parking": near(1, 6)},
        {LIAONING: near(0, 40), "parking": near(1, 40)},
        near(2, 40),
    )
    scope = train(found, epochs=60)
    with torch.no_grad():
        own, outside = scope(near(0, 20), found.sentences[LIAONING]), scope(near(2, 20), found.sentences[LIAONING])
    assert own.min() > outside.max()
    assert own.mean() > 0 > outside.mean()


def test_a_regulation_of_one_sentence_has_a_subject() -> None:
    assert Scope(24)(torch.randn(3, 24), torch.randn(1, 24)).shape == (3,)


def test_questions_outside_are_those_that_are_labelled_so() -> None:
    outside = outside_questions()
    assert len(outside) > 100
    assert all(text.startswith("query: ") for text in outside)
