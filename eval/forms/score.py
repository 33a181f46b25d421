"""Holding one report against what a form should come to, field by field."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.precheck.models import Check, Report
from assistant.precheck.outcome import outcome_of
from eval.forms.table import Expectation
from eval.forms_make import Form

# `unsure` is a scan's value read rightly and left to a person because it was read with little confidence.
Mark = Literal["right", "unsure", "wrong"]
_GRAVEST = ("not_met", "missing", "review", "met", "not_applicable")
LOW_CONFIDENCE = "置信度"
_YES_NO = {"true": ("是", "有"), "false": ("否", "无")}


@dataclass(frozen=True)
class FieldScore:
    """How one field did. `value_right` is None where no value was to be compared."""

    form: str
    field: str
    ocr: bool
    mark: Mark
    false_met: bool
    value_right: bool | None
    reason: str


@dataclass(frozen=True)
class FormScore:
    """How one file did. `seconds` is the time of the whole pre-check of the file, wall clock."""

    form: Form
    fields: tuple[FieldScore, ...]
    outcome_right: bool
    seconds: float
    error: str | None = None


def score_form(form: Form, report: Report, seconds: float) -> FormScore:
    """Scores a report. A file that should be unreadable is right if it is, and has no fields."""
    if not form.readable:
        unread = report.outcome == "unreadable" and bool(report.error) and not report.checks
        error = None if unread else f"outcome {report.outcome}, expected unreadable"
        return FormScore(form, (), unread, seconds, error)
    fields = tuple(_score_field(form, field, wanted, report) for field, wanted in form.expect.items())
    follows = report.outcome != "unreadable" and report.outcome == outcome_of(report.checks)
    return FormScore(form, fields, follows, seconds, report.error)


def gravest(checks: Iterable[Check]) -> Check | None:
    """The check that a field is judged by where several stand for it."""
    return min(checks, key=lambda check: _GRAVEST.index(check.verdict), default=None)


def _score_field(form: Form, field: str, wanted: Expectation, report: Report) -> FieldScore:
    check = gravest(c for c in report.checks if c.field == field)
    if check is None:
        return FieldScore(form.id, field, form.ocr, "wrong", False, None, report.error or "no check")
    right = check.verdict in wanted.verdicts
    same = None if wanted.actual is None else _same(check.actual, wanted.actual)
    mark: Mark = "right" if right else "wrong"
    unsure = not right and form.ocr and check.verdict == "review" and _low_confidence(check)
    if unsure and (same is True or _stands_for(form, field, check)):
        mark = "unsure"
    reason = ""
    if mark == "wrong" or same is False:
        reason = f"{check.verdict} {check.actual!r}, expected {'|'.join(wanted.verdicts)} {wanted.actual or ''}".strip()
    return FieldScore(form.id, field, form.ocr, mark, check.verdict == "met" and not right, same, reason)


def _low_confidence(check: Check) -> bool:
    return any(LOW_CONFIDENCE in words for words in (check.message, *check.caveats))


def _stands_for(form: Form, field: str, check: Check) -> bool:
    """Whether the value was read as it stands in the form, of fields whose value is no number."""
    truth = form.written.get(field)
    return bool(truth) and check.actual is not None and any(_same(check.actual, t) for t in truth or ())


def _same(actual: str | None, wanted: str) -> bool:
    if actual is None:
        return False
    return _plain(wanted) in {_plain(a) for a in (actual, *_YES_NO.get(actual, ()))}


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def failures(scores: Sequence[FormScore]) -> list[str]:
    """What went wrong, a line each; of the held-out parts nothing."""
    lines = []
    for score in scores:
        if score.form.split != "dev":
            continue
        if score.error:
            lines.append(f"{score.form.id}: {score.error}")
        elif not score.outcome_right:
            lines.append(f"{score.form.id}: the outcome does not follow from the checks")
        lines += [f"{f.form}: {f.field}: {f.reason}" for f in score.fields if f.reason and not score.error]
    return lines
