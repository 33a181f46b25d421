"""A reference by itself: whether what it names is there, and under this name."""

from collections.abc import Sequence

from assistant.cite_check.judgement import Judgement, words_of
from assistant.cite_check.law_text import LawText
from assistant.cite_check.mentions import Mention
from assistant.cite_check.models import Action, Verdict
from assistant.law.locator import Kind, Locator
from assistant.law.numerals import format_numeral
from assistant.law.references import resolve
from assistant.law.types import Provision


def provisions_of(mentions: Sequence[Mention], law: LawText) -> tuple[Provision, ...]:
    """The provisions that are named and exist, each once."""
    found = [p for m in mentions for locator in m.locators if (p := resolve(law.document, locator))]
    return tuple(dict.fromkeys(found))


def judge_reference(mention: Mention, law: LawText) -> Judgement | None:
    """What is wrong with a reference, or why it is not checked; None if all that it names is there."""
    if mention.standing == "other":
        name = f"《{mention.title.strip('《》')}》" if mention.title else "其他文件"
        return Judgement(Verdict.OTHER_DOCUMENT, Action.NONE, f"引用的是{name}，不是本办法，未核对。")
    if mention.standing == "unclear":
        reason = f"前面提到的是《{mention.title.strip('《》')}》，看不出这里指哪份文件，未核对。"
        return Judgement(Verdict.UNCHECKED, Action.LOOK, reason)
    if mention.unknown:
        return Judgement(Verdict.UNCHECKED, Action.LOOK, "看不出这里指哪一条、哪一款，未核对。")
    missing = [locator for locator in mention.locators if resolve(law.document, locator) is None]
    if missing:
        named = "、".join(locator.label for locator in missing)
        hints = "".join(dict.fromkeys(_what_there_is(locator, law) for locator in missing))
        return Judgement(Verdict.DOES_NOT_EXIST, Action.CORRECT, f"《{law.document.title}》没有{named}。{hints}")
    return _misnamed(mention, law)


def there_is(mention: Mention, law: LawText) -> Judgement:
    """A reference that is right and stands by itself."""
    found = tuple(words_of(law, p) for p in provisions_of([mention], law))
    named = "、".join(dict.fromkeys(w.label for w in found[:4])) + ("等" if len(found) > 4 else "")
    reason = f"{named}存在；文中没有引用或转述可以对照的内容。"
    return Judgement(Verdict.UNCHECKED, Action.NONE, reason, found[:4])


def _misnamed(mention: Mention, law: LawText) -> Judgement | None:
    """第四款 for an item, 第（二）项 for a paragraph: found, and to be called by its right name."""
    wrong = []
    for locator in mention.locators:
        provision = resolve(law.document, locator)
        if provision is None:
            continue
        for asked, meant in ((Kind.PARAGRAPH, Kind.ITEM), (Kind.ITEM, Kind.PARAGRAPH)):
            if locator.kind is asked and provision.kind is meant:
                wrong.append((locator, provision))
    if not wrong:
        return None
    reason = "；".join(f"没有{asked.label}，应为{meant.label}" for asked, meant in wrong) + "。"
    found = tuple(words_of(law, meant) for _, meant in wrong)
    return Judgement(Verdict.WRONG_PLACE, Action.CORRECT, reason, found)


def _what_there_is(locator: Locator, law: LawText) -> str:
    """第七条只有六项。 / 全文共二十五条。"""
    article = locator.step(Kind.ARTICLE)
    if article is None:
        return ""
    base = law.document.get(Locator((article,)))
    if base is None:
        last = max(law.document.articles(), key=lambda p: p.locator.article or 0, default=None)
        return f"全文到{last.label}为止。" if last and (last.locator.article or 0) < article.number else ""
    items = [p for p in law.document.provisions if p.kind is Kind.ITEM and p.locator.within(base.locator)]
    if items:
        return f"{base.label}只有第（{_number(items[0])}）项至第（{_number(items[-1])}）项。"
    return f"{base.label}不分项。"


def _number(provision: Provision) -> str:
    return format_numeral(provision.locator.number(Kind.ITEM) or 0)
