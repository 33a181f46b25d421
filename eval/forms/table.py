"""The table of draft forms (cases.toml, hand/expected.toml) as typed data."""

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

FOLDER = Path(__file__).parent
HAND = FOLDER / "hand"
Split = Literal["dev", "test", "fresh", "unseen"]
SPLITS: tuple[Split, ...] = ("dev", "test", "fresh", "unseen")
# Parts with a table and a folder of their own.
APART: tuple[Split, ...] = ("fresh", "unseen")
VERDICTS = frozenset({"met", "not_met", "missing", "review", "not_applicable"})


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Expectation(_Frozen):
    """The verdicts that are right for one field, and the value as the report should state it (None: not compared)."""

    verdicts: tuple[str, ...]
    actual: str | None = None

    @classmethod
    def parse(cls, text: str) -> "Expectation":
        """Reads "not_met 79" or "review|met": verdicts, then the value. Raises ValueError for any other verdict."""
        verdicts, _, actual = text.partition(" ")
        unknown = set(verdicts.split("|")) - VERDICTS
        if unknown:
            raise ValueError(f"unknown verdict: {', '.join(sorted(unknown))}")
        return cls(verdicts=tuple(verdicts.split("|")), actual=actual or None)


def _expectations(value: object) -> object:
    if isinstance(value, dict):
        return {field: Expectation.parse(v) if isinstance(v, str) else v for field, v in value.items()}
    return value


class Layout(_Frozen):
    """Where labels and values stand; README.md explains the shapes and their options."""

    format: str
    shape: str
    forms: int
    columns: int = 2
    head: tuple[str, ...] = ()
    serial: bool = False
    remark: bool = False
    numbered: bool = False
    marks: str = ""
    typed: bool = False
    sheet: int = 1
    left: int = 1
    below: int = 1
    encoding: str = "utf-8"
    skew: float = 0.0
    noise: int = 0
    jpeg: int = 0

    @property
    def name(self) -> str:
        words = {"units": "", "pairs": f"-{self.columns}", "on_top": ""}
        return f"{self.shape}{words.get(self.shape, '')}{'-marks' if self.marks else ''}"


class Value(_Frozen):
    """What may stand in a field, and what it comes to."""

    text: str
    expect: Expectation
    bare: str | None = None
    label: str | None = None
    unit: str | None = None
    beside: tuple[tuple[str, str], ...] = ()
    tick: str | None = None
    org: str | None = None

    @field_validator("expect", mode="before")
    @classmethod
    def _parse(cls, value: object) -> object:
        return Expectation.parse(value) if isinstance(value, str) else value


class Prose(_Frozen):
    """A text without labels."""

    format: str
    text: str
    expect: dict[str, Expectation]

    _parse = field_validator("expect", mode="before")(_expectations)


class Table(_Frozen):
    """All of cases.toml, fresh.toml or unseen.toml. Every field of a section has labels and values in each split."""

    sections: dict[str, tuple[str, ...]]
    units: dict[str, str]
    silence: dict[str, Expectation]
    choices: dict[str, tuple[str, ...]]
    distractors: dict[Split, tuple[tuple[str, str], ...]]
    layouts: dict[Split, tuple[Layout, ...]]
    labels: dict[Split, dict[str, tuple[str, ...]]]
    values: dict[Split, dict[str, tuple[Value, ...]]]
    prose: dict[Split, tuple[Prose, ...]]

    _parse = field_validator("silence", mode="before")(_expectations)

    @field_validator("labels", "values")
    @classmethod
    def _complete(cls, value: dict[Split, dict[str, object]], info: ValidationInfo) -> dict[Split, dict[str, object]]:
        fields = {field for names in info.data["sections"].values() for field in names}
        for split, entries in value.items():
            if set(entries) != fields:
                raise ValueError(f"{info.field_name}.{split} differs in {sorted(set(entries) ^ fields)}")
        return value

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(field for names in self.sections.values() for field in names)

    def silent(self, field: str) -> Expectation:
        """What a form that does not name the field comes to."""
        return self.silence.get(field, Expectation(verdicts=("missing",)))

    def is_choice(self, field: str, split: Split) -> bool:
        """Whether boxes can be ticked for the field."""
        return any(value.tick is not None for value in self.values[split][field])


class HandForm(_Frozen):
    """One entry of hand/expected.toml: a committed file and how it was made. Fields not named are missing.

    `office`: only LibreOffice can read it. `readable`: false where the file is no form or broken.
    """

    file: str
    split: Split
    about: str = ""
    scan: bool = False
    office: bool = False
    readable: bool = True
    expect: dict[str, Expectation] = Field(default_factory=dict)

    _parse = field_validator("expect", mode="before")(_expectations)

    @property
    def kind(self) -> str:
        return "scan" if self.scan else Path(self.file).suffix[1:].lower()


@cache
def load_table(split: Split = "dev") -> Table:
    """The table that has the part: a part that stands apart shares nothing with cases.toml."""
    name = f"{split}.toml" if split in APART else "cases.toml"
    return Table.model_validate(tomllib.loads((FOLDER / name).read_text(encoding="utf-8")))


def hand_folder(split: Split) -> Path:
    return FOLDER / f"hand-{split}" if split in APART else HAND


@cache
def load_hand(split: Split = "dev") -> tuple[HandForm, ...]:
    """The entries beside the hand-made forms of the part; dev and test have theirs in one file."""
    entries = tomllib.loads((hand_folder(split) / "expected.toml").read_text(encoding="utf-8"))["forms"]
    return tuple(HandForm.model_validate(entry) for entry in entries)


def as_number(text: str) -> Decimal | None:
    """The number that a person would type for it, or None."""
    plain = text.replace(",", "")
    return Decimal(plain) if plain.replace(".", "", 1).isascii() and plain.replace(".", "", 1).isdigit() else None
