"""A statement is plain words: no markup, links, citation markers, contacts or instructions."""

import re
from collections.abc import Sequence

from assistant.law.values import ValueKind, find_values
from assistant.verify.support import Reason, Support, unsupported
from assistant.verify.text import plain
from assistant.verify.vocabulary import vocabulary

_MARKUP = re.compile(
    r"<[A-Za-z/!?|][^>]{0,200}>?|&(?:[a-z]{2,8}|#x?[0-9a-f]{2,6});|\[[^\]\n]{0,80}\]\s?\(|!\[|\*\*|__|~~|`|^\s{0,3}#{1,6}\s|^\s{0,3}>\s"
    r"|\|[^|\n]{1,80}\||\$\$|\\[a-zA-Z]{2,}|https?:|www\.|javascript:|data:|mailto:|[\[【]\s{0,2}[0-9]{1,3}(?:\s?[,，、-]\s?[0-9]{1,3})*\s{0,2}[\]】]|[{}]",
    re.IGNORECASE | re.MULTILINE,
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ue000-\uf8ff]")
_ADDRESS = re.compile(
    r"[\u4e00-\u9fff]{1,8}(?:路|街|大道|巷|胡同)[0-9零〇一二三四五六七八九十百]{1,6}号|[0-9]{3,4}室|邮编|邮政编码"
)
_HANDLE = re.compile(
    r"[A-Za-z0-9-]{1,40}\.(?:com|cn|net|org|gov|edu|io|info|top|xyz)\b|(?<![0-9.])[0-9]{7,}(?![0-9]*\s?(?:元|万|亿|人))",
    re.IGNORECASE,
)


def check_markup(statement: str, quotes: Sequence[str], known: Sequence[str]) -> Support | None:
    """The first thing in a statement that no statement of law has, unless a quote has it too."""
    if _CONTROL.search(statement):
        return unsupported(Reason.MARKUP, "control characters")
    sources = plain("\n".join(quotes))
    also = plain("\n".join(known))
    for pattern in (_MARKUP, vocabulary().instructions):
        for text in (statement, plain(statement)):
            for found in pattern.finditer(text):
                if plain(found.group()) not in sources:
                    return unsupported(Reason.MARKUP, found.group()[:60])
    said = plain(statement)
    contacts = [v.text for v in find_values(said) if v.kind is ValueKind.CONTACT]
    contacts += [m.group() for pattern in (_ADDRESS, _HANDLE) for m in pattern.finditer(said)]
    for contact in contacts:
        if contact not in sources and contact not in also:
            return unsupported(Reason.MARKUP, contact)
    return None
