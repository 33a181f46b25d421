"""Who does it and whom it is done to: 对 and 向 stand before the same ones as in the quotes."""

from collections.abc import Sequence

from assistant.verify.context import Context
from assistant.verify.support import Reason, Support, unsupported
from assistant.verify.text import Reading, Token

_MARKERS = frozenset("对向由经")
_WORDS = frozenset(
    ("对方", "对象", "对手", "对外", "对内", "对策", "对价", "由来", "向导", "经济", "经理", "经费", "经验")
)
_REACH = 6  # words from a marker to the noun that it belongs to
_ATTRIBUTE = 4  # words


def check_roles(context: Context) -> Support | None:
    """The first marker before one whom the quotes have without it, while they have another there who lost it."""
    near = _sentences(context)
    theirs = _marked(context.quotes)
    for marker, mine in _marked(context.statement):
        heads = {head for m, head in theirs if m == marker}
        if not heads or any(_one(mine, head) for head in heads) or mine not in near:
            continue
        lost = [h for h in heads if h in context.statement.text]
        if lost and not any(m == marker and h in lost for m, h in _marked(context.statement)):
            return unsupported(Reason.SUBJECT, f"{marker}{mine} for {marker}{lost[0]}")
    return None


def _sentences(context: Context) -> str:
    numbers = {s for n in range(len(context.statement.clauses)) for s in context.sentences_of(n)}
    return context.text_of(numbers)


def _one(mine: str, theirs: str) -> bool:
    return mine.endswith(theirs) or theirs.endswith(mine)


def _marked(reading: Reading) -> list[tuple[str, str]]:
    """Each marker with the last noun of what follows it, up to the verb or the next mark."""
    found = []
    for index, token in enumerate(reading.tokens):
        marker = token.text[0]
        glued = len(token.text) == 2 and token.noun and token.text not in _WORDS  # 对省|创|中心
        if marker not in _MARKERS or not (glued or token.text == marker):
            continue
        head = _head(reading.tokens[index + 1 :])
        if head:
            found.append((marker, head))
    return found


def _head(tokens: Sequence[Token]) -> str:
    """The last noun up to the verb; of 有条件的地方 what stands behind 的."""
    of = next((n for n, t in enumerate(tokens[:_ATTRIBUTE]) if t.text == "的"), None)
    head = ""
    for token in tokens[:_REACH] if of is None else tokens[of + 1 : of + 1 + _REACH]:
        if token.noun and token.tag != "vn" and len(token.text) > 1:
            head = token.text
        elif token.tag[0] in "wxv" or (head and token.text != "的"):
            break
    return head
