"""Whether each question goes to the right one of two regulations: `python -m eval.routing [--split dev|test]`.

For every pair the project's own regulation and an invented one are installed together. A question counts as right if
the regulation that it is about answers it, or abstains; a vague one if either does and the answer says which. Beside it
stands what comes of asking both and taking the best status, as was done before. Of the test half only totals are told.
"""

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from assistant.config import PROJECT, load_settings
from assistant.law.new_pack import new_pack
from assistant.law.pack import Pack, load_pack
from assistant.qa.answerer import PackAnswerer
from assistant.qa.models import Answer
from assistant.qa.service import Assistant
from assistant.reader.sentences import reader_in
from assistant.retrieval.search import Search

FOLDER = Path(__file__).parent
PAIRS = ("cold-storage", "adaptation-centre")
_RANK = {"answered": 0, "needs_facts": 1, "not_covered": 2, "out_of_scope": 3}


class Question(BaseModel):
    """One line: `packs` are the regulations that may answer the last turn, of a vague question both."""

    id: str
    kind: str
    turns: list[str]
    packs: list[str]


def questions(pair: str, split: str) -> list[Question]:
    lines = (FOLDER / pair / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()
    return [Question.model_validate(json.loads(line)) for line in lines]


def measure(pair: str, split: str, folder: Path) -> Iterator[tuple[Question, bool, bool]]:
    """Each question, whether it went right, and whether it would have gone right by the best status."""
    settings = load_settings()

    def opened(pack: Pack) -> PackAnswerer:
        return PackAnswerer(pack, Search(pack, settings), reader_in(settings.index_dir))

    own = opened(load_pack(PROJECT / "corpus" / "liaoning-mic"))
    other = opened(new_pack(FOLDER / pair / "source.txt", folder / pair))
    both, alone = Assistant([own, other]), [(a.pack, Assistant([a])) for a in (own, other)]
    for question in questions(pair, split):
        answer = both.ask(question.turns)
        chosen = next(pack for pack, _ in alone if pack.sha256 == answer.provenance.pack_sha256)
        answers = [(pack, assistant.ask(question.turns)) for pack, assistant in alone]
        best = min(answers, key=lambda each: _RANK[each[1].status])[0]
        yield question, chosen.id in question.packs and _says_which(answer, chosen), best.id in question.packs


def _says_which(answer: Answer, pack: Pack) -> bool:
    return answer.status == "out_of_scope" or any(pack.about.title in notice for notice in answer.notices)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--split", choices=("dev", "test"), default="dev")
    split = options.parse_args().split
    with tempfile.TemporaryDirectory(prefix="mic-routing-") as folder:
        for pair in PAIRS:
            right: Counter[str] = Counter()
            before: Counter[str] = Counter()
            total: Counter[str] = Counter()
            for question, routed, by_status in measure(pair, split, Path(folder)):
                for kind in (question.kind, "all"):
                    total[kind] += 1
                    right[kind] += routed
                    before[kind] += by_status
                if not routed and split == "dev":
                    print(f"  {question.id} [{question.kind}] {' | '.join(question.turns)}", file=sys.stderr)
            for kind in (*sorted(k for k in total if k != "all"), "all"):
                print(
                    f"{pair} {split} {kind}: routed {right[kind]}/{total[kind]}, by status {before[kind]}/{total[kind]}"
                )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
