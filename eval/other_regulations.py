"""Regulations that do not exist: each is made into a pack by `new_pack`, with no lexicon of its own, and asked."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from llama_index.core.base.embeddings.base import BaseEmbedding

from assistant.config import Settings
from assistant.law.new_pack import new_pack
from eval.cases import FOLDER
from eval.question_sets import Progress, SetResult, Split, ask_set
from eval.subject import beside, open_subject

# For tuning; every other regulation here is for measuring only.
DEV = frozenset({"sports-hall"})


def split_of(name: str) -> Split:
    return "dev" if name in DEV else "test"


def ask_regulations(
    settings: Settings,
    embedder: BaseEmbedding,
    splits: Sequence[Split],
    progress: Progress,
    folder: Path = FOLDER / "regulations",
) -> list[SetResult]:
    """Every regulation of the splits, in alphabetical order, the dev ones first."""
    found = sorted(p.parent for p in folder.glob("*/questions.jsonl"))
    chosen = [(p, split) for split in splits for p in found if split_of(p.name) == split]
    results = []
    with tempfile.TemporaryDirectory(prefix="mic-eval-") as aside:
        shared = beside(settings, Path(aside) / "indexes")
        for path, split in chosen:
            progress(f"asking {path.name}")
            made = Path(aside) / "packs" / path.name
            new_pack(path / "source.txt", made)
            subject = open_subject(made, shared, embedder)
            results.append(ask_set(subject, path / "questions.jsonl", path.name, split))
    return results
