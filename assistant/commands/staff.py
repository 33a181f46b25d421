"""The commands of the staff's accounts, and of what their corrections become. A password is never an argument."""

import getpass
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from assistant.commands.output import progress, write_file, written_aside
from assistant.config import load_settings
from assistant.errors import UsageError

app = typer.Typer()
staff_app = typer.Typer(no_args_is_help=True, help="核对台的账号，以及更正的导出。")
app.add_typer(staff_app, name="staff")

_ACTS = {"added": "添加为", "role": "改为", "password": "更换密码", "disabled": "停用", "enabled": "启用"}
_ROLES = {"staff": "工作人员", "administrator": "管理员"}

Name = Annotated[str, typer.Argument(help="账号名")]


class RoleName(StrEnum):
    STAFF = "staff"
    ADMINISTRATOR = "administrator"


@staff_app.command("add")
def add(
    name: Name,
    role: Annotated[RoleName, typer.Option("--role", help="staff：工作人员；administrator：管理员")] = RoleName.STAFF,
) -> None:
    """添加账号；密码在提示后输入，或从标准输入读一行。"""
    from assistant.staff.accounts import Role
    from assistant.staff.staff import open_staff

    account = open_staff(load_settings()).accounts.add(name, Role(role.value), _password(), by=_who())
    typer.echo(f"账号“{account.name}”已添加。")


@staff_app.command("list")
def list_accounts() -> None:
    """列出账号。"""
    from assistant.staff.staff import open_staff

    accounts = open_staff(load_settings()).accounts.all()
    if not accounts:
        progress("还没有账号；用 mic staff add 添加。")
    for account in accounts:
        role = _ROLES[account.role.value]
        state = f"{account.disabled} 停用" if account.disabled else "可用"
        typer.echo(f"{account.name}：{role}，{account.created} 添加，{state}")


@staff_app.command("disable")
def disable(name: Name) -> None:
    """停用账号，它的会话立即结束。"""
    from assistant.staff.staff import open_staff

    open_staff(load_settings()).accounts.disable(name, by=_who())
    typer.echo(f"账号“{name}”已停用。")


@staff_app.command("enable")
def enable(name: Name) -> None:
    """重新启用账号。"""
    from assistant.staff.staff import open_staff

    open_staff(load_settings()).accounts.enable(name, by=_who())
    typer.echo(f"账号“{name}”可以登录了。")


@staff_app.command("passwd")
def passwd(name: Name) -> None:
    """另设密码，它的会话立即结束。"""
    from assistant.staff.staff import open_staff

    staff = open_staff(load_settings())
    staff.accounts.set_password(name, _password(), by=_who())
    staff.throttle.forget(name)
    typer.echo(f"账号“{name}”的密码已更换。")


@staff_app.command("role")
def role(name: Name, to: Annotated[RoleName, typer.Option("--to", help="改为哪种角色")]) -> None:
    """改变账号的角色，它要重新登录。"""
    from assistant.staff.accounts import Role
    from assistant.staff.staff import open_staff

    open_staff(load_settings()).accounts.set_role(name, Role(to.value), by=_who())
    typer.echo(f"账号“{name}”现在是{_ROLES[to.value]}。")


@staff_app.command("history")
def history(most: Annotated[int, typer.Option("--most", min=1, help="最多列出几条")] = 200) -> None:
    """列出账号的变动，最近的在前；每一条都在记录里，由 mic records verify 一并核对。"""
    from assistant.records.store import open_records

    changes = open_records(load_settings()).account_changes(most)
    if not changes:
        progress("记录里没有账号的变动。")
    for one in changes:
        change = one.change
        what = _ACTS[change.act] + (_ROLES[change.role] if change.act in ("added", "role") else "")
        typer.echo(f"第 {one.seq} 条，{one.at.astimezone():%Y-%m-%d %H:%M}，{change.by}：“{change.name}”{what}")


@staff_app.command("export-cases")
def export_cases(out: Annotated[Path, typer.Option("--out", help="写到这个 jsonl 文件")]) -> None:
    """把更正过的答复导出为评测题目，供审阅。"""
    from assistant.records.store import open_records
    from assistant.staff.exports import case_lines

    written = 0
    with written_aside(out) as write:
        for line in case_lines(open_records(load_settings()).entries(kinds=["answer"])):
            write(line)
            written += 1
    typer.echo(f"{written} 道题目已写到 {out}，请审阅后再并入评测。")


@staff_app.command("export-lexicon")
def export_lexicon(out: Annotated[Path, typer.Option("--out", help="写到这个 toml 文件")]) -> None:
    """把核对时提出的词条导出为词表的格式，供审阅。"""
    from assistant.law.installed import load_installed
    from assistant.records.store import open_records
    from assistant.staff.exports import lexicon_toml

    settings = load_settings()
    packs = load_installed(settings).packs
    write_file(out, lexicon_toml(open_records(settings, packs).entries(), packs).encode())
    typer.echo(f"提出的词条已写到 {out}，请审阅后再移入词表。")


def _who() -> str:
    """Who changes an account from here: the system's user, told from an account of the same name."""
    return f"命令行（{getpass.getuser()}）"


def _password() -> str:
    """From the terminal without showing it, twice; else one line of stdin."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("密码：")
    if getpass.getpass("再输入一次：") != first:
        raise UsageError("两次输入的密码不同。", "请重新运行。")
    return first
