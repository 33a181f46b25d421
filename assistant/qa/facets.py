"""One question that asks the same of several things: 评估的周期、内容和等级各是什么 is three questions."""

import re

_JOINS = ("、", "以及", "还有", "和", "与", "及", "跟")
_JOIN = re.compile("|".join(_JOINS))
_EACH = re.compile(
    r"[，,]?\s*(?:这?[两二三四几]\s*(?:项|件|条|样|点|方面|个|者|类|种)\s*(?:事|指标|硬指标|情况|要求)?\s*)?(?:(?:办法|文件)[里上]?|又)?"
    r"(?:各自?(?=[是有由要得该怎应走方])|分别|一起(?=[说讲介])|都(?=[说讲介]))"
)
_THING = re.compile(r"[^，,。？！?!；;：:\s]+$")
_OWNER = re.compile(r"^.{1,10}的(?=[^的]{1,10}$)")
_LEAD = re.compile(r"^(?:请问?|帮我?|麻烦)?(?:把|将|关于|对于?|在|就)?")
_MOST = 4
_LONGEST = 14


def facets(text: str, law: str) -> list[str]:
    """The question asked of each of the things that it names before 分别 or 各, in order; none if it names one thing.

    What the first thing is a part of goes with the others too (评估的周期、内容: 评估的内容). Words that stand joined
    in `law`, the regulation's text, are one thing (研究与试验发展).
    """
    each = _EACH.search(text)
    listed = _THING.search(text[: each.start()]) if each else None
    if not each or not listed:
        return []
    lead = _LEAD.match(listed.group())
    start = listed.start() + (lead.end() if lead else 0)
    things = _split(text[start : each.start()], law)
    if not 2 <= len(things) <= _MOST or not all(2 <= len(thing) <= _LONGEST for thing in things):
        return []
    owner = _OWNER.match(things[0])
    owned = [things[0], *(t if "的" in t or not owner else owner.group() + t for t in things[1:])]
    return [f"{text[: listed.start()]}{thing}{text[each.end() :]}" for thing in owned]


def _split(listed: str, law: str) -> list[str]:
    things, start = [], 0
    for join in _JOIN.finditer(listed):
        if listed[max(start, join.start() - 2) : join.end() + 2] in law:
            continue
        things.append(listed[start : join.start()])
        start = join.end()
    return [*things, listed[start:]]
