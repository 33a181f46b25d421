"""Who and what: organs, persons and things of a statement stand in its quotes, and act in their own place."""

from dataclasses import dataclass
from functools import lru_cache

from assistant.verify.context import Context
from assistant.verify.support import Reason, Support, unsupported
from assistant.verify.text import Reading, Token
from assistant.verify.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Agent:
    """The name of one who acts, at `[start, end)`; `role` is 由, 向, 对 … before it, or '' where it is a subject."""

    start: int
    end: int
    text: str
    role: str


@lru_cache(maxsize=256)
def find_agents(reading: Reading) -> tuple[Agent, ...]:
    """Runs of nouns that end like the name of one who acts: 市级工信主管部门, 出租人."""
    found: list[Agent] = []
    tokens, words = reading.tokens, vocabulary()
    first = 0
    for index, token in enumerate(tokens):
        if not _in_a_name(token):
            first = index + 1
            continue
        if index + 1 < len(tokens) and _in_a_name(tokens[index + 1]):
            continue
        name = reading.text[tokens[first].start : token.end]
        if words.agents.search(name) and len(name) > 1 and name not in words.anyone:
            role = tokens[first - 1].text if first and tokens[first - 1].text in words.roles else ""
            found.append(Agent(tokens[first].start, token.end, name, role))
        first = index + 1
    return tuple(found)


def _in_a_name(token: Token) -> bool:
    return token.noun or token.tag in ("b", "l") or (token.tag == "v" and len(token.text) > 1 and token.text in ("承包", "依托"))


def check_subjects(context: Context) -> Support | None:
    """The first organ, person or thing that the quotes do not have in this place, if there is one."""
    for agent in find_agents(context.statement):
        if not _stands(agent.text, context):
            return unsupported(Reason.SUBJECT, agent.text)
        if not _in_place(agent, context):
            return unsupported(Reason.SUBJECT, f"{agent.text}: not of this")
    return _check_things(context)


def _stands(name: str, context: Context) -> bool:
    """Whether the quotes have the name, a longer form of it, or another word for it."""
    law = context.quotes.text
    if name in law or any(other in law for other in vocabulary().same.get(name, ())):
        return True
    for agent in find_agents(context.quotes):
        if _abbreviates(name, agent.text) or (_abbreviates(agent.text, name) and _left_over(name, agent.text, law)):
            return True
    return False


def _abbreviates(short: str, full: str) -> bool:
    """省工信厅 for 省工业和信息化厅: its characters in their order, and the same end."""
    if short[-1] != full[-1]:
        return False
    rest = iter(full)
    return all(c in rest for c in short)


def _left_over(name: str, part: str, law: str) -> bool:
    """Whether what a name adds to a shorter one is shown as well."""
    added = name.replace(part, "")
    return added != name and all(added[i : i + 2] in law for i in range(max(1, len(added) - 1)))


def _in_place(agent: Agent, context: Context) -> bool:
    """Whether the quotes name this one where they say what the statement says of it."""
    clause = context.statement.clause_of(agent.start)
    if clause < 0:
        return True
    names = {agent.text, *vocabulary().same.get(agent.text, ())}
    places = [p for name in names for p in context.quotes.places(name)]
    if not places:
        return True
    near = context.sentences_of(clause)
    return any(context.quotes.clauses[c].sentence in near for p in places if (c := context.quotes.clause_of(p)) >= 0)


def _check_things(context: Context) -> Support | None:
    """In a clause that otherwise follows its quote word for word, a strange noun has been put in another's place."""
    law, same = context.quotes.text, vocabulary().same
    for number, clause in enumerate(context.statement.clauses):
        inside = [t for t in context.statement.tokens if clause.start <= t.start < clause.end]
        near = context.text_of(context.sentences_of(number))
        words = [t for t in inside if t.content]
        shown = sum(len(t.text) for t in words if t.text in near)
        total = sum(len(t.text) for t in words)
        if not total or shown / total < 0.6:
            continue
        for token in words:
            if not token.noun or token.text in near or any(o in near for o in same.get(token.text, ())):
                continue
            if token.text not in law and not all(c in near for c in token.text):
                return unsupported(Reason.SUBJECT, token.text)
    return None
