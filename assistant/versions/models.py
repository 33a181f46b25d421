"""What two versions of a regulation differ in, as other programs read it (the published schema pack-diff.json)."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal["unchanged", "reworded", "moved", "renumbered", "split", "merged", "added", "removed"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Segment(_Frozen):
    """A stretch of words: in both texts, only in the old one, or only in the new one."""

    op: Literal["same", "removed", "added"]
    text: str


class FigureChange(_Frozen):
    """A figure as it stood and as it stands; "" where one of them is not there."""

    old: str
    new: str


class Side(_Frozen):
    """A provision of one of the texts. `text`: its own words, without its number and without provisions below it;
    `start` and `end`: where it stands with all of that in its document."""

    locator: str
    label: str
    text: str
    start: int
    end: int


class Entry(_Frozen):
    """What became of a provision. `kind` is the most telling word for it; a reworded one may have moved as well.

    `segments` and `figures` are of the words of all old provisions against those of all new ones.
    """

    kind: Kind
    reworded: bool = False
    moved: bool = False
    renumbered: bool = False
    old: list[Side] = []
    new: list[Side] = []
    segments: list[Segment] = []
    figures: list[FigureChange] = []


class TouchedRule(_Frozen):
    """A rule of the old version, held against the new text by the rulebook's own loader.

    `state`: `gone`: its words no longer stand, so it does not load and its verdict is `review` until somebody has
    reviewed it; `changed`: it stands and what it requires is another; `moved`: it stands elsewhere; `reworded`: it
    stands and the words around it changed. `before`, `after`: what it requires. `by`: whose rules.toml it was read
    from for the new text.
    """

    rule: str
    label: str
    field: str
    state: Literal["gone", "changed", "moved", "reworded"]
    before: str
    after: str
    old_provision: str
    new_provision: str
    quote: str
    reason: str
    by: Literal["old", "new"]


class TouchedField(_Frozen):
    """A form field whose provision is no longer there, stands elsewhere, or says something else."""

    field: str
    label: str
    old_provision: str
    new_provision: str
    reason: str


class TouchedTerm(_Frozen):
    """A lexicon entry whose term has left the text (`gone`), or whose everyday words now stand in the text themselves
    (`now_law`) and may mean something of their own there."""

    law: str
    said: list[str]
    state: Literal["gone", "now_law"]
    reason: str


class TouchedCase(_Frozen):
    """A question of an evaluation file, or a recorded answer, that rests on provisions that changed."""

    source: str
    id: str
    question: str
    provisions: list[str] = Field(description="labels in the old text")
    kinds: list[Kind]


class VersionInfo(_Frozen):
    """Which text one side is."""

    pack: str
    version: str
    title: str
    status: str
    effective: str
    sha256: str


class PackDiff(_Frozen):
    """The whole comparison. `counts`: entries of each kind. `entries`: in the order of the new text."""

    old: VersionInfo
    new: VersionInfo
    counts: dict[Kind, int]
    entries: list[Entry]
    rules: list[TouchedRule] = []
    fields: list[TouchedField] = []
    terms: list[TouchedTerm] = []
    cases: list[TouchedCase] = []
    answers: list[TouchedCase] = []
    notices: list[str] = []
