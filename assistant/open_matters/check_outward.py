"""What a text leans on outside itself, and from when it holds: rules without a name, references into nothing."""

import re
from collections.abc import Iterator

from assistant.law.locator import Kind
from assistant.law.references import find_references, resolve
from assistant.law.types import Document
from assistant.law.values import ValueKind, find_values
from assistant.open_matters.fault import Fault

_UNNAMED = re.compile(
    r"(?:按照|按|根据|依据|依照|符合|执行)(?:国家|省|本省|我省|市|[\u4e00-\u9fff]{2,3}[省市])?(?:有关|相关|其他|现行)?[^，。；《》“”\n]{0,18}?"
    r"(?<!本)(?:有关|相关|国家|管理|专项)[^，。；《》“”\n]{0,12}?(?:规定|要求|办法|政策)(?!的(?:程序|条件))"
)
_OTHER_LAW = re.compile(r"[\u4e00-\u9fff》〉](?:法|条例|办法|规定|细则|通知)》?\s?\Z")
_EFFECT = re.compile(r"[^。\n]{0,12}?(?:起施行|起实施|起执行|起生效|开始施行)")
_PUBLISHED = re.compile(r"(?:发布|印发|公布)之日")
_TRANSITION = re.compile(
    r"过渡|同时废止|本办法(?:施行|实施)前|此前|原有|已经?(?:认定|设立|命名)[^。]{0,12}(?:按|继续|视为)|以本[^。]{0,8}为准"
)
_CAPITALS = re.compile(r"(?<![A-Za-z])[A-Z][a-z]+[A-Z][a-z]+(?![A-Za-z])")
_PLACEHOLDERS = re.compile(r"[×]{2,}|[XxＸ]{3,}|[＊*]{3,}|[○〇]{2,}")


def check_outward(law: Document) -> Iterator[Fault]:
    """Faults of what is referred to, of the date of effect, and of letters."""
    for found in _UNNAMED.finditer(law.text):
        problem = f"“{found.group()}”没有写明是哪份文件。"
        yield Fault("external", found.start(), found.end(), problem)
    yield from _dangling(law)
    yield from _effect(law)
    yield from _letters(law)


def _dangling(law: Document) -> Iterator[Fault]:
    """A reference to a provision or an annex of the text itself that is not there."""
    heads = {(p.start, p.body_start) for p in law.provisions}
    annexes = any(p.kind is Kind.ANNEX for p in law.provisions)
    for reference in find_references(law.text):
        if any(a <= reference.start < max(b, a + 1) for a, b in heads):
            continue
        if _OTHER_LAW.search(law.text[max(0, reference.start - 6) : reference.start]) and not law.text[
            max(0, reference.start - 3) : reference.start
        ].startswith("本"):
            continue
        annex = reference.locator.kind is Kind.ANNEX
        if resolve(law, reference.locator) is None and (not annex or not annexes):
            problem = f"文中提到“{law.text[reference.start : reference.end]}”，但没有这一部分。"
            yield Fault("dangling", reference.start, reference.end, problem)


def _effect(law: Document) -> Iterator[Fault]:
    """No date of effect, or one that hangs on a day which the text does not give; nothing about what went before."""
    found = next(iter(_EFFECT.finditer(law.text)), None)
    if found is None:
        last = law.provisions[-1]
        yield Fault("effect", last.start, last.end, "没有规定何时施行。")
        return
    missing = []
    dated = any(v.kind is ValueKind.DATE and re.search("[0-9二]{4}|年.*月", v.text) for v in find_values(law.text))
    if _PUBLISHED.search(found.group()) and not dated:
        missing.append("施行日期取决于发布日期，而文中没有发布日期")
    if not _TRANSITION.search(law.text):
        missing.append("没有规定此前已有的情形如何过渡")
    if missing:
        yield Fault("effect", found.start(), found.end(), "；".join(missing) + "。")


def _letters(law: Document) -> Iterator[Fault]:
    for found in _CAPITALS.finditer(law.text):
        yield Fault("letters", found.start(), found.end(), f"“{found.group()}”的大小写不合常规。")
    forms: dict[str, int] = {}
    for found in _PLACEHOLDERS.finditer(law.text):
        forms.setdefault(found.group()[0], found.start())
    if len(forms) > 1:
        for sign, at in forms.items():
            yield Fault("letters", at, at + 2, f"占位符写法不一：{'、'.join(sorted(forms))}；此处用“{sign}”。")
