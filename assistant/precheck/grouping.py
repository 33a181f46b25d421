"""The order in which reports show what was found: first what decides, last what is in order."""

from collections.abc import Callable, Iterator, Sequence

from assistant.precheck.models import Check, Verdict
from assistant.precheck.outcome import is_decisive

# The verdict whose look a group has, what it is called, and which checks go into it.
GROUPS: tuple[tuple[Verdict, str, Callable[[Check], bool]], ...] = (
    ("not_met", "申报必备条件：不符合", lambda c: c.verdict == "not_met" and is_decisive(c)),
    ("missing", "申报必备条件：未提供", lambda c: c.verdict == "missing" and is_decisive(c)),
    ("missing", "其他事项：不符合或未提供", lambda c: c.verdict in ("not_met", "missing") and not is_decisive(c)),
    ("review", "需人工判断", lambda c: c.verdict == "review"),
    ("met", "按所填内容符合", lambda c: c.verdict == "met"),
)


def grouped(checks: Sequence[Check]) -> Iterator[tuple[Verdict, str, list[tuple[int, Check]]]]:
    """The groups that have any check, each with its checks and their index in `checks`."""
    for verdict, words, belongs in GROUPS:
        members = [(index, check) for index, check in enumerate(checks) if belongs(check)]
        if members:
            yield verdict, words, members


def untouched(checks: Sequence[Check]) -> list[str]:
    """What does not apply or is no matter of the draft, by name."""
    return [check.label for check in checks if check.verdict == "not_applicable"]
