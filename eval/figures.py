"""Figures as files: what a measuring program found, with the commit and the day it was found at.

Every program that writes tables into eval/results writes `NAME.json` beside them, so that the evaluation's page can
take in what is too slow to be measured each time, and can say how old it is. Only totals are in these files.
"""

import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from assistant.config import PROJECT
from eval.rates import Rate

RESULTS = Path(__file__).parent / "results"
# What a figure depends on, besides its own data.
_ANSWERING = ("assistant", "corpus")


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Figure(_Frozen):
    """`hits` of `of` cases, with their share and its Wilson interval; none where there is no case."""

    hits: float
    of: int
    share: float | None
    wilson95: tuple[float, float] | None

    @classmethod
    def from_rate(cls, rate: Rate) -> "Figure":
        return cls.model_validate(rate.as_json())

    @property
    def rate(self) -> Rate:
        return Rate(self.hits, self.of)


Part = dict[str, Figure | int]
"""A measure's name to its figure, or to a plain count."""


class Stamp(_Frozen):
    """Where and when something was measured. `clean`: nothing that answers had changes without a commit."""

    commit: str
    clean: bool
    day: date

    def is_of_now(self) -> bool:
        """Whether what answers is still as it was. False too where that cannot be told."""
        if not self.clean or self.commit == "unknown":
            return False
        return _git("diff", "--quiet", self.commit, "--", *_ANSWERING) is not None


class Figures(_Frozen):
    """What one program found, by part (dev, test …). `about` says of what, in words for a reader."""

    name: str
    stamp: Stamp
    about: dict[str, str] = Field(default={})
    parts: dict[str, Part]


def stamp_now(day: date | None = None) -> Stamp:
    """The commit that is checked out; `unknown` where there is no git."""
    commit = (_git("rev-parse", "HEAD") or "").strip()
    clean = _git("diff", "--quiet", "HEAD", "--", *_ANSWERING) is not None
    return Stamp(commit=commit or "unknown", clean=clean, day=day or date.today())


def write_figures(
    name: str,
    parts: Mapping[str, Mapping[str, Rate | int]],
    about: Mapping[str, str] | None = None,
    folder: Path = RESULTS,
) -> None:
    """Writes `name`.json into the folder."""
    found = {part: {k: _figure(v) for k, v in measured.items()} for part, measured in parts.items()}
    figures = Figures(name=name, stamp=stamp_now(), about=dict(about or {}), parts=found)
    (folder / f"{name}.json").write_text(figures.model_dump_json(indent=1) + "\n", encoding="utf-8")


def read_figures(name: str, folder: Path = RESULTS) -> Figures | None:
    """What was last written under a name; None if nothing was. Raises if it is something else."""
    path = folder / f"{name}.json"
    return Figures.model_validate_json(path.read_text(encoding="utf-8")) if path.is_file() else None


def _figure(value: Rate | int) -> Figure | int:
    return Figure.from_rate(value) if isinstance(value, Rate) else value


def _git(*arguments: str) -> str | None:
    """What git says, or None where it fails or is not there."""
    try:
        done = subprocess.run(["git", "-C", str(PROJECT), *arguments], capture_output=True, text=True, check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
