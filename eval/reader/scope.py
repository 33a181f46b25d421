"""Whether a question is of a regulation's subject at all: a small bilinear comparison, trained over the encoder.

Both sides are means of token vectors. A question of the regulation's own set is of its subject, open or not; one that
its writers labelled out_of_scope is not, whatever the regulation, and one of another regulation's set mostly is not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from assistant.reader.encoder import MAX_QUESTION_TOKENS
from assistant.reader.heads import SCOPE_NEAREST
from eval.cases import load_cases
from eval.reader.examples import DATA, LIAONING, ExampleSet, question_text
from eval.reader.held_out import is_shared
from eval.reader.network import LateInteraction
from eval.reader.vocabulary import TokenIds, token_ids

Array = NDArray[np.float32]
_WIDTH = 64
_EPOCHS = 40
_RATE = 1e-3
_SEED = 2
_OWN, _OWN_LIAONING, _OTHERS = 64, 256, 4
_OUTSIDE_WEIGHT, _OTHERS_WEIGHT = 2.0, 0.15
_BATCH = 32


class Scope(nn.Module):
    """The logit that a question is of the subject of some sentences.

    q and s project both sides; the nearest sentences count, and `kind` is what the question alone gives away.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.q, self.s = nn.Linear(width, _WIDTH), nn.Linear(width, _WIDTH)
        self.kind = nn.Linear(width, 1)
        self.scale, self.shift = nn.Parameter(torch.tensor(8.0)), nn.Parameter(torch.tensor(-4.0))
        shared = torch.randn(_WIDTH, width) / width**0.5
        with torch.no_grad():
            for side in (self.q, self.s):
                side.weight.copy_(shared)
                side.bias.zero_()

    def forward(self, questions: Tensor, sentences: Tensor) -> Tensor:
        """Means of length 1, [questions, width] and [sentences, width] -> logits [questions]."""
        asked, said = (functional.normalize(x, dim=-1) for x in (self.q(questions), self.s(sentences)))
        nearest = (asked @ said.T).topk(min(SCOPE_NEAREST, len(said)), dim=1).values.mean(1)
        logits: Tensor = self.scale * nearest + self.shift + self.kind(questions).squeeze(-1)
        return logits


@dataclass(frozen=True)
class Subjects:
    """The means of each regulation's sentences and of the questions on it, and of questions on none."""

    sentences: dict[str, Tensor]
    questions: dict[str, Tensor]
    outside: Tensor


def outside_questions(data: Path = DATA) -> list[str]:
    """The training questions, of one turn, that were written to be of no regulation's subject."""
    files = [*sorted(data.glob("measures-*.jsonl")), *sorted(data.glob("regulations/*/questions.jsonl"))]
    cases = [case for file in files for case in load_cases(file)]
    outside = [c for c in cases if c.status == "out_of_scope" and len(c.turns) == 1 and not is_shared(c.turns)]
    return [question_text(c.turns) for c in outside]


@torch.no_grad()
def means(reader: LateInteraction, rows: Sequence[Sequence[int]]) -> Tensor:
    """The mean of each text's token vectors, of length 1: [texts, width]."""
    parts = []
    for start in range(0, len(rows), _BATCH):
        with torch.autocast("cpu", torch.bfloat16):
            states, mask = reader.states(rows[start : start + _BATCH])
        weights = mask[..., None].float()
        parts.append(functional.normalize((states.float() * weights).sum(1) / weights.sum(1), dim=-1))
    return torch.cat(parts)


def subjects(reader: LateInteraction, tokenizer: Tokenizer, ids: TokenIds, examples: ExampleSet) -> Subjects:
    asked: dict[str, list[list[int]]] = {}
    for example in examples.training(final=False):
        asked.setdefault(example.regulation, []).append(ids.questions[example.id])
    outside = [token_ids(tokenizer, text, MAX_QUESTION_TOKENS) for text in outside_questions()]
    return Subjects(
        {name: means(reader, rows) for name, rows in ids.sentences.items()},
        {name: means(reader, rows) for name, rows in asked.items()},
        means(reader, outside),
    )


def train(found: Subjects, epochs: int = _EPOCHS) -> Scope:
    torch.manual_seed(_SEED)
    chance = np.random.default_rng(_SEED)
    scope = Scope(found.outside.shape[1])
    optimizer = torch.optim.AdamW(scope.parameters(), lr=_RATE, weight_decay=0.02)
    names = sorted(found.questions)
    for _ in range(epochs):
        for name in chance.permutation(names):
            own = _some(found.questions[name], _OWN_LIAONING if name == LIAONING else _OWN, chance)
            outside = _some(found.outside, len(own) // 2, chance)
            others = [_some(found.questions[n], _OTHERS, chance) for n in chance.choice(names, _OTHERS) if n != name]
            sentences = found.sentences[name]
            loss = functional.softplus(-scope(own, sentences)).mean()
            loss = loss + _OUTSIDE_WEIGHT * functional.softplus(scope(outside, sentences)).mean() / 2
            if others:
                loss = loss + _OTHERS_WEIGHT * functional.softplus(scope(torch.cat(others), sentences)).mean()
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
    return scope


def scope_weights(scope: Scope) -> dict[str, Array]:
    """The parameters by name, as `assistant/reader/heads.py` reads them."""
    return {f"scope.{name}": p.detach().numpy().astype(np.float32) for name, p in scope.state_dict().items()}


def _some(of: Tensor, count: int, chance: np.random.Generator) -> Tensor:
    return of[torch.as_tensor(chance.choice(len(of), min(count, len(of)), replace=False))]
