"""Who and what: organs, persons and things of a statement stand in its quotes, and act in their own place."""

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.verify.context import Context
from assistant.verify.support import Reason, Support, unsupported
from assistant.verify.text import Reading, Token
from assistant.verify.vocabulary import vocabulary

# What may stand before a name and is no part of it, also where it is glued to its first word.
_LEADS = re.compile(r"[指由向对经被与给从自为报同和跟受将把各该其本此是]\Z|需经\Z")
_GLUED = re.compile(
    r"\A(?:需要|应[该当]|必须|有权|若|如|则|即|且|向(?!导)|报(?!告|名|关|社)|由|需?经(?!营|理|纪|办|销|济)|.?[向由]|需|后|再|指)(?=[\u4e00-\u9fff]{2})"
)
_ENDINGS = frozenset("者人方员商局厅")
_NAMED = re.compile(
    "[\u4e00-\u9fff](?:者|员(?!工)|人(?![民员身格类均为数口工士才事大])|(?<=[买卖甲乙丙供需受贷借发出投承])方)"
)
_TOGETHER = re.compile("(?:[^,。;:]{0,8}(?:、|和|与|或|或者|及|以及)[^,。;:]{0,8})+")
_CLEARLY = 1.0
_PRONOUNS = ("双方", "对方", "各方", "双方当事人")
_NO_NAMES = re.compile("[或再前后二两三]者|[用何本他每人]人|前款")
_FUNCTION = frozenset("的之等有无由向对经被与给从自为和或及是让使令其各该本此人两三二一了且并")
_LEVEL = re.compile("(?<![城都全各本该超])[省市县][\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Agent:
    """The name of one who acts, at `[start, end)`; `role` is 由, 向, 对 … before it, or '' where it is a subject."""

    start: int
    end: int
    text: str
    role: str


@lru_cache(maxsize=256)
def find_agents(reading: Reading) -> tuple[Agent, ...]:
    """Nouns up to one that ends like the name of one who acts: 市级工信主管部门, 出租人, and the unknown 保|理人."""
    found: list[Agent] = []
    tokens = reading.tokens
    first = 0
    for index, token in enumerate(tokens):
        ends = len(token.text) <= 2 and token.text[-1] in _ENDINGS and token.tag[0] not in "cpur"
        if not (_in_a_name(token) or ends or _joins(tokens, index)):
            first = index + 1
            continue
        if ends and first == index and index and tokens[index - 1].tag[0] in "nvajgzb":
            first = index - 1
        agent = _agent(reading, first, index)
        if agent:
            found.append(agent)
            first = index + 1
    return tuple(found)


def _agent(reading: Reading, first: int, last: int) -> Agent | None:
    """The name that the words from `first` to `last` make, if they make one."""
    tokens = reading.tokens
    while first < last and _LEADS.match(tokens[first].text):
        first += 1
    end = tokens[last].end
    name = _GLUED.sub("", reading.text[tokens[first].start : end])
    if len(name) < 2 or _NO_NAMES.fullmatch(name) or not vocabulary().agents.search(name):
        return None
    role = tokens[first - 1].text if first and tokens[first - 1].text in vocabulary().roles else ""
    return Agent(end - len(name), end, name, role)


def _joins(tokens: tuple[Token, ...], index: int) -> bool:
    """The 和 inside 工业和信息化厅."""
    after = [t.text for t in tokens[index + 1 : index + 3]]
    inside = index > 0 and _in_a_name(tokens[index - 1]) and tokens[index].text in ("和", "与")
    return inside and any(word[-1] in "厅局委" for word in after)


def _in_a_name(token: Token) -> bool:
    return token.noun or token.tag in ("b", "l") or token.text in ("承包", "依托")


def check_subjects(context: Context) -> Support | None:
    """The first organ, person or thing that the quotes do not have in this place, if there is one."""
    stranger = _stranger(context) or _other_level(context)
    if stranger:
        return unsupported(Reason.SUBJECT, stranger)
    for agent in find_agents(context.statement):
        if not _is_anyone(agent.text):
            if not _stands(agent.text, context):
                return unsupported(Reason.SUBJECT, agent.text)
            if not _in_place(agent, context):
                return unsupported(Reason.SUBJECT, f"{agent.text}: not of this")
        other = _whose_place(agent, context)
        if other:
            return unsupported(Reason.SUBJECT, f"{agent.text} for {other}")
    wrong = _wrong_act(context)
    if wrong:
        return unsupported(Reason.SUBJECT, wrong)
    return _check_things(context)


def _is_anyone(name: str) -> bool:
    """当事人, and a verb glued to a word that stands for somebody named before: 告知对方."""
    return name in vocabulary().anyone or name.endswith(_PRONOUNS)


def _stranger(context: Context) -> str | None:
    """A name such as 失踪人 of which the quotes do not even have the end; it need not be a word that is known."""
    law, anyone = context.quotes.text, vocabulary().anyone
    for found in _NAMED.finditer(context.statement.text):
        name = found.group()
        if name[0] in _FUNCTION:
            continue
        if name not in law and name not in anyone and not any(o in law for o in vocabulary().same.get(name, ())):
            longer = context.statement.text[max(0, found.start() - 1) : found.end()]
            if not any(o in law for o in vocabulary().same.get(longer, ())) and longer not in anyone:
                return longer
    return None


def _other_level(context: Context) -> str | None:
    """市工业和信息化 where the quotes only have that of the province."""
    law = context.quotes.text
    for found in _LEVEL.finditer(context.statement.text):
        pair = found.group()
        if pair not in law and any(level + pair[1] in law for level in "省市县"):
            return pair
    return None


def _whose_place(agent: Agent, context: Context) -> str | None:
    """Another one of the quotes, where it is that one who stands in these surroundings: the two were exchanged."""
    said = _also_called(agent.text)
    anyone = tuple(vocabulary().anyone - {"单位", "人", "主体", "人员"})
    if agent.text in anyone or agent.text.endswith(_PRONOUNS):
        return None
    mine = theirs = 0.0
    rival: Agent | None = None
    close = theirs_close = 0
    for other in find_agents(context.quotes):
        near = context.around(agent.start, agent.end, other.start, other.end - other.start)
        value = context.score(agent.start, agent.end, other.start, other.end - other.start)
        if _same_one(other.text, said):
            mine, close = max(mine, value), max(close, near)
        elif value > theirs and other.role == agent.role:
            theirs, rival, theirs_close = value, other, near
    if (
        rival is None
        or theirs_close <= close
        or theirs <= mine + _CLEARLY
        or rival.text in vocabulary().anyone
        or any(_same_one(n, said) for n in _beside(rival, context.quotes))
    ):
        return None
    return rival.text


def _wrong_act(context: Context) -> str | None:
    """An act of an organ that the quotes ascribe to another: 市级…审批 where it is the province that does it."""
    for token in context.statement.tokens:
        if token.text not in vocabulary().acts:
            continue
        doer = _doer(context.statement, token.start)
        theirs = [d for p in context.quotes.places(token.text) if (d := _doer(context.quotes, p)) is not None]
        if doer is None or not theirs or any(_same_one(d, {doer}) or _same_one(doer, {d}) for d in theirs):
            continue
        return f"{doer}: {token.text} is done by {theirs[0]}"
    return None


def _doer(reading: Reading, place: int) -> str | None:
    """The last one named before an act in its clause."""
    number = reading.clause_of(place)
    start = reading.clauses[number].start if number >= 0 else place
    names = [a.text for a in find_agents(reading) if start <= a.start and a.end <= place]
    return names[-1] if names else None


def _same_one(name: str, said: set[str]) -> bool:
    """出租人 and 该出租人, 生产者 and 产品生产者 may be one."""
    return any(name == s or name.endswith(s) or s.endswith(name) or _abbreviates(s, name) for s in said)


def _beside(agent: Agent, quotes: Reading) -> list[str]:
    """Those named in one breath with an agent: 生产者、销售者."""
    others = []
    for other in find_agents(quotes):
        between = quotes.text[min(agent.end, other.end) : max(agent.start, other.start)]
        if other != agent and len(between) <= 24 and _TOGETHER.fullmatch(between):
            others.append(other.text)
    return others


def _stands(name: str, context: Context) -> bool:
    """Whether the quotes have the name, a longer form of it, or another word for it."""
    law = context.quotes.text
    if any(other in law for other in _also_called(name)):
        return True
    if re.search("[\u4e00-\u9fff]{0,5}".join(map(re.escape, name)), law):
        return True
    for agent in find_agents(context.quotes):
        if _abbreviates(name, agent.text) or (_abbreviates(agent.text, name) and _left_over(name, agent.text, law)):
            return True
    return False


def _also_called(name: str) -> set[str]:
    """The name, and what it is with another word for it or for its last part: 物业服务公司 for 物业服务企业."""
    same = vocabulary().same
    ends = {name[:-size] + other for size in (2, 3) if len(name) > size + 1 for other in same.get(name[-size:], ())}
    return {name, *same.get(name, ()), *ends}


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
    names = _also_called(agent.text)
    places = [p for name in names for p in context.quotes.places(name)]
    if not places:
        return True
    near = context.sentences_of(clause, 0.4)
    return any(context.quotes.clauses[c].sentence in near for p in places if (c := context.quotes.clause_of(p)) >= 0)


def _check_things(context: Context) -> Support | None:
    """In a clause that otherwise follows its quote word for word, a strange noun has been put in another's place."""
    text, law, same = context.statement.text, context.quotes.text, vocabulary().same
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
            if token.text in vocabulary().cues or any(o in law for o in same.get(token.text, ())):
                continue
            left, right = text[max(0, token.start - 1) : token.start + 1], text[token.end - 1 : token.end + 1]
            cut = (len(left) > 1 and left in near) or (len(right) > 1 and right in near)
            if token.text not in law and not cut and not all(c in near for c in token.text):
                return unsupported(Reason.SUBJECT, token.text)
    return None
