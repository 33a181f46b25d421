"""What a quote narrows, the statement does not widen: 原则上 or 重大 left out says more than the law."""

from assistant.verify.context import Context
from assistant.verify.support import Reason, Support, unsupported
from assistant.verify.vocabulary import vocabulary

_FOLLOWS = 14
_SHARE = 0.5


def check_dropped(context: Context) -> Support | None:
    """The first narrowing word of the quotes that the statement leaves out while it says what the word narrows."""
    said, law = context.statement.text, context.quotes.text
    for word, also in vocabulary().qualifiers.items():
        if word in said or any(a in said for a in also):
            continue
        for place in context.quotes.places(word):
            number = context.quotes.clause_of(place)
            if number < 0 or place >= context.known_from:
                continue
            clause = context.quotes.clauses[number]
            narrowed = law[place + len(word) : min(clause.end, place + len(word) + _FOLLOWS)]
            if _tells(context, narrowed) and _about(context, number):
                return unsupported(Reason.DROPPED, f"{word}{narrowed}")
    return None


def _about(context: Context, number: int) -> bool:
    """Whether a clause of the statement is about this clause of the quotes among others."""
    return any(row[number] > 0 and row[number] >= _SHARE * max(row) for row in context.overlaps)


def _tells(context: Context, narrowed: str) -> bool:
    """Whether the statement gives some of the words that a narrowing word stands before."""
    pairs = [narrowed[i : i + 2] for i in range(len(narrowed) - 1)]
    return bool(pairs) and sum(p in context.statement.text for p in pairs[:6]) >= 0.4 * len(pairs[:6])
