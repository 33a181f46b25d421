"""All measurements of the answers in one run: `python -m eval.run [--split dev|test|fresh|all]`.

The question sets, the other regulations and the edited copies, each scored against its cases. Tables go to stdout
(JSON with --json), progress to stderr. Test questions are never shown, only what they come to.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from llama_index.core.base.embeddings.base import BaseEmbedding

from assistant.config import Settings, load_settings
from assistant.errors import MicError
from assistant.retrieval.embedding import load_embedder
from eval.cases import FOLDER
from eval.counterfactuals import PACK, EditError, KindResult, ask_counterfactuals
from eval.other_regulations import ask_regulations
from eval.question_sets import SETS, SPLITS, SetResult, Split, ask_sets
from eval.report import full_report
from eval.subject import Subject, open_subject

STARTED = time.perf_counter()
RESULTS = FOLDER / "results" / "README.md"


@dataclass(frozen=True)
class Run:
    """What one run found. `about` says of what."""

    about: dict[str, str]
    sets: list[SetResult]
    regulations: list[SetResult]
    counterfactuals: list[KindResult]

    @property
    def markdown(self) -> str:
        return full_report(self.sets, self.regulations, self.counterfactuals)

    @property
    def failures(self) -> list[str]:
        single = [r for r in self.sets if any(r.name in names for names in SETS.values())]
        kinds = [k for k in self.counterfactuals if k.kind == "all"]
        asked: list[SetResult | KindResult] = [*single, *self.regulations, *kinds]
        return [line for result in asked for line in result.failures()]

    def as_json(self) -> dict[str, object]:
        edits = [
            {"split": k.split, "kind": k.kind, "n": len(k.outcomes), "verbatim_quotes": k.verbatim.as_json()}
            | {name: rate.as_json() for name, rate in k.rates.items()}
            for k in self.counterfactuals
        ]
        return {
            "about": self.about,
            "question_sets": {r.name: r.as_json() for r in self.sets},
            "other_regulations": {r.name: r.as_json() for r in self.regulations},
            "counterfactuals": edits,
        }


def progress(message: str) -> None:
    print(f"{time.perf_counter() - STARTED:7.1f} s  {message}", file=sys.stderr, flush=True)


def measure(splits: Sequence[Split], settings: Settings) -> Run:
    """Asks everything that belongs to the splits. Always of the project's own pack, whatever MIC_PACK_DIR says."""
    progress("opening the index")
    embedder = load_embedder(settings.embedding_model)
    return measure_subject(open_subject(PACK, settings, embedder), splits, settings, embedder)


def measure_subject(
    subject: Subject,
    splits: Sequence[Split],
    settings: Settings,
    embedder: BaseEmbedding,
    limit: int | None = None,
) -> Run:
    """The same of a subject that is open. With a limit only so many questions of each set, and no other texts."""
    sets = [result for split in splits for result in ask_sets(subject, split, progress, limit)]
    others = splits if limit is None else ()
    regulations = ask_regulations(settings, embedder, others, progress)
    edits = ask_counterfactuals(subject, settings, embedder, others, progress)
    about = {"pack": subject.pack.id, "pack_sha256": subject.pack.sha256, "embedder": subject.search.embedder_name}
    return Run(about, sets, regulations, edits)


def write_results(run: Run, path: Path) -> None:
    head = (
        "# Results\n\nWritten by `python -m eval.run --write`; what the measures mean is in "
        "[docs/evaluation.md](../../docs/evaluation.md).\nShares stand with Wilson's 95 % interval and the number "
        "of cases they are over. Everything is tuned on dev; test is measured only.\n\n"
        f"Pack `{run.about['pack']}`, text {run.about['pack_sha256'][:12]}, embedder {run.about['embedder']}, "
        "no LLM.\n\n"
    )
    path.write_text(head + run.markdown, encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; 0 done, 1 a case cannot be used, 2 wrong usage, 3 pack, index or settings broken."""
    parser = argparse.ArgumentParser(prog="python -m eval.run", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--split", choices=(*SPLITS, "all"), default="dev")
    parser.add_argument("--json", action="store_true", help="the results as JSON instead of tables")
    parser.add_argument("--failures", action="store_true", help="also the failing dev cases, with their reasons")
    parser.add_argument("--write", action="store_true", help=f"ask all splits and write {RESULTS.name}")
    options = parser.parse_args(arguments)
    splits = SPLITS
    if options.split != "all" and not options.write:
        splits = (options.split,)
    try:
        run = measure(splits, load_settings())
    except EditError as error:
        print(error, file=sys.stderr)
        return 1
    except MicError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    if options.write:
        write_results(run, RESULTS)
    failures = run.failures if options.failures else []
    if options.json:
        print(json.dumps(run.as_json() | ({"failures": failures} if options.failures else {}), ensure_ascii=False))
    else:
        print("\n".join([run.markdown, *failures]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
