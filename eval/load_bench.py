"""The latency curve under concurrent sessions: `python -m eval.load_bench [--write]`.

`mic serve` is started on a free loopback port with a data folder of its own, its records included. Each session asks
dev questions one after the other, each as soon as the one before is answered, so that as many requests are under way as
there are sessions. Client and server share this machine, as the figures say along with its load. Every answer has to be
the one to its own question.
"""

import argparse
import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx
import numpy as np

from assistant.config import PROJECT
from eval.bench import chosen_turns, machine
from eval.cases import FOLDER
from eval.report import markdown_table

RESULTS = FOLDER / "results" / "load.md"
LEVELS = (1, 2, 5, 10, 25, 50)
_START_SECONDS = 600


@dataclass(frozen=True)
class Level:
    """What was measured with so many sessions; times in milliseconds."""

    sessions: int
    requests: int
    errors: int
    foreign: int
    median_ms: float
    p95_ms: float
    p99_ms: float
    per_second: float


@contextmanager
def serving() -> Iterator[str]:
    """The address of a service that runs for as long as the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="mic-load-") as folder:
        limits = {"MIC_DATA_DIR": folder, "MIC_API_PER_MINUTE": "1000000", "MIC_LOG_LEVEL": "warning"}
        command = [sys.executable, "-m", "assistant", "serve", "--port", str(port)]
        process = subprocess.Popen(command, cwd=PROJECT, env=os.environ | limits, stderr=subprocess.DEVNULL)
        try:
            yield _ready(f"http://127.0.0.1:{port}", process)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def _ready(address: str, process: subprocess.Popen[bytes]) -> str:
    ends = time.monotonic() + _START_SECONDS
    while time.monotonic() < ends:
        if process.poll() is not None:
            raise SystemExit("the service did not start")
        try:
            httpx.get(f"{address}/healthz", timeout=5, trust_env=False).raise_for_status()
            return address
        except httpx.HTTPError:
            time.sleep(0.2)
    raise SystemExit("the service did not become ready")


async def measured(address: str, sessions: int, each: int, turns: Sequence[Sequence[str]]) -> Level:
    """One level of the curve: every session asks `each` questions, no two sessions the same one at the same time."""
    times: list[float] = []
    errors = foreign = 0

    async def session(client: httpx.AsyncClient, number: int) -> None:
        nonlocal errors, foreign
        for count in range(each):
            asked = turns[(number * each + count) % len(turns)]
            start = time.perf_counter()
            got = await client.post("/api/v1/ask", json={"turns": list(asked)})
            times.append(1000 * (time.perf_counter() - start))
            if got.status_code != 200:
                errors += 1
            elif got.json()["question"] != asked[-1]:
                foreign += 1

    limits = httpx.Limits(max_connections=sessions)
    async with httpx.AsyncClient(base_url=address, timeout=600, limits=limits, trust_env=False) as client:
        start = time.perf_counter()
        await asyncio.gather(*(session(client, number) for number in range(sessions)))
        seconds = time.perf_counter() - start
    median, p95, p99 = (float(x) for x in np.percentile(times, (50, 95, 99)))
    return Level(sessions, len(times), errors, foreign, median, p95, p99, len(times) / seconds)


def measure(each: int, levels: Sequence[int]) -> list[Level]:
    turns = chosen_turns(300)
    with serving() as address:
        asyncio.run(measured(address, 2, 5, turns))  # warms up
        return [asyncio.run(measured(address, sessions, each, turns)) for sessions in levels]


def markdown(levels: Sequence[Level], load: tuple[float, float]) -> str:
    """The curve as a table."""
    rows = [
        [
            str(one.sessions),
            str(one.requests),
            str(one.errors + one.foreign),
            *(f"{value:.0f} ms" for value in (one.median_ms, one.p95_ms, one.p99_ms)),
            f"{one.per_second:.1f}",
        ]
        for one in levels
    ]
    head = ["sessions at once", "requests", "errors or foreign answers", "median", "p95", "p99", "answers per second"]
    return (
        f"{markdown_table(head, rows)}\n\nREST over loopback, without an LLM, records on; client and server on one "
        f"machine: {machine()}; OMP_NUM_THREADS={os.environ.get('OMP_NUM_THREADS', 'unset')}. "
        f"Load average (1 min) before {load[0]:.1f}, after {load[1]:.1f}: what else the machine did is in here.\n"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; 0 done, 1 if there was an error or a foreign answer, 2 wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m eval.load_bench", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--json", action="store_true", help="the numbers as JSON instead of a table")
    parser.add_argument("--write", action="store_true", help=f"also write {RESULTS.name}")
    parser.add_argument("--each", type=int, default=8, help="how many questions each session asks")
    options = parser.parse_args(arguments)
    if options.each < 1:
        parser.error("--each must be at least 1")
    before = os.getloadavg()[0]
    levels = measure(options.each, LEVELS)
    load = (before, os.getloadavg()[0])
    if options.write:
        head = "# Concurrent sessions\n\nWritten by `python -m eval.load_bench --write`.\n\n"
        Path(RESULTS).write_text(head + markdown(levels, load), encoding="utf-8")
    print(json.dumps([asdict(one) for one in levels]) if options.json else markdown(levels, load))
    return int(any(one.errors or one.foreign for one in levels))


if __name__ == "__main__":
    sys.exit(main())
