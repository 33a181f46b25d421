"""The command that reports what the text leaves open."""

import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.output import Version, progress, write_file
from assistant.config import Settings, load_settings
from assistant.errors import UsageError
from assistant.law.installed import load_installed

if TYPE_CHECKING:
    from assistant.law.pack import Pack
    from assistant.open_matters.questions import OpenQuestion

app = typer.Typer()


@app.command("open-matters")
def report_open_matters(
    out: Annotated[Path, typer.Option("--out", help="报告写到这里（.docx 或 .html）")],
    since: Annotated[str, typer.Option("--since", help="从这一天起的提问，如 2026-01-01")] = "",
    until: Annotated[str, typer.Option("--until", help="到这一天为止（含当天）的提问")] = "",
    answers: Annotated[
        Path | None, typer.Option("--answers", help="不用记录，改用 mic ask --batch 写出的JSONL文件")
    ] = None,
    version: Version = "",
) -> None:
    """写一份未决事项报告：人们问到而办法没有规定的，以及文本自身的问题。"""
    if out.suffix.lower() not in (".docx", ".html", ".htm"):
        raise UsageError(f"--out 要写成 .docx 或 .html，不能是“{out.name}”。")
    first, last = _day(since, "--since"), _day(until, "--until")
    if answers is not None and (first or last):
        raise UsageError("--answers 的文件里没有时间，不能与 --since 或 --until 同用。")
    settings = load_settings()
    with redirect_stdout(sys.stderr):
        from assistant.open_matters.questions import period_in_words, questions_in
        from assistant.open_matters.report import open_matters
        from assistant.open_matters.report_docx import report_docx
        from assistant.open_matters.report_html import as_html

        pack = load_installed(settings).chosen(version, date.today())[0]
        asked = questions_in(answers) if answers is not None else list(_recorded(settings, pack, first, last))
        report = open_matters(pack, asked, period_in_words(first, last))
        content = report_docx(report) if out.suffix.lower() == ".docx" else as_html(report).encode()
    write_file(out, content)
    progress(
        f"未决的问题{report.asked}个，{len(report.groups)}组；文本中可能的问题{len(report.faults)}处。报告在 {out}。"
    )


def _day(text: str, option: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{option} 的日期“{text}”看不懂。", "请写成 2026-01-01 的样子。") from error


def _recorded(settings: Settings, pack: "Pack", first: date | None, last: date | None) -> "Iterator[OpenQuestion]":
    """The recorded questions that this regulation did not settle; days are those of this machine's clock."""
    from assistant.open_matters.questions import recorded_questions
    from assistant.records.store import open_records

    since = _midnight(first) if first else None
    until = _midnight(last + timedelta(days=1)) if last else None
    return recorded_questions(open_records(settings, [pack]), pack, since, until)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time()).astimezone().astimezone(UTC)
