"""Permalinks: /law/{pack}/{version}/{document}/{locator}, with ?quote=start-end."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from assistant.api.law_page import POLICY, Place, read_span, render_missing, render_provision
from assistant.law.pack import Pack
from assistant.versions.installed import find_provision

_HEADERS = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}


def law_routes(packs: Callable[[], tuple[Pack, ...]]) -> list[Route]:
    """`packs` gives all installed versions; a version is taken as it is written, never another in its place."""

    def show(request: Request) -> HTMLResponse:
        asked = request.path_params
        home = _home(request)
        found = find_provision(packs(), asked["pack"], asked["version"], asked["document"], asked["locator"][:200])
        if found is None:
            return HTMLResponse(render_missing(home, packs()), 404, _HEADERS)
        place = Place(*found)
        written = request.query_params.get("quote", "")
        span = read_span(written, place.provision)
        page = render_provision(place, span, bad_quote=bool(written) and span is None, home=home)
        return HTMLResponse(page, 200, _HEADERS)

    def missing(request: Request) -> HTMLResponse:
        return HTMLResponse(render_missing(_home(request), packs()), 404, _HEADERS)

    return [
        Route("/law/{pack}/{version:path}/{document}/{locator}", show),
        Route("/law/{rest:path}", missing),
    ]


def _home(request: Request) -> str:
    """The relative way up to where the service stands, counted as the browser counts: a %2F is no step."""
    raw = bytes(request.scope.get("raw_path") or b"").partition(b"?")[0]
    root = str(request.scope.get("root_path", "")).encode()
    return "../" * (raw.removeprefix(root).count(b"/") - 1) or "./"
