"""What a pre-check says of one draft, field by field, as other programs read it (the published contract)."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.law.citation import Citation

Outcome = Literal["clear", "review", "incomplete", "blocked", "unreadable"]
Verdict = Literal["met", "not_met", "missing", "review", "not_applicable"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Check(_Frozen):
    """The verdict of one rule on a draft, with the place of the value in the file and the provision it rests on.

    Numbers are plain decimal strings in the rule's unit; an inexact value stands as its raw text. `actual` and
    `found_at` are null where the draft has no value. `label` and `force` are the rule's, in the regulation's words.
    """

    rule: str
    field: str
    label: str
    stage: str
    force: str
    verdict: Verdict
    actual: str | None
    required: str | None
    unit: str | None
    gap: str | None
    message: str
    caveats: list[str] = []
    evidence: list[str] = []
    found_at: str | None = None
    citation: Citation | None = Field(description="null only if the rule's provision is no longer in the regulation")


class Declared(_Frozen):
    """A value as the draft states it: `raw` are the person's words, `value` what was read from them.

    Of two drafts only `value` is compared: numbers in the field's unit, 是 or 否, else the words.
    """

    field: str
    label: str
    raw: str
    value: str
    found_at: str | None = None


class Report(_Frozen):
    """The pre-check of one draft. It says what the declared values come to, never that anything is approved.

    `error` is one sentence if the file is unreadable, else null. `summary` says first what to do. `flags` name
    what a person should look at in the file itself. `notices` are codes (draft_for_comment …) or sentences.
    """

    file: str
    outcome: Outcome
    error: str | None = None
    summary: str = ""
    checks: list[Check] = []
    declared: list[Declared] = []
    flags: list[str] = []
    notices: list[str] = []
    pack: str = ""
    version: str = ""
    pack_sha256: str = Field(default="", description="identifies the text that the draft was checked against")
