"""The desk in a real browser: signing in, the quote beside the claim, deciding by keys, a phone, and no script."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from desk_service import ADMIN, FINE, OPEN, PASSWORD, STAFF, STEPS, WORKER, Opened, open_desk_app, quick_hashes
from playwright.sync_api import Browser, BrowserContext, Page, expect

from assistant.ui.serving import bound, serving_in_thread

pytestmark = [pytest.mark.browser, pytest.mark.slow]

QUOTE = "固定研究与试验发展人员数不少于80人"


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    quick_hashes()
    return open_desk_app(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def address(opened: Opened) -> Iterator[str]:
    with bound("127.0.0.1", 0) as listener, serving_in_thread(opened.app, listener, opened.service.settings):
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/staff/"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Afterwards: no outside request, no error in any console."""
    hosts: set[str | None] = set()
    errors: list[str] = []
    made = browser.new_context(viewport={"width": 1360, "height": 850}, locale="zh-CN")
    made.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    made.on("weberror", lambda error: errors.append(str(error.error)))
    made.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield made
    made.close()
    assert {host for host in hosts if host} == {"127.0.0.1"}
    assert [error for error in errors if "422" not in error and "401" not in error] == []


def signed_in(context: BrowserContext, address: str, name: str = WORKER, path: str = "") -> Page:
    page = context.new_page()
    page.goto(address + path)
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(".who")).to_contain_text(name)
    page.wait_for_load_state()
    return page


def test_an_item_is_overruled_with_keys_alone_and_is_gone(
    context: BrowserContext, address: str, opened: Opened
) -> None:
    page = signed_in(context, address)
    expect(page.locator(".rows li")).to_have_count(4)
    for key in ("j", "j", "k", "Enter"):  # the thumb down comes first
        page.keyboard.press(key)
    expect(page.locator("h1")).to_contain_text("研发人员要多少人？我叫〔姓名〕")
    expect(page.locator(".feedback")).to_contain_text("<script>alert(1)</script>")

    page.wait_for_load_state()
    page.keyboard.press("n")
    page.keyboard.press("n")
    expect(page.locator(".claim[aria-pressed=true]")).to_contain_text(QUOTE)
    mark = page.locator(".law article:visible mark")
    expect(mark).to_have_text(QUOTE)
    expect(mark).to_be_in_viewport()

    page.keyboard.press("2")
    expect(page.locator("#overrule [name=place]")).to_be_focused()
    expect(page.locator("#overrule [name=claim]")).to_have_value("1")
    page.keyboard.type("第九十九条")
    page.keyboard.press("Enter")
    expect(page.locator(".problem")).to_contain_text("没有第九十九条")
    place = page.locator("#overrule [name=place]")
    expect(place).to_have_value("第九十九条")  # nothing that was typed is lost
    place.fill("第七条第（三）项")
    page.locator("#overrule [name=note]").fill("应引第三项")
    place.press("Enter")
    expect(page.locator(".said")).to_contain_text("更正已记下")
    record = opened.store.get(STAFF)
    assert record
    decision = record.decisions[-1].decision
    assert (decision.verdict, decision.by, decision.claim, decision.locator, decision.note) == (
        "overruled", WORKER, 1, "art_7.item_3", "应引第三项",
    )  # fmt: skip
    page.goto(address)
    expect(page.locator(".rows li")).to_have_count(3)
    expect(page.locator(".rows")).not_to_contain_text("我叫")
    page.goto(address + "?state=done")
    expect(page.locator(".rows")).to_contain_text("我叫")


def test_keys_move_confirm_and_annotate_and_never_decide_while_somebody_types(
    context: BrowserContext, address: str, opened: Opened
) -> None:
    page = signed_in(context, address, path=f"items/{STEPS}")  # comes back to where one wanted to go
    expect(page.locator("h1")).to_contain_text("遴选程序")
    page.wait_for_load_state()
    page.keyboard.press("j")
    expect(page.locator("h1")).to_contain_text("什么时间受理")
    page.wait_for_load_state()
    page.keyboard.press("k")
    expect(page.locator("h1")).to_contain_text("遴选程序")
    page.wait_for_load_state()
    page.keyboard.press("3")
    page.keyboard.type("1 2 j 再看")
    page.keyboard.press("Escape")
    expect(page.locator("#annotate")).to_be_hidden()
    expect(page.locator("h1")).to_contain_text("遴选程序")
    page.wait_for_load_state()
    page.keyboard.press("3")
    page.locator("#annotate button.main").click()
    expect(page).not_to_have_url(re.compile(STEPS))
    record = opened.store.get(STEPS)
    assert record
    assert [(d.decision.verdict, d.decision.note) for d in record.decisions] == [("annotated", "1 2 j 再看")]

    page.goto(address + f"items/{OPEN}")
    expect(page.locator(".law")).to_contain_text("最接近的条文，不作为依据")
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile(OPEN))
    done = opened.store.get(OPEN)
    assert done
    assert [d.decision.verdict for d in done.decisions] == ["confirmed"]


def test_a_precheck_shows_value_and_verdict_beside_the_provision(
    context: BrowserContext, address: str, opened: Opened
) -> None:
    page = signed_in(context, address, path=f"items/{opened.precheck}")
    first = page.locator(".claim-list > li").first
    expect(first).to_contain_text("不符合")
    expect(first).to_contain_text("75人")
    expect(first).to_contain_text("表1第3行")
    page.keyboard.press("n")
    expect(page.locator(".law article:visible mark")).to_have_text(QUOTE)
    expect(page.locator("[name=status]")).to_have_count(0)


def test_an_administrator_erases_and_staff_do_not_see_how(context: BrowserContext, address: str) -> None:
    page = signed_in(context, address, path=f"items/{FINE}")
    expect(page.locator(".erase")).to_have_count(0)
    expect(page.locator("nav")).not_to_contain_text("账号")
    page.get_by_role("button", name="退出").click()
    expect(page.locator(".said")).to_contain_text("已退出")
    page.close()
    page = signed_in(context, address, ADMIN, f"items/{FINE}")
    page.get_by_text("记录的来历").click()
    page.fill(".erase [name=reason]", "本人要求")
    page.locator(".erase button").click()
    expect(page.locator(".said")).to_contain_text("内容已删除")
    page.goto(address + f"items/{FINE}")
    expect(page.locator("h1")).to_have_text("内容已删除")
    expect(page.locator(".claims")).to_contain_text("本人要求")
    page.goto(address + "admin/records")
    page.get_by_role("button", name="核对").click()
    expect(page.locator(".said")).to_contain_text("记录完好")


def test_a_phone_shows_everything_in_its_width_and_decides(browser: Browser, address: str, opened: Opened) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
    page = signed_in(context, address)
    for path in (
        "",
        f"items/{STAFF}",
        f"items/{opened.precheck}",
        "overview",
        "cite-check",
        "open-matters",
        "versions",
    ):
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
    page.goto(address + f"items/{opened.precheck}")
    page.locator("[data-shows]").first.tap()
    expect(page.locator(".law mark").first).to_be_in_viewport()
    page.get_by_role("button", name="更正").tap()
    expect(page.locator("#overrule")).to_be_in_viewport()
    context.close()


def test_without_a_script_one_can_still_decide(browser: Browser, address: str, opened: Opened) -> None:
    before = len(opened.store.get(opened.precheck).decisions)  # type: ignore[union-attr]
    context = browser.new_context(java_script_enabled=False)
    page = signed_in(context, address, path=f"items/{opened.precheck}")
    expect(page.locator("#overrule")).to_be_visible()
    page.locator("#overrule [name=note]").fill("原件是80人")
    page.locator("#overrule button.main").click()
    expect(page.locator(".who")).to_be_visible()
    context.close()
    record = opened.store.get(opened.precheck)
    assert record
    assert len(record.decisions) == before + 1


def test_every_control_has_a_name(context: BrowserContext, address: str, opened: Opened) -> None:
    page = signed_in(context, address, ADMIN)
    for path in ("", f"items/{opened.precheck}", f"items/{STAFF}", "admin/accounts", "admin/records", "cite-check"):
        page.goto(address + path)
        nameless = page.evaluate(
            """() => [...document.querySelectorAll("input:not([type=hidden]), select, textarea, button, a")]
                .filter(one => !(one.labels?.[0]?.textContent || one.textContent || one.ariaLabel || "").trim())
                .map(one => one.outerHTML)"""
        )
        assert nameless == [], path
        assert page.locator("h1").count() == 1, path


def test_a_text_is_checked_and_the_marked_page_runs_nothing(
    context: BrowserContext, address: str, tmp_path: Path
) -> None:
    page = signed_in(context, address, path="cite-check")
    page.fill("[name=text]", "根据第七条第（四）项，固定研究与试验发展人员数不少于60人。<script>alert(1)</script>")
    page.get_by_role("button", name="核对").click()
    expect(page.locator("body")).to_contain_text("标注后的全文")
    expect(page.locator("body")).to_contain_text("<script>alert(1)</script>")
    letter = tmp_path / "复函.txt"
    letter.write_text("按照本办法第九十九条办理。", encoding="utf-8")
    page.goto(address + "cite-check")
    page.set_input_files("[name=file]", letter)
    page.select_option("[name=form]", "docx")
    with page.expect_download() as download:
        page.get_by_role("button", name="核对").click()
    assert download.value.suggested_filename == "复函-核对.docx"
    assert Path(download.value.path()).read_bytes()[:2] == b"PK"
