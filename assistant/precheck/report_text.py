"""Reports for the screen of a terminal."""

from collections.abc import Sequence

from assistant.precheck.models import Check, Report
from assistant.precheck.wording import (
    MARK,
    NO_APPROVAL,
    OUTCOME,
    VERDICT,
    actual_in_words,
    basis_in_words,
    notice_sentence,
    place_in_words,
    requirement_in_words,
)


def as_text(reports: Sequence[Report], *, in_full: bool) -> str:
    """What to do for each draft, with `in_full` every check that applies, too; at the end the notices of all."""
    lines: list[str] = []
    for report in reports:
        lines.append(f"{report.file}：{OUTCOME[report.outcome]}。{(report.error or report.summary).rstrip('。')}。")
        lines += [f"  ！请人工查看：{flag}" for flag in report.flags]
        if in_full:
            touched = [check for check in report.checks if check.verdict != "not_applicable"]
            lines += [line for check in touched for line in _check(check)]
            rest = len(report.checks) - len(touched)
            lines += (
                [f"  {MARK['not_applicable']} 不适用或表中没有涉及的另有{rest}项，见 --json 或 --out。"] if rest else []
            )
            lines.append("")
    notices = dict.fromkeys(notice for report in reports for notice in report.notices)
    lines += [f"注意：{words}" for notice in notices if (words := notice_sentence(notice))]
    return "\n".join([*lines, NO_APPROVAL]) + "\n"


def _check(check: Check) -> list[str]:
    actual, required = actual_in_words(check), requirement_in_words(check)
    place = place_in_words(check.found_at)
    label, quote = basis_in_words(check)
    stated = f"所填：{actual}{f'（{place}）' if place else ''}" if actual else ""
    asked = f"要求：{required}" if required else ""
    return [
        f"  {MARK[check.verdict]} {VERDICT[check.verdict]}　{check.label}：{check.message}",
        *(f"      {'，'.join(words)}" for words in [[w for w in (stated, asked) if w]] if words),
        *(f"      {caveat}" for caveat in check.caveats),
        *([f"      依据{label}：“{quote}”"] if quote else []),
    ]
