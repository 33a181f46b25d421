"""Every provision and law that a statement names is one of those cited, or named in the quotes themselves."""

import re
from collections.abc import Sequence

from assistant.law.locator import Kind, Locator
from assistant.law.references import Reference, find_references
from assistant.verify.support import Reason, Support, unsupported
from assistant.verify.text import plain

_TITLE = re.compile(r"《((?:[^《》]|《[^《》]{1,40}》){2,80})》")
# A law named before its article without brackets: 民法典第十条.
_BEFORE_ARTICLE = re.compile(
    r"(?P<law>[\u4e00-\u9fff]{1,24}?(?:法典|法|条例|办法|规定|细则|解释|决定|通知|意见))(?:的|之|中)?第[0-9零〇一二三四五六七八九十百千]+条"
)
_ENDS_LIKE_A_LAW = re.compile("(?:法典|法|条例|办法|规定|细则|解释|决定|意见|通知)\\Z")
_AFTER_BASIS = re.compile(r"\A(?:的?(?:相关|有关)?规定)")
_ALIKE = 4  # characters
_MARKS = frozenset(",，。;；:：")
_LEADS_TO_A_LAW = re.compile("依照|按照|根据|依据|适用|违反|符合|按(?!揭)|依(?!法)|据(?!说)")
_LINKS = frozenset("据照按依就于和及与了的对在从由是、国用合反违行现,。:;见")
_BASIS = re.compile(r"\A[^,，。;；:]{0,10}(?:根据|依据|按照|依照|按|依)[^,，。;；:]{0,60}\Z")
_THIS = re.compile(
    r"(?:本|该|此|上述|前述|(?<!合)同|这[部个一])(?:法典|法|条例|办法|规定|细则|解释)\Z|^(?:法律|办法|规定|条例)\Z"
)
_COUNTRY = "中华人民共和国"
_PIECE = re.compile(r"第[（(]?[0-9零〇一二两三四五六七八九十百千]{1,9}[）)]?(?:条|款|项|目|章|节|编)")


def check_articles(
    statement: str, quotes: Sequence[str], known: Sequence[str], labels: Sequence[str]
) -> Support | None:
    """The first provision or law that is none of those cited, if there is one."""
    said = plain(statement)
    named, sources = [plain(label) for label in labels], [plain(t) for t in (*quotes, *known)]
    cited = [(r.locator, _law_before(label, r.start)) for label in named for r in find_references(label)]
    also = {r.locator for text in sources for r in find_references(text)}
    covered = [False] * len(said)
    for reference in find_references(said):
        covered[reference.start : reference.end] = [True] * (reference.end - reference.start)
        law = _law_before(said, reference.start)
        shown = any(
            _names(reference.locator, locator, quotes) and (not law or not its or _one_law(law, its))
            for locator, its in cited
        )
        # What the quotes refer to may be told, but is no basis: 根据第三十一条 needs a quote of it.
        basis = _BASIS.search(said[: reference.start]) is not None and not _told_alike(said, reference, sources)
        if not shown and (basis or reference.locator not in also):
            return unsupported(Reason.ARTICLE, said[reference.start : reference.end])
    for piece in _PIECE.finditer(said):
        if not covered[piece.start()] and not any(piece.group() in text for text in (*named, *sources)):
            return unsupported(Reason.ARTICLE, piece.group())
    return _check_laws(said, named, sources)


def _told_alike(said: str, reference: Reference, sources: Sequence[str]) -> bool:
    """Whether the quotes go on after this reference as the statement does: 依照本法第三十八条规定解除劳动合同."""
    after = _AFTER_BASIS.sub("", said[reference.end :])[:_ALIKE]
    if len(after) < _ALIKE or after[0] in _MARKS:
        return False
    return any(
        r.locator == reference.locator and _AFTER_BASIS.sub("", text[r.end :]).startswith(after)
        for text in sources
        for r in find_references(text)
    )


def _law_before(text: str, start: int) -> str:
    """What stands before an article, if it ends like a law's name; without brackets and the country's name."""
    before = _bare_law(text[:start]).rstrip("的之中")
    return before if _ENDS_LIKE_A_LAW.search(before) else ""


def _bare_law(name: str) -> str:
    return re.sub(r"\([^)]*\)|[《》<>〈〉]", "", name).replace(_COUNTRY, "")


def _one_law(mine: str, theirs: str) -> bool:
    """民法典 and 应根据民法典 are one law, 合同法 and 劳动合同法 two."""
    mine = mine.removesuffix("规定") if not theirs.endswith("规定") else mine
    if _THIS.search(mine) or mine == theirs:
        return True
    return mine.endswith(theirs) and mine[-len(theirs) - 1] in _LINKS


def _names(said: Locator, cited: Locator, quotes: Sequence[str]) -> bool:
    """Whether a cited provision may go by this name: its own, that of what it lies in, or an item its quote shows."""
    if cited.within(said):
        return True
    if said.article is None and said.steps and cited.steps[-len(said.steps) :] == said.steps:
        return True
    item = said.number(Kind.ITEM)
    if said.within(cited) and item is not None and said.number(Kind.PARAGRAPH) is None:
        return any(re.search(rf"[(（]{re.escape(_numeral(item))}[)）]", quote) for quote in quotes)
    # 第二款: a quote that has several paragraphs shows it.
    paragraph = said.number(Kind.PARAGRAPH)
    if said.within(cited) and paragraph is not None and item is None:
        return any(len([line for line in quote.split("\n") if line.strip()]) >= paragraph for quote in quotes)
    return False


def _numeral(number: int) -> str:
    from assistant.law.numerals import format_numeral

    return format_numeral(number)


def _check_laws(said: str, labels: Sequence[str], sources: Sequence[str]) -> Support | None:
    """The first law that is named and neither cited nor mentioned in the quotes."""
    names = [m.group(1) for m in _TITLE.finditer(said)]
    names += [_LEADS_TO_A_LAW.split(m["law"])[-1] for m in _BEFORE_ARTICLE.finditer(said)]
    cited = {_law_before(label, r.start) for label in labels for r in find_references(label)} - {""}
    places = [text.replace(_COUNTRY, "") for text in (*labels, *sources)]
    for name in names:
        bare = _bare_law(name)
        if not bare or _THIS.search(bare) or any(_one_law(bare, law) for law in cited):
            continue
        if not any(_holds(place, bare) for place in places):
            return unsupported(Reason.ARTICLE, name)
    return None


def _holds(place: str, law: str) -> bool:
    """Whether a text names a law by this name: 合同法 does not stand in 劳动合同法."""
    begins = rf"(?:(?<![\u4e00-\u9fff])|(?<=[{''.join(sorted(_LINKS))}]))"
    return re.search(rf"{begins}{re.escape(law)}|《{re.escape(law)}》", place) is not None
