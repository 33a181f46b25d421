"""One statement against the quotes it cites."""

from collections.abc import Sequence

from assistant.verify.support import SUPPORTED, Reason, Support, unsupported


def verify(statement: str, quotes: Sequence[str], *, known: Sequence[str] = (), labels: Sequence[str] = ()) -> Support:
    """Whether `quotes` support `statement`; what they do not show is not supported.

    `known` are further texts that may supply facts: what the person said of themselves, and findings of the rules
    (还差5人). `labels` are the names of the cited provisions (第七条第（四）项), which the statement may mention.
    """
    del known, labels
    said = statement.strip().rstrip("。；;.")
    if not said or not any(q.strip() for q in quotes):
        return unsupported(Reason.NO_QUOTE, said)
    if any(said in quote for quote in quotes):
        return SUPPORTED
    return unsupported(Reason.ADDED, said)
