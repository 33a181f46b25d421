"""One process that does one thing, measured from inside: `python -m eval.fresh_process assistant|plain`.

Prints JSON: seconds to import, to open, and to the first answer; and the resident memory after each, in MB.
For eval/bench.py, which starts it.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

QUESTION = "研发人员要多少人？"


def resident_mb() -> float:
    """What the process holds in memory now. Linux only."""
    for line in Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return float("nan")


def _assistant() -> tuple[Callable[[], object], Callable[[str], object]]:
    from assistant.config import load_settings
    from assistant.qa.service import Assistant, open_assistant
    from assistant.retrieval import search  # noqa: F401 - imported late otherwise, and would count as opening

    opened: list[Assistant] = []
    return lambda: opened.append(open_assistant(load_settings())), lambda q: opened[0].ask([q])


def _plain() -> tuple[Callable[[], object], Callable[[str], object]]:
    from llama_index.core.base.base_retriever import BaseRetriever

    from assistant.config import load_settings
    from assistant.law.pack import load_pack
    from assistant.retrieval.embedding import load_embedder
    from eval.plain_pipeline import plain_retriever

    opened: list[BaseRetriever] = []
    folder = Path(tempfile.mkdtemp(prefix="mic-bench-"))

    def build() -> None:
        settings = load_settings()
        embedder = load_embedder(settings.embedding_model)
        opened.append(plain_retriever(load_pack(settings.pack_paths[0]), embedder, folder))

    def ask(question: str) -> object:
        return opened[0].retrieve(question)

    return build, ask


def main() -> int:
    kind = sys.argv[1]
    start = time.perf_counter()
    build, ask = _plain() if kind == "plain" else _assistant()
    found = {"import_s": time.perf_counter() - start, "import_mb": resident_mb()}
    start = time.perf_counter()
    build()
    found |= {"open_s": time.perf_counter() - start, "open_mb": resident_mb()}
    start = time.perf_counter()
    ask(QUESTION)
    found |= {"first_answer_s": time.perf_counter() - start, "answered_mb": resident_mb()}
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
