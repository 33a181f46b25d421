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
# 申报条件、评估周期、支持政策我都想了解: things that are to be told of, each by itself.
_TOLD = re.compile(
    r"^[^，,。、？?]{0,6}?(?:了解|知道|请教|咨询|问|介绍|说|讲|看|列出|列|查)(?:一下|一问|一说|下|说|讲|看|问)*(?:关于)?[:：]?(?=[^，,。？?]*、)"
)
# 首台套、保险和人才计划，能申请哪些: what is asked of each stands behind the list.
_LISTED = re.compile(r"^(?P<list>[^，,。？！?!；;：:\s]*、[^，,。？！?!；;：:\s]*)[，,](?P<ask>[^，,。；;？?]+)$")
# 市局在推荐、变更、年报里都管什么: who acts stands before the list.
_WITHIN = re.compile(
    r"^(?P<who>[^，,。？?、]{2,12}?)在(?P<list>[^，,。？?]*、[^，,。？?]*?)(?:等)?(?:里|中|上|方面|环节)+(?:都|分别|各自?)?(?P<ask>[^，,。？?]+[？?]?)$"
)
_MOST = 4
_LONGEST = 14


def facets(text: str, law: str) -> list[str]:
    """The question asked of each of the things that it names before 分别 or 各, or in a list, in order; none if it
    names one thing.

    What the first thing is a part of goes with the others too (评估的周期、内容: 评估的内容). Words that stand joined
    in `law`, the regulation's text, are one thing (研究与试验发展).
    """
    return _within(text, law) or _each(text, law) or _told_or_listed(text, law)


def _within(text: str, law: str) -> list[str]:
    within = _WITHIN.match(text.rstrip("。？?！! "))
    if not within:
        return []
    return [f"{within['who']}在{thing}中{within['ask']}" for thing in _things(within["list"], law)]


def _told_or_listed(text: str, law: str) -> list[str]:
    """Lists joined by 、 of which it is not said that each is meant."""
    bare = text.rstrip("。？?！! ")
    told = _TOLD.match(bare)
    if told:
        return [f"{thing}是什么" for thing in _things(bare[told.end() :], law)]
    listed = _LISTED.match(bare)
    if listed:
        return [f"{thing}{listed['ask']}" for thing in _things(listed["list"], law)]
    return []


def _things(listed: str, law: str) -> list[str]:
    things = _split(listed, law)
    fits = 2 <= len(things) <= _MOST and all(2 <= len(thing) <= _LONGEST for thing in things)
    return things if fits else []


def _each(text: str, law: str) -> list[str]:
    each = _EACH.search(text)
    listed = _THING.search(text[: each.start()]) if each else None
    if not each or not listed:
        return []
    lead = _LEAD.match(listed.group())
    start = listed.start() + (lead.end() if lead else 0)
    things = _things(text[start : each.start()], law)
    if not things:
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
