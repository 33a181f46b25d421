"""The accounts, for administrators."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from assistant.desk.doorkeeper import ADMIN
from assistant.desk.pages import Desk, administrator_of, home_of, write_page
from assistant.errors import UsageError
from assistant.precheck.printable import one_sentence
from assistant.staff.accounts import LONGEST_NAME, Role, name_key
from assistant.staff.passwords import LONGEST, SHORTEST
from assistant.staff.sessions import Session

Administrator = Annotated[Session, Depends(administrator_of)]
Name = Annotated[str, Form(max_length=LONGEST_NAME * 2)]
Password = Annotated[str, Form(max_length=LONGEST + 1)]

_SAID = {"added": "账号已添加。", "disable": "账号已停用，它的会话已结束。", "enable": "账号可以登录了。"}
_SAID["password"] = "密码已更换，它的会话已结束。"  # noqa: S105 - a sentence


def routes(desk: Desk) -> APIRouter:
    router = APIRouter(prefix=ADMIN.rstrip("/"), dependencies=[Depends(administrator_of)])

    def page(request: Request, message: str = "", status: int = 200, said: str = "") -> Response:
        content = {
            "accounts": desk.staff.accounts.all(),
            "message": message,
            "said": _SAID.get(said, ""),
            "shortest": SHORTEST,
        }
        return write_page(request, "accounts.html", content, status=status, tab="/admin/accounts")

    @router.get("/accounts")
    def show(request: Request, said: str = "") -> Response:
        return page(request, said=said)

    @router.post("/accounts")
    def add(
        request: Request,
        name: Name = "",
        password: Password = "",
        role: Annotated[Literal["staff", "administrator"], Form()] = "staff",
    ) -> Response:
        try:
            desk.staff.accounts.add(name, Role(role), password)
        except UsageError as error:
            return page(request, one_sentence(error), 422)
        return RedirectResponse(f"{home_of(request)}/admin/accounts?said=added", 303)

    @router.post("/accounts/change")
    def change(
        request: Request,
        session: Administrator,
        act: Annotated[Literal["disable", "enable", "password"], Form()],
        name: Name = "",
        password: Password = "",
    ) -> Response:
        accounts = desk.staff.accounts
        try:
            if act == "disable" and name_key(name) == name_key(session.account.name):
                raise UsageError("不能停用自己的账号。", "请由另一位管理员停用。")
            if act == "password":
                accounts.set_password(name, password)
                desk.staff.throttle.forget(name)
            else:
                accounts.disable(name) if act == "disable" else accounts.enable(name)
        except UsageError as error:
            return page(request, one_sentence(error), 422)
        return RedirectResponse(f"{home_of(request)}/admin/accounts?said={act}", 303)

    return router
