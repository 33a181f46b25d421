"""The staff's pages as one application, ready to be mounted under /staff."""

import logging
from collections.abc import Callable

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route

from assistant.api.service import Service
from assistant.desk import accounts_pages, item_pages, overview, queue_pages, records_pages, sign_in, tools_pages
from assistant.desk.doorkeeper import Doorkeeper
from assistant.desk.pages import FOLDER, Desk, own_forms_only, write_page
from assistant.errors import MicError
from assistant.files.limits import MIB
from assistant.precheck.printable import one_sentence
from assistant.staff.queue import Queue
from assistant.staff.staff import open_staff

logger = logging.getLogger(__name__)

PATH = "/staff"


def desk_routes(service: Service) -> list[Route | Mount]:
    """The desk of a service; none where nothing is recorded, because then there is nothing to look at."""
    store = service.recorder.store
    if store is None:
        return []
    staff = open_staff(service.settings, store)
    shares = service.settings.staff_sample_permille, service.settings.staff_review_permille
    queue = Queue(staff.database, store, *shares)
    desk = Desk(service.settings, service.installed, store, staff, queue)

    def to_the_desk(request: Request) -> Response:
        home = f"{request.scope.get('root_path', '')}{PATH}/"
        return Response(status_code=308, headers={"Location": home})

    # The page that is mounted at / would take the address without the slash for its own.
    return [Route(PATH, to_the_desk), Mount(PATH, build_desk(desk))]


def build_desk(desk: Desk) -> Doorkeeper:
    """The application behind its doorkeeper."""
    app = FastAPI(
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        dependencies=[Depends(own_forms_only)],
    )
    app.add_exception_handler(RequestValidationError, _unfit)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(MicError, _failed)
    app.add_exception_handler(Exception, _broken)
    for name, kind in (("desk.css", "text/css"), ("desk.js", "text/javascript")):
        app.add_api_route(f"/{name}", _file(name, kind), methods=["GET"])
    for group in (sign_in, queue_pages, item_pages, overview, tools_pages, records_pages, accounts_pages):
        app.include_router(group.routes(desk))
    return Doorkeeper(app, desk.staff, desk.settings.max_file_mb * MIB + MIB)


def _file(name: str, kind: str) -> Callable[[], FileResponse]:
    def file() -> FileResponse:
        return FileResponse(FOLDER / name, media_type=kind, headers={"Cache-Control": "no-cache"})

    return file


def _said(request: Request, status: int, message: str) -> Response:
    return write_page(request, "message.html", {"message": message}, status=status)


async def _unfit(request: Request, _: Exception) -> Response:
    return _said(request, 400, "提交的内容不完整或格式不对，没有执行。请返回后再试。")


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it
    own = error.detail if error.detail.endswith("。") else ""
    return _said(request, error.status_code, own or ("没有这一页。" if error.status_code == 404 else "没有执行。"))


async def _failed(request: Request, error: Exception) -> Response:
    """Staff are told what an applicant is not: what is out of order, and what to do."""
    assert isinstance(error, MicError)  # noqa: S101 - registered for it
    if error.exit_code == 3:
        logger.error("the desk is not in order: %s", type(error).__name__)
    return _said(request, 503 if error.exit_code == 3 else 422, one_sentence(error))


async def _broken(request: Request, error: Exception) -> Response:
    logger.error("a page of the desk could not be written", exc_info=error)
    return _said(request, 500, "没有处理成功；请稍后再试。")
