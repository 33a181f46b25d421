"""What is said of one finding before it has a number: verdict, reason, and the law's words that show it."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.cite_check.law_text import LawText
from assistant.cite_check.models import Action, Difference, LawWords, Verdict
from assistant.law.types import Provision


@dataclass(frozen=True, slots=True)
class Judgement:
    verdict: Verdict
    action: Action
    reason: str
    law: tuple[LawWords, ...] = ()
    differences: tuple[Difference, ...] = ()
    omitted: tuple[str, ...] = ()


def words_at(law: LawText, start: int, end: int) -> LawWords:
    """The law's words at a span, with the innermost provision around it."""
    holder = law.holder(start, end)
    return LawWords(
        document=law.document.id,
        locator=str(holder.locator) if holder else "",
        label=holder.label if holder else law.document.title,
        text=law.document.text[start:end],
        start=start,
        end=end,
    )


def words_of(law: LawText, provision: Provision) -> LawWords:
    return words_at(law, provision.start, provision.end)


def labels(words: Sequence[LawWords]) -> str:
    """第六条第（四）项、第六条第（五）项."""
    return "、".join(dict.fromkeys(w.label for w in words))


def inside(span: tuple[int, int], cited: Sequence[Provision]) -> bool:
    return any(p.start <= span[0] and span[1] <= p.end for p in cited)
