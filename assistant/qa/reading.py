"""A part of a question, put the way the law can be searched: what organs and joined things mean in it."""

import re
from dataclasses import replace

from assistant.qa.need import Need
from assistant.qa.parts import Part, is_organ
from assistant.qa.terms import Term

_CONJUNCTION = re.compile(r"[、和与及跟]|以及|还有")
_DUTIES = frozenset({"职责", "工作职责", "任务", "分工", "工作"})
WIDE = frozenset({Need.LIST, Need.TOPIC, Need.REQUIREMENT, Need.PROCEDURE, Need.LOCATE, Need.WHO})


def as_asked(part: Part) -> Part:
    """The part with organs where they belong: asked about alone they are asked what they do; beside a topic they are
    background, for the law need not name 省里 where it lists 支持措施."""
    if part.need in (Need.LIST, Need.TOPIC) and _is_about_organs(part):
        part = replace(part, asks=(replace(part.asks[0], need=Need.DUTY), *part.asks))
    elif part.need in WIDE and part.need is not Need.WHO:
        part = _without_organs_beside_topics(part)
    organs = tuple(t for t in part.terms if is_organ(t))
    if part.need is not Need.DUTY or not any(is_organ(t) for t in part.required):
        return part
    others = tuple(t for t in part.terms if t not in organs)
    return replace(part, terms=organs, background=(*part.background, *others))


def joined(part: Part) -> tuple[Term, ...]:
    """Terms of a part that stand joined by 、 or 和."""
    group: list[Term] = []
    for left, right in zip(part.required, part.required[1:], strict=False):
        between = part.text[left.end : right.start].strip()
        if left.end <= right.start and _CONJUNCTION.fullmatch(between):
            group += [t for t in (left, right) if t not in group]
    return tuple(group)


def _is_about_organs(part: Part) -> bool:
    """省厅管哪些, 省厅的职责有哪些: nothing but organs and a word for duties."""
    organs = [t for t in part.required if is_organ(t)]
    return bool(organs) and all(is_organ(t) or set(t.forms) & _DUTIES for t in part.required)


def _without_organs_beside_topics(part: Part) -> Part:
    """省里有哪些支持措施: the law need not say 省里 where it lists them."""
    organs = tuple(t for t in part.required if is_organ(t))
    topics = [t for t in part.required if t.known and t.noun and not is_organ(t)]
    if not organs or not topics:
        return part
    return replace(part, terms=tuple(t for t in part.terms if t not in organs), background=(*part.background, *organs))
