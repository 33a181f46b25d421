"""The command that asks: one question, or a batch of conversations."""

import json
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.commands.output import AsJson, Version, print_json, progress, sentence, written_aside
from assistant.config import Settings, load_settings
from assistant.errors import MicError, UnreadableFileError, UsageError

if TYPE_CHECKING:
    from assistant.qa.models import Answer
    from assistant.records.models import Channel
    from assistant.records.recording import RecordingAssistant

app = typer.Typer()


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="问题")] = "",
    as_json: AsJson = False,
    batch: Annotated[Path | None, typer.Option("--batch", help="JSONL 文件，每行一段对话")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="批量回答写到这里")] = None,
    version: Version = "",
) -> None:
    """提一个问题，或用 --batch 批量提问。"""
    if (batch is None) != (out is None) or (batch is None) != bool(question.strip()):
        raise UsageError("请给出一个问题，或同时给出 --batch 和 --out。")
    settings = load_settings()
    if batch and out:
        raise typer.Exit(_ask_batch(settings, batch, out, version))
    with redirect_stdout(sys.stderr):
        steps = _opened(settings, version, "cli").ask_in_steps([question], date.today())
        answer = _last(steps, quiet=as_json)
    print_json(answer.model_dump(mode="json")) if as_json else typer.echo(_readable(answer))


def _last(steps: "Iterable[Answer]", quiet: bool) -> "Answer":
    """The whole answer; while a model words it, each sentence goes to stderr when it has passed the check."""
    answer, shown = None, 0
    for step in steps:
        if answer is not None and not quiet:
            for statement in answer.statements[shown:]:
                progress(f"· {statement.text}")
            shown = len(answer.statements)
        answer = step
    assert answer is not None  # noqa: S101 - there is always an answer
    return answer


def _readable(answer: "Answer") -> str:
    from assistant.qa.composers import composer_text

    made = ["", composer_text(answer.provenance)] if answer.statements else []
    sources = answer.citations + answer.authority + answer.background
    cited = [f"[{c.n}] {c.label}：“{c.quote}”" for c in sources]
    said = [notice for notice in answer.notices if not notice.isascii()]  # codes are for programs
    notes = ["", *said] if said else []
    return "\n".join([answer.answer, *(["", "依据："] if cited else []), *cited, *notes, *made])


def _opened(settings: Settings, version: str, channel: "Channel") -> "RecordingAssistant":
    """The assistant; what it answers is recorded before it comes back."""
    from assistant.qa.service import open_assistant
    from assistant.records.recording import RecordingAssistant, open_recorder

    assistant = open_assistant(settings, progress)
    recorder = open_recorder(settings, assistant.packs)
    return RecordingAssistant(assistant.at(version) if version else assistant, recorder, channel)


def _ask_batch(settings: Settings, batch: Path, out: Path, version: str) -> int:
    """Answers each line in order; a bad line gets an error in its place. Returns the exit code."""
    try:
        content = batch.read_bytes().removeprefix(b"\xef\xbb\xbf")
    except OSError as error:
        raise UnreadableFileError(f"读不了 {batch}（{error.strerror}）。", "请检查路径。") from error
    lines = [line for line in content.split(b"\n") if line.strip()]
    with redirect_stdout(sys.stderr), written_aside(out) as write:
        assistant = _opened(settings, version, "batch")
        failed, today = 0, date.today()
        for number, line in enumerate(lines, 1):
            row = _answered(line, lambda turns: assistant.ask(turns, today))
            failed += "error" in row
            write(json.dumps(row, ensure_ascii=False) + "\n")
            if number % 20 == 0:
                progress(f"已处理 {number}/{len(lines)} 行")
    progress(f"共 {len(lines)} 行，{failed} 行没有答案。")
    return 1 if failed else 0


def _answered(line: bytes, ask_assistant: Callable[[Sequence[str]], "Answer"]) -> dict[str, Any]:
    try:
        given = json.loads(line)
    except (ValueError, RecursionError):
        return {"id": None, "error": "这一行不是有效的 JSON。"}
    identity = given.get("id") if isinstance(given, dict) else None
    turns = given.get("turns") if isinstance(given, dict) else None
    if not isinstance(identity, str):
        return {"id": None, "error": "这一行缺少 id，或 id 不是字符串。"}
    if not isinstance(turns, list) or not turns or not all(isinstance(t, str) and t.strip() for t in turns):
        return {"id": identity, "error": "turns 应是非空的字符串列表，每一轮都要有内容。"}
    try:
        answer = ask_assistant(turns)
        # The line's own id takes the place of the answer's, which is that of the record.
        return answer.model_dump(mode="json") | {"id": identity, "record": answer.id}
    except Exception as error:
        if os.environ.get("MIC_DEBUG") == "1":
            traceback.print_exc()
        return {"id": identity, "error": sentence(error) if isinstance(error, MicError) else "处理时出错。"}
