"""Exports hold everything, and no cell of theirs can act."""

import csv
import io
import json

import pytest
from openpyxl import load_workbook
from record_samples import a_report, an_answer

from assistant.errors import UsageError
from assistant.records import export
from assistant.records.export import as_workbook, csv_lines, jsonl_lines
from assistant.records.models import Decision, Record
from assistant.records.store import RecordStore

ACTIVE = '=HYPERLINK("http://x")'


@pytest.fixture
def records(store: RecordStore) -> list[Record]:
    store.add_answer([ACTIVE], an_answer(text="＝1+1，人数不少于80人。"), channel="page", milliseconds=7)
    store.add_feedback("a" * 32, thumb="down", comment="@cmd")
    store.add_decision("a" * 32, Decision(verdict="overruled", by="+staff", claim=0, locator="art_8", note="-1"))
    store.add_precheck(a_report(file="=cmd|' /C calc'!A0.docx"), channel="batch")
    store.add_answer(["问"], an_answer("b" * 32), channel="cli")
    store.erase("b" * 32, by="admin", reason="=1")
    return list(store.entries())


def test_csv_has_a_row_for_each_record_and_no_formula(records: list[Record]) -> None:
    text = "".join(csv_lines(records))
    assert text.startswith("\ufeff编号,")
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert len(rows) == 3
    assert {len(row) for row in rows} == {len(head)}
    first = dict(zip(head, rows[0], strict=True))
    assert (first["状态"], first["渠道"], first["耗时（毫秒）"], first["资料包"]) == ("有规定", "网页", "7", "toy")
    assert first["对话或文件"] == "'" + ACTIVE
    assert first["核对"].startswith("更正（第 1 项）")
    assert not [cell for row in rows for cell in row if cell.lstrip(" \u3000").startswith(tuple("=+-@＝＋－＠\t\r"))]
    assert dict(zip(head, rows[2], strict=True))["删除"] == "admin：=1"


def test_a_workbook_has_the_same_cells_and_no_formula(records: list[Record]) -> None:
    sheet = load_workbook(io.BytesIO(as_workbook(records))).active
    assert sheet is not None
    rows = list(sheet.iter_rows())
    assert len(rows) == 4
    assert not [cell for row in rows for cell in row if cell.data_type == "f" or cell.hyperlink]
    assert rows[1][6].value == "'" + ACTIVE


def test_jsonl_reads_back_as_the_same_records(records: list[Record]) -> None:
    lines = list(jsonl_lines(records))
    assert [Record.model_validate(json.loads(line)) for line in lines] == records
    assert all(line.endswith("\n") and line.count("\n") == 1 for line in lines)


def test_too_many_rows_for_a_workbook_are_refused(records: list[Record], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "MOST_ROWS", 2)
    with pytest.raises(UsageError, match="csv"):
        as_workbook(records)
