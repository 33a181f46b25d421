"""On which words a statement and its provision part: what the text has, and what the law has in its place."""

import re
from dataclasses import dataclass

from assistant.cite_check.models import Difference, DifferenceKind
from assistant.verify import Reason, Support
from assistant.verify.subjects import find_agents
from assistant.verify.text import read
from assistant.verify.vocabulary import vocabulary

_FORCE = {
    "must": "应当", "may": "可以", "forbid": "不得", "not": "不", "exempt": "无须", "encourage": "鼓励、支持",
}  # fmt: skip
_BARE = "bare"
_REACH = 12  # characters from a word of force to what it governs
_FIGURE = re.compile(r"(?P<figure>[0-9.,，一二三四五六七八九十百千万亿两半每]+)(?P<unit>[^0-9.]{1,4})")
_BOUND_BEFORE = r"(?:不得?|应当?|须)?(?:超过|多于|高于|大于|少于|低于|小于|至多|最多|至少|达到)?"
_BOUND_AFTER = "(?:以上|以下|以内|以外)?"
_MARKS_OF_ROLES = re.compile("[由经向报对将给、,，;；:：]")
_SHORTEST_NAME = 3
_MOST_NAMED = 2


@dataclass(frozen=True, slots=True)
class Clash:
    """In Chinese what differs; and the words, where both or one of them can be told."""

    sentence: str
    difference: Difference | None = None


def clash_of(support: Support, words: str, law: str, around: str = "") -> Clash | None:
    """What a conflict that the verifier found is about. None where it names no words of the text or the law.

    `words`: the statement; `law`: the words of the provision that are nearest to it; `around`: all of the provision.
    """
    detail = support.detail
    if support.reason is Reason.DROPPED:
        return _dropped(detail)
    if detail.endswith(" left out"):
        return _missing(detail.removesuffix(" left out"))
    if support.reason is Reason.POLARITY and ": " in detail:
        return _force(detail, words, law) or _bound(detail, words, law)
    if " for " in detail:
        mine, theirs = detail.split(" for ", 1)
        return _changed(mine, theirs)
    said = detail.split(": ")[0].strip()
    if not said or _is_english(said):
        return None
    if support.reason in (Reason.NUMBER, Reason.PERIOD):
        return _changed(said, *(_figures_like(said, law) or _figures_like(said, around)), around=around)
    if support.reason is Reason.SUBJECT:
        return _changed(said, *_agents_in(law, words), around=around)
    return _changed(said, around=around)


def _changed(mine: str, *theirs: str, around: str = "") -> Clash:
    if not theirs and mine in around:
        return Clash(f"“{mine}”在条文中说的不是这件事")
    if not theirs:
        return Clash(f"条文没有“{mine}”", Difference(kind=DifferenceKind.ADDED, law="", text=mine))
    sentence = f"文中写“{mine}”，条文写{'、'.join(f'“{one}”' for one in theirs)}"
    if len(theirs) > 1:  # which of them it should be is not for a machine to say
        return Clash(sentence)
    return Clash(sentence, Difference(kind=DifferenceKind.CHANGED, law=theirs[0], text=mine))


def _missing(lost: str, around: str = "") -> Clash:
    shown = f"（条文是“{around}”）" if around and around != lost else ""
    return Clash(f"文中少了“{lost}”{shown}", Difference(kind=DifferenceKind.MISSING, law=lost, text=""))


def _dropped(detail: str) -> Clash | None:
    """原则上三年内不予调整: the narrowing word with what it narrows; or a step, or a case, by itself."""
    said = detail.split(": ", maxsplit=1)[0]
    if not said or _is_english(said):
        return None
    narrowing = max((word for word in vocabulary().qualifiers if said.startswith(word)), key=len, default=said)
    return _missing(narrowing, said)


def _force(detail: str, words: str, law: str) -> Clash | None:
    """设立: must for encourage."""
    about, _, forces = detail.partition(": ")
    mine, _, theirs = forces.partition(" for ")
    if mine not in (*_FORCE, _BARE) or theirs not in (*_FORCE, _BARE):
        return None
    text_has, law_has = _cue_before(about, mine, words), _cue_before(about, theirs, law)
    if text_has == law_has:  # the same word, which governs something else here
        return None
    said = f"关于“{about}”，文中{_told(text_has)}，条文{_told(law_has)}"
    lone = DifferenceKind.ADDED if text_has else DifferenceKind.MISSING
    kind = DifferenceKind.CHANGED if text_has and law_has else lone
    return Clash(said, Difference(kind=kind, law=law_has, text=text_has))


def _told(cue: str) -> str:
    return f"写的是“{cue}”" if cue else "没有这样的限定"


def _cue_before(about: str, force: str, text: str) -> str:
    """The word of this force nearest before what is governed, as it is written; else the usual one."""
    if force == _BARE:
        return ""
    cues = [word for word, kind in vocabulary().cues.items() if kind == force]
    for place in (m.start() for m in re.finditer(re.escape(about), text)):
        before = text[max(0, place - _REACH) : place]
        found = max(((before.rfind(cue) + len(cue), len(cue), cue) for cue in cues if cue in before), default=None)
        if found:
            return found[2]
    return _FORCE[force]


def _bound(detail: str, words: str, law: str) -> Clash | None:
    """80人: at most, where the law has 不少于80人."""
    figure = re.escape(detail.split(": ", maxsplit=1)[0])
    bounded = re.compile(f"{_BOUND_BEFORE}{figure}{_BOUND_AFTER}")
    mine, theirs = bounded.search(words), bounded.search(law)
    if not mine or not theirs or mine.group() == theirs.group():
        return None
    return _changed(mine.group(), theirs.group())


def _figures_like(said: str, law: str) -> list[str]:
    """The law's figures with the unit of one of the text's, each once."""
    own = _FIGURE.search(said)
    if not own:
        return []
    unit = own["unit"][0]
    pattern = re.compile(rf"[0-9.,，一二三四五六七八九十百千万亿两半]+{re.escape(unit)}")
    found = (m.group() for m in pattern.finditer(law))
    return list(dict.fromkeys(figure for figure in found if figure != said))[:_MOST_NAMED]


def _agents_in(law: str, words: str) -> list[str]:
    """Who acts in the law's words and is not named in the text; nobody where they are too many to tell."""
    reading = read(law)
    named = (_MARKS_OF_ROLES.split(reading.text[a.start : a.end])[-1] for a in find_agents(reading))
    found = list(dict.fromkeys(name for name in named if len(name) >= _SHORTEST_NAME and name not in words))
    return found if len(found) <= _MOST_NAMED else []


def _is_english(said: str) -> bool:
    return any("a" <= c <= "z" for c in said.lower())
