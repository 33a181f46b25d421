"""Which words of a sentence tell what a reference is said to provide."""

import re
from dataclasses import dataclass

from assistant.cite_check.linking import AFTER_BASIS, BASIS, SAYS
from assistant.cite_check.mentions import Mention

_END = re.compile(r"[。！？!?\n]|[；;](?=[^；;\n]{0,30}第)")
# From here on a writer speaks of the case at hand, not of the law.
_CASE = re.compile(
    r"[，,；;：:。](?:因此|故|据此|为此|综上|经核|经审|经查|现将?|特此|请|望|但|而)?[^，,；;。]{0,6}"
    r"(?:你|您|贵|我(?:单位|公司|中心|院|校|厅|局|们|司|方)|该(?:公司|单位|中心|企业|院)|申报材料|申请材料|所报|上述单位|本(?:单位|公司|中心|院))"
)
_OPENS_WITH_CASE = re.compile(
    r"(?:因此|故|据此|经核|经审|现将?|特此|请|望)?[^，,；;。]{0,4}(?:你|您|贵|我(?:单位|公司|中心|院|校|厅|局|们|司|方)|该(?:公司|单位|企业)|现|特此|请|经审|经研究|拟)"
)
# 符合第（四）项要求 speaks of the case, too.
_APPLIED = re.compile(r"(?:符合|满足|达到|具备|违反|对照|低于|高于|未达|超过|属于)[^，,。；;\n]{0,14}\Z")
# 你中心更换主任须经…: the case at hand, and what the law asks for in it.
_NORM = re.compile("应[当该由经]?|须|需|不得|必须|方可|可以|不[予能]|要[先经求由]")
_SHORTEST = 6
_BEHIND = re.compile(r"[（(]\s?(?:见|参见|依据|根据|详见)?\s?\Z")


@dataclass(frozen=True, slots=True)
class Statement:
    """`[start, end)` tells what the mentions provide; `said`: as their content, else only on their basis; `of_case`:
    it says what has to be done in the case at hand."""

    start: int
    end: int
    mentions: tuple[Mention, ...]
    said: bool
    of_case: bool = False


def statement_of(text: str, mentions: tuple[Mention, ...], following: int, preceding: int) -> Statement | None:
    """What is told of mentions. `following`: where the next thing begins; `preceding`: where the last ended."""
    end = mentions[-1].end
    stop = _END.search(text, end)
    limit = min(following, stop.start() if stop else len(text))
    begin = mentions[0].named_from or mentions[0].start
    if _APPLIED.search(text, max(0, begin - 24), begin):
        return None
    says = SAYS.match(text, end)
    if says and says.end() < limit:
        return _told(text, says.end(), limit, mentions, said=True)
    if BASIS.search(text[max(0, begin - 50) : begin].rsplit("\n", 1)[-1]):
        after = AFTER_BASIS.match(text, end)
        if after and after.end() < limit:
            if not _OPENS_WITH_CASE.match(text, after.end()):
                return _told(text, after.end(), limit, mentions, said=False)
            if _NORM.search(text, after.end(), limit) and limit - after.end() >= _SHORTEST:
                return Statement(after.end(), limit, mentions, said=False, of_case=True)
    opened = _BEHIND.search(text[max(0, begin - 6) : begin])
    if opened:
        place = max(0, begin - 6) + opened.start()
        breaks = [m.end() for m in re.finditer(r"[。！？!?；;\n]", text[:place])]
        start = max(breaks[-1] if breaks else 0, preceding)
        return _told(text, start, place, mentions, said=False)
    return None


def _told(text: str, start: int, end: int, mentions: tuple[Mention, ...], *, said: bool) -> Statement | None:
    case = _CASE.search(text, start, end)
    if case:
        end = case.start()
    while start < end and text[start] in " \u3000\t，,；;：:":
        start += 1
    while end > start and text[end - 1] in " \u3000\t，,；;：:（(":
        end -= 1
    return Statement(start, end, mentions, said) if end - start >= _SHORTEST else None
