"""A small network and a small set of examples to train it on."""

import torch

from eval.reader.examples import LIAONING, Example, ExampleSet
from eval.reader.network import Encoder, LateInteraction
from eval.reader.packed_e5 import Shape
from eval.reader.vocabulary import TokenIds

SHAPE = Shape(width=24, layers=2, heads=2, hidden=48, vocabulary=40, positions=16)
SENTENCES = [[0, 4, 5, 6, 2], [0, 7, 8, 9, 10, 2], [0, 11, 12, 2], [0, 13, 14, 15, 2]]


def small_network(seed: int = 0) -> LateInteraction:
    torch.manual_seed(seed)
    return LateInteraction(Encoder(SHAPE, SHAPE.vocabulary), frozen=1, heads=3, dim=4)


def example(name: str, positives: tuple[int, ...] = (), near: tuple[int, ...] = (), split: str = "train") -> Example:
    return Example(name, LIAONING, split, f"query: {name}", positives, near, held_out=False)  # type: ignore[arg-type]


EXAMPLES = ExampleSet(
    {LIAONING: [f"passage: 第{i}章｜第{i}句。" for i in range(4)]},
    [
        example("a-1", (0,)),
        example("a-2", (1,), (2,)),
        example("a-3"),
        example("a-4"),
        example("d-1", (0,), split="dev"),
        example("d-2", split="dev"),
    ],
)
IDS = TokenIds(
    {LIAONING: SENTENCES},
    {
        "a-1": [0, 4, 5, 2],
        "a-2": [0, 8, 9, 20, 2],
        "a-3": [0, 30, 31, 2],
        "a-4": [0, 32, 33, 2],
        "d-1": [0, 5, 6, 2],
        "d-2": [0, 31, 32, 2],
    },
)
