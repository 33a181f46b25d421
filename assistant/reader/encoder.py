"""Texts in, one vector a token out: the encoder that questions and sentences share."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WEIGHTS = Path(__file__).parent / "weights"
MAX_QUESTION_TOKENS = 120
MAX_SENTENCE_TOKENS = 160
_BOS, _EOS = 0, 2

States = NDArray[np.float32]


class Encoder:
    """The encoder of a question or sentence. Threads may share it.

    `version` names the weights: whatever is kept of a text's vectors is worth nothing under another version.
    """

    def __init__(self, folder: Path = WEIGHTS) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 2
        options.inter_op_num_threads = 1
        # Spinning threads would take the processor from the embedder that runs beside.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(
            str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.version: str = json.loads((folder / "about.json").read_text(encoding="utf-8"))["version"]

    def question(self, turns: Sequence[str]) -> States:
        """The token vectors of a question with the turns that it may lean on, [tokens, width]."""
        return self._encode(self._ids("query: " + " / ".join(turns), MAX_QUESTION_TOKENS))

    def sentences(self, texts: Sequence[str]) -> list[States]:
        """The token vectors of each text, in order."""
        return [self._encode(self._ids("passage: " + text, MAX_SENTENCE_TOKENS)) for text in texts]

    def _ids(self, text: str, limit: int) -> list[int]:
        return [_BOS, *self._tokenizer.encode(text, add_special_tokens=False).ids[: limit - 2], _EOS]

    def _encode(self, ids: list[int]) -> States:
        """One text alone: the 8-bit scales are those of a whole batch, so neighbours would move its vectors."""
        inputs = {"ids": np.array([ids], dtype=np.int64), "mask": np.ones((1, len(ids)), dtype=bool)}
        states: States = self._session.run(None, inputs)[0][0]
        return states


@cache
def load_encoder() -> Encoder:
    """The encoder that comes with the package; one a process."""
    return Encoder()
