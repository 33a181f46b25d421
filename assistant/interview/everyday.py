"""Facts that the turns of a conversation state in everyday words, beside those that the form's own reading takes."""

from collections.abc import Sequence

from assistant.interview.follow import Interview
from assistant.interview.headcount import headcount
from assistant.interview.own_facts import OwnFacts, supposes
from assistant.interview.spoken import read_aloud, without_hearsay
from assistant.interview.words import holds
from assistant.rules.facts import Fact


def with_everyday(own: OwnFacts, turns: Sequence[str], interview: Interview) -> OwnFacts:
    """`own`, the facts of `turns` as typed, with what else the turns say. What was read before goes before.

    How many people there are in all bounds a figure, and is not asked to be enough by itself: it counts for all
    conditions together only.
    """
    more: dict[str, Fact] = {}
    bounds: dict[str, Fact] = {}
    now: set[str] = set()
    for turn in turns:
        last = turn is turns[-1]
        if supposes(turn) and not last:
            continue
        text = without_hearsay(read_aloud(turn))
        told = interview.replies.spoken(text, own.facts.keys())
        told = {name: fact for name, fact in told.items() if _is_said(interview, name, fact, text)}
        more |= told
        bounds |= headcount(text, (f for f in interview.schema.fields if f.id not in own.facts))
        now |= told.keys() if last else set()
    return interview.reader.with_more(own, bounds | more, now)


def _is_said(interview: Interview, name: str, fact: Fact, text: str) -> bool:
    """我们是股份公司 says who leads only where leading is spoken of, or asked for."""
    spoken = interview.script.of_field.get(name)
    if spoken is None or not spoken.cues_of_reply or not isinstance(fact.value, str):
        return True
    return holds(text, tuple(word.lower() for word in (*spoken.names, *spoken.cues)))
