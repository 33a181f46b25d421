"""What is kept of an answer or a pre-check, and what comes after it: feedback, decisions, erasure; and of accounts."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.precheck.models import Report
from assistant.qa.models import Answer, Status

Kind = Literal["answer", "precheck", "feedback", "decision", "annotation", "erasure", "account"]
Channel = Literal["page", "cli", "batch", "api", "mcp"]
Thumb = Literal["up", "down"]

MAX_COMMENT = 500


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class PackStamp(_Frozen):
    """The regulation that something rests on: its text, and the files of knowledge about it, by their digests."""

    pack: str = ""
    version: str = ""
    pack_sha256: str = ""
    files_sha256: dict[str, str] = Field(default={}, description="rules.toml, form.toml, lexicon.toml as loaded")


class Feedback(_Frozen):
    """What the person said of their own answer; of several the last one counts."""

    at: datetime
    thumb: Thumb
    comment: str = ""


class Decision(_Frozen):
    """What staff decided about a record, or about one claim of it.

    `claim` counts from 0 in `statements` of an answer or `checks` of a pre-check; None is the whole. `locator` and
    `document` name the right provision of what is overruled, `status` the right status of an answer, where another
    one is right. An `annotated` one decides nothing.

    `term` is a person's word and `law_term` the law's term for it, proposed for the lexicon; `is_near`: close to it,
    not the same.
    """

    verdict: Literal["confirmed", "overruled", "annotated"]
    by: str = Field(min_length=1, max_length=100)
    note: str = Field(default="", max_length=4000)
    claim: int | None = Field(default=None, ge=0)
    document: str = ""
    locator: str = ""
    status: Status | None = None
    term: str = Field(default="", max_length=24)
    law_term: str = Field(default="", max_length=24)
    is_near: bool = True


class Decided(_Frozen):
    """A decision with its place in the log."""

    entry: str
    at: datetime
    decision: Decision


class AccountChange(_Frozen):
    """What became of an account of the desk. `role` is the one that it has from then on; `by`: who did it."""

    act: Literal["added", "role", "password", "disabled", "enabled"]
    name: str
    role: str
    by: str


class AccountEntry(_Frozen):
    """A change of an account with its place in the log."""

    seq: int
    at: datetime
    change: AccountChange


class Erasure(_Frozen):
    """The tombstone: who erased what a record said, when and why."""

    at: datetime
    by: str
    reason: str


class Record(_Frozen):
    """One answer or pre-check as it was given, with personal details masked, and what was entered about it since.

    `id` is the answer's id; `at` is UTC; `hash` is that of its entry in the log. `status` is the answer's status or
    the pre-check's outcome. Of an erased record only the log's own entry is left: `answer` and `report` are null.
    """

    id: str
    seq: int
    kind: Literal["answer", "precheck"]
    at: datetime
    hash: str
    channel: Channel | None = None
    milliseconds: int | None = Field(default=None, description="how long it took; null where it was not measured")
    status: str = ""
    stamp: PackStamp = PackStamp()
    turns: list[str] = Field(default=[], description="the conversation up to the question, which is the last")
    answer: Answer | None = None
    report: Report | None = None
    feedback: list[Feedback] = []
    decisions: list[Decided] = []
    erased: Erasure | None = None


class Fault(_Frozen):
    """A place at which the log is not what was written. `seq` is the entry's number, null if it is none."""

    seq: int | None
    reason: str


class ChainReport(_Frozen):
    """What became of checking the log from its first entry to its last.

    `head` is the hash of the last entry: noted elsewhere, it shows later whether anything up to it was cut off.
    """

    entries: int
    erased: int
    head_seq: int
    head: str
    faults: list[Fault] = []

    @property
    def is_intact(self) -> bool:
        return not self.faults
