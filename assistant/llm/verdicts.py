"""What a statement says of the person's own facts, against what the rules found."""

import re
from collections.abc import Sequence

from assistant.llm.established import Established, Finding, Source, Worded

# What verdicts are said with, once the law's own words are taken out of a statement.
_FAILS = re.compile(
    r"不(?:满足|符合|达标|具备|合格|够|到|足)|(?:未|没有?|尚未|没能)(?:满足|符合|达到|达标|具备)|还?差|缺|不行|低于|少于|达不到"
)
_PASSES = re.compile(r"满足|符合|达到|达标|具备|合格|足够|够|超过|没(?:有)?问题|可以|通过")
_JUDGED = re.compile(r"人工|核对|核实|判断|研判")


def agrees(said: Worded, established: Established) -> bool:
    """Whether a statement says of the person's facts what the rules found, and nothing where they found nothing."""
    if not established.findings:
        return True
    sources = established.cited(said.citations)
    own = own_words(said.text, sources)
    about = [f for f in established.findings if set(f.sources) & set(said.citations)]
    fails = bool(_FAILS.search(own))
    passes = bool(_PASSES.search(_FAILS.sub("", own)))
    for finding in about:
        if (fails and finding.verdict != "not_met") or (passes and finding.verdict != "met"):
            return False
    return bool(about) or not (fails or passes)


def tells(said: Worded, finding: Finding, established: Established) -> bool:
    """Whether a statement gives a verdict, with what falls short."""
    if not set(finding.sources) & set(said.citations):
        return False
    own = own_words(said.text, established.cited(said.citations))
    match finding.verdict:
        case "not_met":
            return bool(_FAILS.search(own)) and finding.gap in said.text
        case "met":
            return bool(_PASSES.search(_FAILS.sub("", own)))
        case _:
            return bool(_JUDGED.search(own))


def own_words(text: str, sources: Sequence[Source]) -> str:
    """What is left of a statement without the words that stand in the quotes."""
    for source in sources:
        for clause in sorted(re.split(r"[，。；：、“”（）]", source.quote), key=len, reverse=True):
            if len(clause) >= 4:
                text = text.replace(clause, "")
    return re.sub(r"不(?:少于|低于|超过|足)[^，。；]{0,12}", "", text)
