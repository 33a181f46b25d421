"""The whole service as one application; the page is mounted into it from `ui/`."""

import hmac
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI
from mcp.server.transport_security import TransportSecuritySettings
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from assistant.api.gate import PRECHECK, Allowance, Gate, Porter
from assistant.api.headers import SecurityHeaders
from assistant.api.keys import key_ring
from assistant.api.law_routes import law_routes
from assistant.api.locality import is_local
from assistant.api.mcp_tools import build_mcp
from assistant.api.problems import answer_problems, problem
from assistant.api.request_log import RequestLog
from assistant.api.rest import build_rest
from assistant.api.service import Service
from assistant.api.under_path import UnderPath
from assistant.config import Settings
from assistant.files.limits import MIB

# A conversation of the longest turns, every character written as an escaped pair.
WORDS_BYTES = 12 * 30 * 2000 + 64 * 1024


def build_api(service: Service, on_close: Callable[[], None] = lambda: None) -> FastAPI:
    """REST, MCP, permalinks, health and metrics over `service`, which is closed when the application ends.

    `on_close`: what else is to be cleared away then. Raises SettingsError if the file of keys cannot be read.
    """
    settings = service.settings
    porter = Porter(key_ring(settings))
    porter.keys.all()
    # Each request is an exchange of its own, so that no session has to be found again behind a proxy.
    tools = build_mcp(service)
    tools.streamable_http_app(
        stateless_http=True,
        json_response=True,
        max_request_body_size=10**9,  # the gate before it counts
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),  # the gate looks at it
    )

    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        async with tools.session_manager.run():
            yield
        service.close()
        on_close()

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=running, root_path=settings.root_path)
    answer_problems(app)
    app.router.routes += [
        Mount("/api/v1", Gate(build_rest(service), porter, _rest_allowance(settings))),
        Route("/mcp", Gate(tools.session_manager.handle_request, porter, _mcp_allowance(settings))),
        Route("/healthz", _healthz(service)),
        Route("/metrics", _metrics(service)),
        *law_routes(lambda: service.packs),
    ]
    app.add_middleware(SecurityHeaders)
    app.add_middleware(RequestLog, metrics=service.metrics, addresses=settings.log_addresses)
    app.add_middleware(UnderPath, root_path=settings.root_path)  # the outermost
    return app


def _rest_allowance(settings: Settings) -> Allowance:
    uploads = max(settings.upload_total_mb, settings.max_file_mb) * MIB + MIB
    heavy = Allowance(settings.api_prechecks_per_minute, uploads)
    return Allowance(settings.api_per_minute, WORDS_BYTES, {PRECHECK: heavy})


def _mcp_allowance(settings: Settings) -> Allowance:
    """A tool's call may bring a file, as Base64."""
    largest = settings.max_file_mb * MIB * 4 // 3 + MIB
    heavy = Allowance(settings.api_prechecks_per_minute, largest)  # counted by the tool: all calls have one address
    return Allowance(settings.api_per_minute, largest, {PRECHECK: heavy})


def _healthz(service: Service) -> Callable[[Request], Response]:
    def healthz(_: Request) -> Response:
        """Packs and index were opened before this could be asked."""
        ready = bool(service.packs)
        return JSONResponse({"status": "ready" if ready else "not_ready"}, 200 if ready else 503)

    return healthz


def _metrics(service: Service) -> Callable[[Request], Response]:
    token = service.settings.metrics_token.get_secret_value()

    def metrics(request: Request) -> Response:
        """With a token set whoever has it, else whoever asks from this machine and not through a proxy."""
        given = Headers(scope=request.scope).get("authorization", "").removeprefix("Bearer ")
        allowed = hmac.compare_digest(given.encode(), token.encode()) if token else is_local(request.scope)
        if not allowed:
            return problem(403, "指标只给本机或持有 MIC_METRICS_TOKEN 的程序查看。")
        return Response(
            service.metrics.exposition(), headers={"Cache-Control": "no-store"}, media_type=CONTENT_TYPE_LATEST
        )

    return metrics
