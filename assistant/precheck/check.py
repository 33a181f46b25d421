"""The pre-check of one draft: read it, find its facts, hold them against the rules, say what comes of it."""

import os
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from assistant.config import Settings
from assistant.errors import MicError, PackError, UnreadableFileError
from assistant.files.content import Draft
from assistant.files.limits import Limits
from assistant.files.read_draft import ReaderPool, read_draft
from assistant.files.settings_limits import limits_of
from assistant.forms.form_schema import FormSchema, load_form
from assistant.forms.submission import Submission, read_submission
from assistant.law.citation import Citation, make_citation
from assistant.law.installed import load_installed
from assistant.law.locator import Locator
from assistant.law.pack import Pack
from assistant.law.types import LegalStatus
from assistant.precheck.compare import Kinship
from assistant.precheck.models import Check, Declared, Report
from assistant.precheck.outcome import outcome_of, summary_of
from assistant.precheck.printable import one_sentence, printable
from assistant.precheck.wording import flag_sentence
from assistant.rules.evaluate import Finding, actual_of, evaluate, filled
from assistant.rules.rulebook import Rulebook, load_rulebook

_BROKEN = "处理这份文件时程序出错，没有得出结论；请换一种格式另存后再试，或交人工查看。"
_YES_NO = {"true": "是", "false": "否"}


@dataclass(frozen=True)
class Desk:
    """All that a draft is checked with: the regulation, its rules, its form, and what reading may cost.

    `today`: what is dated later is not taken as done; None: the day on which a draft is checked.
    """

    pack: Pack
    rulebook: Rulebook
    schema: FormSchema
    limits: Limits = field(default_factory=Limits)
    today: date | None = None
    _citations: dict[tuple[Locator, int, int], Citation] = field(default_factory=dict, repr=False, compare=False)

    @property
    def kinship(self) -> Kinship:
        """How drafts of one batch are compared."""
        return Kinship(tuple(self.schema.same_matter), tuple(self.schema.exclusive))

    @property
    def notices(self) -> list[str]:
        """What every report says beside its verdicts: the regulation's status, and rules that fell away."""
        status = self.pack.about.status
        codes = [] if status is LegalStatus.IN_FORCE else [status.value]
        return [*codes, *self.rulebook.fallen]

    def citation(self, finding: Finding) -> Citation | None:
        """The rule's words; of a rule whose words are gone, what stands now where they stood, if anything does.

        All reports share one citation a rule: a batch would hold thousands of the same.
        """
        law = self.pack.regulation
        provision = law.get(finding.provision)
        if provision is None:
            return None
        start, end = (finding.start, finding.end) if finding.end else (provision.start, provision.end)
        key = (finding.provision, start, end)
        if key not in self._citations:
            self._citations[key] = make_citation(self.pack, law, provision, start, end, 1)
        return self._citations[key]


def open_desk(settings: Settings, version: str = "", today: date | None = None) -> Desk:
    """The desk of the first regulation that has a form: of its current version, or of the one called `version`.

    Raises PackError if none has one, UsageError if there is no such version.
    """
    for pack in load_installed(settings).chosen(version, today or date.today()):
        desk = desk_of(pack, settings, today)
        if desk is not None:
            return desk
    named = "、".join(path.name for path in settings.pack_paths)
    raise PackError(f"资料包 {named} 没有 form.toml，不能预审", "请补上自评表的定义，或用 MIC_PACK_DIR 换一个资料包。")


def desk_of(pack: Pack, settings: Settings, today: date | None = None) -> Desk | None:
    """The desk of one pack; None if it has no form."""
    schema = load_form(pack)
    return Desk(pack, load_rulebook(pack), schema, limits_of(settings), today) if schema is not None else None


def check_file(path: Path, desk: Desk, name: str = "", readers: ReaderPool | None = None) -> Report:
    """The report of the file at `path`, which goes by `name` in it (else by its own name).

    In: `readers`, where several files are read one after the other; else a process is started for this one.

    A file that cannot be read gives an unreadable report. Raises a MicError only if pack or settings are broken.
    """
    shown = printable(name or path.name)
    try:
        # A reader judges by the extension, which the name has where the file lies under another one.
        called = shown if Path(shown).suffix else path.name
        draft = readers.read(path, called) if readers else read_draft(path, desk.limits, called)
        return check_draft(draft, desk, shown)
    except UnreadableFileError as error:
        return unreadable(shown, desk, one_sentence(error))
    except MicError:
        raise
    except Exception:  # one bad file must not take a batch down with it
        if os.environ.get("MIC_DEBUG") == "1":
            traceback.print_exc(file=sys.stderr)
        return unreadable(shown, desk, _BROKEN)


def check_draft(draft: Draft, desk: Desk, name: str) -> Report:
    """The report of a draft that was read. Raises UnreadableFileError if it is no form at all."""
    return report_of(read_submission(draft, desk.schema, desk.today), desk, name, draft.notes)


def report_of(submission: Submission, desk: Desk, name: str, notes: Sequence[str] = ()) -> Report:
    """The report of what was declared. `notes`: what reading the file left to say."""
    checks = [_check(finding, desk) for finding in evaluate(desk.rulebook, submission.facts)]
    return Report(
        file=printable(name),
        outcome=outcome_of(checks),
        summary=summary_of(checks),
        checks=checks,
        declared=_declared(submission, desk),
        flags=[printable(flag_sentence(flag)) for flag in dict.fromkeys((*submission.flags, *notes))],
        notices=desk.notices,
        pack=desk.pack.id,
        version=desk.pack.version,
        pack_sha256=desk.pack.sha256,
    )


def unreadable(name: str, desk: Desk, error: str) -> Report:
    """The report of a file that could not be read; `error` is one sentence that says why and what to do."""
    return Report(
        file=printable(name),
        outcome="unreadable",
        error=printable(error),
        notices=desk.notices,
        pack=desk.pack.id,
        version=desk.pack.version,
        pack_sha256=desk.pack.sha256,
    )


def _check(finding: Finding, desk: Desk) -> Check:
    return Check(
        rule=finding.rule,
        field=finding.field,
        label=finding.label,
        stage=finding.stage,
        force=finding.force,
        verdict=finding.verdict.value,
        actual=None if finding.actual is None else printable(finding.actual),
        required=finding.required,
        unit=finding.unit,
        gap=finding.gap,
        message=printable(finding.message),
        caveats=[printable(caveat) for caveat in finding.caveats],
        evidence=list(finding.evidence),
        found_at=printable(finding.found_at) or None,
        citation=desk.citation(finding),
    )


def _declared(submission: Submission, desk: Desk) -> list[Declared]:
    """What the draft states, in the form's order."""
    declared = []
    for asked in desk.schema.fields:
        fact = filled(submission.facts.get(asked.id))
        if fact is None:
            continue
        value = actual_of(fact) or ""
        value = _YES_NO.get(value, value)
        words = Declared(
            field=asked.id,
            label=asked.label,
            raw=printable(fact.raw or value),
            value=printable(value),
            found_at=printable(fact.found_at) or None,
        )
        declared.append(words)
    return declared
