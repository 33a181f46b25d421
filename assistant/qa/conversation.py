"""Follow-ups: what a turn leaves out is taken from the turn before (那费用呢？如果换的是股东呢？)."""

import re
from dataclasses import dataclass, replace

from assistant.law.locator import Kind, Locator, Step
from assistant.law.references import find_references
from assistant.qa.need import STRICT, VALUE_KINDS, Ask, Need
from assistant.qa.parts import Part, Question

_ELLIPTIC = re.compile(
    r"^(?:好[的吧]?|行|嗯|哦|明白了?)?[,，。 ]*(?:那么?|如果|要是|假如|若是?|换成|还有|另外|and |what about|how about|what if)|呢[?？。!！]*$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"^(?:那|所以)?(?:它|他|她|这个|那个|这|那|其|此|该|上面|上述|刚才)(?!些?(?:办法|中心))")
_NEXT = re.compile(r"(下|上|前|后)一?(条|项|章|款)")
_NEW_SUBJECT = re.compile(r"对了|另外问|换个(?:话题|问题)|再问(?:个|一个)|顺便问|别的问题")


@dataclass(frozen=True)
class FollowUp:
    """Readings of a part to try in this order; the first that the law settles is meant."""

    readings: tuple[Part, ...]


def is_elliptic(text: str, question: Question) -> bool:
    """Whether a turn cannot be understood alone."""
    if _NEW_SUBJECT.search(text):
        return False
    topics = [t for p in question.parts for t in p.required if not t.asked]
    if not topics and len(text) <= 40:
        return True
    return bool(_PRONOUN.match(text)) or (bool(_ELLIPTIC.search(text)) and len(text) <= 24)


def neighbour_reference(text: str, before: list[str]) -> Locator | None:
    """下一条: the article after the one that was named last."""
    found = _NEXT.search(text)
    if not found:
        return None
    named = [r.locator for turn in before for r in find_references(turn)]
    if not named:
        return None
    last = named[-1].steps[-1]
    number = last.number + (1 if found.group(1) in "下后" else -1)
    kinds = {"条": Kind.ARTICLE, "项": Kind.ITEM, "章": Kind.CHAPTER, "款": Kind.PARAGRAPH}
    return Locator((*named[-1].steps[:-1], Step(last.kind, number))) if kinds[found.group(2)] is last.kind else None


def carry_over(part: Part, previous: Part) -> FollowUp:
    """A part with what the turn before lends it: its topic, its question, or both."""
    own = part.required
    asked = part.need not in (Need.TOPIC, Need.YES_NO) or part.unknown
    if asked and not own:
        return FollowUp((replace(part, terms=(*previous.terms, *part.terms), inherited=True),))
    asks = part.asks if asked else (_general(previous.asks[0]), *part.asks)
    around = tuple(t for t in previous.required if t.text not in {o.text for o in own} and not t.asked)
    verbs = tuple(t for t in around if not t.noun)
    rarest = max(around, key=lambda t: t.weight, default=None)
    others = tuple(t for t in around if t is not rarest)
    if not own:
        return FollowUp(
            (replace(part, asks=asks, terms=previous.terms, background=previous.background, inherited=True),)
        )
    readings = [replace(part, asks=asks, terms=(*own, *extra), inherited=True) for extra in (others, verbs, ())]
    if asked:
        readings.insert(0, replace(part, terms=(*own, *around), inherited=True))
    return FollowUp(tuple(dict.fromkeys(readings)))


def _general(ask: Ask) -> Ask:
    """那费用呢 after 要多少人 asks for a figure of any kind."""
    if ask.need not in STRICT:
        # 怎么办 of the turn before is a procedure or a consequence; the words decide again.
        return replace(ask, start=0, end=0)
    return Ask(
        Need.QUANTITY,
        0,
        0,
        ask.text,
        VALUE_KINDS[Need.QUANTITY] | VALUE_KINDS[Need.DURATION] | VALUE_KINDS[Need.FREQUENCY] | ask.kinds,
    )
