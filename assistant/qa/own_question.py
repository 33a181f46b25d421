"""What a conversation wants to know of the person's own facts: all conditions together, named ones, or nothing."""

import re
from enum import Enum

from assistant.interview.own_facts import OwnFacts
from assistant.qa.eligibility import asks_eligibility, asks_whole_somewhere
from assistant.qa.need import STRICT, Need, has_question
from assistant.qa.normalise import is_english
from assistant.qa.parts import Question
from assistant.qa.terms import Term
from assistant.rules.facts import Fact
from assistant.rules.quantity import Quantity

_ENOUGH = re.compile(
    r"够|达标|达到|达不达|行(?=[吗不么吧没呗啊]|$|[?？])|满足|符合|过(?:线|关|得去|得了|不了|了|不过)|可以|可不可以|合格|合规|能(?:行|过|成|放|不能)|"
    r"中不中|成不成|成吗|到线|没问题|有问题|算(?:不算|数)|呢[?？。]*$|"
    r"\benough\b|\bclear\b|\bmeet\b|\bqualif|\bsufficient|\bsatisf|\bpass\b|\breach",
    re.IGNORECASE,
)
_SHORT_OF = re.compile(r"[差缺少](?:了)?(?:多少|几)|how (?:many|much) (?:more|short)|short by", re.IGNORECASE)
_COMPARED = re.compile(r"(?:够不够|够|达到|达不到|满足|符合|过得了)[^,，。?？]{0,12}(?:门槛|下限|标准|指标|红线)")
_LEVEL = re.compile(r"门槛|下限|上限|指标|\b(?:minimum|threshold)\b", re.IGNORECASE)
_GENERAL = re.compile(r"人数|人头|门槛|要求|标准|条件|指标|杠|线|规定|项|条|申报|费用|人员|个$|人$")
_CLAUSE = re.compile(r"(?:[^,，。;；!！?？\n.]|\.(?=\S))+")


class Wanted(Enum):
    WHOLE = "whole"
    CRITERIA = "criteria"
    NOTHING = "nothing"


def wanted(text: str, question: Question, own: OwnFacts) -> Wanted:
    """What one turn asks, given the facts that are known with it."""
    if not own.facts:
        return Wanted.NOTHING
    if asks_eligibility(text, question) or (_firm(own) and asks_whole_somewhere(text)):
        return Wanted.WHOLE
    short_of = bool(_SHORT_OF.search(text))
    if _asks_for_a_value(text, question) and not short_of:
        return Wanted.NOTHING
    asking = [c for c in _CLAUSE.finditer(text) if _ENOUGH.search(c.group()) or _SHORT_OF.search(c.group())]
    if not asking or not asked_fields(own) or not (has_question(text) or short_of or _ENOUGH.search(text)):
        return Wanted.NOTHING
    if asked_fields(own) <= own.decided and not _asks_nothing_else(text, asking):
        return Wanted.NOTHING
    facts = [own.facts[name] for name in asked_fields(own) - own.decided]
    facts += [Fact(name, own.words, own.words, quote=own.words) for name in own.decided]
    clauses = [(c.start(), c.end()) for c in asking]
    return Wanted.CRITERIA if _of_the_facts(question, clauses, facts) else Wanted.NOTHING


def asked_fields(own: OwnFacts) -> frozenset[str]:
    """Fields with a figure that the last turn states or speaks of, and others that it states."""
    measured = {name for name, fact in own.facts.items() if isinstance(fact.value, Quantity)}
    return frozenset(measured & (own.now | own.named)) | own.decided


def asks_enough(text: str, question: Question) -> bool:
    """Whether a turn asks if something suffices, or if the asker may apply."""
    return bool(_ENOUGH.search(text)) or asks_eligibility(text, question)


def asks_of(text: str, question: Question, said: str) -> bool:
    """Whether a turn asks only if what it says is enough. `said`: its words that are no matter of their own."""
    if _asks_for_a_value(text, question):
        return False
    asking = [(c.start(), c.end()) for c in _CLAUSE.finditer(text) if _ENOUGH.search(c.group())]
    return bool(asking) and _of_the_facts(question, asking, [Fact("", said, said, quote=said)])


def asks_only_enough(text: str, question: Question, said: str) -> bool:
    """Whether a turn that puts a case asks what comes of it for the conditions, and nothing else."""
    if _asks_for_a_value(text, question):
        return False
    return only_points_back(text) or not has_question(text) or asks_of(text, question, said)


def _asks_for_a_value(text: str, question: Question) -> bool:
    """Whether an amount or a time is asked for; 够不够1000万的门槛 asks for none."""
    compared = bool(_COMPARED.search(text))
    asks = [a for p in question.parts for a in p.asks if a.need in STRICT]
    return any(not (compared and a.need is Need.QUANTITY and _LEVEL.search(a.text)) for a in asks)


def asks_something(text: str) -> bool:
    return bool(re.search(r"[?？吗]", text)) or has_question(text)


def only_points_back(text: str) -> bool:
    """如果是85人呢: it asks what was asked before."""
    return bool(re.search(r"呢[?？。]*$", text)) and not _ENOUGH.search(re.sub(r"呢[?？。]*$", "", text))


def _firm(own: OwnFacts) -> bool:
    return any(isinstance(own.facts[name].value, Quantity | bool) for name in own.now)


def _asks_nothing_else(text: str, asking: list[re.Match[str]]) -> bool:
    """Whether all clauses that ask something ask whether it is enough: 公司型就可以，不需要别的单位吧 asks more."""
    starts = {clause.start() for clause in asking}
    return all(c.start() in starts for c in _CLAUSE.finditer(text) if has_question(c.group()))


def _names(term: Term, facts: list[Fact]) -> bool:
    return any(form in fact.quote or fact.quote.startswith(form[:4]) for form in term.forms for fact in facts)


def _of_the_facts(question: Question, clauses: list[tuple[int, int]], facts: list[Fact]) -> bool:
    """Whether what is asked to be enough is the figures themselves, and not something else that they are said with."""
    said = "".join(fact.quote for fact in facts)
    for term in question.terms:
        if not any(start <= term.start < end for start, end in clauses) or term.subject:
            continue
        telling = term.noun or term.matter
        if is_english(question.text):
            telling = term.known and not term.near and not term.asked and not _names(term, facts)
        if telling and term.text not in said and not _GENERAL.search(term.text):
            return False
    return True
