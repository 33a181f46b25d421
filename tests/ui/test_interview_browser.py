"""The interview in a real browser with the real assistant: buttons, ledger, files, reload."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pages_in_browser import Open, opening, served
from playwright.sync_api import Browser, Page, expect
from qa.samples import LIAONING, FakeSearch

from assistant.config import Settings
from assistant.law.pack import load_pack
from assistant.precheck.check import Desk
from assistant.qa.answerer import PackAnswerer
from assistant.qa.assess import criteria_of
from assistant.qa.service import Assistant
from assistant.ui.reception import Reception
from assistant.ui.upload_rooms import rooms_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    pack = load_pack(LIAONING)
    criteria = criteria_of(pack)
    assert criteria is not None
    desk = Desk(pack, criteria.rulebook, criteria.schema)
    reception = Reception(desk, rooms_of(Settings(data_dir=tmp_path_factory.mktemp("rooms"))))
    assistant = Assistant([PackAnswerer(pack, FakeSearch(pack))])
    with served(reception, assistant) as address:
        yield address


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    with opening(browser, address) as opened:
        yield opened


def say(page: Page, text: str) -> None:
    before = page.locator(".turn .actions").count()
    page.fill("#question textarea", text)
    page.press("#question textarea", "Enter")
    expect(page.locator(".turn .actions")).to_have_count(before + 1)


def pick(page: Page, text: str) -> None:
    before = page.locator(".turn .actions").count()
    page.get_by_role("button", name=text, exact=True).last.click()
    expect(page.locator(".turn .actions")).to_have_count(before + 1)


def test_from_the_first_question_to_the_files(open_page: Open, tmp_path: Path) -> None:
    page = open_page(accept_downloads=True)
    say(page, "帮我看看我们能不能申报")
    say(page, "固定研发人员75人，研发费用1200万，企业牵头")
    expect(page.locator(".turn:last-child .words")).to_contain_text("还差5人")
    pick(page, "联盟")
    expect(page.locator(".turn:last-child .question")).to_contain_text("联盟")
    expect(page.locator(".reply")).to_have_text(["是", "否", "不知道", "看看结果"])
    say(page, "再招5个人呢？")
    expect(page.locator(".flips tbody tr")).to_contain_text(["固定研究与试验发展人员数✗不符合 75人✓符合 80人"])
    pick(page, "继续")
    pick(page, "看看结果")
    ledger = page.locator(".turn:last-child .ledger")
    expect(ledger).to_have_attribute("open", "")
    expect(ledger.locator("li").first).to_contain_text("还差5人")
    with page.expect_download() as download:
        ledger.locator('[data-take="json"]').click()
    file = tmp_path / "ledger.json"
    download.value.save_as(file)
    checks = {check["rule"]: check for check in json.loads(file.read_text(encoding="utf-8"))[0]["checks"]}
    assert checks["rd-staff-minimum"]["gap"] == "5"
    with page.expect_download() as form:
        ledger.locator('[data-take="form-docx"]').click()
    assert form.value.suggested_filename == "自评表（预填）.docx"


def test_a_reload_goes_on_where_it_was(open_page: Open) -> None:
    page = open_page()
    say(page, "帮我看看我们能不能申报")
    say(page, "固定研发人员85人")
    page.wait_for_timeout(500)
    page.reload()
    expect(page.locator(".turn .actions")).to_have_count(2)
    pick(page, "不知道")
    expect(page.locator(".turn:last-child .words")).to_contain_text("由哪一类单位牵头")
