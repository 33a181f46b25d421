"""The models' own sentences that name an article: is it one of the statutes given, and does the verifier tell?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from eval.verifier.statements import Row, sentences, value_of

_CITED = re.compile(r"《([^》]{2,40})》[^第《。]{0,12}第\s*([0-9]+|[零一二三四五六七八九十百千]+)\s*条")
_NAME = re.compile(r"(.*?)第([零一二三四五六七八九十百千]+)条")
# The last article of some laws: what is beyond it does not exist at all.
LAST = {"民法典": 1260, "刑法": 452, "劳动合同法": 98, "产品质量法": 74, "侵权责任法": 92, "合同法": 428, "物权法": 247}


@dataclass(frozen=True)
class Cited:
    """A sentence of a model. `given`: every article it names is among the statutes; `exists`: as far as is known."""

    row: Row
    model: str
    text: str
    given: bool
    exists: bool


def bare(law: str) -> str:
    return re.sub(r"中华人民共和国|（[^）]*）|\([^)]*\)", "", law).strip()


def citing(row: Row) -> Iterator[Cited]:
    """The sentences of the models' answers that name a law with an article."""
    given = {(bare(m.group(1)), value_of(m.group(2))) for n in row.names if (m := _NAME.match(n))}
    for model, answer in row.answers.items():
        for sentence in sentences(answer):
            named = {(bare(m.group(1)), value_of(m.group(2))) for m in _CITED.finditer(sentence)}
            if named:
                exists = all(number <= LAST.get(law, number) for law, number in named)
                yield Cited(row, model, sentence, named <= given, exists)
