"""The commands of keys for programs: make, list, revoke."""

from typing import Annotated

import typer

from assistant.commands.output import progress
from assistant.config import load_settings

app = typer.Typer()
keys_app = typer.Typer(no_args_is_help=True, help="程序接口的密钥。")
app.add_typer(keys_app, name="keys")


@keys_app.command("add")
def add_key(
    name: Annotated[str, typer.Argument(help="用它的系统的名称")],
    per_minute: Annotated[int | None, typer.Option("--per-minute", min=1, max=1_000_000, help="每分钟最多几次")] = None,
) -> None:
    """发放一个密钥。只显示这一次。"""
    from assistant.api.keys import key_ring

    typer.echo(key_ring(load_settings()).add(name, per_minute))
    progress("密钥只显示这一次，请妥善保存；程序在 Authorization: Bearer 中给出它。发放之后，接口只接受有密钥的请求。")


@keys_app.command("list")
def list_keys() -> None:
    """列出密钥（不含密钥本身）。"""
    from assistant.api.keys import key_ring

    for key in key_ring(load_settings()).all():
        state = f"{key.revoked} 作废" if key.revoked else "在用"
        limit = f"，每分钟 {key.per_minute} 次" if key.per_minute else ""
        typer.echo(f"{key.name}：{key.created} 发放，{state}{limit}")


@keys_app.command("revoke")
def revoke_key(name: Annotated[str, typer.Argument(help="发放时的名称")]) -> None:
    """作废一个密钥，立即生效。"""
    from assistant.api.keys import key_ring

    key_ring(load_settings()).revoke(name)
    typer.echo(f"密钥“{name}”已作废。")
