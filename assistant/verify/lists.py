"""仅, 只有, 全部: what closes a list needs the whole list, or a quote that closes it too."""

import re

from assistant.verify.context import Context
from assistant.verify.support import Reason, Support, unsupported
from assistant.verify.vocabulary import vocabulary

_LIST = re.compile(r"[^,。;:!?\n、]+(?:、[^,。;:!?\n、]+)+")
_LAST = re.compile("(?:和|与|以及|或者)")
_TAIL = 4  # characters by which an item is told: what leads the first one in differs


def check_lists(context: Context) -> Support | None:
    """The first word that closes a list, where the quotes close none and the list is not whole."""
    words, law = vocabulary(), context.quotes.text
    for number, clause in enumerate(context.statement.clauses):
        said = context.statement.text[clause.start : clause.end]
        for found in words.closing.finditer(said):
            near = context.text_of(context.sentences_of(number, 0.4)) or law
            if words.closing.search(near) or _is_whole(said, near):
                continue
            return unsupported(Reason.ADDED, found.group())
    return None


def _is_whole(said: str, law: str) -> bool:
    """Whether the statement has every item of the list that it takes items from."""
    lists = [items for m in _LIST.finditer(law) if len(items := _items(m.group())) > 1]
    named = [items for items in lists if any(item in said for item in items)]
    return bool(named) and all(item in said for items in named for item in items)


def _items(text: str) -> list[str]:
    parts = [p for piece in text.split("、") for p in _LAST.split(piece) if p]
    first, last = parts[0][-_TAIL:], parts[-1][:2]
    return [first[-2:], *parts[1:-1], last]
