"""Words that pass for the law's and are not: in quotation marks, or the law's but for a character or two."""

import re
from collections.abc import Sequence

from assistant.verify.context import Context
from assistant.verify.quantities import find_quantities
from assistant.verify.support import Reason, Support, unsupported
from assistant.verify.text import Reading, plain, read
from assistant.verify.vocabulary import vocabulary

# A clause this long that differs from the law's in so few characters is a misquote, no wording of one's own.
_LONG, _FEW = 8, 2
_LONG_QUOTED = 5
_LONGEST = 4  # characters of a word that another stands for
_QUOTED = re.compile(r"“([^“”]+)”|「([^「」]+)」")
_PAUSE = re.compile(r"[\s,;:!?。、()《》.]")
# Characters of grammar that may be changed for one another.
_GRAMMAR = frozenset("的之地得了着所其该此这那本将把在于对向则时者若如即且并也都还就")


def check_quoted(statement: str, sources: Sequence[str]) -> Support | None:
    """The first passage in quotation marks that stands neither in the quotes nor in the labels or what is known."""
    given = _bare("\n".join(sources))
    for match in _QUOTED.finditer(statement):
        quoted = _bare(match[1] or match[2])
        if len(quoted) >= _LONG_QUOTED and quoted not in given:
            return unsupported(Reason.QUOTE, match.group()[:60])
    return None


def check_near_quotes(context: Context) -> Support | None:
    """The first clause that is the law's but for words that do not mean the same."""
    places = [i for i, c in enumerate(context.quotes.text) if not _PAUSE.match(c)]
    law = "".join(context.quotes.text[i] for i in places)
    for clause in context.statement.clauses:
        positions = [i for i in range(clause.start, clause.end) if not _PAUSE.match(context.statement.text[i])]
        said = "".join(context.statement.text[i] for i in positions)
        if len(said) < _LONG or said in law:
            continue
        offsets = _nearest(said, law)
        if offsets and not any(_means_the_same(context, positions, places[o : o + len(said)]) for o in offsets):
            return unsupported(Reason.QUOTE, said[:60])
    return None


def _nearest(said: str, law: str) -> list[int]:
    """Where the law has a stretch that differs in one or two characters."""
    found = []
    for offset in range(len(law) - len(said) + 1):
        differ = 0
        for mine, theirs in zip(said, law[offset : offset + len(said)], strict=True):
            differ += mine != theirs
            if differ > _FEW:
                break
        else:
            found.append(offset)
    return found


def _means_the_same(context: Context, mine: Sequence[int], theirs: Sequence[int]) -> bool:
    """Whether the words that differ stand for each other."""
    said, law = context.statement, context.quotes
    differ = [(m, t) for m, t in zip(mine, theirs, strict=True) if said.text[m] != law.text[t]]
    if differ[0][0] == mine[0] or differ[-1][0] == mine[-1]:
        return True  # 如果承租人… beside …的承租人: it only begins or ends otherwise
    if all(said.text[m] in _GRAMMAR and law.text[t] in _GRAMMAR for m, t in differ):
        return True
    figures = {i for q in find_quantities(said.text) for i in range(q.start, q.end)}
    return all(
        m in figures or _word_at(said, m) in law.text or _stand_for_each_other(said.text, m, law.text, t)
        for m, t in differ
    )


def _stand_for_each_other(said: str, m: int, law: str, t: int) -> bool:
    """Whether words at two places mean the same, also inside longer ones: 诉讼要求 for 诉讼请求."""
    words = vocabulary()
    for before in range(_LONGEST):
        for size in range(before + 1, _LONGEST + 1):
            mine, theirs = (text[max(0, at - before) : at - before + size] for text, at in ((said, m), (law, t)))
            force = words.cues.get(mine)
            if theirs in words.same.get(mine, ()) or (force is not None and force == words.cues.get(theirs)):
                return True
    return False


def _word_at(reading: Reading, position: int) -> str:
    return next(t.text for t in reading.tokens if t.start <= position < t.end)


def _bare(text: str) -> str:
    return _PAUSE.sub("", read(plain(text)).text)
