"""Drafts under two versions of a regulation: which verdicts differ, and why."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.errors import MicError, UnreadableFileError
from assistant.files.content import Draft
from assistant.files.read_draft import ReaderPool
from assistant.precheck.check import Desk, check_draft, unreadable
from assistant.precheck.inputs import Input
from assistant.precheck.models import Check, Outcome, Report, Verdict
from assistant.precheck.printable import one_sentence
from assistant.precheck.wording import basis_in_words, requirement_in_words
from assistant.rules.rulebook import Rule
from assistant.versions.compare import version_info
from assistant.versions.models import VersionInfo
from assistant.versions.touched import requirement_change

_BROKEN = "处理这份文件时程序出错，没有得出结论；请换一种格式另存后再试，或交人工查看。"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class VerdictChange(_Frozen):
    """A rule that comes out differently. The verdict is `absent` where a version has no such rule."""

    rule: str
    field: str
    label: str
    stage: str
    actual: str | None
    unit: str | None
    old_verdict: Verdict | Literal["absent"]
    new_verdict: Verdict | Literal["absent"]
    old_required: str
    new_required: str
    old_basis: str
    new_basis: str
    why: str


class DraftChanges(_Frozen):
    """One draft under both versions; `changes` are the rules that differ, in the order of the new version's."""

    file: str
    error: str | None = None
    old: VersionInfo
    new: VersionInfo
    old_outcome: Outcome
    new_outcome: Outcome
    changes: list[VerdictChange] = []
    same: int = Field(default=0, description="rules that come out the same")


def check_both(
    inputs: Sequence[Input], old: Desk, new: Desk, tell: Callable[[int, int, str], None]
) -> list[DraftChanges]:
    """Every draft under both versions, in order; each is read once. `tell`: how many are done, of how many, a name."""
    cores, results = os.cpu_count() or 1, []
    with ReaderPool(new.limits, cores) as readers, ThreadPoolExecutor(cores) as pool:
        for done in pool.map(lambda one: _both(one, old, new, readers), inputs):
            results.append(done)
            tell(len(results), len(inputs), done.file)
    return results


def _both(one: Input, old: Desk, new: Desk, readers: ReaderPool) -> DraftChanges:
    error, draft = one.error, None
    if not error:
        try:
            draft = readers.read(one.path, one.name if Path(one.name).suffix else one.path.name)
        except MicError as failure:
            error = one_sentence(failure)
        except Exception:  # one bad file must not take a batch down with it
            error = _BROKEN
    return changes_of(_report(draft, old, one.name, error), _report(draft, new, one.name, error), old, new)


def _report(draft: Draft | None, desk: Desk, name: str, error: str) -> Report:
    try:
        return check_draft(draft, desk, name) if draft else unreadable(name, desk, error)
    except UnreadableFileError as failure:
        return unreadable(name, desk, one_sentence(failure))


def changes_of(before: Report, after: Report, old: Desk, new: Desk) -> DraftChanges:
    """What differs between two reports on one draft."""
    rules = ({r.id: r for r in old.rulebook.rules}, {r.id: r for r in new.rulebook.rules})
    pairs = list(_paired(before.checks, after.checks))
    unread = before.outcome == "unreadable" or after.outcome == "unreadable"
    changes = [] if unread else [_change(a, b, rules) for a, b in pairs if _differs(a, b)]
    return DraftChanges(
        file=after.file,
        error=after.error or before.error,
        old=version_info(old.pack),
        new=version_info(new.pack),
        old_outcome=before.outcome,
        new_outcome=after.outcome,
        changes=changes,
        same=0 if unread else len(pairs) - len(changes),
    )


def _paired(before: Sequence[Check], after: Sequence[Check]) -> Iterator[tuple[Check | None, Check | None]]:
    earlier = {check.rule: check for check in before}
    later = {check.rule for check in after}
    yield from ((earlier.get(check.rule), check) for check in after)
    yield from ((check, None) for check in before if check.rule not in later)


def _differs(before: Check | None, after: Check | None) -> bool:
    return before is None or after is None or before.verdict != after.verdict


def _basis(check: Check | None) -> str:
    """The provision and its words; where a whole article is quoted its number stands once."""
    label, quote = basis_in_words(check) if check else ("", "")
    return f"{label}：{quote.removeprefix(label).strip()}" if label else ""


def _change(before: Check | None, after: Check | None, rules: tuple[dict[str, Rule], dict[str, Rule]]) -> VerdictChange:
    shown = after or before
    assert shown is not None  # noqa: S101 - a pair has one of them
    return VerdictChange(
        rule=shown.rule,
        field=shown.field,
        label=shown.label,
        stage=shown.stage,
        actual=(after and after.actual) or (before and before.actual),
        unit=shown.unit,
        old_verdict=before.verdict if before else "absent",
        new_verdict=after.verdict if after else "absent",
        old_required=requirement_in_words(before) if before else "",
        new_required=requirement_in_words(after) if after else "",
        old_basis=_basis(before),
        new_basis=_basis(after),
        why=_why(before, after, rules[0].get(shown.rule), rules[1].get(shown.rule)),
    )


def _why(before: Check | None, after: Check | None, old: Rule | None, new: Rule | None) -> str:
    if before is None or after is None:
        return "旧版本没有这一条规则" if before is None else "新版本没有这一条规则"
    if (new and new.disabled) or (old and old.disabled):
        return next(rule.disabled for rule in (new, old) if rule and rule.disabled)
    changed = requirement_change(old.reading, new.reading) if old and new and old.reading and new.reading else ""
    if changed:
        return f"要求由{changed.replace(' → ', '变为')}{new.entry.unit if new else ''}"
    if before.actual != after.actual:
        return f"两个版本的自评表对这一项的读法不同：“{before.actual or '（无）'}”与“{after.actual or '（无）'}”"
    if old and new and old.entry != new.entry:
        return "规则本身改过（rules.toml）"
    return after.message or before.message
