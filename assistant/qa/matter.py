"""How what a question leaves open is called: in the question's own words, so that it can be understood alone."""

import re
from collections.abc import Sequence

from assistant.qa.parts import Part
from assistant.qa.terms import Term

_PHRASE = 14  # characters
_ASKS = re.compile("什么|多少|多久|怎么|如何|哪|几|吗|呢|吧|谁|是否|能不能|可不可以|要不要|有没有|[，,。？?！；;：]")


def with_its_object(term: Term, part: Part) -> str:
    """重新申报 for 重新: a word that is no thing, with the one right behind it."""
    after = part.text.partition(term.text)[2]
    behind = next((o.text for o in part.terms if not o.subject and after.startswith(o.text)), "")
    return term.text if term.noun else term.text + behind


def in_one(words: Sequence[str], text: str) -> str:
    """The question's own words from the first of these to the last (评估的打分标准), if they are one short phrase."""
    places = [(text.find(w), text.find(w) + len(w)) for w in words if w in text]
    if len(places) < 2:
        return ""
    phrase = text[min(start for start, _ in places) : max(end for _, end in places)]
    return phrase if len(phrase) <= _PHRASE and not _ASKS.search(phrase) else ""
