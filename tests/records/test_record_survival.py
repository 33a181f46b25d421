"""A process that is killed at any moment loses nothing that it reported as written."""

import random
import subprocess
import sys
import time
from pathlib import Path

from record_samples import store_in

WRITER = """
import sys
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from record_samples import an_answer, store_in

store = store_in(Path(sys.argv[1]))
number = 0
while True:
    record_id = f"{sys.argv[3]}{number:030x}"
    store.add_answer(["问" * 200], an_answer(record_id), channel="page")
    print(record_id, flush=True)
    if number % 7 == 3:
        store.erase(record_id, by="admin", reason="试")
        print("-" + record_id, flush=True)
    number += 1
"""


def test_records_survive_kill_9_at_any_moment(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - no secret
    told: list[str] = []
    for attempt in range(4):
        arguments = [str(tmp_path), str(Path(__file__).parent), f"{attempt:02x}"]
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, *arguments],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).resolve().parents[2],
        ) as writer:
            assert writer.stdout is not None
            told.append(writer.stdout.readline().strip())  # it writes by now
            time.sleep(chance.uniform(0, 0.4))
            writer.kill()
            # The last line may be torn off by the kill.
            told += [line.strip() for line in writer.stdout if line.endswith("\n")]
        store = store_in(tmp_path)
        report = store.verify()
        assert report.is_intact, report.faults
        erased = {line[1:] for line in told if line.startswith("-")}
        for record_id in (line for line in told if not line.startswith("-")):
            record = store.get(record_id)
            assert record is not None, record_id
            assert record_id not in erased or record.erased
        store.close()
    assert len(told) >= 4


def test_several_processes_write_one_chain(tmp_path: Path) -> None:
    script = WRITER.replace("while True:", "while number < 8:")
    here = str(Path(__file__).parent)
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path), here, f"{each:02x}"],
            stdout=subprocess.DEVNULL,
            cwd=Path(__file__).resolve().parents[2],
        )
        for each in range(2)
    ]
    assert [writer.wait(timeout=300) for writer in writers] == [0, 0]
    report = store_in(tmp_path).verify()
    assert (report.is_intact, report.entries) == (True, 2 * (8 + 1))
