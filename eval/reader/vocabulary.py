"""The part of e5's vocabulary that Chinese law and questions about it are written in, and its tokenizer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers

from assistant.reader.encoder import MAX_QUESTION_TOKENS, MAX_SENTENCE_TOKENS
from eval.reader.examples import ExampleSet
from eval.reader.packed_e5 import Array

BOS, PAD, EOS, UNKNOWN = 0, 1, 2, 3
_WORD_START = "\u2581"
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_CHINESE_OR_SIGNS = re.compile(r"^[\u2581\u4e00-\u9fff\u3000-\u303f\uff00-\uffef!-~“”‘’…—·×±℃％〇ⅠⅡⅢⅣⅤ①②③④⑤]+$")
_ASCII = re.compile(r"^\u2581?[!-~]+$")
_FREQUENT = 30_000
"""Pieces stand in order of frequency: rarer Latin ones are of other languages than English."""


def kept_pieces(pieces: Sequence[str]) -> list[int]:
    """The places of the pieces to keep, the four special ones first."""
    return [
        index
        for index, piece in enumerate(pieces)
        if index <= UNKNOWN or piece == _WORD_START or _is_chinese_or_sign(piece) or _is_latin(piece, index)
    ]


def _is_chinese_or_sign(piece: str) -> bool:
    if not _CHINESE_OR_SIGNS.match(piece):
        return False
    return bool(_CHINESE.search(piece)) or not _ASCII.match(piece)


def _is_latin(piece: str, index: int) -> bool:
    return index < _FREQUENT and bool(_ASCII.match(piece))


def build_tokenizer(pieces: Sequence[str], scores: Array, kept: Sequence[int]) -> Tokenizer:
    """e5's tokenizer with only the pieces at `kept`, whose new ids are their places in it."""
    vocabulary = [(pieces[i], float(scores[i])) for i in kept]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=UNKNOWN, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement=_WORD_START, prepend_scheme="always", split=True)
    tokenizer.decoder = decoders.Metaspace()
    return tokenizer


def token_ids(tokenizer: Tokenizer, text: str, limit: int) -> list[int]:
    """The ids of a text between those of beginning and end, `limit` at most: what is longer is cut."""
    return [BOS, *tokenizer.encode(text).ids[: limit - 2], EOS]


@dataclass(frozen=True)
class TokenIds:
    """The token ids of each regulation's sentences, and of each question by the example's id."""

    sentences: dict[str, list[list[int]]]
    questions: dict[str, list[int]]


def tokenise(tokenizer: Tokenizer, examples: ExampleSet) -> TokenIds:
    sentences = {
        regulation: [token_ids(tokenizer, text, MAX_SENTENCE_TOKENS) for text in texts]
        for regulation, texts in examples.sentences.items()
    }
    questions = {e.id: token_ids(tokenizer, e.text, MAX_QUESTION_TOKENS) for e in examples.examples}
    return TokenIds(sentences, questions)
