"""The page served and opened in a browser, and what must hold of it whatever is done there."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from fake_engine import FakeEngine
from playwright.sync_api import Browser, BrowserContext, Page, expect

from assistant.api.engine import Engine
from assistant.api.service import Service
from assistant.config import Settings
from assistant.records.recording import Recorder
from assistant.ui.reception import Reception

Open = Callable[..., Page]


@contextmanager
def served(
    reception: Reception | None = None, engine: Engine | None = None, recorder: Recorder | None = None
) -> Iterator[str]:
    """The address of the whole application, on a free port. Without a recorder nothing is recorded."""
    from assistant.ui.serving import bound, serving_in_thread
    from assistant.ui.web_app import build_web_app

    with tempfile.TemporaryDirectory() as folder, bound("127.0.0.1", 0) as listener:
        settings = Settings(data_dir=Path(folder))
        app = build_web_app(Service(engine or FakeEngine(), settings, recorder=recorder), reception)
        with serving_in_thread(app, listener, settings):
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/"


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
