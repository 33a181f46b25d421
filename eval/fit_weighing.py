"""Fits the weights of `assistant/qa/weighing.py` on the development questions: `python -m eval.fit_weighing`.

Only questions that are one question in one clause take part. The first dev set does not: the words were tuned on it for
so long that they seem surer there than they are.
"""

import sys
from pathlib import Path

import numpy as np

from assistant.config import load_settings
from assistant.law.pack import load_pack
from assistant.qa.answerer import PackAnswerer
from assistant.qa.search_law import Found
from assistant.qa.weighing import Features, Weighing
from assistant.reader.sentences import Reading, reader_in
from assistant.retrieval.search import Search
from eval.cases import FOLDER, load_cases

SETS = ("dev2", "dev3", "dev4")


class Recording(Weighing):
    """Notes what it is given to weigh."""

    seen: list[Features]

    def weigh(self, found: Found, reading: Reading) -> Found:
        self.seen.append(self.features(found, reading))
        return super().weigh(found, reading)


def collect(pack_path: Path) -> tuple[list[Features], list[bool]]:
    """The features of each question that is weighed once, and whether it should be answered."""
    settings = load_settings()
    pack = load_pack(pack_path)
    answerer = PackAnswerer(pack, Search(pack, settings), reader_in(settings.index_dir))
    recording = Recording(answerer.knowledge.evidence, pack.lexicon.gone)
    answerer.knowledge.weighing = recording
    rows, settled = [], []
    for name in SETS:
        for case in load_cases(FOLDER / "questions" / f"{name}.jsonl"):
            recording.seen = []
            answerer.answer(case.turns, case.id)
            if len(recording.seen) == 1 and case.status in ("answered", "not_covered"):
                rows += recording.seen
                settled.append(case.status == "answered")
    return rows, settled


def main() -> int:
    """Prints the weights and the constant."""
    from eval.reader.expectation import fit

    rows, settled = collect(load_settings().pack_paths[0])
    weights, constant = fit(np.array(rows), np.array(settled), inverse_penalty=1.0)
    scores = np.array(rows) @ weights + constant
    right = float(((scores > 0) == np.array(settled)).mean())
    print(f"{len(rows)} questions: weights {[round(float(w), 2) for w in weights]}, constant {constant:.2f}")
    print(f"right on these at 0: {right:.3f}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
