"""The sentences of one document, encoded once and kept, and their scores for a question."""

import contextlib
import hashlib
import os
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.reader.encoder import Encoder, States, load_encoder
from assistant.reader.heads import Heads, Matched, load_heads

Array = NDArray[np.float32]
_LAYOUT = "2"  # raise it when the same text and weights are encoded otherwise


@dataclass(frozen=True)
class Reading:
    """`margins[i]`: by how much sentence i exceeds silence, in logits; above 0 it rather answers than not.

    `expectation`: how likely a question of this kind is to be settled by any regulation, in logits. `scope`: how
    surely it is of this document's subject, settled or not, in logits.
    """

    margins: Array
    expectation: float = 0.0
    scope: float = 0.0

    @property
    def margin(self) -> float:
        """The margin of all sentences together."""
        return together(self.margins)


def together(margins: Array) -> float:
    """Several sentences' margins as one: what one of them lacks another may have."""
    if not margins.size:
        return float("-inf")
    top = float(margins.max())
    return top + float(np.log(np.exp(margins - top).sum()))


class SentenceReader:
    """Scores the sentences of a document for a question. Threads may share it.

    `texts`: each sentence with what stands above it, `context｜sentence`. `cache`: a folder in which the encoded
    sentences are kept for the next start; one that cannot be written only costs time.
    """

    def __init__(
        self,
        texts: Sequence[str],
        cache: Path | None = None,
        encoder: Encoder | None = None,
        heads: Heads | None = None,
    ) -> None:
        self._encoder = encoder or load_encoder()
        self._heads = heads or load_heads()
        encoded = self._encoded(texts, cache)
        matched = [self._heads.sentence(states) for states in encoded]
        self._count = len(matched)
        if matched:
            self._subject = self._heads.subject(encoded)
            self._tokens = np.concatenate([m.tokens for m in matched], axis=1)
            self._starts = np.cumsum([0, *(m.tokens.shape[1] for m in matched[:-1])])
            self._wholes = np.stack([m.whole for m in matched])

    def read(self, turns: Sequence[str]) -> Reading:
        """The sentences for the last of `turns`, which may lean on those before it."""
        if not self._count:
            return Reading(np.zeros(0, dtype=np.float32))
        states = self._encoder.question(turns)
        question, importance = self._heads.question(states)
        scores = self._heads.compare(question, importance, self._nearest(question), self._wholes)
        margins = scores - np.float32(self._heads.silence(states))
        return Reading(margins, self._heads.expectation(states), self._heads.scope(states, self._subject))

    def _nearest(self, question: Matched) -> Array:
        matches = question.tokens @ self._tokens.transpose(0, 2, 1)
        nearest: Array = np.maximum.reduceat(matches, self._starts, axis=2)
        return nearest

    def _encoded(self, texts: Sequence[str], cache: Path | None) -> list[States]:
        """The token vectors of each text, from `cache` where they are kept."""
        file = cache / f"{self._key(texts)}.npz" if cache else None
        kept = _kept(file, len(texts)) if file else None
        if kept is not None:
            return kept
        states = self._encoder.sentences(texts) if texts else []
        if file and states:
            _keep(file, states)
        return states

    def _key(self, texts: Sequence[str]) -> str:
        return hashlib.sha256("\x00".join((_LAYOUT, self._encoder.version, *texts)).encode()).hexdigest()[:32]


def _kept(file: Path, count: int) -> list[States] | None:
    try:
        with np.load(file, allow_pickle=False) as stored:
            lengths, states = stored["lengths"], stored["states"].astype(np.float32)
    except (OSError, ValueError, EOFError, KeyError, zipfile.BadZipFile):  # absent or damaged: encode again
        return None
    if len(lengths) != count or lengths.sum() != len(states):
        return None
    return list(np.split(states, np.cumsum(lengths)[:-1]))


def _keep(file: Path, states: Sequence[States]) -> None:
    aside = file.with_suffix(f".{os.getpid()}.tmp")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("wb") as stream:
            np.savez(
                stream,
                lengths=np.array([len(s) for s in states]),
                states=np.concatenate(states).astype(np.float16),
            )
        aside.replace(file)
    except OSError:
        with contextlib.suppress(OSError):
            aside.unlink()


OpenReader = Callable[[Sequence[str]], SentenceReader]


def reader_in(index_dir: Path) -> OpenReader:
    """Opens readers that keep encoded sentences beside the indexes."""
    return lambda texts: SentenceReader(texts, index_dir / "sentences")
