"""An encoder without a model, and a document to read."""

import zlib
from collections.abc import Sequence

import numpy as np

from assistant.reader.encoder import States

WIDTH = 384
DOCUMENT = (
    "申报条件｜申请单位注册资金不低于五百万元。",
    "申报条件｜从事研发的人员不少于三十人。",
    "申报程序｜申请单位应当于每年三月底前向市工业和信息化局提交申请书。",
    "考核｜考核每两年进行一次，结果分为优秀、合格和不合格。",
    "考核｜不合格的，责令限期整改；整改期为六个月。",
    "附则｜本办法由市工业和信息化局负责解释。",
)


class CharacterEncoder:
    """Each character has a vector of its own, whatever stands around it. Counts the texts that it encodes."""

    def __init__(self, version: str = "1") -> None:
        self.version = version
        self.encoded = 0

    def question(self, turns: Sequence[str]) -> States:
        return _states("".join(turns))

    def sentences(self, texts: Sequence[str]) -> list[States]:
        self.encoded += len(texts)
        return [_states(text) for text in texts]


def _states(text: str) -> States:
    seeds = (zlib.crc32(character.encode()) for character in text)
    return np.stack([np.random.default_rng(seed).standard_normal(WIDTH, dtype=np.float32) for seed in seeds])
