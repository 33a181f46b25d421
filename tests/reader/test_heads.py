"""The heads in numpy compute what the networks compute in torch."""

from pathlib import Path

import numpy as np
import pytest

from assistant.reader.heads import SCOPE_NEAREST, Heads
from assistant.reader.sentences import SentenceReader

WIDTH = 24


class FixedEncoder:
    """Gives the states it was made with: `question` for any question, `each` for the sentences in order."""

    version = "fixed"

    def __init__(self, question: np.ndarray, each: list[np.ndarray]) -> None:
        self._question, self._each = question, each

    def question(self, turns: list[str]) -> np.ndarray:  # noqa: ARG002
        return self._question

    def sentences(self, texts: list[str]) -> list[np.ndarray]:  # noqa: ARG002
        return self._each


@pytest.mark.parametrize("seed", range(5))
def test_margins_are_those_of_the_network(seed: int, tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    from eval.reader.export import head_weights
    from eval.reader.network import Encoder, LateInteraction
    from eval.reader.packed_e5 import Shape
    from eval.reader.scope import Scope, scope_weights

    torch.manual_seed(seed)
    network = LateInteraction(Encoder(Shape(WIDTH, 1, 2, 48, 10, 8), 10), frozen=0, heads=3, dim=4)
    for name, parameter in network.named_parameters():
        if not name.startswith("enc."):
            torch.nn.init.normal_(parameter)
    scope = Scope(WIDTH)
    prior = {"prior.weight": np.zeros(WIDTH, np.float32), "prior.bias": np.zeros(1, np.float32)}
    np.savez(tmp_path / "heads.npz", **head_weights(network), **prior, **scope_weights(scope))

    lengths = [7, 2, 11, 5]
    sentences = torch.randn(len(lengths), max(lengths), WIDTH)
    mask = torch.arange(max(lengths))[None] < torch.tensor(lengths)[:, None]
    question = torch.randn(1, 6, WIDTH)
    with torch.no_grad():
        logits, silence = network.logits(question, torch.ones(1, 6, dtype=torch.bool), sentences, mask)
        expected = (logits - silence[:, None])[0].numpy()
        said = torch.stack([row[:length].mean(0) for row, length in zip(sentences, lengths, strict=True)])
        unit = torch.nn.functional.normalize
        of_subject = scope(unit(question.mean(1), dim=-1), unit(said, dim=-1)).item()

    each = [row[:length].numpy() for row, length in zip(sentences, lengths, strict=True)]
    encoder = FixedEncoder(question[0].numpy(), each)
    reader = SentenceReader(["甲", "乙", "丙", "丁"], encoder=encoder, heads=Heads(tmp_path))
    reading = reader.read(["？"])
    assert reading.margins == pytest.approx(expected, abs=2e-4)
    assert len(lengths) > SCOPE_NEAREST
    assert reading.scope == pytest.approx(of_subject, abs=2e-4)
