"""Records as tables and lines for staff: csv, xlsx and jsonl. No cell of theirs can act."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from assistant.errors import UsageError
from assistant.precheck.wording import OUTCOME, VERDICT
from assistant.precheck.workbook import Cell, Column, Row, Workbook, inert
from assistant.records.models import Record

# What a workbook made in memory can hold without trouble.
MOST_ROWS = 50_000

_COLUMNS = tuple(
    Column(heading, width)
    for heading, width in (
        *(("编号", 34), ("序号", 8), ("种类", 8), ("时间（UTC）", 20), ("渠道", 8), ("状态", 12)),
        *(("对话或文件", 40), ("答复或结论", 60), ("依据", 40), ("逐项结论", 40)),
        *(("资料包", 14), ("版本", 14), ("文本指纹", 20), ("规则指纹", 20)),
        *(("措辞", 12), ("退回原因", 14), ("删去的句子", 8), ("耗时（毫秒）", 10)),
        *(("反馈", 24), ("核对", 40), ("删除", 30), ("条目指纹", 20)),
    )
)
_KIND = {"answer": "答复", "precheck": "预审"}
_STATUS = {"answered": "有规定", "not_covered": "未作规定", "needs_facts": "需补充情况", "out_of_scope": "无关"}
_CHANNEL = {"page": "网页", "cli": "命令行", "batch": "批量", "api": "接口", "mcp": "MCP"}
_THUMB = {"up": "有用", "down": "没用"}
_DECIDED = {"confirmed": "确认", "overruled": "更正", "annotated": "备注"}


def jsonl_lines(records: Iterable[Record]) -> Iterator[str]:
    """Each record as one line of JSON, as docs/schema/record.json has it."""
    for record in records:
        yield record.model_dump_json() + "\n"


def csv_lines(records: Iterable[Record]) -> Iterator[str]:
    """A table with a byte order mark, without which Excel takes Chinese for something else."""
    yield "\ufeff" + _line([column.heading for column in _COLUMNS])
    for record in records:
        yield _line([inert(str(cell)) for cell in _cells(record)])


def as_workbook(records: Iterable[Record]) -> bytes:
    """The same table as a workbook. Raises UsageError if there are too many records for one."""
    rows: list[Row] = []
    for record in records:
        rows.append([(cell, "cell") for cell in _cells(record)])
        if len(rows) > MOST_ROWS:
            raise UsageError(f"记录超过 {MOST_ROWS} 条，一个工作簿装不下。", "请缩短时间范围，或导出为 csv。")
    with Workbook("记录") as book:
        book.add_table(book.add_sheet("记录"), 0, _COLUMNS, rows)
    return book.data


def _line(cells: Sequence[str]) -> str:
    stream = io.StringIO()
    csv.writer(stream).writerow(cells)
    return stream.getvalue()


def _cells(record: Record) -> list[Cell]:
    stamp = record.stamp
    made = record.answer.provenance if record.answer else None
    return [
        *(record.id, record.seq, _KIND[record.kind], f"{record.at:%Y-%m-%d %H:%M:%S}"),
        *(_CHANNEL.get(record.channel or "", ""), _status(record)),
        *(_asked(record), _said(record), _basis(record), _verdicts(record)),
        *(stamp.pack, stamp.version, stamp.pack_sha256, stamp.files_sha256.get("rules.toml", "")),
        *(made.composer if made else "", (made.fallback or "") if made else "", made.dropped if made else ""),
        record.milliseconds if record.milliseconds is not None else "",
        "\n".join(f"{_THUMB[f.thumb]} {f.comment}".strip() for f in record.feedback),
        "\n".join(_decided(record)),
        f"{record.erased.by}：{record.erased.reason}" if record.erased else "",
        record.hash,
    ]


def _status(record: Record) -> str:
    names = _STATUS if record.kind == "answer" else OUTCOME
    return next((words for name, words in names.items() if name == record.status), record.status)


def _asked(record: Record) -> str:
    return record.report.file if record.report else "\n".join(record.turns)


def _said(record: Record) -> str:
    if record.report:
        return record.report.error or record.report.summary
    return record.answer.answer if record.answer else ""


def _basis(record: Record) -> str:
    cited = record.answer.citations if record.answer else []
    checked = [check.citation for check in record.report.checks if check.citation] if record.report else []
    return "\n".join(dict.fromkeys(f"{c.label}：“{c.quote}”" for c in (*cited, *checked)))


def _verdicts(record: Record) -> str:
    if record.report:
        return "\n".join(f"{c.label}：{VERDICT[c.verdict]} {c.message}".strip() for c in record.report.checks)
    assessed = record.answer.assessments if record.answer else []
    return "\n".join(f"{a.field}：{VERDICT[a.verdict]} {a.message}".strip() for a in assessed)


def _decided(record: Record) -> Iterator[str]:
    for decided in record.decisions:
        decision = decided.decision
        claim = "" if decision.claim is None else f"（第 {decision.claim + 1} 项）"
        yield f"{_DECIDED[decision.verdict]}{claim} {decision.by} {decision.locator} {decision.note}".strip()
