"""Questions that name a provision by its number."""

import re

from assistant.law.locator import Kind, Locator
from assistant.law.numerals import parse_numeral
from assistant.law.references import Reference, find_references, resolve
from assistant.law.types import Document, Provision
from assistant.qa.parts import Part

_BARE = re.compile(r"^\W*(\d{1,3})\s*[(（]\s*(\d{1,2}|[一二三四五六七八九十]+)\s*[)）]")
_ABOUT_TEXT = re.compile(
    r"[的]?(?:条|项|款|目|章|节|点|里|中|内容|原文|全文|是|写|讲|说|规定|什么|啥|了|怎么|看|给我|请|帮我|展示|列出|念|背|发|一下|\W|有|都|分别|和|及|与|呢|吗)*"
)


def named_provisions(text: str) -> list[Reference]:
    """The references of a question, with the short form 7(3) that people use at its beginning."""
    found = find_references(text)
    bare = _BARE.match(text)
    if not found and bare:
        item = parse_numeral(bare.group(2))
        if item:
            locator = Locator.of((Kind.ARTICLE, int(bare.group(1))), (Kind.ITEM, item))
            return [Reference(locator, bare.start(), bare.end())]
    return found


def only_names(text: str, references: list[Reference], parts: tuple[Part, ...]) -> bool:
    """Whether a question only wants to see the provisions that it names."""
    rest = text
    for reference in reversed(references):
        rest = rest[: reference.start] + rest[reference.end :]
    if _ABOUT_TEXT.fullmatch(rest):
        return True
    inside = [range(r.start, r.end) for r in references]
    terms = [t for p in parts for t in p.required if not t.asked and not any(t.start in place for place in inside)]
    return not terms and len(rest) <= 20


def resolved(document: Document, references: list[Reference]) -> tuple[list[Provision], list[Locator]]:
    """The provisions that are meant, and the locators that do not exist."""
    provisions: list[Provision] = []
    missing: list[Locator] = []
    for reference in references:
        provision = resolve(document, reference.locator)
        if provision is None:
            missing.append(reference.locator)
        elif provision not in provisions:
            provisions.append(provision)
    return provisions, missing
