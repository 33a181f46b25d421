"""What a quote narrows, the statement does not widen: 原则上 or 重大 left out says more than the law."""

from assistant.verify.context import Context
from assistant.verify.support import Reason, Support, unsupported
from assistant.verify.text import bigrams
from assistant.verify.vocabulary import vocabulary

_FOLLOWS = 14
_SHARE = 0.5


_PART = 0.3
_LONG_REST, _STEP_TOLD = 6, 0.8  # pairs of what follows a step, and how many of them are told
_TOLD = 0.6  # of a clause's words: so much of it is told that its case must be, too


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
            ends = clause.end <= place + len(word) + _FOLLOWS
            if _tells(context, narrowed, ends) and (_about(context, number) or _told(context, number, word)):
                return unsupported(Reason.DROPPED, f"{word}{narrowed}")
    return _without_its_case(context) or _without_a_step(context)


def _told(context: Context, number: int, word: str, share: float = _TOLD) -> bool:
    """Whether the statement gives most of the words that a clause of the quotes has besides a narrowing one."""
    grams = {g for g in context.quotes.clauses[number].bigrams if not any(c in word for c in g)}
    return bool(grams) and len(grams & context.statement.grams) / len(grams) >= share


def _without_its_case(context: Context) -> Support | None:
    """A clause of the quotes about one case (评估结果为优秀的) that the statement gives without naming any."""
    for scale in vocabulary().scales:
        if any(word in context.statement.text for word in scale):
            continue
        for word in scale:
            for place in context.quotes.places(word):
                number = context.quotes.clause_of(place)
                if number < 0 or place >= context.known_from or not _names_one(context, number, scale):
                    continue
                if _gives(context, number, word):
                    return unsupported(Reason.DROPPED, word)
    return None


def _without_a_step(context: Context) -> Support | None:
    """经…审核 left out of what has to go through it first."""
    law = context.quotes.text[: context.known_from]
    for step in vocabulary().steps.finditer(law):
        if step["act"] in context.statement.text or step["who"][-4:] in context.statement.text:
            continue
        number = context.quotes.clause_of(step.start())
        rest = bigrams(law[step.end() : context.quotes.clauses[number].end]) if number >= 0 else frozenset()
        if len(rest) >= _LONG_REST and len(rest & context.statement.grams) / len(rest) >= _STEP_TOLD:
            return unsupported(Reason.DROPPED, step.group())
    return None


def _gives(context: Context, number: int, word: str) -> bool:
    """Whether the statement gives a clause but for a word; a part of it, where it gives all that follows."""
    if _told(context, number, word) and _about(context, number):
        return True
    after = context.quotes.clauses[number + 1 : number + 2]
    follows = bool(after) and len(after[0].bigrams & context.statement.grams) >= 0.8 * len(after[0].bigrams)
    return follows and _told(context, number, word, _PART)


def _names_one(context: Context, number: int, scale: frozenset[str]) -> bool:
    clause = context.quotes.clauses[number]
    inside = context.quotes.text[clause.start : clause.end]
    return "、" not in inside or sum(word in inside for word in scale) <= 2  # 合格 stands in 不合格


def _about(context: Context, number: int) -> bool:
    """Whether a clause of the statement is about this clause of the quotes among others."""
    return any(row[number] > 0 and row[number] >= _SHARE * max(row) for row in context.overlaps)


def _tells(context: Context, narrowed: str, ends: bool) -> bool:
    """Whether the statement gives some of the words that a narrowing word stands before."""
    pairs = [narrowed[i : i + 2] for i in range(len(narrowed) - 1)]
    if (
        ends
        and pairs
        and not any(w in context.statement.text for w in (pairs[-1], *vocabulary().same.get(pairs[-1], ())))
    ):
        return False  # 提前向…报备 where the statement tells of 审批
    return bool(pairs) and sum(p in context.statement.text for p in pairs[:6]) >= 0.4 * len(pairs[:6])
