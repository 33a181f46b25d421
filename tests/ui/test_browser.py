"""The page in a real browser: asking, citations, reload, phone, keyboard, and what it must never do."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pages_in_browser import Open, opening, served
from playwright.sync_api import Browser, Page, expect

STAFF = "研发人员要多少人？"
QUOTE = "固定研究与试验发展人员数不少于80人"
# How much the browser keeps, and how much that is for no question at all.
KEPT = "Object.values(localStorage).join('').length"
EMPTY = 49

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served() as address:
        yield address


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    with opening(browser, address) as opened:
        yield opened


def ask(page: Page, question: str) -> None:
    """Types a question, sends it with Enter and waits until it is answered and kept."""
    before = page.locator(".turn .actions, .turn .failed").count()
    kept = max(page.evaluate(KEPT), EMPTY)
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    expect(page.locator(".turn .actions, .turn .failed")).to_have_count(before + 1)
    if not page.locator(".turn:last-child .failed").count():
        page.wait_for_function(f"kept => {KEPT} > kept", arg=kept)


def in_view(page: Page, selector: str) -> bool:
    """Whether an element lies inside the visible part of the law."""
    return bool(
        page.evaluate(
            """selector => {
                const box = document.querySelector(selector).getBoundingClientRect();
                const view = document.querySelector('.law-body').getBoundingClientRect();
                return box.height > 0 && box.top >= view.top && box.bottom <= view.bottom;
            }""",
            selector,
        )
    )


def expect_in_view(page: Page, selector: str) -> None:
    page.wait_for_function(
        """selector => {
            const element = document.querySelector(selector);
            const view = document.querySelector('.law-body')?.getBoundingClientRect();
            const box = element?.getBoundingClientRect();
            return box && view && box.height > 0 && box.top >= view.top && box.bottom <= view.bottom;
        }""",
        arg=selector,
        timeout=5000,
    )


def test_citation_opens_the_marked_words_in_their_place(open_page: Open, tmp_path: Path) -> None:
    page = open_page()
    expect(page.locator(".draft")).to_have_count(1)
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    page.get_by_role("button", name=STAFF).click()
    chip = page.get_by_role("button", name="查看依据：第七条第（四）项").last
    chip.click()
    expect(page.locator(".law mark")).to_have_text(QUOTE)
    expect_in_view(page, ".law mark")
    expect(page.locator(".law .found")).to_contain_text("第三章　申报条件与遴选程序 › 第七条第（四）项")
    page.evaluate("document.querySelector('.law-body').scrollTop = 0")
    assert not in_view(page, ".law mark")
    chip.click()
    expect_in_view(page, ".law mark")
    page.screenshot(path=tmp_path / "desktop.png")


def test_reload_keeps_and_clear_forgets(open_page: Open) -> None:
    page = open_page()
    ask(page, STAFF)
    ask(page, "程序有哪些？")
    kept = page.evaluate("Object.entries(localStorage).map(pair => pair.join()).join()")
    assert QUOTE not in kept
    page.reload()
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator(".question").first).to_contain_text(STAFF)
    page.locator(".chip").last.click()
    expect(page.locator(".law mark")).to_contain_text("按程序批复设立省创中心")
    page.get_by_role("button", name="清空对话").click()
    expect(page.locator(".welcome")).to_be_visible()
    expect(page.locator(".law mark")).to_have_count(0)
    page.reload()
    expect(page.locator(".welcome")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(0)


def test_clearing_while_an_answer_is_on_its_way(open_page: Open) -> None:
    page = open_page()
    page.fill("#question textarea", "慢慢来，" + STAFF)
    page.press("#question textarea", "Enter")
    expect(page.locator(".waiting")).to_be_visible()
    page.get_by_role("button", name="清空对话").click()
    expect(page.locator(".welcome")).to_be_visible()
    page.wait_for_timeout(2500)
    expect(page.locator(".turn")).to_have_count(0)
    ask(page, STAFF)
    expect(page.locator(".turn")).to_have_count(1)


def test_tampered_storage_is_ignored(open_page: Open) -> None:
    page = open_page()
    ask(page, STAFF)
    page.evaluate("Object.keys(localStorage).forEach(key => localStorage.setItem(key, ''))")
    page.reload()
    expect(page.locator(".welcome")).to_be_visible()
    ask(page, STAFF)
    expect(page.locator(".turn")).to_have_count(1)


def test_phone_shows_the_law_over_the_chat(open_page: Open, tmp_path: Path) -> None:
    page = open_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    law = page.locator("#law")
    expect(law).to_be_hidden()
    page.screenshot(path=tmp_path / "phone-first.png")
    page.get_by_role("button", name=STAFF).tap()
    chip = page.locator(".chip").last
    chip.tap()
    expect(law).to_be_visible()
    expect(page.locator(".law mark")).to_have_text(QUOTE)
    expect_in_view(page, ".law mark")
    page.screenshot(path=tmp_path / "phone-law.png")
    page.get_by_role("button", name="关闭原文，返回问答").tap()
    expect(law).to_be_hidden()
    expect(chip).to_be_focused()
    page.get_by_role("button", name="查看原文").tap()
    expect(law).to_be_visible()
    page.keyboard.press("Escape")
    expect(law).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_keyboard_alone_is_enough(open_page: Open) -> None:
    page = open_page()
    box = page.locator("#question textarea")
    box.focus()
    page.keyboard.type("研发人员")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("要多少人？")
    expect(box).to_have_value("研发人员\n要多少人？")
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(2)
    expect(box).to_have_value("")
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('.words .chip')"):
            break
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "查看依据：第七条第（四）项"
    page.keyboard.press("Enter")
    expect(page.locator(".law mark")).to_have_text(QUOTE)
    expect(page.locator(".chip:focus")).to_have_count(1)


def test_sessions_do_not_see_each_other(open_page: Open) -> None:
    first, second = open_page(), open_page()
    ask(first, STAFF)
    ask(second, "程序有哪些？")
    expect(first.locator(".turn")).to_have_count(1)
    expect(second.locator(".turn")).to_have_count(1)
    assert "程序有哪些" not in first.locator("#transcript").inner_text()
    assert "研发人员" not in second.locator("#transcript").inner_text()
    second.reload()
    expect(second.locator(".question")).to_contain_text("程序有哪些？")


def test_hostile_question_is_only_text(open_page: Open) -> None:
    page = open_page()
    hostile = "<img src=x onerror=alert(1)><script>alert(2)</script>${alert(3)}{{constructor}}`"
    ask(page, hostile)
    expect(page.locator(".question")).to_contain_text(hostile)
    assert page.locator("#transcript img, #transcript script").count() == 0
    page.reload()
    expect(page.locator(".question")).to_contain_text(hostile)


def test_empty_long_and_failing_questions_are_told(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("button", name="发送").click()
    expect(page.get_by_role("alert")).to_contain_text("请先输入问题")
    page.fill("#question textarea", "问" * 2001)
    page.get_by_role("button", name="发送").click()
    expect(page.get_by_role("alert")).to_contain_text("2001 字")
    expect(page.locator("#question textarea")).to_have_value("问" * 2001)
    ask(page, "请出错")
    expect(page.locator(".failed")).to_contain_text("抱歉，这个问题没有处理成功")
    assert "secret detail" not in page.content()


def test_words_are_found_in_the_law(open_page: Open) -> None:
    page = open_page()
    page.fill(".find", "１０００ 万元")
    expect(page.locator(".found")).to_have_text("找到 1 处")
    expect(page.locator(".hit")).to_have_text("1000万元")
    expect(page.locator('[data-locator="art_1"]')).to_be_hidden()
    page.fill(".find", "不存在的词")
    expect(page.locator(".found")).to_contain_text("没有这个词")
    page.fill(".find", "")
    expect(page.locator('[data-locator="art_1"]')).to_be_visible()
    expect(page.locator(".hit")).to_have_count(0)
    page.get_by_role("button", name="相关政策").click()
    expect(page.locator(".unofficial")).to_be_visible()


def test_answer_can_be_copied_and_downloaded(open_page: Open) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, STAFF)
    page.get_by_role("button", name="复制答复").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    assert QUOTE in page.evaluate("navigator.clipboard.readText()")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载答复").click()
    assert waiting.value.suggested_filename == "条文问答-研发人员要多少人.md"
    assert QUOTE in Path(waiting.value.path()).read_text(encoding="utf-8")
