"""The commands that show the law: a provision or the whole of it, and what a search finds."""

import sys
from contextlib import redirect_stdout
from datetime import date
from typing import Annotated

import typer

from assistant.api.law_lookup import everything, law_slice, located, search_rows
from assistant.commands.output import AsJson, Version, print_json, progress
from assistant.config import load_settings
from assistant.errors import UsageError
from assistant.law.installed import load_installed

app = typer.Typer()


@app.command()
def law(
    locator: Annotated[str, typer.Argument(help="第七条第（四）项、art_7.item_4、Art. 7(4) 等；不填则输出全文")] = "",
    as_json: AsJson = False,
    version: Version = "",
) -> None:
    """查看一条规定或全文。"""
    installed = load_installed(load_settings())
    packs = installed.chosen(version, date.today())
    pack, found = located(packs, locator) if locator.strip() else (packs[0], everything(packs[0]))
    if len(installed.packs) > 1:
        progress(f"以下出自《{pack.about.title}》“{pack.version}”；共有 {len(installed.packs)} 个资料包。")
    if as_json:
        print_json(law_slice(pack, found).model_dump())
    elif locator.strip():
        for document, provision in found:
            typer.echo(f"{document.title} {provision.label}\n{provision.text}\n")
    else:
        typer.echo("\n\n".join(f"【{d.title}】\n{d.text.strip()}" for d in pack.documents))


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="要找的内容")],
    k: Annotated[int, typer.Option("-k", min=1, help="最多几条")] = 10,
    as_json: AsJson = False,
    version: Version = "",
) -> None:
    """检索与一句话最相关的条文。"""
    if not query.strip():
        raise UsageError("请写上要找的内容。")
    settings = load_settings()
    with redirect_stdout(sys.stderr):
        from assistant.retrieval.search import Search

        packs = load_installed(settings).chosen(version, date.today())
        opened = [Search(pack, settings, progress) for pack in packs]
        rows = search_rows(opened, query, k)
    if as_json:
        print_json([row.model_dump() for row in rows])
    for row in () if as_json else rows:
        typer.echo(f"{row.rank}. {row.label}　（{row.document}，{row.score:.2f}）\n   {row.text}")
