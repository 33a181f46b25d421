"""Supported statements out of lawyers' reference answers, chosen by a rule that knows nothing of the verifier.

The rule. A sentence (cut at 。！？ and line ends) of a reference answer is taken if
- it has at least 10 Chinese characters and asks nothing;
- every number in it stands in the statutes of its question, as a value (八十 is 80);
- every law and every article it names is one of these statutes;
- at least two thirds of its pairs of neighbouring characters stand in the statutes, once greetings, 根据…规定 and
  names of laws and articles are taken out.
With at least 95 % of the pairs it counts as near-verbatim, else as a paraphrase.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

PARAPHRASE, NEAR, STATUTE = "paraphrase", "near-verbatim", "statute"
BY_MODELS = {PARAPHRASE: "paraphrase by a model", NEAR: "near-verbatim by a model"}
MIN_SHARE, NEAR_SHARE, MIN_LETTERS = 2 / 3, 0.95, 10

_OPENING = re.compile(
    r"您好[，,]?|(?:根据|依据|依照|按照)[^，,。]{0,60}?(?:规定|条)[，,：:]?|法律规定[，,：:]?|我国|《[^》]{2,60}》|第[0-9零一二三四五六七八九十百千]+[条款项](?:之[一二三四五])?"
)
_ARTICLE = re.compile(r"第\s*([0-9]+|[零一二三四五六七八九十百千]+)\s*条(之[一二三四五])?")
_NUMERAL = re.compile(
    r"[0-9]+(?:\.[0-9]+)?|[零一二两三四五六七八九十百千万亿]+(?=个?(?:工作日|[年月日天周倍人名次元级项种岁分户家条小]|周岁|以上|以下))"
)
_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}
_UNIT = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


@dataclass(frozen=True)
class Base:
    """A statement with the statutes that support it. `kind`: PARAPHRASE, NEAR or STATUTE."""

    question: int
    kind: str
    text: str
    names: tuple[str, ...]
    quotes: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One question with its statutes, the lawyers' answer and the models'."""

    id: int
    names: tuple[str, ...]
    quotes: tuple[str, ...]
    reference: str
    answers: dict[str, str]


def load(path: Path, part: str) -> list[Row]:
    """The questions of a part: dev, test or all."""
    rows: list[dict[str, Any]] = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [
        Row(
            r["id"],
            tuple(s["name"] for s in r["statutes"]),
            tuple(s["text"] for s in r["statutes"]),
            r["reference"],
            r["answers"],
        )
        for r in rows
        if part in ("all", part_of(r["id"]))
    ]


def part_of(question: object) -> str:
    """dev (two in five) or test, by a hash: the same for a question whatever else is in the file."""
    return "dev" if hashlib.sha256(f"lecoqa:{question}".encode()).digest()[0] % 5 < 2 else "test"


def value_of(numeral: str) -> float:
    """80 and 八十 as a number."""
    if numeral[0].isdigit():
        return float(numeral)
    total = section = digit = 0
    for char in numeral:
        if char in _DIGIT:
            digit = _DIGIT[char]
        elif _UNIT[char] >= 10_000:
            total, section, digit = (total + section + digit) * _UNIT[char], 0, 0
        else:
            section, digit = section + (digit or 1) * _UNIT[char], 0
    return float(total + section + digit)


def pairs(text: str) -> list[str]:
    letters = re.sub(r"[^\u4e00-\u9fffA-Za-z0-9]", "", text)
    return [letters[i : i + 2] for i in range(len(letters) - 1)]


def share(sentence: str, statutes: str) -> float:
    """The share of a sentence's pairs of characters that stand in the statutes."""
    known, said = set(pairs(statutes)), pairs(_OPENING.sub("", sentence))
    return sum(p in known for p in said) / len(said) if said else 0.0


def articles(text: str) -> set[tuple[float, str]]:
    return {(value_of(m.group(1)), m.group(2) or "") for m in _ARTICLE.finditer(text)}


def laws(text: str, names: Sequence[str]) -> bool:
    """Whether every law that a text names in brackets is one of the statutes'."""
    clean = [re.sub(r"[《》<>〈〉]|中华人民共和国", "", n) for n in names]
    said = re.findall(r"《((?:[^《》]|《[^《》]*》)*)》", text)
    return all(
        any(n.startswith(re.sub(r"[《》<>〈〉]|中华人民共和国|（[^）]*）", "", law)) for n in clean) for law in said
    )


def sentences(text: str) -> list[str]:
    return [s.strip() for s in re.split(r"(?<=[。！？])|\n", text) if s and s.strip()]


def chosen(row: Row) -> Iterator[Base]:
    """The supported statements of a reference answer, by the rule above."""
    statutes = "\n".join(row.quotes)
    values = {value_of(n) for n in _NUMERAL.findall(statutes)}
    for sentence in sentences(row.reference):
        words = _ARTICLE.sub(
            "", re.sub(r"^\s*[（(]?[0-9一二三四五六七八九十]+[）)、.]\s*|《[^》]*》(?:（[^）]*）)?", "", sentence)
        )
        if len(re.findall(r"[\u4e00-\u9fff]", sentence)) < MIN_LETTERS or sentence.endswith(("？", "?")):
            continue
        if not {value_of(n) for n in _NUMERAL.findall(words)} <= values:
            continue
        if not articles(sentence) <= articles("".join(row.names)) or not laws(sentence, row.names):
            continue
        got = share(sentence, statutes)
        if got >= MIN_SHARE:
            yield Base(row.id, NEAR if got >= NEAR_SHARE else PARAPHRASE, sentence, row.names, row.quotes)


def of_models(row: Row) -> Iterator[Base]:
    """The models' sentences that the same rule takes, their bold type left out; `kind` says so. Nobody checked them:
    more statements than the lawyers' few, though some of them may be wrong."""
    for answer in row.answers.values():
        told = Row(row.id, row.names, row.quotes, answer.replace("**", ""), {})
        yield from (replace(base, kind=BY_MODELS[base.kind]) for base in chosen(told))


def of_statutes(row: Row) -> Iterator[Base]:
    """The statutes' own sentences, lightly reworded, as further statements to change facts in."""
    for quote in row.quotes:
        for sentence in sentences(quote):
            bare = re.sub(r"^[（(][一二三四五六七八九十]+[）)]", "", sentence)
            if MIN_LETTERS <= len(re.findall(r"[\u4e00-\u9fff]", bare)) <= 200 and not bare.endswith(("：", ":")):
                light = bare.replace("或者", "或").replace("应当", "应").replace("；", "，")
                yield Base(row.id, STATUTE, f"根据法律规定，{light}", row.names, row.quotes)


def without_doubles(bases: Sequence[Base]) -> list[Base]:
    """The same sentence about the same statutes counts once."""
    return list({(b.text, b.quotes): b for b in bases}.values())


def drawn(bases: Sequence[Base], count: int) -> list[Base]:
    """The sample that was read by hand: the first by a hash of their words."""
    return sorted(bases, key=lambda b: digest(b.text))[:count]


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
