"""The whole web application: the service for programs, the staff's pages, and the page for applicants mounted last."""

from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assistant.api.app import WORDS_BYTES, build_api
from assistant.api.body_limit import BodyLimit
from assistant.api.problems import problem
from assistant.api.service import Service
from assistant.desk.app import desk_routes
from assistant.ui.page import build_page, page_options  # before gradio: it sets what Gradio reads while it is imported

import gradio as gr  # isort: skip

from assistant.ui.interview_routes import interview_routes
from assistant.ui.precheck_routes import FILES, precheck_routes
from assistant.ui.reception import Reception

_UNUSED = (
    *("upload", "upload_progress", "file={rest:path}", "proxy={rest:path}", "deep_link", "component_server"),
    *("process_recording", "dev/reload"),
)


def build_web_app(service: Service, reception: Reception | None = None) -> FastAPI:
    """The application, ready to be served; with a reception also with the page's pre-check.

    When it ends, what was uploaded is deleted. `app.state.end_streams()` ends the pages' open connections.
    """
    engine = service.engine("page")
    app = build_api(service, reception.rooms.close if reception else lambda: None)
    routes = [*precheck_routes(reception), *interview_routes(engine, reception.desk)] if reception else []
    app.router.routes += [*desk_routes(service), *_closed_routes()]
    gr.mount_gradio_app(
        app,
        build_page(engine, reception, service.recorder),
        path="/",
        app_kwargs={"openapi_url": None, "redoc_url": None, **({"routes": routes} if routes else {})},
        root_path=service.settings.root_path or None,
        **page_options(),
    )
    mounted: Any = app.router.routes[-1]
    app.state.end_streams = mounted.app.stop_event.set
    # Drafts are counted where they are taken in.
    mounted.app = BodyLimit(mounted.app, WORDS_BYTES, apart=(f"/{FILES}",))
    return app


def _closed_routes() -> list[Route]:
    """What the framework offers and the page does not use: ways for programs, which go past the queue, and uploads,
    which would lie in the system's temporary folder for good."""

    def closed(_: Request) -> Response:
        return problem(404)

    methods = ["GET", "POST"]
    below = [f"{name}/{{rest:path}}" for name in ("run", "api", "call", "stream", "file")]
    return [Route(f"/gradio_api/{name}", closed, methods=methods) for name in (*below, *_UNUSED)]
