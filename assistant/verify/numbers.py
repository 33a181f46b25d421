"""Every figure of a statement stands in its quotes: the same value of the same thing, bound in the same direction."""

import re
from collections.abc import Iterable

from assistant.law.references import find_references
from assistant.verify.context import Context
from assistant.verify.quantities import Quantity, find_quantities
from assistant.verify.support import Reason, Support, unsupported

_ITEM_MARK = re.compile(r"[(]?[一二三四五六七八九十0-9]{1,3}[)、.]")
_DIRECTIONS = {"up": "down", "down": "up", "before": "after", "after": "before"}


def check_numbers(context: Context, raw_quotes: str) -> Support | None:
    """The first figure that the quotes do not have in this place, if there is one."""
    said = [q for q in find_quantities(context.statement.text) if not _names_a_provision(q, context.statement.text)]
    if not said:
        return None
    law = find_quantities(context.quotes.text)
    for quantity in said:
        words = context.statement.text[quantity.start : quantity.end]
        same = [q for q in law if _equal(quantity, q)]
        if not same:
            if _counts_a_list(quantity, raw_quotes):
                continue
            return unsupported(Reason.PERIOD if quantity.period else Reason.NUMBER, words)
        best = _nearest(quantity, [q for q in law if _comparable(quantity, q)], context)
        here = [q for q in best if _equal(quantity, q)]
        if best and not here:
            return unsupported(Reason.PERIOD if quantity.period else Reason.NUMBER, f"{words}: not of this")
        found = here or same
        if quantity.bound and not any(_agree(quantity.bound, q.bound) for q in found):
            return unsupported(Reason.POLARITY, f"{words}: {quantity.bound}")
        if quantity.strict and not any(q.strict for q in found):
            return unsupported(Reason.POLARITY, f"{words}: strictly {quantity.bound}")
        if not quantity.bound and all(q.bound in ("up", "down") and q.leads for q in found):
            return unsupported(Reason.DROPPED, f"{words}: {found[0].bound}")
    return None


def _names_a_provision(quantity: Quantity, text: str) -> bool:
    """第七条 is no figure; neither is the 4 of 第七条第4项. What they name is checked elsewhere."""
    if any(r.start <= quantity.start < r.end for r in find_references(text)):
        return True
    before = text[max(0, quantity.start - 2) : quantity.start]
    after = text[quantity.end : quantity.end + 2]
    return not quantity.dimension and (
        before.endswith(("第", "第(", "(第")) and after[:1] in ("条", "款", "项", "章", ")", "节")
    )


def _comparable(mine: Quantity, theirs: Quantity) -> bool:
    return mine.dimension == theirs.dimension or "" in (mine.dimension, theirs.dimension)


def _equal(mine: Quantity, theirs: Quantity) -> bool:
    return _comparable(mine, theirs) and mine.value == theirs.value


def _agree(mine: str, theirs: str) -> bool:
    """A direction may be given to a figure that has none in the quote only where it is a mere about."""
    return mine == theirs or (mine in _DIRECTIONS and not theirs and mine in ("before", "after"))


def _nearest(quantity: Quantity, others: Iterable[Quantity], context: Context) -> list[Quantity]:
    """The figures of the quotes whose surroundings are those of this one, with those nearly as near."""
    scored = [
        (context.score(quantity.start, quantity.end, other.start, other.end - other.start), other) for other in others
    ]
    top = max((s for s, _ in scored), default=0.0)
    return [other for s, other in scored if s >= top - 0.2]


def _counts_a_list(quantity: Quantity, raw_quotes: str) -> bool:
    """共四项 counts what a quote lists."""
    if quantity.dimension not in ("count", ""):
        return False
    marks = {m.group() for m in _ITEM_MARK.finditer(raw_quotes)}
    return quantity.value == len(marks) and len(marks) > 1
