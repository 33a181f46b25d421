"""A cite-check as plain text, for the screen."""

from assistant.cite_check.models import Action, CiteReport, Finding
from assistant.cite_check.wording import head_of
from assistant.precheck.printable import printable, short


def as_text(report: CiteReport) -> str:
    """The sum, then what needs something done in full, the rest in a line each."""
    lines = [f"依据：《{report.title}》", report.summary.sentence, *(f"注意：{notice}" for notice in report.notices)]
    for finding in report.findings:
        lines += _finding(finding)
    return printable("\n".join(lines)) + "\n"


def _finding(finding: Finding) -> list[str]:
    words = short(" ".join(finding.text.split()), 60)
    first = f"{head_of(finding)} {finding.place}：{words}"
    if finding.action is Action.NONE:
        return [first]
    law = [f"   {w.label}：“{short(' '.join(w.text.split()), 120)}”" for w in finding.law[:2]]
    return [first, f"   {finding.reason}", *law]
