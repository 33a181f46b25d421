"""The pre-check's tab in a real browser: handing in, findings, citations, reports, phone, keyboard, other visitors."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from pages_in_browser import Open, opening, served
from playwright.sync_api import Browser, Page, TimeoutError, expect

from assistant.config import Settings
from assistant.files.limits import MIB
from assistant.precheck.check import open_desk
from assistant.ui.reception import Reception
from assistant.ui.upload_rooms import RoomLimits, Rooms

QUOTE = "固定研究与试验发展人员数不少于80人"
HOSTILE = "<img src=x onerror=alert(1)>机器人省级制造业创新中心"
ROWS = [
    ("中心名称", HOSTILE),
    ("牵头单位名称", "沈阳某机器人有限公司"),
    ("牵头单位类型", "企业"),
    ("运行形式", "公司"),
    ("固定研发人员数", "75人"),
    ("年度研发费用总额", "1200万元"),
    ("依托建设单位法人形式", "股份制独立企业法人"),
    ("建设领域", "工业机器人"),
    ("自主知识产权", "有，发明专利12项"),
    ("可产业化的技术成果", "有"),
    ("依托单位是否已稳定运行", "是"),
    ("资本金是否满足基本需要", "是"),
    ("所在地", "沈阳市"),
]

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# Reading a draft starts a process, which takes a while on a busy machine.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="module")
def uploads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("uploads")


@pytest.fixture(scope="module")
def address(uploads: Path) -> Iterator[str]:
    rooms = Rooms(uploads, RoomLimits(file_bytes=MIB))
    with served(Reception(open_desk(Settings()), rooms)) as address:
        yield address
    rooms.close()


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    with opening(browser, address, tolerated="status of 400") as opened:  # what the server refuses
        yield opened


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """A draft in Word whose staff is 5 short."""
    document = Document()
    document.add_paragraph("申报自评表")
    table = document.add_table(rows=0, cols=2)
    for label, value in ROWS:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, value
    path = tmp_path / "机器人中心.docx"
    document.save(str(path))
    return path


def hand_in(page: Page, *paths: Path) -> None:
    page.get_by_role("tab", name="自评表预审").click()
    expect(page.locator("#drafts")).to_be_enabled()
    page.set_input_files("#drafts", [str(path) for path in paths])
    expect(page.locator(".state")).to_have_text(f"预审完成，共 {len(paths)} 份", timeout=120_000)


def left(uploads: Path) -> list[Path]:
    """The files that uploads left, also while the server is removing their folders (where ``rglob`` would raise)."""
    return [
        Path(folder, name) for folder, _, names in os.walk(uploads) for name in names if Path(name).suffix != ".lock"
    ]


def test_a_draft_is_checked_cited_and_reported(open_page: Open, draft: Path, uploads: Path, tmp_path: Path) -> None:
    page = open_page()
    hand_in(page, draft)
    expect(page.locator(".draft")).to_have_count(1)  # the notice at the top, once
    expect(page.locator(".first li").first).to_have_text("还差5人")
    row = page.locator(".checks tr", has_text="还差5人")
    expect(row).to_contain_text("✗ 不符合")
    expect(row).to_contain_text("75人")
    expect(row).to_contain_text("表1第5行")
    assert page.locator("#findings img, #findings script").count() == 0
    row.get_by_role("button", name="查看依据：第七条第（四）项").click()
    expect(page.locator(".law mark")).to_have_text(QUOTE)
    expect(page.locator(".law mark")).to_be_in_viewport()
    page.screenshot(path=tmp_path / "desktop.png")

    with page.expect_download() as waiting:
        page.get_by_role("button", name="Excel表格").click()
    assert waiting.value.suggested_filename == "预审报告.xlsx"
    waiting.value.save_as(tmp_path / "report.xlsx")
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    assert "还差5人" in "".join(str(cell.value) for sheet in book for line in sheet for cell in line)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="带批注的Word副本").click()
    waiting.value.save_as(tmp_path / "copy.docx")
    assert any("还差5人" in comment.text for comment in Document(str(tmp_path / "copy.docx")).comments)

    assert len(left(uploads)) == 1
    page.goto("about:blank")
    for _ in range(100):  # the page that closes says so in the background
        if left(uploads):
            page.wait_for_timeout(200)
    assert left(uploads) == []


def test_several_files_on_a_phone(open_page: Open, draft: Path, tmp_path: Path) -> None:
    page = open_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    broken = tmp_path / "坏.docx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    page.screenshot(path=tmp_path / "phone-first.png")
    hand_in(page, draft, broken)
    expect(page.locator(".files tbody tr")).to_have_count(2)
    expect(page.locator(".files")).to_contain_text("无法读取")
    expect(page.locator("#counter [role=status]")).to_have_text("预审完成，共 2 份")
    page.screenshot(path=tmp_path / "phone.png")
    page.get_by_role("button", name="坏.docx").tap()
    expect(page.locator(".draft-card h2")).to_have_text("坏.docx")
    page.get_by_role("button", name="机器人中心.docx").tap()
    row = page.locator(".checks tr", has_text="还差5人")
    row.scroll_into_view_if_needed()
    page.screenshot(path=tmp_path / "phone-row.png")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    chip = row.get_by_role("button", name="查看依据：第七条第（四）项")
    chip.tap()
    expect(page.locator(".law mark")).to_have_text(QUOTE)
    expect(page.locator(".law mark")).to_be_in_viewport()
    page.get_by_role("button", name="关闭原文").tap()
    expect(chip).to_be_focused()


def choose_by_key(page: Page, draft: Path) -> None:
    """Presses Enter or the space bar on the file field. Chromium without a screen now and then swallows a key on it."""
    keys = ("Enter", "Space", "Enter", "Space", "Enter", "Space")
    for attempt, key in enumerate(keys, start=1):
        try:
            with page.expect_file_chooser(timeout=5_000) as chooser:
                page.keyboard.press(key)
            chooser.value.set_files(str(draft))
        except TimeoutError:
            if attempt == len(keys):
                raise
            page.locator("#drafts").focus()
        else:
            return


def test_keyboard_alone_is_enough(open_page: Open, draft: Path) -> None:
    page = open_page()
    page.get_by_role("tab", name="条文问答").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="自评表预审")).to_be_focused()
    expect(page.locator("#chat")).to_be_hidden()
    expect(page.locator("#drafts")).to_be_enabled()
    # The tab's contents take their places only after it is shown; until then Tab passes over them.
    page.wait_for_function("document.querySelector('#drafts').getClientRects().length > 0")
    page.wait_for_timeout(500)
    for _ in range(5):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id === 'drafts'"):
            break
    expect(page.locator("#drafts")).to_be_focused()
    choose_by_key(page, draft)
    expect(page.locator(".draft-card h2")).to_be_focused(timeout=120_000)
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.basis')"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(".law mark")).not_to_have_count(0)
    expect(page.locator(".basis:focus")).to_have_count(1)


def test_visitors_do_not_see_each_other_and_clearing_forgets(open_page: Open, draft: Path, tmp_path: Path) -> None:
    first, second = open_page(), open_page()
    other = tmp_path / "另一份.json"
    other.write_text(json.dumps({"center_name": "乙省级制造业创新中心", "rd_staff_fixed": 90}), encoding="utf-8")
    hand_in(first, draft)
    hand_in(second, other)
    first.set_viewport_size({"width": 1360, "height": 1900})
    first.screenshot(path=tmp_path / "tall.png")
    assert "另一份" not in first.locator("#findings").inner_text()
    assert "机器人" not in second.locator("#findings").inner_text()
    second.get_by_role("button", name="清除文件和结果").click()
    expect(second.locator(".draft-card")).to_have_count(0)
    expect(first.locator(".draft-card")).to_have_count(1)
    first.reload()
    first.get_by_role("tab", name="自评表预审").click()
    expect(first.locator("#drafts")).to_be_enabled()
    expect(first.locator(".draft-card")).to_have_count(0)


def test_what_is_not_taken_is_said(open_page: Open, tmp_path: Path) -> None:
    page = open_page()
    program, large = tmp_path / "程序.exe", tmp_path / "大.txt"
    program.write_bytes(b"MZ")
    large.write_bytes(b"x" * (MIB + 1))
    page.get_by_role("tab", name="自评表预审").click()
    page.screenshot(path=tmp_path / "first.png")
    expect(page.locator("#drafts")).to_be_enabled()
    for link in ("Word", "Excel"):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=link).click()
        assert waiting.value.suggested_filename.startswith("自评表（空白）")
    with page.expect_response("**/precheck/files*"):
        page.set_input_files("#drafts", [str(program)])
    expect(page.get_by_role("alert")).to_contain_text("程序.exe：不支持这种文件")
    page.set_input_files("#drafts", [str(large)])
    expect(page.get_by_role("alert")).to_contain_text("上限")
