"""The way in and out, and one's own password."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from assistant.desk.doorkeeper import COOKIE, SIGN_IN
from assistant.desk.pages import Desk, client_of, home_of, session_of, write_page
from assistant.errors import UsageError
from assistant.precheck.printable import one_sentence
from assistant.staff.passwords import LONGEST, SHORTEST
from assistant.staff.sessions import Session

Signed = Annotated[Session, Depends(session_of)]
Words = Annotated[str, Form(max_length=LONGEST + 1)]

_WRONG = "账号或密码不对。"
_WAIT = "尝试次数过多，请在 {wait} 秒后再试。"


def routes(desk: Desk) -> APIRouter:
    router = APIRouter()

    @router.get(SIGN_IN)
    def show(request: Request, next: str = "/", ended: str = "") -> Response:
        if getattr(request.state, "session", None):
            return RedirectResponse(home_of(request) + _inside(next), 303)
        message = {"out": "已退出。", "password": "密码已更换，请用新密码登录。"}.get(ended, "")
        return _form(request, _inside(next), message=message)

    @router.post(SIGN_IN)
    def enter(
        request: Request,
        name: Words = "",
        password: Words = "",
        next: Annotated[str, Form(max_length=2000)] = "/",
    ) -> Response:
        session, wait = desk.staff.sign_in(name, password, client_of(request))
        if wait:
            shown = _form(request, _inside(next), name, _WAIT.format(wait=wait), 429)
            shown.headers["Retry-After"] = str(wait)
            return shown
        if session is None:
            return _form(request, _inside(next), name, _WRONG, 401)
        return _arrived(request, desk, session, _inside(next))

    @router.post("/sign-out")
    def leave(request: Request, session: Signed) -> Response:
        desk.staff.sessions.end(session.token)
        return _left(request, "out")

    @router.get("/password")
    def ask_password(request: Request, _: Signed) -> Response:
        return _password(request)

    @router.post("/password")
    def change_password(
        request: Request, session: Signed, old: Words = "", new: Words = "", again: Words = ""
    ) -> Response:
        if new != again:
            return _password(request, "两次输入的新密码不同。", 422)
        try:
            done, wait = desk.staff.change_own_password(session.account, old, new, client_of(request))
        except UsageError as error:
            return _password(request, one_sentence(error), 422)
        if not done:
            return _password(request, _WAIT.format(wait=wait) if wait else "现在的密码不对。", 429 if wait else 422)
        return _left(request, "password")

    return router


def _form(request: Request, back: str, name: str = "", message: str = "", status: int = 200) -> Response:
    content = {"next": back, "name": name, "message": message, "is_wrong": status != 200}
    return write_page(request, "sign_in.html", content, status=status)


def _password(request: Request, message: str = "", status: int = 200) -> Response:
    return write_page(request, "password.html", {"message": message, "shortest": SHORTEST}, status=status)


def _arrived(request: Request, desk: Desk, session: Session, path: str) -> Response:
    """On with the new session; the one that was there before ends."""
    before: Session | None = getattr(request.state, "session", None)
    if before:
        desk.staff.sessions.end(before.token)
    arrived = RedirectResponse(home_of(request) + path, 303)
    arrived.set_cookie(
        COOKIE,
        session.token,
        path=home_of(request) or "/",
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return arrived


def _left(request: Request, how: str) -> Response:
    gone = RedirectResponse(f"{home_of(request)}{SIGN_IN}?ended={how}", 303)
    gone.delete_cookie(COOKIE, path=home_of(request) or "/", httponly=True, samesite="strict")
    return gone


def _inside(path: str) -> str:
    """A place of the desk to go to: nothing that leads elsewhere."""
    fits = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if fits and not path.startswith(SIGN_IN) else "/"
