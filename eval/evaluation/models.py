"""The evaluation as data. Shares stand with their cases and Wilson's interval; no question is in it, only totals."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from eval.figures import Figure, Figures, Stamp
from eval.question_sets import Split

Measures = dict[str, Figure]


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Category(_Frozen):
    """The questions of one kind."""

    questions: int
    measures: Measures


class SetFigures(_Frozen):
    """One set of questions, or all of one split; docs/evaluation.md says what the measures mean."""

    name: str
    split: Split
    questions: int
    measures: Measures
    categories: dict[str, Category]


class EditFigures(_Frozen):
    """Edited copies of the text of one kind, or `all`."""

    split: Split
    kind: str
    cases: int
    measures: Measures


class BaselineFigures(_Frozen):
    """One way to answer over one split. `threshold`: null where it answers, or keeps silent, whatever it finds."""

    name: str
    mode: Literal["own", "always", "balanced", "matched"]
    split: str
    threshold: float | None
    measures: Measures


class LeftOut(_Frozen):
    """A baseline that was not asked, or not to the end; `why` is for the page's readers."""

    name: str
    why: str


class FloorCheck(_Frozen):
    """One figure against its floor, both as shares."""

    where: str
    measure: str
    share: float
    floor: float
    holds: bool


class Evaluation(_Frozen):
    """One run. `others` were measured by themselves, each with its own stamp."""

    format: Literal[1] = 1
    stamp: Stamp
    pack: str
    pack_title: str
    pack_sha256: str
    embedder: str
    llm: str | None = Field(description="the model behind the baseline citation_engine; the assistant uses none here")
    whole: bool = Field(description="whether all questions were asked and not a few of each set")
    splits: list[SetFigures]
    sets: list[SetFigures]
    regulations: list[SetFigures]
    edits: list[EditFigures]
    baselines: list[BaselineFigures]
    left_out: list[LeftOut]
    consistency: Measures
    dialogues: Figures
    others: list[Figures]
    floors: list[FloorCheck] = []

    def split(self, name: str) -> SetFigures | None:
        return next((s for s in self.splits if s.name == name), None)

    def other(self, name: str) -> Figures | None:
        return next((f for f in self.others if f.name == name), None)
