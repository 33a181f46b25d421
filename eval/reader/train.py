"""Trains the reader.

Each step takes questions of one regulation and all of its sentences. Some of the regulations are altered first, as
`eval/counterfactuals.py` does: a sentence that settles an open question is put in, the sentences that answer a
question are taken out, or one that no longer answers is put in their place. The label follows the text, so that the
reader cannot learn which questions are answered, only what answers them.
"""

import argparse
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from assistant.reader.encoder import MAX_SENTENCE_TOKENS
from eval.reader.examples import Alterations, Example, ExampleSet, load_alterations, load_examples
from eval.reader.metrics import report, score
from eval.reader.network import LateInteraction, build_reader
from eval.reader.vocabulary import TokenIds, token_ids, tokenise

EPOCHS = 3
RATE = 5e-5
SEED = 1
BATCH = 24
# The shares of questions whose regulation is altered.
SETTLED = 0.4
WEAKENED = 0.3
TAKEN_OUT = 0.12
_HEADS_FASTER = 15
_WARM_UP = 30
_EACH_POSITIVE = 0.3
_WORD_VECTORS = "enc.word.weight"

Batch = tuple[str, list[Example]]


@dataclass(frozen=True)
class Candidates:
    """The sentences that answer an example's question, and those that compete with them."""

    positives: list[int]
    negatives: list[int]


class Alterer:
    """Alters regulations for the questions that are asked of them."""

    def __init__(self, ids: TokenIds, examples: ExampleSet, alterations: Alterations, tokenizer: Tokenizer) -> None:
        self.ids, self.texts, self.alterations, self.tokenizer = ids, examples.sentences, alterations, tokenizer
        self.chance = random.Random(SEED)  # noqa: S311 - nothing here is secret

    def candidates(self, regulation: str, asked: Sequence[Example]) -> tuple[list[list[int]], list[Candidates]]:
        """Token ids of the sentences to add to the regulation, and the candidates of each question among all.

        Added sentences come after the regulation's own. One that is added for a question is no candidate of another.
        """
        own = len(self.ids.sentences[regulation])
        added: list[list[int]] = []
        found = []
        for example in asked:
            rest = [i for i in range(own) if i not in example.positives and i not in example.near]
            sentence = self._added(example)
            if sentence is not None:
                place = own + len(added)
                added.append(token_ids(self.tokenizer, sentence, MAX_SENTENCE_TOKENS))
                answers = not example.positives
                found.append(Candidates([place], rest) if answers else Candidates([], [*rest, place]))
            elif example.positives and self.chance.random() < TAKEN_OUT:
                found.append(Candidates([], rest))
            else:
                found.append(Candidates([*example.positives], rest))
        return added, found

    def _added(self, example: Example) -> str | None:
        """The sentence to add for a question, if any, in the surroundings of another or of the one it replaces."""
        texts = self.texts[example.regulation]
        if not example.positives:
            sentence = self.alterations.settling.get(example.id)
            if sentence is None or self.chance.random() >= SETTLED:
                return None
            neighbour = self.chance.choice(texts)
        else:
            sentence = self.alterations.weakened.get(example.id)
            if sentence is None or self.chance.random() >= WEAKENED:
                return None
            neighbour = texts[example.positives[0]]
        return neighbour.split("｜", 1)[0] + "｜" + sentence


class Trainer:
    """Trains `reader` on `training`, and reports on the development questions of `examples`."""

    def __init__(
        self,
        reader: LateInteraction,
        ids: TokenIds,
        examples: ExampleSet,
        altered: Alterer,
        training: Sequence[Example],
    ) -> None:
        self.reader, self.ids, self.examples, self.altered = reader, ids, examples, altered
        self.training = training
        self.chance = altered.chance
        named = [(name, p) for name, p in reader.named_parameters() if p.requires_grad]
        encoder = [p for name, p in named if name.startswith("enc.")]
        heads = [p for name, p in named if not name.startswith("enc.")]
        self.parameters = [*encoder, *heads]
        self.optimizer = torch.optim.AdamW([{"params": encoder}, {"params": heads}], weight_decay=0.01)

    def run(self, epochs: int, rate: float, out: Path) -> None:
        """Trains for some epochs; writes the state to `out` after each."""
        # Drawn once for its length: every run so far drew it, so that leaving it out would change what the seed gives.
        total = len(self.plan()) * epochs
        losses: list[float] = []
        started = time.monotonic()
        print(self.measured(), flush=True)
        for epoch in range(epochs):
            for batch in self.plan():
                self.set_rate(rate, len(losses), total)
                losses.append(self.step(batch))
                if len(losses) % 20 == 0:
                    mean, seconds = np.mean(losses[-20:]), time.monotonic() - started
                    print(f"epoch {epoch} step {len(losses)}/{total} loss {mean:.3f} {seconds:.0f}s", flush=True)
            torch.save(self.reader.state_dict(), out)
            print(self.measured(), flush=True)

    def plan(self) -> list[Batch]:
        """One epoch: batches of questions of one regulation, drawn anew."""
        by_regulation: dict[str, list[Example]] = {}
        for example in self.training:
            by_regulation.setdefault(example.regulation, []).append(example)
        batches: list[Batch] = []
        for regulation, asked in by_regulation.items():
            self.chance.shuffle(asked)
            batches += [(regulation, asked[start : start + BATCH]) for start in range(0, len(asked), BATCH)]
        self.chance.shuffle(batches)
        return batches

    def set_rate(self, rate: float, step: int, total: int) -> None:
        """The learning rate rises in the first steps and then falls in a line; heads learn faster than e5."""
        factor = min(1, (step + 1) / _WARM_UP) * max(0.02, 1 - step / total)
        for group, base in zip(self.optimizer.param_groups, (rate, rate * _HEADS_FASTER), strict=True):
            group["lr"] = base * factor

    def step(self, batch: Batch) -> float:
        """Learns from one batch; returns its loss."""
        regulation, asked = batch
        added, candidates = self.altered.candidates(regulation, asked)
        with torch.autocast("cpu", torch.bfloat16):
            sentences, sentence_mask = self.reader.states([*self.ids.sentences[regulation], *added])
            questions, question_mask = self.reader.states([self.ids.questions[e.id] for e in asked])
            logits, silence = self.reader.logits(questions, question_mask, sentences, sentence_mask)
        losses = [loss_of(logits[i], silence[i], each) for i, each in enumerate(candidates)]
        loss = torch.stack(losses).mean()
        self.optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
        self.optimizer.step()
        return float(loss.detach())

    def measured(self) -> str:
        return report(score(self.reader, self.ids, self.examples.development))


def loss_of(logits: Tensor, silence: Tensor, candidates: Candidates) -> Tensor:
    """The loss of one question: the log probability that one of the positives, or else silence, is chosen."""
    positives = candidates.positives
    every = torch.cat([logits[candidates.negatives + positives], silence[None]])
    total = torch.logsumexp(every, 0)
    if not positives:
        return total - silence
    # Besides, each positive is to exceed silence, not only the best of them.
    each = functional.softplus(silence - logits[positives]).mean()
    return total - torch.logsumexp(logits[positives], 0) + _EACH_POSITIVE * each


def set_out_from(reader: LateInteraction, file: Path) -> None:
    """Takes over an earlier state as far as it goes.

    Word vectors stay: they are never trained, and the file's may be of another vocabulary. Raises ValueError if the
    file has parameters that the reader does not have.
    """
    state = torch.load(file)
    state.pop(_WORD_VECTORS, None)
    unknown = reader.load_state_dict(state, strict=False).unexpected_keys
    if unknown:
        raise ValueError(f"{file} has other parameters: {', '.join(unknown)}")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; 0 done, 2 wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m eval.reader.train", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--out", type=Path, required=True, help="where the state is written after each epoch")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--lr", type=float, default=RATE, help="the encoder's learning rate; the heads' is 15 times it")
    parser.add_argument("--init", type=Path, help="an earlier state to set out from")
    parser.add_argument("--final", action="store_true", help="train on the development questions too")
    options = parser.parse_args(arguments)
    torch.manual_seed(SEED)
    torch.set_num_threads(2)
    reader, tokenizer = build_reader()
    if options.init:
        set_out_from(reader, options.init)
    examples = load_examples()
    ids = tokenise(tokenizer, examples)
    training = examples.training(options.final)
    print(f"{len(training)} questions to train on, {len(examples.development)} to measure", flush=True)
    altered = Alterer(ids, examples, load_alterations(), tokenizer)
    Trainer(reader, ids, examples, altered, training).run(options.epochs, options.lr, options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
