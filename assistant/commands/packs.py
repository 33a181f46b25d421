"""The commands of packs and their indexes: make, build, look."""

import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Annotated

import typer

from assistant.commands.output import progress
from assistant.config import load_settings
from assistant.errors import UnreadableFileError
from assistant.law.pack import Pack, load_pack

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

        for pack in [load_pack(path) for path in settings.pack_paths]:
            index = open_index(pack, settings, load_embedder(settings.embedding_model), progress)
            progress(f"《{pack.about.title}》：{len(index.passages)} 段，索引在 {index.path}。")
            _list_anomalies(pack)


@index_app.command("status")
def show_index_status() -> None:
    """查看索引是否可用。"""
    settings = load_settings()
    from assistant.retrieval.index import index_status

    words = {"ready": "可用", "missing": "尚未建立", "stale": "已过时", "damaged": "已损坏"}
    for pack in [load_pack(path) for path in settings.pack_paths]:
        status = index_status(pack, settings)
        reason = f"（{status.reason}）" if status.reason else ""
        typer.echo(f"《{pack.about.title}》：{words[status.state]}{reason}，{status.passages} 段，{status.embedder}")
        typer.echo(f"  {status.path}")


@pack_app.command("new")
def make_pack(
    file: Annotated[Path, typer.Argument(help="法规文本：docx、pdf、md 或 txt")],
    out: Annotated[Path, typer.Option("--out", help="新资料包的文件夹")],
    title: Annotated[str, typer.Option("--title", help="标题；不填则取自文本")] = "",
) -> None:
    """用一份法规文本新建资料包。"""
    from assistant.law.new_pack import new_pack

    if not file.is_file():
        raise UnreadableFileError(f"找不到文件 {file}。", "请检查路径。")
    pack = new_pack(file, out, title)
    typer.echo(f"已建立资料包《{pack.about.title}》；设置 MIC_PACK_DIR={out.resolve()} 后即可提问。")
    _list_anomalies(pack)


def _list_anomalies(pack: Pack) -> None:
    progress("\n".join(f"  注意：{a.message}。" for a in pack.anomalies) or "  文本没有需要留意的地方。")
