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
    unsettled: list[str] = []
    related: list[RelatedProvision] = []
    authority: list[Citation] = []
    background: list[Citation] = []
    notices: list[str] = []
    provenance: Provenance
