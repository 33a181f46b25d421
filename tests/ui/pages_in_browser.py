"""The page served and opened in a browser, and what must hold of it whatever is done there."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from fake_engine import FakeEngine
from playwright.sync_api import Browser, BrowserContext, Page, expect

from assistant.ui.reception import Reception

Open = Callable[..., Page]


@contextmanager
def served(reception: Reception | None = None) -> Iterator[str]:
    """The address of the page, on a free port."""
    from assistant.ui.page import build_page, launch_options

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    page = build_page(FakeEngine(), reception)
    options = launch_options(reception)
    page.launch(server_name="127.0.0.1", server_port=port, prevent_thread_lock=True, **options)
    yield f"http://127.0.0.1:{port}/"
    page.close()


@contextmanager
def opening(browser: Browser, address: str, tolerated: str = "") -> Iterator[Open]:
    """Opens the page in a browser of its own. Afterwards: no outside request, no error in any console.

    `tolerated`: words of an error that is none here.
    """
    hosts: set[str | None] = set()
    errors: list[str] = []
    contexts: list[BrowserContext] = []

    def opened(**options: object) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1360, "height": 850}, **options})  # type: ignore[arg-type]
        contexts.append(context)
        context.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
        page = context.new_page()
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("dialog", lambda dialog: errors.append(f"dialog: {dialog.message}"))
        page.goto(address, timeout=120_000)
        expect(page.locator(".welcome")).to_be_visible(timeout=120_000)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert {host for host in hosts if host} == {"127.0.0.1"}
    assert [error for error in errors if not tolerated or tolerated not in error] == []
