"""What an answer is, field by field, as other programs read it (the published contract)."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.law.citation import Citation

Status = Literal["answered", "not_covered", "needs_facts", "out_of_scope"]
Verdict = Literal["met", "not_met", "missing", "review", "not_applicable"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Statement(_Frozen):
    """An asserting sentence, without markers, and the numbers of the citations it rests on."""

    text: str = Field(min_length=1)
    citations: list[int] = Field(min_length=1)


class Assessment(_Frozen):
    """The verdict of one rule on the person's own facts."""

    rule: str
    field: str
    verdict: Verdict
    actual: str | None
    required: str | None
    unit: str | None
    gap: str | None
    message: str
    caveats: list[str] = []
    citations: list[int] = []


class RelatedProvision(_Frozen):
    """A provision near to the question that does not settle it."""

    document: str
    locator: str
    label: str
    quote: str


class StatedFact(_Frozen):
    """What was understood of one field: `value` in words, `raw` as it was said."""

    field: str
    label: str
    value: str
    raw: str


class Asked(_Frozen):
    """The question to the person; `choices` are answers that may be picked, where that is a list."""

    fields: list[str]
    question: str
    choices: list[str] = []


class LedgerRow(_Frozen):
    """One criterion: its verdict, what was stated, what it falls short by, and what to do next."""

    rule: str
    field: str
    label: str
    stage: str
    force: str
    verdict: Verdict
    value: str
    gap: str
    message: str
    basis: str
    next_step: str


class Flip(_Frozen):
    """A verdict under a supposition, beside the verdict on what is stated."""

    rule: str
    field: str
    label: str
    before: Verdict
    after: Verdict
    value_before: str
    value_after: str


class InterviewState(_Frozen):
    """Where an interview stands: what is known, what is asked, the ledger; `flips` of the last turn's supposition.

    `paused`: the last turn was another question. `complete`: nothing is left to ask.
    """

    move: str
    paused: bool = False
    complete: bool = False
    facts: list[StatedFact] = []
    asked: Asked | None = None
    ledger: list[LedgerRow] = []
    judged: list[str] = Field(default=[], description="criteria that the form is not asked for and a person judges")
    flips: list[Flip] = []


WITHHELD = "withheld"
"""`provenance.fallback` of an abstention that stands in for an answer which did not pass the check."""


class Provenance(_Frozen):
    """Which parts made the answer. `dropped` counts statements that failed the check."""

    composer: str = "extractive"
    fallback: str | None = None
    dropped: int = 0
    embedder: str
    pack_sha256: str


class Answer(_Frozen):
    """The answer to the last turn of a conversation."""

    id: str
    question: str
    status: Status
    answer: str
    statements: list[Statement] = []
    citations: list[Citation] = []
    assessments: list[Assessment] = []
    interview: InterviewState | None = Field(default=None, description="null outside an interview on eligibility")
    unsettled: list[str] = []
    related: list[RelatedProvision] = []
    authority: list[Citation] = []
    background: list[Citation] = []
    notices: list[str] = []
    provenance: Provenance
