"""The commands of packs and their indexes: make, build, look."""

import sys
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from assistant.commands.output import progress
from assistant.config import load_settings
from assistant.errors import UnreadableFileError, UsageError
from assistant.law.installed import load_installed, standing_in_words
from assistant.law.pack import Pack, load_pack
from assistant.law.types import LegalStatus

app = typer.Typer()
index_app = typer.Typer(no_args_is_help=True, help="检索索引。")
pack_app = typer.Typer(no_args_is_help=True, help="法规资料包。")
app.add_typer(index_app, name="index")
app.add_typer(pack_app, name="pack")


@index_app.command("build")
def build_index() -> None:
    """建立索引，并列出文本中需要留意的地方。"""
    settings = load_settings()
    with redirect_stdout(sys.stderr):
        from assistant.retrieval.embedding import load_embedder
        from assistant.retrieval.index import open_index

        for pack in load_installed(settings).packs:
            index = open_index(pack, settings, load_embedder(settings.embedding_model), progress)
            progress(f"《{pack.about.title}》：{len(index.passages)} 段，索引在 {index.path}。")
            _list_anomalies(pack)


@index_app.command("status")
def show_index_status() -> None:
    """查看索引是否可用。"""
    settings = load_settings()
    from assistant.retrieval.index import index_status

    words = {"ready": "可用", "missing": "尚未建立", "stale": "已过时", "damaged": "已损坏"}
    for pack in load_installed(settings).packs:
        status = index_status(pack, settings)
        reason = f"（{status.reason}）" if status.reason else ""
        typer.echo(f"《{pack.about.title}》：{words[status.state]}{reason}，{status.passages} 段，{status.embedder}")
        typer.echo(f"  {status.path}")


@pack_app.command("versions")
def list_versions() -> None:
    """列出已安装的办法和各个版本，标明没有写明版本时依据哪一个。"""
    installed, today = load_installed(load_settings()), date.today()
    for pack_id in installed.ids:
        current = installed.current(pack_id, today)
        typer.echo(f"{pack_id}")
        for pack in reversed(installed.in_order(installed.versions(pack_id))):
            mark, chosen = (
                ("●", "（由 pack.toml 指定）" if pack.about.current else "") if pack is current else ("○", "")
            )
            words = "默认依据" if pack is current else "另可查阅"
            typer.echo(f"  {mark} {words}{chosen}：“{pack.version}”，《{pack.about.title}》，", nl=False)
            typer.echo(f"{standing_in_words(pack.about, today)}　{pack.path}")


@pack_app.command("new")
def make_pack(
    file: Annotated[Path, typer.Argument(help="法规文本：docx、pdf、md 或 txt")],
    out: Annotated[Path, typer.Option("--out", help="新资料包的文件夹")],
    title: Annotated[str, typer.Option("--title", help="标题；不填则取自文本")] = "",
    old: Annotated[Path | None, typer.Option("--from", help="同一办法的旧版资料包：沿用它的词表、规则和自评表")] = None,
    version: Annotated[str, typer.Option("--version", help="新版本的叫法，如 2026年版（与 --from 合用）")] = "",
    status: Annotated[
        LegalStatus, typer.Option("--status", help="新版本的状态（与 --from 合用）")
    ] = LegalStatus.IN_FORCE,
    effective: Annotated[str, typer.Option("--effective", help="施行日期，如 2026-03-01（与 --from 合用）")] = "",
) -> None:
    """用一份法规文本新建资料包；加 --from 则作为同一办法的又一个版本。"""
    from assistant.forms.suggested_form import suggested_files
    from assistant.law.new_pack import new_pack, next_version
    from assistant.versions.renumber import renumbered_files

    if not file.is_file():
        raise UnreadableFileError(f"找不到文件 {file}。", "请检查路径。")
    if old is None and (version or effective):
        raise UsageError(
            "--version 和 --effective 要与 --from 合用。", "另一个办法的资料包，建好后在 pack.toml 中填写。"
        )
    if old:
        before = load_pack(old.resolve())
        about = {"title": title, "version": version, "status": status.value, "effective": effective}
        given = {key: value for key, value in about.items() if value}
        pack = next_version(file, out, before, given, lambda made: renumbered_files(before, made))
        typer.echo(f"已建立《{pack.about.title}》“{pack.version}”；它与旧版可以同时安装：")
        typer.echo(f"  MIC_PACK_DIR={before.path}:{out.resolve()}")
        typer.echo(f"下一步：mic pack diff {before.path} {out.resolve()} --out 对照.html")
    else:
        pack = new_pack(file, out, title, suggested_files)
        typer.echo(f"已建立资料包《{pack.about.title}》；设置 MIC_PACK_DIR={out.resolve()} 后即可提问。")
        if (out / "rules.toml").is_file():
            typer.echo(
                "条文里的数已写成规则草稿（rules.toml）和自评表草稿（form.toml），核对并去掉草稿标记后才起作用。"
            )
    _list_anomalies(pack)


def _list_anomalies(pack: Pack) -> None:
    progress("\n".join(f"  注意：{a.message}。" for a in pack.anomalies) or "  文本没有需要留意的地方。")
