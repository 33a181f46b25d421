"""Latin words and second units of a statement's own: (FTE) behind a count, 80人年 for 80人."""

import re
from collections.abc import Sequence

from assistant.verify.support import Reason, Support, unsupported
from assistant.verify.text import plain
from assistant.verify.vocabulary import vocabulary

_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*")
# 80人年, 1000万元月: a unit with a second one behind it.
_COMPOUND = re.compile(r"\d[\d.]*[万亿]?[^\d\s,。;:、()年月日天]{1,2}[年月日天时次](?![内前后起])")


def check_letters(statement: str, sources: Sequence[str]) -> Support | None:
    """The first word in Latin letters, or figure with a second unit, that stands nowhere in the sources.

    The words of the fixed English frame around a quote (Article 24 says: “…”) state nothing.
    """
    said, given = plain(statement), plain("\n".join(sources))
    for word in _LATIN.findall(said):
        if word not in given and word.lower() not in vocabulary().english:
            return unsupported(Reason.ADDED, word)
    for found in _COMPOUND.finditer(said):
        if found.group() not in given:
            return unsupported(Reason.NUMBER, found.group())
    return None
