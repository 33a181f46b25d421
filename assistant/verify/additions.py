"""Nothing of its own: a statement adds no promise, condition, exception or other matter to its quotes."""

from assistant.verify.context import Context
from assistant.verify.polarity import find_cues
from assistant.verify.support import Reason, Support, unsupported
from assistant.verify.text import Token
from assistant.verify.vocabulary import vocabulary

CLAUSE_SHARE = 0.34
WHOLE_SHARE = 0.62
_LONG_CLAUSE = 4  # characters of content
_ORDERS = frozenset(("must", "may", "forbid"))
_REACH = 4  # characters from a word of force to its act
_KNOWN = 0.6
_FOLLOWS = 0.4


def check_promises(context: Context, known: str) -> Support | None:
    """The first promise, or judgement on the asker's own case, that neither quotes nor findings have."""
    words, law = vocabulary(), context.quotes.text[: context.known_from]
    for found in words.promises.finditer(context.statement.text):
        if found.group() not in law:
            return unsupported(Reason.PROMISE, found.group())
    for found in words.verdicts.finditer(context.statement.text):
        if found.group() not in known:
            return unsupported(Reason.PROMISE, found.group())
    return None


def check_conditions(context: Context) -> Support | None:
    """The first condition or exception where the quotes make none."""
    for said, law in vocabulary().conditions:
        found = said.search(context.statement.text)
        if found and not law.search(context.quotes.text):
            return unsupported(Reason.ADDED, found.group())
    return None


def check_effects(context: Context) -> Support | None:
    """The first duty, permission or ban whose very act the quotes do not know: 审批期间应停止运行."""
    reading = context.statement
    for cue in find_cues(reading):
        number = reading.clause_of(cue.start)
        if cue.force not in _ORDERS or number < 0 or cue.start < context.statement.clauses[0].end:
            continue
        clause = reading.clauses[number].bigrams
        if any(len(clause & theirs.bigrams) >= _FOLLOWS * len(clause) for theirs in context.quotes.clauses):
            continue  # it tells a clause of the law, in another verb
        end = min(reading.clauses[number].end, cue.end + _REACH)
        act = next((t for t in reading.tokens if cue.end <= t.start < end and t.content), None)
        if act is not None and act.verb and _grounded(act, context, context.quotes.text) < _KNOWN:
            return unsupported(Reason.ADDED, reading.text[cue.start : act.end])
    return None


def check_coverage(context: Context) -> Support | None:
    """Whether the words of every clause, and of the whole, are mostly those of the quotes."""
    shown_all = total_all = 0.0
    for number, clause in enumerate(context.statement.clauses):
        words = [t for t in context.statement.tokens if clause.start <= t.start < clause.end and t.content]
        near = context.text_of(context.sentences_of(number))
        total = float(sum(len(t.text) for t in words))
        shown = sum(len(t.text) * _grounded(t, context, near) for t in words)
        if total >= _LONG_CLAUSE and shown / total < CLAUSE_SHARE:
            return unsupported(Reason.ADDED, context.statement.text[clause.start : clause.end])
        shown_all, total_all = shown_all + shown, total_all + total
    if total_all and shown_all / total_all < WHOLE_SHARE:
        return unsupported(Reason.ADDED, f"{shown_all / total_all:.2f} of its words are in the quotes")
    return None


def _grounded(token: Token, context: Context, near: str) -> float:
    """How far the quotes have a word: itself or one for it, its parts, or only single characters of it."""
    law = context.quotes.text
    if token.text in law or any(o in law for o in vocabulary().same.get(token.text, ())):
        return 1.0
    parts = [token.text[i : i + 2] for i in range(len(token.text) - 1)]
    if len(token.text) > 2 and sum(p in law for p in parts) >= len(parts) / 2:
        return 0.8
    return 0.5 * sum(c in near for c in token.text) / len(token.text)
