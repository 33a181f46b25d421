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

# Of what became of accounts the latest are shown; `mic staff history` shows more.
_SHOWN = 20
ACTS = {"added": "添加", "role": "改为", "password": "更换密码", "disabled": "停用", "enabled": "启用"}
ROLES = {"staff": "工作人员", "administrator": "管理员"}
_SAID = {
    "role": "角色已更改，这个账号要重新登录。",
    "added": "账号已添加。",
    "disable": "账号已停用，它的会话已结束。",
    "enable": "账号可以登录了。",
}
_SAID["password"] = "密码已更换，它的会话已结束。"  # noqa: S105 - a sentence


def routes(desk: Desk) -> APIRouter:
    router = APIRouter(prefix=ADMIN.rstrip("/"), dependencies=[Depends(administrator_of)])

    def page(request: Request, message: str = "", status: int = 200, said: str = "") -> Response:
        content = {
            "accounts": desk.staff.accounts.all(),
            "message": message,
            "said": _SAID.get(said, ""),
            "shortest": SHORTEST,
            "changes": desk.store.account_changes(_SHOWN),
            "acts": ACTS,
            "roles": ROLES,
        }
        return write_page(request, "accounts.html", content, status=status, tab="/admin/accounts")

    @router.get("/accounts")
    def show(request: Request, said: str = "") -> Response:
        return page(request, said=said)

    @router.post("/accounts")
    def add(
        request: Request,
        session: Administrator,
        name: Name = "",
        password: Password = "",
        role: Annotated[Literal["staff", "administrator"], Form()] = "staff",
    ) -> Response:
        try:
            desk.staff.accounts.add(name, Role(role), password, by=session.account.name)
        except UsageError as error:
            return page(request, one_sentence(error), 422)
        return RedirectResponse(f"{home_of(request)}/admin/accounts?said=added", 303)

    @router.post("/accounts/change")
    def change(
        request: Request,
        session: Administrator,
        act: Annotated[Literal["disable", "enable", "password", "role"], Form()],
        name: Name = "",
        password: Password = "",
        role: Annotated[Literal["staff", "administrator"], Form()] = "staff",
    ) -> Response:
        try:
            _change(desk, session.account.name, act, name, password, Role(role))
        except UsageError as error:
            return page(request, one_sentence(error), 422)
        return RedirectResponse(f"{home_of(request)}/admin/accounts?said={act}", 303)

    return router


def _change(
    desk: Desk, by: str, act: Literal["disable", "enable", "password", "role"], name: str, password: str, role: Role
) -> None:
    """Changes an account. Raises UsageError, also for what nobody does to themselves."""
    accounts = desk.staff.accounts
    if act in ("disable", "role") and name_key(name) == name_key(by):
        what = "停用自己的账号" if act == "disable" else "改变自己的角色"
        raise UsageError(f"不能{what}。", "请由另一位管理员来做。")
    match act:
        case "password":
            accounts.set_password(name, password, by=by)
            desk.staff.throttle.forget(name)
        case "role":
            accounts.set_role(name, role, by=by)
        case "disable":
            accounts.disable(name, by=by)
        case "enable":
            accounts.enable(name, by=by)
