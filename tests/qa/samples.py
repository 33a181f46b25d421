"""Packs, searches and helpers that the tests of question answering share."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.config import PROJECT
from assistant.law.locator import Locator
from assistant.law.pack import Pack, load_pack
from assistant.law.types import Provision
from assistant.qa.evidence import Evidence, Unit
from assistant.qa.models import Answer

LIAONING = PROJECT / "corpus" / "liaoning-mic"
SOURCE = "source/liaoning-mic-measures.source.txt"


class FakeSearch:
    """Ranks passages by the characters they share with the query; needs no model and no index."""

    embedder_name = "shared-characters"

    def __init__(self, pack: Pack) -> None:
        self.passages = [_Place(d.id, p) for d in pack.documents for p in d.provisions]

    def fused_scores(self, query: str) -> NDArray[np.float32]:
        wanted = set(query)
        return np.array([len(wanted & p.characters) / (1 + len(wanted)) for p in self.passages], dtype=np.float32)

    def dense_scores(self, query: str) -> NDArray[np.float32]:
        return self.fused_scores(query)


class _Place:
    def __init__(self, document: str, provision: Provision) -> None:
        self.document, self.start, self.end = document, provision.start, provision.end
        self.characters = set(provision.text)


def edited_pack(folder: Path, *edits: tuple[str, str]) -> Pack:
    """The real pack with its source changed. Every edit has to find its words exactly as they stand."""
    shutil.copytree(LIAONING, folder)
    source = folder / SOURCE
    text = source.read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text, f"the source has no {old!r} to edit"
        text = text.replace(old, new)
    source.write_text(text, encoding="utf-8")
    return load_pack(folder)


def written_pack(folder: Path, law: str, *, about: str = "", lexicon: str = "", name: str = "demo") -> Pack:
    """A pack of one invented regulation. `about` is added to pack.toml."""
    (folder / "source").mkdir(parents=True)
    (folder / "source" / "law.txt").write_text(law, encoding="utf-8")
    (folder / "pack.toml").write_text(
        f'id = "{name}"\ntitle = "示范管理办法"\n{about}\n[[documents]]\nid = "measures"\nfile = "source/law.txt"\n',
        encoding="utf-8",
    )
    if lexicon:
        (folder / "lexicon.toml").write_text(lexicon, encoding="utf-8")
    return load_pack(folder)


def cited(answer: Answer) -> set[str]:
    return {c.locator for c in answer.citations}


def articles(answer: Answer) -> set[int]:
    return {c.article for c in answer.citations if c.article is not None}


def quotes(answer: Answer) -> str:
    return "\n".join(c.quote for c in answer.citations)


def shown(answer: Answer) -> str:
    """All that a person reads of an answer, for messages of failing tests."""
    return f"{answer.question!r}: {answer.status} {sorted(cited(answer))} {answer.unsettled}\n{answer.answer}"


def lies_in(locator: str, allowed: Sequence[str]) -> bool:
    return any(Locator.parse(locator).within(Locator.parse(a)) for a in allowed)


def unit_with(evidence: Evidence, words: str) -> Unit:
    """The first sentence that holds `words`."""
    return next(u for u in evidence.units if words in u.sentence.span.text)
