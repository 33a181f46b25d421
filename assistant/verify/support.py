"""What a check says about a statement."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a statement is not supported."""

    NO_QUOTE = "no_quote"  # nothing is cited, or nothing is said
    MARKUP = "markup"  # markup, links, contacts, instructions
    NUMBER = "number"  # an amount, count, share or score that is in no quote, or bound the other way
    PERIOD = "period"  # a date or a length of time that is in no quote
    ARTICLE = "article"  # a provision or a law that is not among those cited
    SUBJECT = "subject"  # an organ, person, name or thing that is in no quote, or acts in another's place
    POLARITY = "polarity"  # 应当 for 可以, 不得 for 可以, 报备 for 审批, 以上 for 以下
    PROMISE = "promise"  # assurances that no law gives: 一定能批下来
    ADDED = "added"  # a condition, consequence, exception or other content of its own
    DROPPED = "dropped"  # leaves out 原则上, 重大, 经…审核 and so says more than the law
    QUOTE = "quote"  # passes for the law's words and is not: in quotation marks, or but for a character or two
    LANGUAGE = "language"  # a text in another language than the quotes that is no fixed frame around them


@dataclass(frozen=True, slots=True)
class Support:
    """Whether the quotes support a statement; if not, why, with the words it is about for the log."""

    ok: bool
    reason: Reason | None = None
    detail: str = ""


SUPPORTED = Support(True)


def unsupported(reason: Reason, detail: str) -> Support:
    return Support(False, reason, detail)
