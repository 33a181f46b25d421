"""The commands of the records: prove them, export them, show one, erase one."""

import getpass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.output import AsJson, write_file, written_aside
from assistant.config import load_settings
from assistant.errors import UsageError

if TYPE_CHECKING:
    from assistant.records.models import ChainReport
    from assistant.records.store import RecordStore

app = typer.Typer()
records_app = typer.Typer(no_args_is_help=True, help="问答和预审的记录。")
app.add_typer(records_app, name="records")


class Format(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"


class RecordKind(StrEnum):
    ANSWER = "answer"
    PRECHECK = "precheck"


class RecordStatus(StrEnum):
    """What an answer or a pre-check may have come to."""

    ANSWERED = "answered"
    NOT_COVERED = "not_covered"
    NEEDS_FACTS = "needs_facts"
    OUT_OF_SCOPE = "out_of_scope"
    CLEAR = "clear"
    REVIEW = "review"
    INCOMPLETE = "incomplete"
    BLOCKED = "blocked"
    UNREADABLE = "unreadable"


@records_app.command("verify")
def verify(
    head: Annotated[str, typer.Option("--head", help="以前记下的链头；核对它仍在记录中")] = "",
    as_json: AsJson = False,
) -> None:
    """核对记录没有被改动、插入或删去；退出码 3 表示对不上。"""
    report = _opened().verify(head.strip().lower())
    typer.echo(report.model_dump_json(indent=1) if as_json else _proof(report))
    raise typer.Exit(0 if report.is_intact else 3)


@records_app.command("export")
def export(
    form: Annotated[Format, typer.Option("--format", help="文件格式")],
    out: Annotated[Path, typer.Option("--out", help="写到这个文件")],
    since: Annotated[str, typer.Option("--since", help="从这一天起，如 2026-01-31（本机时区）")] = "",
    until: Annotated[str, typer.Option("--until", help="到这一天为止（含）")] = "",
    status: Annotated[list[RecordStatus] | None, typer.Option("--status", help="只要这种状态，可以多个")] = None,
    kind: Annotated[list[RecordKind] | None, typer.Option("--kind", help="答复或预审；不填都要")] = None,
) -> None:
    """把记录导出为 csv、xlsx 或 jsonl。"""
    from assistant.records.export import MOST_ROWS, as_workbook, csv_lines, jsonl_lines

    chosen = _opened().entries(
        since=_moment(since, "--since"),
        until=_moment(until, "--until", is_end=True),
        kinds=[one.value for one in kind or ()],
        statuses=[one.value for one in status or ()],
    )
    if form is Format.XLSX:
        records = list(islice(chosen, MOST_ROWS + 1))
        write_file(out, as_workbook(records))
        typer.echo(f"{len(records)} 条记录已写到 {out}。")
        return
    written = -1 if form is Format.CSV else 0  # the table's headings
    with written_aside(out) as write:
        for line in (csv_lines if form is Format.CSV else jsonl_lines)(chosen):
            write(line)
            written += 1
    typer.echo(f"{written} 条记录已写到 {out}。")


@records_app.command("show")
def show(record_id: Annotated[str, typer.Argument(help="记录编号", metavar="ID")], as_json: AsJson = False) -> None:
    """查看一条记录，以及对它的反馈、核对和删除。"""
    from assistant.records.told import as_text

    record = _opened().get(record_id.strip())
    if record is None:
        raise UsageError(f"没有编号为 {record_id} 的记录。", "请核对编号。")
    typer.echo(record.model_dump_json(indent=1) if as_json else as_text(record))


@records_app.command("erase")
def erase(
    record_id: Annotated[str, typer.Argument(help="记录编号", metavar="ID")],
    reason: Annotated[str, typer.Option("--reason", help="因何删除；会留在记录里")],
    by: Annotated[str, typer.Option("--by", help="由谁删除；不填为当前系统用户")] = "",
) -> None:
    """删除一条记录的内容；删除这件事本身留在记录里。"""
    _opened().erase(record_id.strip(), by=by.strip() or getpass.getuser(), reason=reason)
    typer.echo(f"{record_id} 的内容已删除，删除原因已记下。此前的备份里仍有它，请一并处理。")


def _opened() -> "RecordStore":
    from assistant.records.store import open_records

    return open_records(load_settings())


def _proof(report: "ChainReport") -> str:
    if not report.entries and report.is_intact:
        return "还没有记录。"
    lines = [f"共 {report.entries} 条，其中 {report.erased} 条的内容已按要求删除。"]
    if report.is_intact:
        lines.append("记录完好：没有被改动、插入或删去。")
        lines.append(f"链头：第 {report.head_seq} 条 {report.head}")
        lines.append("请把链头另存他处；以后用 mic records verify --head 核对。")
    else:
        lines.append("记录对不上：")
        lines += [f"  {f'第 {f.seq} 条：' if f.seq else ''}{f.reason}" for f in report.faults]
        lines.append("请保留现场，与备份和另存的链头比对。")
    return "\n".join(lines)


def _moment(text: str, option: str, *, is_end: bool = False) -> datetime | None:
    """A day (its beginning, or its end) or a time; without a zone in this machine's."""
    if not text.strip():
        return None
    try:
        if len(text.strip()) == len("2026-01-31"):
            day = date.fromisoformat(text.strip()) + timedelta(days=is_end)
            return datetime.combine(day, time.min).astimezone()
        return datetime.fromisoformat(text.strip()).astimezone()
    except (ValueError, OverflowError):
        raise UsageError(f"{option} 的“{text}”不是日期。", "请写成 2026-01-31。") from None
