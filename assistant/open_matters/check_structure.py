"""How a text is built: numbering, marks left by a word processor, punctuation, and what is said twice."""

import re
from collections.abc import Iterator

from assistant.law.lines import compact
from assistant.law.locator import Kind
from assistant.law.sentences import split_sentences
from assistant.law.types import Document, Provision
from assistant.open_matters.fault import Fault

_FROM_PARSER = {
    "chapter_numeral": "structure", "articles_before_first_chapter": "structure", "chapter_gap": "structure",
    "bookmark_marks": "leftover",
}  # fmt: skip
_HALF_WIDTH = re.compile(r"(?<=[\u4e00-\u9fff”）])[;,:?!](?=[\u4e00-\u9fff“（\s]|\Z)")
_LONG = 15


def check_structure(law: Document) -> Iterator[Fault]:
    """Faults of numbering and form."""
    for anomaly in law.anomalies:
        kind = _FROM_PARSER.get(anomaly.kind)
        if kind:
            at = _first_chapter(law) if anomaly.kind == "articles_before_first_chapter" else anomaly.start
            start = at + len(law.text[at:]) - len(law.text[at:].lstrip())
            line = law.text.find("\n", start)
            yield Fault(kind, start, line if line >= 0 else len(law.text), f"{anomaly.message}。")
    yield from _article_gaps(law)
    yield from _item_gaps(law)
    for found in _HALF_WIDTH.finditer(law.text):
        yield Fault("punctuation", max(0, found.start() - 4), found.end(), f"中文中用了半角“{found.group()}”。")
    yield from _stops_in_lists(law)
    yield from _repeated(law)


def _first_chapter(law: Document) -> int:
    return next((p.start for p in law.provisions if p.kind is Kind.CHAPTER), 0)


def _article_gaps(law: Document) -> Iterator[Fault]:
    last = 0
    for article in law.articles():
        number = article.locator.article or 0
        if not article.locator.branch and number != last + 1:
            where = (article.start, article.body_start)
            yield Fault("numbering", *where, f"条号不连续：{article.label}之前应是第{last + 1}条。")
        last = number


def _item_gaps(law: Document) -> Iterator[Fault]:
    for items in _lists(law):
        for number, item in enumerate(items, 1):
            if item.locator.number(Kind.ITEM) != number:
                yield Fault("numbering", item.start, item.body_start, f"项号不连续：{item.label}之前缺一项。")
                break


def _lists(law: Document) -> Iterator[tuple[Provision, ...]]:
    for parent in law.provisions:
        items = tuple(p for p in law.children(parent.locator) if p.kind is Kind.ITEM)
        if len(items) > 1:
            yield items


def _stops_in_lists(law: Document) -> Iterator[Fault]:
    """An item in the middle of a list that ends in another mark than most."""
    for items in _lists(law):
        ends = [item.text.rstrip()[-1:] for item in items]
        inner = ends[:-1]
        usual = max(sorted(set(inner)), key=inner.count)
        for item, end in zip(items, inner, strict=False):
            if end != usual and inner.count(usual) * 2 > len(inner) and end in "。；;，,":
                tail = item.start + len(item.text.rstrip())
                yield Fault(
                    "punctuation", tail - 5, tail, f"{item.label}以“{end}”结尾，同一列举的其他项多以“{usual}”结尾。"
                )


def _repeated(law: Document) -> Iterator[Fault]:
    """A sentence that stands word for word in another provision, too."""
    seen: dict[str, Provision] = {}
    leaves = [p for p in law.provisions if not law.children(p.locator) and p.locator.article]
    for provision in leaves:
        for sentence in split_sentences(law.text, provision.body_start, provision.end):
            words = compact(sentence.text).strip("。；;，,")
            earlier = seen.get(words)
            if len(words) >= _LONG and earlier is not None and earlier.locator != provision.locator:
                problem = f"与{earlier.label}中的文字重复：“{words}”。"
                yield Fault("repeated", sentence.start, sentence.end, problem)
                first = law.text.find(sentence.text.rstrip("。；;，,"), earlier.start)
                if first >= 0:
                    other = f"与{provision.label}中的文字重复：“{words}”。"
                    yield Fault("repeated", first, first + len(words), other)
            seen.setdefault(words, provision)
