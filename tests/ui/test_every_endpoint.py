"""Every endpoint of the running application, also those that the frameworks make by themselves, without and with the
wrong role: none gives away what is the staff's, none changes anything.

A route that stands on no list here fails the test: whoever adds one has to say who may use it.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from desk_service import ADMIN, PASSWORD, STAFF, WORKER, Opened, open_desk_app, quick_hashes
from fastapi.routing import _IncludedRouter
from starlette.routing import Mount, WebSocketRoute

from assistant.ui.serving import bound, serving_in_thread

FOR_ALL = {
    # Programs: behind their own gate, which knows keys. Nothing of the staff's is behind it.
    "/api/v1/openapi.json", "/api/v1/ask", "/api/v1/search", "/api/v1/precheck", "/api/v1/provisions",
    "/api/v1/provisions/{locator}", "/api/v1/version", "/mcp", "/healthz", "/metrics",
    "/law/{pack}/{version:path}/{document}/{locator}", "/law/{rest:path}",
    # The way in.
    "/staff", "/staff/desk.css", "/staff/desk.js", "/staff/sign-in",
    # The page for applicants, and what Gradio makes by itself.
    "/", "/config", "/config/", "/login", "/login/", "/logout", "/svelte/{path:path}", "/static/{path:path}",
    "/assets/{path:path}", "/favicon.ico", "/theme.css", "/robots.txt", "/pwa_icon/{size}", "/pwa_icon",
    "/manifest.json", "/monitoring", "/monitoring/summary", "/monitoring/{key}", "/openapi.json",
}  # fmt: skip
# Below these stand Gradio's own calls: queue, files, uploads, components. None of them is any of ours.
FOR_ALL_BELOW = ("/gradio_api/",)
FOR_STAFF = {
    "/staff/", "/staff/items/{record_id}", "/staff/overview", "/staff/cite-check", "/staff/open-matters",
    "/staff/open-matters/report", "/staff/versions", "/staff/versions/diff", "/staff/password", "/staff/sign-out",
}  # fmt: skip
FOR_ADMINISTRATORS = {
    "/staff/admin/accounts", "/staff/admin/accounts/change", "/staff/admin/records", "/staff/admin/records/verify",
    "/staff/admin/records/export", "/staff/admin/records/{record_id}/erase", "/staff/admin/cases.jsonl",
    "/staff/admin/lexicon.toml",
}  # fmt: skip

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
FORM = {
    "verdict": "confirmed", "seen": "1", "reason": "x", "name": WORKER, "act": "disable", "old": PASSWORD,
    "new": PASSWORD + "2", "again": PASSWORD + "2", "password": PASSWORD, "role": "administrator", "text": "第七条",
}  # fmt: skip


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    quick_hashes()
    made = open_desk_app(tmp_path_factory.mktemp("data"))
    yield made
    made.store.close()
    made.staff.database.close()


@pytest.fixture(scope="module")
def address(opened: Opened) -> Iterator[str]:
    with bound("127.0.0.1", 0) as listener, serving_in_thread(opened.app, listener, opened.service.settings):
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


@pytest.fixture(scope="module")
def paths(opened: Opened) -> dict[str, set[str]]:
    """Every route with the methods it knows."""
    found: dict[str, set[str]] = {}
    for path, methods in routes_of(opened.app.routes, ""):
        found.setdefault(path, set()).update(methods)
    return found


def routes_of(routes: Any, before: str) -> Iterator[tuple[str, set[str]]]:
    for route in routes:
        if isinstance(route, Mount):
            inner = route.app
            while not hasattr(inner, "routes"):  # what stands before an application
                inner = next(value for name in ("_app", "app") if (value := getattr(inner, name, None)) is not None)
            yield from routes_of(inner.routes, before + route.path)
        elif isinstance(route, _IncludedRouter):
            yield from routes_of(route.original_router.routes, before + route.include_context.prefix)
        elif isinstance(route, WebSocketRoute):
            pytest.fail(f"{before + route.path} is a websocket: say here who may use it")
        else:
            yield before + route.path, set(route.methods or METHODS)


def who_may(path: str) -> str:
    if path in FOR_ADMINISTRATORS:
        return "administrators"
    if path in FOR_STAFF:
        return "staff"
    return "all" if path in FOR_ALL or path.startswith(FOR_ALL_BELOW) else "nobody said who"


def filled(path: str, opened: Opened) -> str:
    """A path to call: a record that exists where one is named, and where a file is named the accounts."""
    path = path.replace("{record_id}", STAFF)
    return (
        re.sub(r"\{[^}]*(path|url)[^}]*\}", str(opened.staff.database.file).lstrip("/"), path)
        .replace("{", "")
        .replace("}", "")
    )


def called(client: httpx.Client, method: str, path: str, **rest: Any) -> tuple[int, bytes, httpx.Headers]:
    """What comes within a moment; some of Gradio's answers never end."""
    body = b""
    try:
        with client.stream(method, path, **rest) as response:
            try:
                for chunk in response.iter_bytes():
                    body += chunk
            except httpx.ReadTimeout:
                pass
            return response.status_code, body, response.headers
    except httpx.ReadTimeout:
        return 0, body, httpx.Headers()


def state(opened: Opened) -> tuple[object, ...]:
    """Everything that a request could have changed."""
    return opened.store.verify().head, tuple(opened.staff.accounts.all()), opened.store.uploads is not None


def secrets(opened: Opened) -> list[bytes]:
    record = opened.store.get(STAFF)
    assert record
    said = (ADMIN, WORKER, "说的不是一回事", record.hash, record.turns[0], opened.precheck, "$argon2id$")
    return [one.encode() for one in said]


def client_at(address: str, cookie: str = "") -> httpx.Client:
    cookies = {"mic_staff": cookie} if cookie else {}
    return httpx.Client(base_url=address, cookies=cookies, timeout=httpx.Timeout(30, read=3), trust_env=False)


def signed_in(opened: Opened, name: str) -> str:
    account = next(one for one in opened.staff.accounts.all() if one.name == name)
    return opened.staff.sessions.begin(account).token


def test_every_route_is_on_a_list_and_every_list_is_true(paths: dict[str, set[str]]) -> None:
    unlisted = {path for path in paths if who_may(path) == "nobody said who"}
    assert not unlisted, f"say in this file who may use them: {sorted(unlisted)}"
    assert set(paths) >= (FOR_STAFF | FOR_ADMINISTRATORS)
    below_staff = {path for path in paths if path.startswith("/staff/")} - FOR_STAFF - FOR_ADMINISTRATORS
    assert below_staff == {"/staff/desk.css", "/staff/desk.js", "/staff/sign-in"}


@pytest.mark.parametrize("cookie", ["", "a" * 43, "ended"])
def test_without_a_session_the_staff_s_pages_give_and_change_nothing(opened: Opened, address: str, cookie: str) -> None:
    if cookie == "ended":
        cookie = signed_in(opened, ADMIN)
        opened.staff.sessions.end(cookie)
    before, hidden = state(opened), secrets(opened)
    with client_at(address, cookie) as client:
        for path in sorted(FOR_STAFF | FOR_ADMINISTRATORS):
            for method in METHODS:
                status, body, headers = called(client, method, filled(path, opened), data=FORM)
                allowed = {303} if method in ("GET", "HEAD") else {401, 403, 405}
                assert status in allowed, (method, path, status)
                assert status != 303 or headers["location"].startswith("/staff/sign-in?next="), path
                assert not [one for one in hidden if one in body], (method, path)
    assert state(opened) == before


def test_staff_may_not_do_what_administrators_may(opened: Opened, address: str) -> None:
    token = signed_in(opened, WORKER)
    session = opened.staff.sessions.find(token)
    assert session
    before, hidden = state(opened), [one for one in secrets(opened) if one != WORKER.encode()]
    with client_at(address, token) as client:
        for path in sorted(FOR_ADMINISTRATORS):
            for method in METHODS:
                data = {**FORM, "csrf": session.csrf}
                status, body, _ = called(client, method, filled(path, opened), data=data)
                assert status in (403, 405), (method, path, status)
                assert not [one for one in hidden if one in body], (method, path)
    assert state(opened) == before


@pytest.mark.parametrize(
    ("csrf", "headers"),
    [
        ("", {}),
        ("0" * 64, {}),
        ("another session's", {}),
        ("right", {"Origin": "https://evil.example"}),
        ("right", {"Sec-Fetch-Site": "cross-site"}),
        ("right", {"Sec-Fetch-Site": "same-site"}),
    ],
)
def test_a_form_of_another_page_changes_nothing(
    opened: Opened, address: str, paths: dict[str, set[str]], csrf: str, headers: dict[str, str]
) -> None:
    token = signed_in(opened, ADMIN)
    mine = opened.staff.sessions.find(token if csrf == "right" else signed_in(opened, ADMIN))
    assert mine
    word = mine.csrf if csrf in ("right", "another session's") else csrf
    before = state(opened)
    with client_at(address, token) as client:
        for path in sorted(FOR_STAFF | FOR_ADMINISTRATORS):
            if "POST" in paths[path]:
                sent = {**FORM, "csrf": word}
                status, _, _ = called(client, "POST", filled(path, opened), data=sent, headers=headers)
                assert status == 403, (path, status)
    assert state(opened) == before
    assert opened.staff.sessions.find(token)


def test_what_is_for_all_gives_nothing_of_the_staff_s_and_changes_nothing(
    opened: Opened, address: str, paths: dict[str, set[str]]
) -> None:
    before, hidden = state(opened), secrets(opened)
    with client_at(address) as client:
        for path, methods in sorted(paths.items()):
            if who_may(path) != "all":
                continue
            for method in sorted(methods & set(METHODS)):
                content = {"data": FORM} if method in ("POST", "PUT", "PATCH") else {}
                status, body, _ = called(client, method, filled(path, opened), **content)
                assert status != 500, (method, path)
                assert not [one for one in hidden if one in body], (method, path)
    assert state(opened) == before


def test_gradio_serves_no_file_of_ours(opened: Opened, address: str) -> None:
    folder: Path = opened.staff.database.file.parent
    files = [
        opened.staff.database.file,
        folder / "records" / "records.sqlite3",
        Path("assistant/desk/desk.js").resolve(),
    ]
    with client_at(address) as client:
        for file in files:
            assert file.is_file()
            for start in ("/gradio_api/file=", "/file=", "/gradio_api/file/", "/static/", "/assets/", "/svelte/"):
                for way in (str(file), f"..%2f..%2f..{str(file).replace('/', '%2f')}", str(file).lstrip("/")):
                    status, body, _ = called(client, "GET", start + way)
                    assert b"SQLite format 3" not in body, (start, way)
                    assert b"The keys of the desk" not in body, (start, way, status)


@pytest.mark.parametrize(
    "way",
    [
        "/staff/../staff/", "/staff//", "/staff/%2e/", "/STAFF/", "/staff/admin//accounts", "/staff/%61dmin/accounts",
        "/staff/sign-in/../admin/accounts", "/staff/sign-in%2f..%2fadmin/accounts",
    ],
)  # fmt: skip
def test_no_spelling_of_an_address_leads_around_the_doorkeeper(opened: Opened, address: str, way: str) -> None:
    hidden = [one for one in secrets(opened) if one != WORKER.encode()]
    for cookie in ("", signed_in(opened, WORKER)):
        with client_at(address, cookie) as client:
            status, body, _ = called(client, "GET", way)
            if "admin" in way or not cookie:
                assert status != 200 or not [one for one in hidden if one in body], (way, status)
