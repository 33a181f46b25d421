"""Edited copies of the project's own regulation: the answer has to follow the text, not what was once learnt of it.

`change` replaces what the text says, `insert` settles what was open, `remove` takes a provision out.
"""

import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from llama_index.core.base.embeddings.base import BaseEmbedding
from pydantic import BaseModel, ConfigDict

from assistant.config import PROJECT, Settings
from assistant.files.source_text import read_source
from assistant.qa.models import Answer
from eval.cases import FOLDER
from eval.question_sets import Progress, Split
from eval.rates import Rate, rate
from eval.subject import Subject, beside, open_subject

PACK = PROJECT / "corpus" / "liaoning-mic"
SOURCE = "source/liaoning-mic-measures.source.txt"
KINDS = ("change", "insert", "remove")


class EditError(Exception):
    """An edit does not fit the text it is meant for. The message names the case, not its words."""


class Edit(BaseModel):
    """Every occurrence of `find` becomes `replace`."""

    model_config = ConfigDict(frozen=True)

    find: str
    replace: str


class Counterfactual(BaseModel):
    """One line of counterfactuals.jsonl; the fields are described in regulations/README.md."""

    model_config = ConfigDict(frozen=True)

    id: str
    split: Split
    kind: str
    edits: list[Edit]
    turns: list[str]
    status_before: str
    status_after: str
    quote_after: str | None = None
    absent_after: str | None = None


@dataclass(frozen=True)
class Outcome:
    """The two answers to one question, before and after the edit."""

    case: Counterfactual
    before: Answer
    after: Answer
    verbatim: Rate

    @property
    def before_right(self) -> bool:
        return self.before.status == self.case.status_before

    @property
    def after_right(self) -> bool:
        return self.after.status == self.case.status_after

    @property
    def quote_right(self) -> bool | None:
        wanted = self.case.quote_after
        return any(wanted in c.quote for c in self.after.citations) if wanted else None

    @property
    def absence_right(self) -> bool | None:
        """Whether neither the answer's words nor its quotes still say what the edit took out."""
        gone = self.case.absent_after
        said = [self.after.answer, *(c.quote for c in self.after.citations)]
        return not any(gone in text for text in said) if gone else None

    @property
    def passed(self) -> bool:
        parts = (self.before_right, self.after_right, self.quote_right, self.absence_right)
        return all(part is not False for part in parts)

    @property
    def reason(self) -> str:
        reasons = []
        if not self.before_right:
            reasons.append(f"before: {self.before.status}, expected {self.case.status_before}")
        if not self.after_right:
            reasons.append(f"after: {self.after.status}, expected {self.case.status_after}")
        if self.quote_right is False:
            reasons.append(f"no quote after has {self.case.quote_after!r}")
        if self.absence_right is False:
            reasons.append(f"the answer after still has {self.case.absent_after!r}")
        return "; ".join(reasons)


@dataclass(frozen=True)
class KindResult:
    """The outcomes of one kind of edit in one split, or of all kinds together."""

    kind: str
    split: Split
    outcomes: tuple[Outcome, ...]

    @property
    def rates(self) -> dict[str, Rate]:
        return {
            "status_before": rate(o.before_right for o in self.outcomes),
            "status_after": rate(o.after_right for o in self.outcomes),
            "quote_after": rate(o.quote_right for o in self.outcomes),
            "absent_after": rate(o.absence_right for o in self.outcomes),
            "passed": rate(o.passed for o in self.outcomes),
        }

    @property
    def verbatim(self) -> Rate:
        return Rate(sum(o.verbatim.hits for o in self.outcomes), sum(o.verbatim.of for o in self.outcomes))

    def failures(self) -> list[str]:
        """The failing cases with their reasons; none of the held-out split."""
        if self.split != "dev":
            return []
        failed = [o for o in self.outcomes if not o.passed]
        return [f"{o.case.id} [{o.case.kind}] {' | '.join(o.case.turns)}\n    {o.reason}" for o in failed]


def load_counterfactuals(path: Path, splits: Sequence[Split]) -> list[Counterfactual]:
    lines = path.read_text(encoding="utf-8").splitlines()
    cases = [Counterfactual.model_validate(json.loads(line)) for line in lines if line.strip()]
    return [c for c in cases if c.split in splits]


def edited(text: str, edits: Sequence[Edit], name: str) -> str:
    """The text with every edit made, in order. Raises EditError if one finds nothing to replace."""
    for number, edit in enumerate(edits, 1):
        if not edit.find or edit.find not in text:
            raise EditError(f"{name}: edit {number} finds nothing to replace")
        text = text.replace(edit.find, edit.replace)
    return text


def edited_pack(case: Counterfactual, out: Path, pack: Path = PACK, source: str = SOURCE) -> Path:
    """A copy of the pack in `out` whose source has the edits. Everything else of the pack stays as it is."""
    return pack_with_text(edited(read_source(pack / source), case.edits, case.id), out, pack, source)


def pack_with_text(text: str, out: Path, pack: Path = PACK, source: str = SOURCE) -> Path:
    """A copy of the pack in `out` that has this text for its source."""
    shutil.copytree(pack, out)
    (out / source).write_bytes(text.encode("utf-8"))
    return out


def ask_counterfactuals(
    original: Subject,
    settings: Settings,
    embedder: BaseEmbedding,
    splits: Sequence[Split],
    progress: Progress,
    kinds: Sequence[str] = KINDS,
) -> list[KindResult]:
    """Asks each question of the text as it is and of its edited copy; per split, each kind and all of them."""
    cases = [c for c in load_counterfactuals(FOLDER / "counterfactuals.jsonl", splits) if c.kind in kinds]
    outcomes = []
    with tempfile.TemporaryDirectory(prefix="mic-eval-") as aside:
        shared = beside(settings, Path(aside) / "indexes")
        for number, case in enumerate(cases):
            if number % 10 == 0:
                progress(f"asking counterfactuals: {number} of {len(cases)}")
            path = edited_pack(case, Path(aside) / "packs" / case.id)
            subject = open_subject(path, shared, embedder)
            after = subject.assistant.ask(case.turns)
            before = original.assistant.ask(case.turns)
            outcomes.append(Outcome(case, before, after, subject.verbatim(after)))
    return by_kind(outcomes, splits)


def by_kind(outcomes: Sequence[Outcome], splits: Sequence[Split]) -> list[KindResult]:
    """For each split its kinds in alphabetical order, then all of them together."""
    results = []
    for split in splits:
        own = [o for o in outcomes if o.case.split == split]
        for kind in sorted({o.case.kind for o in own}):
            results.append(KindResult(kind, split, tuple(o for o in own if o.case.kind == kind)))
        if own:
            results.append(KindResult("all", split, tuple(own)))
    return results
