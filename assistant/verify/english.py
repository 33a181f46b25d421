"""English statements: verbatim Chinese in fixed words. Nothing here can compare an English sentence with it."""

import re
from collections.abc import Sequence

from assistant.law.references import find_references
from assistant.verify.support import Reason, Support, unsupported
from assistant.verify.text import plain
from assistant.verify.vocabulary import vocabulary

_CHINESE_RUN = re.compile(r"[\u3400-\u9fff][^A-Za-z]*(?<=[\u3400-\u9fff%0-9])")
_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")


def is_english(statement: str) -> bool:
    """Whether Latin words carry a statement; R&D or an English name inside a Chinese sentence do not."""
    outside = re.sub(r"[“\"「][^”\"」]*[”\"」]", "", statement)
    latin = len(_WORD.findall(outside))
    return latin >= 2 and latin * 2 > len(re.findall(r"[\u3400-\u9fff]", outside))


def check_english(statement: str, quotes: Sequence[str], known: Sequence[str]) -> Support | None:
    """The first word or figure of an English statement that is neither verbatim nor part of a fixed frame."""
    said = plain(statement)
    sources, also = [plain(q) for q in quotes], [plain(k) for k in known]
    law = "\n".join(sources)
    chinese = [m.group() for m in _CHINESE_RUN.finditer(said)]
    for run in chinese:
        if run not in law and run not in "\n".join(also):
            return unsupported(Reason.ADDED, run)
    if not chinese:
        return unsupported(Reason.LANGUAGE, "nothing verbatim")
    rest = _CHINESE_RUN.sub(" ", said)
    for reference in reversed(find_references(rest)):
        rest = rest[: reference.start] + " " + rest[reference.end :]
    for text in (*sources, *also):
        for phrase in sorted(
            set(re.findall(r"[A-Za-z0-9][A-Za-z0-9 &.,'/%()-]{3,}[A-Za-z0-9)%]", text)), key=len, reverse=True
        ):
            rest = rest.replace(phrase, " ")
    for word in _WORD.findall(rest):
        if word.lower() not in vocabulary().english:
            return unsupported(Reason.LANGUAGE, word)
    figure = re.search(r"[0-9]+(?:\.[0-9]+)?", rest)
    if figure:
        return unsupported(Reason.NUMBER, figure.group())
    return None
