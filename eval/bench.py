"""Time and memory on this machine, in one run: `python -m eval.bench`.

Building and opening the index, opening the assistant in a fresh process, and answering dev questions, beside a
plain LlamaIndex pipeline that only retrieves. Both are asked each question one after the other, the order changing
every time, so that whatever else the machine does hits both. Without an LLM an answer is made whole: the first
word and the full answer come at the same time, so one time is reported.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding

from assistant.config import PROJECT, Settings, load_settings
from assistant.law.pack import load_pack
from assistant.retrieval.embedding import load_embedder
from assistant.retrieval.search import Search
from eval.cases import FOLDER, load_cases
from eval.counterfactuals import PACK
from eval.fresh_process import QUESTION
from eval.plain_pipeline import CHUNK, TOP, plain_retriever
from eval.question_sets import SETS
from eval.report import markdown_table
from eval.subject import beside, open_subject

RESULTS = FOLDER / "results" / "bench.md"
TARGET = 2.0
RESAMPLES = 2000
Numbers = dict[str, float]


@dataclass(frozen=True)
class Bench:
    """All that was measured; seconds, milliseconds and MB as the names say."""

    index: Numbers
    processes: dict[str, Numbers]
    assistant: Numbers
    plain: Numbers
    ratio_p95: float
    ratio_interval: tuple[float, float]
    questions: int

    def as_json(self) -> dict[str, object]:
        return {**vars(self), "target": TARGET, "machine": machine()}


def progress(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.machine()}, Python {platform.python_version()}"


def timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def index_times(settings: Settings, embedder: BaseEmbedding, repeats: int) -> Numbers:
    """Medians, with the model warm: building from nothing, with all vectors cached, opening what is built."""
    pack = load_pack(PACK)
    embedder.get_query_embedding(QUESTION)
    found: dict[str, list[float]] = {"build_s": [], "build_cached_s": [], "open_s": []}
    for _ in range(repeats):
        with tempfile.TemporaryDirectory(prefix="mic-bench-") as aside:
            empty = settings.model_copy(update={"index_dir": Path(aside) / "empty"})
            cached = beside(empty, Path(aside) / "cached")
            for name, where in (("build_s", empty), ("build_cached_s", cached), ("open_s", cached)):
                found[name].append(timed(lambda where=where: Search(pack, where, embedder=embedder)))  # type: ignore[misc]
    return {name: statistics.median(times) for name, times in found.items()}


def process_numbers(kind: str, repeats: int) -> Numbers:
    """Medians over fresh processes. The index of the assistant is there already."""
    runs: list[Numbers] = []
    environment = os.environ | {"MIC_PACK_DIR": str(PACK)}
    for _ in range(repeats):
        command = [sys.executable, "-m", "eval.fresh_process", kind]
        done = subprocess.run(command, cwd=PROJECT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
        runs.append(json.loads(done.stdout.strip().splitlines()[-1]))
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def interleaved(first: Callable[[int], object], second: Callable[[int], object], count: int) -> list[list[float]]:
    """Milliseconds of both for each of `count` questions, alternating which of them goes first."""
    times: list[list[float]] = [[], []]
    both = [(0, first), (1, second)]
    for i in range(count):
        for which, ask in both if i % 2 else reversed(both):
            times[which].append(1000 * timed(lambda ask=ask: ask(i)))  # type: ignore[misc] # noqa: B023 - called at once
    return times


def ratio_interval(times: Sequence[Sequence[float]]) -> tuple[float, float]:
    """The bootstrap's 95 % interval of the ratio at p95, questions drawn with both their times."""
    pairs = np.array(times)
    drawn = np.random.default_rng(0).integers(pairs.shape[1], size=(RESAMPLES, pairs.shape[1]))
    ratios = np.percentile(pairs[0][drawn], 95, axis=1) / np.percentile(pairs[1][drawn], 95, axis=1)
    low, high = np.percentile(ratios, (2.5, 97.5))
    return float(low), float(high)


def chosen_turns(count: int) -> list[list[str]]:
    """The turns of `count` dev questions, spread evenly over all of them."""
    files = [FOLDER / "questions" / f"{name}.jsonl" for name in SETS["dev"]]
    turns = [case.turns for file in files for case in load_cases(file)]
    count = min(count, len(turns))
    return [turns[i * len(turns) // count] for i in range(count)]


def answer_times(settings: Settings, embedder: BaseEmbedding, count: int) -> list[list[float]]:
    """Milliseconds of the assistant and of the plain pipeline. Every question is asked once: none is cached."""
    turns = chosen_turns(count)
    with tempfile.TemporaryDirectory(prefix="mic-bench-") as aside:
        subject = open_subject(PACK, settings, embedder)
        plain = plain_retriever(subject.pack, embedder, Path(aside) / "plain")
        for number in range(5):  # warm both up, with questions that are in no set
            subject.assistant.ask([f"{QUESTION}{number}"])
            plain.retrieve(f"{QUESTION}{number}")
        return interleaved(
            lambda i: subject.assistant.ask(turns[i]), lambda i: plain.retrieve(turns[i][-1]), len(turns)
        )


def summary(times: Sequence[float]) -> Numbers:
    median, p95, p99 = np.percentile(times, (50, 95, 99))
    return {
        "median_ms": float(median),
        "p95_ms": float(p95),
        "p99_ms": float(p99),
        "mean_ms": float(np.mean(times)),
    }


def measure(settings: Settings, repeats: int, count: int) -> Bench:
    embedder = load_embedder(settings.embedding_model)
    progress("index")
    index = index_times(settings, embedder, repeats)
    progress("questions")
    times = answer_times(settings, embedder, count)
    processes = {}
    for kind in ("assistant", "plain"):
        progress(f"fresh processes: {kind}")
        processes[kind] = process_numbers(kind, repeats)
    own, plain = map(summary, times)
    ratio = own["p95_ms"] / plain["p95_ms"]
    return Bench(index, processes, own, plain, ratio, ratio_interval(times), len(times[0]))


def markdown(bench: Bench) -> str:
    """The tables."""
    own, plain = bench.processes["assistant"], bench.processes["plain"]
    rows = [["index: build from nothing", f"{bench.index['build_s']:.2f} s", ""]]
    rows.append(["index: build, all vectors cached", f"{bench.index['build_cached_s']:.2f} s", ""])
    rows.append(["index: open", f"{bench.index['open_s']:.2f} s", ""])
    for key, label, unit in (
        ("import_s", "fresh process: import", "s"),
        ("open_s", "fresh process: open (plain: build)", "s"),
        ("first_answer_s", "fresh process: first answer, model loading included", "s"),
        ("import_mb", "resident memory after import", "MB"),
        ("open_mb", "resident memory, opened", "MB"),
        ("answered_mb", "resident memory after an answer", "MB"),
    ):
        digits = 2 if unit == "s" else 0
        rows.append([label, f"{own[key]:.{digits}f} {unit}", f"{plain[key]:.{digits}f} {unit}"])
    for key, label in (("median_ms", "median"), ("p95_ms", "p95"), ("p99_ms", "p99")):
        rows.append([f"answer, warm: {label}", f"{bench.assistant[key]:.1f} ms", f"{bench.plain[key]:.1f} ms"])
    low, high = bench.ratio_interval
    verdict = "met" if bench.ratio_p95 <= TARGET else "missed"
    table = markdown_table(["", "assistant", "plain LlamaIndex"], rows)
    return (
        f"{table}\n\nAt p95 the assistant takes {bench.ratio_p95:.2f} times as long as the plain pipeline "
        f"(95 % interval {low:.2f} to {high:.2f}); the target of at most {TARGET} is {verdict}.\n\n"
        f"{bench.questions} dev questions, each asked once and of both in turn. Without an LLM the first and the full "
        f"answer are the same. Plain: SentenceSplitter ({CHUNK} tokens), the same embedder, VectorStoreIndex over "
        f"Chroma, top {TOP}; it only retrieves. Machine: {machine()}.\n"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; 0 done, 2 wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--json", action="store_true", help="the numbers as JSON instead of tables")
    parser.add_argument("--write", action="store_true", help=f"also write {RESULTS.name}")
    parser.add_argument("--repeats", type=int, default=3, help="how often what is not an answer is measured")
    parser.add_argument("--questions", type=int, default=300, help="how many dev questions are asked")
    options = parser.parse_args(arguments)
    if options.repeats < 1 or options.questions < 1:
        parser.error("--repeats and --questions must be at least 1")
    bench = measure(load_settings(), options.repeats, options.questions)
    if options.write:
        head = "# Time and memory\n\nWritten by `python -m eval.bench --write`.\n\n"
        RESULTS.write_text(head + markdown(bench), encoding="utf-8")
    print(json.dumps(bench.as_json()) if options.json else markdown(bench))
    return 0


if __name__ == "__main__":
    sys.exit(main())
