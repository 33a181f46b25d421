"""One answer everywhere: the same question asked of the assistant itself, of the commands, and of the page's handlers.

What is compared is the whole JSON of the last turn's answer, without its id and its record's. No language model is
used, and nothing is recorded among what people asked.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from assistant.config import PROJECT, Settings
from assistant.qa.service import Assistant, open_assistant
from assistant.ui.chat import ChatHandlers
from assistant.ui.conversation import Conversation
from eval.cases import Case
from eval.counterfactuals import PACK
from eval.rates import Rate, rate

Json = dict[str, Any]
# What names an answer, or the record of it, and says nothing.
_NAMES = ("id", "record")


def consistency(cases: Sequence[Case], settings: Settings, folder: Path, commands: int = 3) -> dict[str, Rate]:
    """For each way, how many answers are those of the assistant itself. `folder` is for files in between.

    Each of the `commands` single questions that are asked by the command line starts a process of its own.
    """
    own = settings.model_copy(update={"pack_dir": str(PACK), "data_dir": folder / "data", "llm_base_url": ""})
    assistant = open_assistant(own)
    today = [_compared(assistant.ask(c.turns, date.today()).model_dump(mode="json")) for c in cases]
    batch = _batch(cases, own, folder)
    pages = [_page(assistant, c.turns) for c in cases]
    single = [i for i, c in enumerate(cases) if len(c.turns) == 1][:commands]
    return {
        "batch": rate(a == b for a, b in zip(today, batch, strict=True)),
        "page": rate(a == b for a, b in zip(today, pages, strict=True)),
        "cli": rate(today[i] == _command(cases[i].turns[0], own) for i in single),
    }


def _batch(cases: Sequence[Case], settings: Settings, folder: Path) -> list[Json]:
    asked, answered = folder / "asked.jsonl", folder / "answered.jsonl"
    lines = [json.dumps({"id": c.id, "turns": c.turns}, ensure_ascii=False) for c in cases]
    asked.write_text("\n".join(lines), encoding="utf-8")
    _run(["ask", "--batch", str(asked), "--out", str(answered)], settings)
    return [_compared(json.loads(line)) for line in answered.read_text(encoding="utf-8").splitlines()]


def _command(question: str, settings: Settings) -> Json:
    return _compared(json.loads(_run(["ask", question, "--json"], settings)))


def _run(arguments: Sequence[str], settings: Settings) -> str:
    """What a command prints. It may end with 1, which says that a line of a batch had no answer."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("MIC_")}
    own = {
        "MIC_PACK_DIR": settings.pack_dir,
        "MIC_INDEX_DIR": str(settings.index_dir),
        "MIC_DATA_DIR": str(settings.data_dir),
        "MIC_RECORDS": "off",
        "MIC_EMBEDDING_MODEL": settings.embedding_model,
    }
    command = [sys.executable, "-m", "assistant", *arguments]
    done = subprocess.run(command, cwd=PROJECT, env=kept | own, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(arguments[:2])} ended with {done.returncode}: {done.stderr[-500:]}")
    return done.stdout


def _page(assistant: Assistant, turns: Sequence[str]) -> Json | None:
    """The answer that the page holds after all turns, each typed and sent as a person would."""
    handlers = ChatHandlers(assistant)
    conversation: Conversation = ()
    for text in turns:
        *_, shown = handlers.ask(text, conversation)
        conversation = shown[2]
    answer = conversation[-1].answer if conversation else None
    return _compared(answer.model_dump(mode="json")) if answer else None


def _compared(answer: Json) -> Json:
    return {key: value for key, value in answer.items() if key not in _NAMES}
