"""How well the network reads: measured on development questions, while it is trained."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from assistant.reader.sentences import together
from eval.reader.examples import LIAONING, Example
from eval.reader.network import LateInteraction
from eval.reader.vocabulary import TokenIds

Array = NDArray[np.float32]
_BATCH = 16
CUTOFFS = (1, 3, 5)
LIMITS = (-2, -1, 0, 1)
"""Margins from which on a question would be answered."""


@dataclass(frozen=True)
class Scored:
    """An example with the margin of each sentence of its regulation: its logit less that of silence."""

    example: Example
    margins: Array

    @property
    def margin(self) -> float:
        return together(self.margins)

    @property
    def margin_without(self) -> float:
        """The margin in a regulation from which all that answers, and all that is near, is taken out."""
        return together(np.delete(self.margins, [*self.example.positives, *self.example.near]))

    def rank(self) -> int:
        """Of the first sentence that answers, from 0."""
        order: list[int] = np.argsort(-self.margins).tolist()
        return min(order.index(place) for place in self.example.positives)


@dataclass(frozen=True)
class Measures:
    """Of one question set.

    `recall`: how often one of the first k sentences answers. `near`: how often the first answers or is near it.
    `auc`: how often an answered question's margin exceeds an open one's. By limit: `accuracy` in telling the two
    apart, `refused` answered questions, `wrong` open ones that would be answered, and `abstains`: answered ones that
    would be refused, as they should be, once what answers them is taken out.
    """

    answered: int
    left_open: int
    recall: dict[int, float]
    near: float
    auc: float
    accuracy: dict[int, float]
    refused: dict[int, float]
    wrong: dict[int, float]
    abstains: dict[int, float]

    def __str__(self) -> str:
        shares = {
            "recall": self.recall,
            "accuracy": self.accuracy,
            "refused": self.refused,
            "wrong": self.wrong,
            "abstains without": self.abstains,
        }
        listed = "; ".join(
            f"{name} " + " ".join(f"{key}: {share:.3f}" for key, share in by.items()) for name, by in shares.items()
        )
        return f"{self.answered}+{self.left_open} near {self.near:.3f}; AUC {self.auc:.3f}; {listed}"


@torch.no_grad()
def score(reader: LateInteraction, ids: TokenIds, examples: Sequence[Example]) -> list[Scored]:
    """Scores the examples regulation by regulation; leaves the reader in training mode."""
    reader.eval()
    scored = []
    for regulation in sorted({e.regulation for e in examples}):
        asked = [e for e in examples if e.regulation == regulation]
        with torch.autocast("cpu", torch.bfloat16):
            sentences, sentence_mask = reader.states(ids.sentences[regulation])
        for start in range(0, len(asked), _BATCH):
            batch = asked[start : start + _BATCH]
            with torch.autocast("cpu", torch.bfloat16):
                questions, question_mask = reader.states([ids.questions[e.id] for e in batch])
                logits, silence = reader.logits(questions, question_mask, sentences, sentence_mask)
            margins = (logits - silence[:, None]).float().numpy()
            scored += [Scored(e, row) for e, row in zip(batch, margins, strict=True)]
    reader.train()
    return scored


def measure(scored: Sequence[Scored]) -> Measures:
    """The measures of a set that has both answered and open questions."""
    answered = [s for s in scored if s.example.positives]
    ranks = np.array([s.rank() for s in answered])
    first = [int(s.margins.argmax()) for s in answered]
    near = [place in (*s.example.positives, *s.example.near) for place, s in zip(first, answered, strict=True)]
    yes = np.array([s.margin for s in answered])
    no = np.array([s.margin for s in scored if not s.example.positives])
    without = np.array([s.margin_without for s in answered])
    return Measures(
        answered=len(yes),
        left_open=len(no),
        recall={k: float((ranks < k).mean()) for k in CUTOFFS},
        near=float(np.mean(near)),
        auc=float((yes[:, None] > no[None]).mean()),
        accuracy=_at_limits(lambda limit: np.concatenate([yes > limit, no <= limit])),
        refused=_at_limits(lambda limit: yes <= limit),
        wrong=_at_limits(lambda limit: no > limit),
        abstains=_at_limits(lambda limit: without <= limit),
    )


def _at_limits(which: Callable[[int], NDArray[np.bool_]]) -> dict[int, float]:
    return {limit: float(which(limit).mean()) for limit in LIMITS}


def report(scored: Sequence[Scored]) -> str:
    """A line for each question set, and one for all questions on the Liaoning measures."""
    names = sorted({s.example.set_name for s in scored})
    lines = [f"{name}: {measure([s for s in scored if s.example.set_name == name])}" for name in names]
    lines.append(f"{LIAONING}: {measure([s for s in scored if s.example.regulation == LIAONING])}")
    return "\n".join(lines)
