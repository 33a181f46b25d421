"""A clause that follows the law's own word by word, but for a word put in another's place: 限制 for 支持, 可 for 需."""

from difflib import SequenceMatcher

from assistant.verify.context import Context
from assistant.verify.polarity import MAY_STAND_FOR
from assistant.verify.quantities import find_quantities
from assistant.verify.support import Reason, Support, unsupported
from assistant.verify.text import Clause, Reading, Token
from assistant.verify.vocabulary import vocabulary

_ALIKE = 0.8  # of a clause's characters stand in the law's clause in the same order
_LONG = 8  # characters
_LONGEST = 6  # characters of what is exchanged
_THINGS, _ACTS = frozenset("nbjs"), frozenset("vad")  # parts of speech
_AND, _OR = frozenset(("和", "与", "及", "以及")), frozenset(("或", "或者"))
_GRAMMAR = frozenset("的之地得了着所其该此这那本将把在于对向则时者若如即且并也都还就")


def check_replaced(context: Context) -> Support | None:
    """The first word in the place of another that it does not stand for."""
    for number, clause in enumerate(context.statement.clauses):
        if clause.end - clause.start < _LONG:
            continue
        row = context.overlaps[number]
        best = max(row, default=0.0)
        nearest = [c for c, value in zip(context.quotes.clauses, row, strict=True) if best and value >= 0.9 * best]
        changed = [_exchanged(context, clause, theirs) for theirs in nearest]
        if changed and all(changed):
            return unsupported(Reason.QUOTE, changed[0])
    return None


def _exchanged(context: Context, mine: Clause, theirs: Clause) -> str:
    """What was exchanged, 限制 for 支持; '' if nothing was or the clauses are not alike."""
    said, law = _words(context.statement, mine), _words(context.quotes, theirs)
    matcher = SequenceMatcher(None, [t.text for t in said], [t.text for t in law], autojunk=False)
    alike = sum(len(said[i].text) for a, _, size in matcher.get_matching_blocks() for i in range(a, a + size))
    if alike < _ALIKE * (mine.end - mine.start):
        return ""
    figures = {i for q in find_quantities(context.statement.text) for i in range(q.start, q.end)}
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        new, old = "".join(t.text for t in said[i1:i2]), "".join(t.text for t in law[j1:j2])
        if tag != "replace" or max(len(new), len(old)) > _LONGEST or said[i1].start in figures:
            continue
        if _turns_force(new, old):
            return f"{new} for {old}"
        if i2 - i1 == j2 - j1 and not _stands_for(new, old) and all(map(_of_one_kind, said[i1:i2], law[j1:j2])):
            return f"{new} for {old}"
    return ""


def _words(reading: Reading, clause: Clause) -> list[Token]:
    return [t for t in reading.tokens if clause.start <= t.start < clause.end]


def _turns_force(new: str, old: str) -> bool:
    """可经 for 需经, however they are cut into words: the same but for a word of another force in front."""
    shared = 0
    while shared < min(len(new), len(old)) - 1 and new[-1 - shared] == old[-1 - shared]:
        shared += 1
    cues = vocabulary().cues
    mine, theirs = (cues.get(word[: len(word) - shared]) for word in (new, old))
    return mine in MAY_STAND_FOR and theirs in MAY_STAND_FOR and mine not in MAY_STAND_FOR[theirs]


def _of_one_kind(new: Token, old: Token) -> bool:
    """Whether two words could stand in the same place and say something there: two things, two acts, 和 and 或."""
    joined = [t.text in _AND or t.text in _OR for t in (new, old)]
    if any(joined):
        return all(joined)
    return any(new.tag[0] in kind and old.tag[0] in kind for kind in (_THINGS, _ACTS))


def _stands_for(new: str, old: str) -> bool:
    words = vocabulary()
    mine, theirs = words.cues.get(new), words.cues.get(old)
    if old in words.same.get(new, ()) or (mine is not None and mine in MAY_STAND_FOR.get(theirs or "", ())):
        return True
    if new in words.anyone or old in words.anyone:
        return True  # 旅游者 for 当事人: subjects says who is who
    return set(new) <= set(old) or set(new) | set(old) <= _GRAMMAR
