"""The commands of the pre-check: drafts in, findings out; and the blank form."""

import sys
import tempfile
from collections.abc import Sequence
from contextlib import nullcontext, redirect_stdout
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.output import AsJson, Version, progress, write_file
from assistant.commands.two_versions import compare_verdicts
from assistant.config import Settings, load_settings
from assistant.errors import UsageError

if TYPE_CHECKING:
    from assistant.precheck.check import Desk
    from assistant.precheck.inputs import Input
    from assistant.precheck.models import Report
    from assistant.records.models import Channel

app = typer.Typer()
form_app = typer.Typer(no_args_is_help=True, help="自评表。")
app.add_typer(form_app, name="form")

# Of more drafts than this, the screen shows only what to do first.
_IN_FULL = 3


class Format(StrEnum):
    DOCX = "docx"
    XLSX = "xlsx"
    JSON = "json"


@app.command()
def precheck(
    paths: Annotated[list[Path], typer.Argument(help="自评表文件、文件夹或zip，可以多个", metavar="PATH…")],
    as_json: AsJson = False,
    out: Annotated[Path | None, typer.Option("--out", help="报告写到这个文件夹；中断后再运行会接着做")] = None,
    comments: Annotated[bool, typer.Option("--comments", help="另存带批注的Word文件（要有 --out）")] = False,
    notices: Annotated[bool, typer.Option("--notices", help="另存补正通知草稿（要有 --out）")] = False,
    version: Version = "",
    against: Annotated[str, typer.Option("--against", help="只列与另一版本（叫法或资料包文件夹）不同的结论")] = "",
    today: Annotated[
        datetime | None, typer.Option("--today", formats=["%Y-%m-%d"], help="以哪一天为准；不写就是运行当天")
    ] = None,
) -> None:
    """预审自评表：逐条对照条文，指出不符合、未提供和要人工判断的事项。"""
    if (comments or notices) and out is None:
        raise UsageError("--comments 和 --notices 要同时给出 --out。")
    if against:
        if comments or notices:
            raise UsageError("--against 只比较两个版本的结论，不能同时用 --comments 或 --notices。")
        raise typer.Exit(compare_verdicts(paths, version, against, as_json=as_json, out=out))
    settings = load_settings()
    with redirect_stdout(sys.stderr), tempfile.TemporaryDirectory(prefix="mic-precheck-") as workspace:
        from assistant.precheck.batch import check_all
        from assistant.precheck.check import open_desk
        from assistant.precheck.inputs import gather
        from assistant.precheck.out_folder import opened, products, write_reports

        desk = open_desk(settings, version, today.date() if today else None)
        inputs = gather(paths, Path(workspace), desk.limits, [*products(out), out] if out else [])
        if not inputs:
            raise UsageError("没有找到要预审的文件。", "请检查路径。")
        with opened(out, desk) if out else nullcontext() as journal:
            reports = _recorded(check_all(inputs, desk, _tell, journal), settings, desk)
            if out:
                write_reports(out, reports, desk, write_file)
                _write_letters(out, inputs, reports, desk, comments=comments, notices=notices)
    unread = sum(report.outcome == "unreadable" for report in reports)
    _print(reports, as_json=as_json)
    progress(f"共 {len(reports)} 份，{unread} 份无法读取。" + (f"报告在 {out}。" if out else ""))
    raise typer.Exit(1 if unread else 0)


@form_app.command("template")
def make_template(
    form: Annotated[Format, typer.Option("--format", help="文件格式")],
    out: Annotated[Path, typer.Option("--out", help="写到这个文件")],
    version: Version = "",
) -> None:
    """写一份空白的自评表。"""
    settings = load_settings()
    from assistant.precheck.check import open_desk
    from assistant.precheck.template import template_bytes

    write_file(out, template_bytes(open_desk(settings, version).schema, form.value))
    typer.echo(f"空白自评表已写到 {out}。")


def _recorded(reports: "Sequence[Report]", settings: Settings, desk: "Desk") -> "list[Report]":
    """The reports as they may be shown: each is recorded by now, or says that it could not be."""
    from assistant.records.recording import open_recorder

    recorder = open_recorder(settings, [desk.pack])
    channel: Channel = "batch" if len(reports) > 1 else "cli"
    return [recorder.precheck(report, channel=channel, milliseconds=None)[0] for report in reports]


def _tell(done: int, total: int, report: "Report") -> None:
    if total <= 20 or done % 20 == 0 or done == total:
        progress(f"已预审 {done}/{total}：{report.file}")


def _print(reports: "Sequence[Report]", *, as_json: bool) -> None:
    from assistant.precheck.report_json import as_json as reports_as_json
    from assistant.precheck.report_text import as_text

    if as_json:
        typer.echo(reports_as_json(reports), nl=False)
    else:
        typer.echo(as_text(reports, in_full=len(reports) <= _IN_FULL), nl=False)


def _write_letters(
    out: Path, inputs: "Sequence[Input]", reports: "Sequence[Report]", desk: "Desk", *, comments: bool, notices: bool
) -> None:
    """Writes the commented copies and notices that were asked for, numbered as the drafts are in the reports."""
    from assistant.errors import UnreadableFileError
    from assistant.precheck.letters import addressee, letter_name
    from assistant.precheck.notice_docx import notice_docx
    from assistant.precheck.out_folder import COMMENTED, NOTICES
    from assistant.precheck.report_docx import commented_copy

    for number, (one, report) in enumerate(zip(inputs, reports, strict=True), 1):
        if report.outcome == "unreadable":
            continue
        if notices:
            letter = notice_docx(report, desk.pack.about.title, addressee(report, desk.schema))
            write_file(out / NOTICES / letter_name(number, report.file), letter)
        if comments:
            try:
                copy = commented_copy(one.path.read_bytes(), report, desk.schema)
            except (UnreadableFileError, OSError):  # it is no Word file
                continue
            write_file(out / COMMENTED / letter_name(number, report.file), copy)
