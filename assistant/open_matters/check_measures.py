"""Figures, periods and steps: of what, from when, by when."""

import re
from collections.abc import Iterator

from assistant.law.locator import Kind
from assistant.law.sentences import Span, split_sentences
from assistant.law.types import Document
from assistant.law.values import Value, ValueKind, find_values
from assistant.open_matters.fault import Fault

_AT_LEAST = re.compile(r"(?:不少于|不低于|不得少于|不得低于|至少|达到)\Z")
# A figure that changes from day to day or from year to year.
_VARIES = re.compile(r"人员|人数|职工|员工|团队|年度|费用|收入|投入|产值|营收|资产|总额")
_WHEN = re.compile(
    r"上一?年度?|最?近[一二两三四五0-9]+年|前[一二两三四五0-9]+年|截至|截止|年末|年底|申报时|申请时|报名时|当年|每年|自然年|会计年度|连续|[0-9]{4}年|期初|期末|上年|累计|成立|一次性"
)
_START = re.compile(
    r"[自从]|之日|起算|后[的]?[0-9一二三四五六七八九十]|收到|完成后|结束后|发布|公示期|签订|受理|印发|通过后|每月|每季|此后|次年|当年|前[0-9一二三四五六七八九十]|近"
)
_PERIOD = re.compile(r"(?:期|内|年内|不予|整改|有效|任期|聘期|过渡)")
_AHEAD = re.compile(r"(?:提前|事先)[^，。；\n]{0,24}?(?:报备|备案|报告|通知|告知|报送|申报)")
_REPORTS = re.compile(
    r"(?:年度|每年)[^。；\n]{0,40}?(?:报送|上报|提交|报告|(?<!申)报(?![名刊废警销])(?=[省市县区国主所上]))"
)
_STEPS = re.compile(r"(?:程序|流程|步骤)(?:包括|如下|为)?[：:]?\Z|(?:程序|流程|步骤)(?:包括|如下|为)")
_DUE = frozenset({ValueKind.DATE, ValueKind.DURATION, ValueKind.START})


def check_measures(law: Document) -> Iterator[Fault]:
    """Faults of figures and periods."""
    for provision in law.provisions:
        if not provision.locator.article or any(c.locator.article for c in law.children(provision.locator)):
            continue
        for sentence in split_sentences(law.text, provision.body_start, provision.end):
            yield from _figures(sentence)
            yield from _periods(sentence)
            yield from _without_period(sentence)
    yield from _procedures(law)


def _figures(sentence: Span) -> Iterator[Fault]:
    """A threshold that does not say of when: 不少于80人, 年度…不低于1000万元."""
    for value in find_values(sentence.text):
        if value.kind not in (ValueKind.PERSONS, ValueKind.MONEY):
            continue
        before = sentence.text[max(0, value.start - 5) : value.start]
        behind = sentence.text[value.end : value.end + 2]
        clause = max(sentence.text.rfind(mark, 0, value.start) for mark in "，,；。：") + 1
        if not (_AT_LEAST.search(before) or behind == "以上") or _WHEN.search(sentence.text):
            continue
        if not _VARIES.search(sentence.text[clause : value.start]):
            continue
        what = "哪一年度、哪个单位、按什么口径" if value.kind is ValueKind.MONEY else "哪个单位、哪个时点"
        problem = f"没有写明是{what}的数。"
        yield Fault("measure", sentence.start + clause, sentence.start + value.end, problem)


def _periods(sentence: Span) -> Iterator[Fault]:
    """A length of time that does not say from when."""
    for value in find_values(sentence.text):
        if value.unit not in ("年", "个月", "年度", "月") or _START.search(_without(sentence.text, value)):
            continue
        often = value.kind is ValueKind.FREQUENCY and re.match(r"每[隔两三四五2-5]", value.text)
        behind = sentence.text[value.end : value.end + 6]
        if often or (value.kind is ValueKind.DURATION and _PERIOD.search(behind)):
            where = (sentence.start + value.start, sentence.start + value.end)
            yield Fault("start", *where, f"“{value.text}”没有写明从何时起算。")


def _without(text: str, value: Value) -> str:
    """The clauses around a value, itself left out."""
    begin = max(text.rfind(mark, 0, value.start) for mark in "；;。") + 1
    return text[begin : value.start] + "　" + text[value.end : value.end + 10]


def _without_period(sentence: Span) -> Iterator[Fault]:
    for pattern, problem in (
        (_AHEAD, "没有写明期限，提前多久、多久以内都无从判断。"),
        (_REPORTS, "没有写明报送的期限。"),
    ):
        for found in pattern.finditer(sentence.text):
            within = found.group() if pattern is _AHEAD else sentence.text
            if any(v.kind in _DUE for v in find_values(within)):
                continue
            yield Fault("no_period", sentence.start + found.start(), sentence.start + found.end(), problem)


def _procedures(law: Document) -> Iterator[Fault]:
    """An article that lists steps and says nothing of materials, periods, publication or objection."""
    for article in law.articles():
        own = law.text[article.body_start : article.body_start + 40]
        found = _STEPS.search(own)
        items = [c for c in law.provisions if c.kind is Kind.ITEM and c.locator.within(article.locator)]
        if not found or not items:
            continue
        missing = [name for name, words in _PARTS if not re.search(words, article.text)]
        if not any(v.kind in _DUE for v in find_values(article.text)):
            missing.append("期限")
        if missing:
            end = article.body_start + found.end()
            yield Fault("procedure", article.body_start, end, f"程序中没有规定{'、'.join(missing)}。")


_PARTS = (("材料", "材料|资料|申请书|申报书"), ("公示", "公示|公布|公告"), ("异议或申诉", "异议|申诉|复核|复议"))
