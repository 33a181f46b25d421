"""The workbook of a run: every sheet, nothing that acts, the same bytes."""

import io
import re
import zipfile

import openpyxl
from hypothesis import given
from hypothesis import strategies as st
from report_samples import HOSTILE, broken, desk, report

from assistant.precheck.models import Report
from assistant.precheck.report_xlsx import as_xlsx
from assistant.precheck.workbook import MAX_CELL, Column, Workbook, inert

TITLE = desk().pack.about.title
SHEETS = ["总览", "逐份结果", "逐项明细", "常见问题", "互相矛盾", "同一领域", "无法读取"]


def book(*reports: Report) -> tuple[openpyxl.Workbook, bytes]:
    data = as_xlsx(reports, TITLE, desk().kinship)
    return openpyxl.load_workbook(io.BytesIO(data)), data


def words_of(sheet: object) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]  # type: ignore[attr-defined]


def test_the_sheets_hold_drafts_rules_failures_and_what_drafts_share() -> None:
    reports = (report("甲.docx"), report("乙.docx", rd_staff_fixed=75), broken("丙.pdf"))
    read, _ = book(*reports)
    assert read.sheetnames == SHEETS
    drafts = words_of(read["逐份结果"])
    assert [row[1] for row in drafts] == ["文件", "甲.docx", "乙.docx", "丙.pdf"]
    staff = next(i for i, head in enumerate(drafts[0]) if "固定研究与试验发展人员数（" in str(head))
    assert drafts[2][staff] == "✗ 不符合\n75人\n还差5人"
    assert any("固定研究与试验发展人员数" in str(row) for row in words_of(read["互相矛盾"]))
    assert words_of(read["无法读取"])[1][0] == "丙.pdf"
    assert words_of(read["常见问题"])[1][2] == 1
    assert "draft_for_comment" not in str(words_of(read["总览"]))
    assert "征求意见稿，尚未施行" in str(words_of(read["总览"]))


def test_there_is_a_chart_of_the_failures() -> None:
    _, data = book(report(rd_staff_fixed=75))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert any(name.startswith("xl/charts/") for name in archive.namelist())


def test_no_cell_is_a_formula_or_a_link() -> None:
    _, data = book(report(HOSTILE, lead_org_name=HOSTILE, center_name="@SUM(1+1)", director_name="+1"), broken(HOSTILE))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            part = archive.read(name).decode("utf-8")
            if name.startswith("xl/worksheets/"):
                assert not re.search(r"<f[ >]|<hyperlink", part), name
            assert not name.startswith("xl/externalLinks")
    for sheet in openpyxl.load_workbook(io.BytesIO(data)):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert not str(cell.value or "").startswith(("=", "+", "-", "@"))


@given(st.text() | st.text(st.sampled_from("=+-@＝＋\t\r\n 　a"), max_size=6))
def test_inert_words_keep_all_they_said_and_begin_no_formula(text: str) -> None:
    made = inert(text)
    assert made.removeprefix("'") == text.removeprefix("'") or made == f"'{text}"
    assert not made.lstrip(" \u3000").startswith(("=", "+", "-", "@", "＝"))


@given(st.text(max_size=50))
def test_any_words_give_a_workbook_that_opens(text: str) -> None:
    with Workbook("x") as made:
        made.add_table(made.add_sheet("一"), 0, [Column("a", 10)], [[(text, "cell")], [("长" * 40_000, "cell")]])
    (sheet,) = openpyxl.load_workbook(io.BytesIO(made.data))
    assert len(sheet["A3"].value) == MAX_CELL


def test_the_same_reports_give_the_same_bytes() -> None:
    reports = (report("甲.docx"), broken())
    assert book(*reports)[1] == book(*reports)[1]
    with zipfile.ZipFile(io.BytesIO(book(*reports)[1])) as archive:
        assert {member.date_time[0] for member in archive.infolist()} == {1980}
        assert b"2000-01-01" in archive.read("docProps/core.xml")
