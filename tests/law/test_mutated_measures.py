"""The measures themselves, mutilated as word processors, web pages and people do it: the same articles come out."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.law.canonical import canonical_text
from assistant.law.lines import compact
from assistant.law.locator import Kind
from assistant.law.parser import Parse, parse_regulation

SOURCE = Path(__file__).parents[2] / "corpus/liaoning-mic/source/liaoning-mic-measures.source.txt"
ORIGINAL, _ = canonical_text(SOURCE.read_text(encoding="utf-8"))
_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
_HALF = str.maketrans("（），；：", "(),;:")
_ARTICLE = r"(?m)^([ \u3000]*)(第[一二三四五六七八九十]+条)[ \u3000]*"


def _wrapped(text: str, width: int, indent: str = "") -> str:
    lines = []
    for line in text.split("\n"):
        words = indent + line.strip()
        lines += [words[i : i + width] for i in range(0, len(words), width)] if line.strip() else [""]
    return "\n".join(lines)


def _with_contents(text: str) -> str:
    chapters = "\n".join(f"第{n}章  {t}" for n, t in zip("一二三", ("总则", "工作职责", "申报"), strict=True))
    title, rest = text.split("第一条", 1)
    return f"{title}\n目  录\n{chapters}\n第一条{rest}"


MUTATIONS: dict[str, Callable[[str], str]] = {
    "carriage returns": lambda t: canonical_text(t.replace("\n", "\r\n"))[0],
    "empty lines": lambda t: t.replace("\n", "\n\n\n"),
    "no empty lines, no indents": lambda t: re.sub(r"\n\s*", "\n", t),
    "tabs before every line": lambda t: t.replace("\n", "\n\t"),
    "full-width digits": lambda t: t.translate(_DIGITS),
    "half-width punctuation": lambda t: t.translate(_HALF),
    "blanks in numbers": lambda t: re.sub(r"第([一二三四五六七八九十]+)条", r"第 \1 条", t),
    "no-break spaces": lambda t: t.replace(" ", "\u00a0").replace("第", "第\u00a0"),
    "zero-width spaces": lambda t: t.replace("条", "\u200b条").replace("（", "（\u200b"),
    "blanks in brackets": lambda t: re.sub("（([一二三四五六七八])）", "（ \\1\u3000）", t),
    "headings glued to their text": lambda t: re.sub(_ARTICLE, r"\1\2", t),
    "headings on their own lines": lambda t: re.sub(_ARTICLE, r"\1\2\n", t),
    "colons after headings": lambda t: re.sub(_ARTICLE, r"\1\2：", t),
    "headings in brackets": lambda t: re.sub(_ARTICLE, r"\1【\2】", t),
    "headings with names": lambda t: re.sub(_ARTICLE, r"\1\2【甲乙】", t),
    "bold headings": lambda t: re.sub(_ARTICLE, r"\1**\2** ", t),
    "leftovers before headings": lambda t: re.sub(_ARTICLE, r"[bookmark_1]{TOC}\1\2 ", t),
    "Arabic numbers": lambda t: re.sub(_ARTICLE, _arabic(), t),
    "Arabic items": lambda t: re.sub("(?m)^( *)（([一二三四五六七八])）", lambda m: f"{m[1]}{_number(m[2])}.", t),
    "items in half-width brackets": lambda t: re.sub("（([一二三四五六七八])）", r"(\1)", t),
    "one line": lambda t: re.sub(r"\n\s*", "", t).replace("第二章", " 第二章"),
    "articles behind each other": lambda t: re.sub(r"\n\s*(?=第[^章\n]{1,4}条)", "", t),
    "chapters glued to articles": lambda t: re.sub(r"(第.章.*)\n\s*", r"\1 ", t),
    "items behind each other": lambda t: re.sub(r"\n\s*(?=（)", "", t),
    "hard-wrapped at 38": lambda t: _wrapped(t, 38),
    "hard-wrapped at 23": lambda t: _wrapped(t, 23),
    "hard-wrapped with indents": lambda t: _wrapped(t, 40, "\u3000\u3000"),
    "table of contents": _with_contents,
    "signature at the end": lambda t: t + "\n\n辽宁省工业和信息化厅\n2025年3月1日\n",
    "date at the head": lambda t: "辽工信〔2025〕3号\n2025年3月1日\n" + t,
    "annexes": lambda t: t + "\n附件1\n申报表\n单位名称：\n附件2 承诺书\n（一）我单位承诺。",
    "a first chapter": lambda t: t.replace("第一条 为", "第一章 总则\n第一条 为"),
    "no full stops at line ends": lambda t: re.sub(r"[。；;]\s*\n", "\n", t),
    "no chapters": lambda t: re.sub(r"(?m)^\s*第.章.*\n", "", t),
    "references at line beginnings": lambda t: t.replace(
        "制定本办法。", "制定本办法。\n第七条、第八条的规定适用于此。\n第七条第二款规定的，依照\n第三条的规定办理。"
    ),
}


def _number(numeral: str) -> int:
    return "一二三四五六七八".index(numeral) + 1


def _arabic() -> Callable[[re.Match[str]], str]:
    count = iter(range(1, 99))
    return lambda m: f"{m[1]}第{next(count)}条 "


def _addresses(parse: Parse, kind: Kind) -> list[str]:
    return [str(p.locator) for p in parse.provisions if p.kind is kind and p.locator.article]


def _last_item(number: int) -> list[str]:
    return [f"art_{number}.item_{i}" for i in range(1, {6: 9, 7: 7, 8: 5}[number])]


@pytest.mark.parametrize("name", MUTATIONS)
def test_all_articles_and_items_come_out_of_the_mutilated_measures(name: str) -> None:
    text = MUTATIONS[name](ORIGINAL)
    parse = parse_regulation(text)
    assert _addresses(parse, Kind.ARTICLE) == [f"art_{n}" for n in range(1, 26)]
    assert _addresses(parse, Kind.ITEM) == [*_last_item(6), *_last_item(7), *_last_item(8)]
    if name != "references at line beginnings":
        assert not _addresses(parse, Kind.PARAGRAPH)
    by_name = {str(p.locator): compact(p.text) for p in parse.provisions}
    assert by_name["art_25"].endswith("施行。") or name in ("no full stops at line ends", "half-width punctuation")
    assert "80" in by_name["art_7.item_4"] or name == "full-width digits"
    assert parse.title == "辽宁省制造业创新中心管理办法（征求意见稿）".translate(
        _HALF if name == "half-width punctuation" else {}
    )
    chapters = [str(p.locator) for p in parse.provisions if p.kind is Kind.CHAPTER]
    first = 1 if name == "a first chapter" else 2
    assert chapters == ([] if name == "no chapters" else [f"ch_{n}" for n in range(first, 8)])
