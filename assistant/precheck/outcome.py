"""What the checks of a draft come to, and the one sentence that says first what to do."""

from collections.abc import Iterable, Sequence

from assistant.precheck.models import Check, Outcome
from assistant.rules.rule_schema import Force, Stage

_MISSING = "缺少"
_NAMED = 5


def is_decisive(check: Check) -> bool:
    """Whether the check is of what an applicant must fulfil when applying."""
    return check.stage == Stage.APPLICATION.value and check.force == Force.MUST.value


def outcome_of(checks: Sequence[Check]) -> Outcome:
    """The outcome of a draft that could be read, as the contract defines it."""
    decisive = {check.verdict for check in checks if is_decisive(check)}
    if "not_met" in decisive:
        return "blocked"
    if "missing" in decisive:
        return "incomplete"
    return "review" if any(check.verdict in ("review", "not_met") for check in checks) else "clear"


def summary_of(checks: Sequence[Check]) -> str:
    """What to do, first what decides: 还差5人；缺少技术专家委员会成立情况；另有3项需人工判断。"""
    ranked = sorted(checks, key=lambda check: not is_decisive(check))
    failed = _several([_failure(check) for check in ranked if check.verdict == "not_met"])
    missing = [check for check in ranked if check.verdict == "missing"]
    parts = [*failed, *_missing([c for c in missing if is_decisive(c)])]
    others = [c for c in missing if not is_decisive(c)]
    # What decides nothing yet is named only where nothing else is.
    parts += [f"另有{len(others)}项未提供"] if parts and others else _missing(others)
    reviews = sum(check.verdict == "review" for check in checks)
    if reviews:
        parts.append(f"{'另有' if parts else '有'}{reviews}项需人工判断")
    return "；".join(parts) if parts else "按填报内容没有发现不符合或缺少的事项"


def _several(messages: Iterable[str]) -> list[str]:
    distinct = list(dict.fromkeys(message.rstrip("。；") for message in messages))
    rest = len(distinct) - _NAMED
    return distinct if rest <= 0 else [*distinct[:_NAMED], f"还有{rest}项不符合"]


def _failure(check: Check) -> str:
    """The message, with its subject in front unless it is a gap, which says it by its unit."""
    return check.message if check.gap or check.label in check.message else f"{check.label}{check.message}"


def _missing(checks: Sequence[Check]) -> list[str]:
    """缺少A、B和C as one part; beyond a few only their number."""
    names = list(dict.fromkeys(_matter(check) for check in checks))
    if not names:
        return []
    named = "、".join(names[:_NAMED])
    return [f"{_MISSING}{named}{f'等{len(names)}项' if len(names) > _NAMED else ''}"]


def _matter(check: Check) -> str:
    message = check.message.rstrip("。；")
    return message.removeprefix(_MISSING) if message.startswith(_MISSING) else check.label
