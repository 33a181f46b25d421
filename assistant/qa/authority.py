"""Whom the text makes responsible for a matter that it leaves open: found by its words, no organ is named here."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.qa.evidence import Evidence, Unit
from assistant.qa.parts import names_organ
from assistant.qa.terms import Term
from assistant.verify.subjects import Agent, find_agents
from assistant.verify.text import read

_ACT = re.compile("审批|审核|批复|推荐|报备|备案|受理|督导|管理|评估|论证|拨付|认定|撤销|解释")
_DUTY = re.compile(f"负责|组织|指导|协调|督促|制定|牵头|{_ACT.pattern}")
_CHARGED = "负责"
# 某某部（以下简称…）负责…
_CHARGES = re.compile("(?:厅|局|部门|政府|(?<![内全外头总干])部)[^，。；]{0,16}负责")
_DOES = frozenset(("", "由", "各"))
_CHARGED_MORE = 0.5


@dataclass(frozen=True, slots=True)
class Duty:
    """What makes somebody responsible: `[start, end)` of the canonical text, inside the unit's provision."""

    unit: Unit
    start: int
    end: int


def responsible_for(evidence: Evidence, terms: Iterable[Term]) -> list[Duty]:
    """The sentence that gives an organ a duty in the matter of the terms, then the one that says who interprets.

    `terms`: what was asked about. Empty where the text names nobody.
    """
    matter = list(dict.fromkeys(t for t in terms if t.known and not t.subject))
    scored = [(_share(unit, matter), unit) for unit in evidence.units if _is_duty(unit)]
    best = max(scored, key=lambda pair: (pair[0], -pair[1].order), default=None)
    found = [best[1]] if best is not None and best[0] > 0 else []
    found += [u for u in evidence.units if _CHARGED in u.sentence.text and "解释" in u.sentence.text][:1]
    return [_duty(unit) for unit in dict.fromkeys(found)]


def _duty(unit: Unit) -> Duty:
    """The sentence; one that only goes on (负责省创中心的认定…) together with those before it, which name the organ."""
    span = unit.sentence.span
    goes_on = unit.head is not None and not _names_who(unit.sentence.text)
    start = unit.head.span.start if goes_on and unit.head is not None else span.start
    return Duty(unit, start, span.end)


def _is_duty(unit: Unit) -> bool:
    """Whether a sentence says that an organ does something: one that is only reported to is not who does it."""
    if _names_who(unit.sentence.text):
        return True
    charged = unit.head is not None and _CHARGES.search(unit.head.text) is not None
    return charged and _DUTY.match(unit.sentence.text.strip()) is not None


def _names_who(text: str) -> bool:
    return _CHARGES.search(text) is not None or (
        _DUTY.search(text) is not None and any(_acts(agent) for agent in find_agents(read(text)))
    )


def _acts(agent: Agent) -> bool:
    return names_organ(agent.text) and agent.role in _DOES


def _share(unit: Unit, matter: Sequence[Term]) -> float:
    """How much of the matter stands in a sentence; one that charges somebody with it counts for more.

    It must be most of the matter, or an act of organs that was asked about in so many words (评估的打分标准): a way of
    asking such as 申请 makes nobody responsible for the 整改期.
    """
    told = [t for t in matter if any(unit.sentence.find(form) >= 0 for form in t.forms) or _act_in(unit, t)]
    weight = sum(t.weight for t in told)
    if not told or not (weight > sum(t.weight for t in matter) / 2 or any(_act_in(unit, t) for t in told)):
        return 0.0
    return weight + _CHARGED_MORE if _CHARGED in unit.sentence.text else weight


def _act_in(unit: Unit, term: Term) -> bool:
    """Whether an act that the person named is done in a sentence: 评估结果 is of the 评估."""
    act = _ACT.search(term.text)
    return act is not None and unit.sentence.find(act.group()) >= 0
