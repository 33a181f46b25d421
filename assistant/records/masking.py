"""Personal details made unreadable before anything is written: numbers, addresses, names. Organisations stay."""

import re
from collections.abc import Iterable

from assistant.records.folded import Folded, folded
from assistant.records.names import names_beside, occurrences
from assistant.records.numbers import Found, numbers_in

NAME = "〔姓名〕"

# Said where a name is asked for and there is none.
_NOTHING = frozenset(("无", "暂无", "没有", "待定", "未定", "空缺", "暂缺", "未提供", "/", "-", "—", "否", "是"))
# No text can be stored with half a character pair.
_HALVES = re.compile("[\ud800-\udfff]")


class Masks:
    """Masks the texts of one record.

    In: the names of persons found anywhere in it; the law's words that it quotes, which are nobody's secrets.
    """

    def __init__(self, names: Iterable[str] = (), law: Iterable[str] = ()) -> None:
        self._names = frozenset(names)
        self._law = "\n".join(law)

    def mask(self, text: str) -> str:
        """The text with every personal detail replaced by what kind of detail it was."""
        text = _HALVES.sub("\ufffd", text)
        plain = folded(text)
        details = list(numbers_in(plain.text, self._law))
        names = self._names | names_beside(plain.text, [(found.start, found.end) for found in details])
        for name in names:
            details += [Found(start, end, NAME) for start, end in occurrences(name, plain.text)]
        return _replaced(text, plain, details)

    def hide(self, text: str) -> str:
        """What stands where a person's name is asked for: only whether there was something is kept."""
        words = text.strip()
        return text if not words or words in _NOTHING else NAME


def _replaced(text: str, plain: Folded, details: Iterable[Found]) -> str:
    pieces, position = [], 0
    for found in sorted(details, key=lambda found: (found.start, -found.end)):
        start, end = plain.original(found.start, found.end)
        if start < position:
            continue
        pieces += [text[position:start], found.mask]
        position = end
    return "".join([*pieces, text[position:]])
