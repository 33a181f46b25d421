"""What an answer is, field by field, as other programs read it (the published contract)."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Status = Literal["answered", "not_covered", "needs_facts", "out_of_scope"]
Verdict = Literal["met", "not_met", "missing", "review", "not_applicable"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Citation(_Frozen):
    """A quote and where it stands: `quote` is the document's canonical text at `[start, end)`."""

    n: int = Field(ge=1)
    pack: str
    version: str
    document: str
    locator: str
    label: str
    article: int | None = None
    branch: int | None = None
    paragraph: int | None = None
    item: int | None = None
    subitem: int | None = None
    quote: str = Field(min_length=1)
    start: int = Field(ge=0)
    end: int = Field(ge=1)


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
