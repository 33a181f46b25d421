"""The commands that show the law: a provision or the whole of it, and what a search finds."""

import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.commands.output import AsJson, Version, print_json, progress
from assistant.config import load_settings
from assistant.errors import UsageError
from assistant.law.installed import load_installed
from assistant.law.locator import Kind, Locator
from assistant.law.pack import Pack
from assistant.law.references import find_references, resolve
from assistant.law.types import Authority, Document, Provision
from assistant.retrieval.tokens import normalize

if TYPE_CHECKING:
    from assistant.retrieval.passages import Passage

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
    everything = [(document, p) for document in packs[0].documents for p in document.provisions]
    pack, found = _located(packs, locator) if locator.strip() else (packs[0], everything)
    if len(installed.packs) > 1:
        progress(f"以下出自《{pack.about.title}》“{pack.version}”；共有 {len(installed.packs)} 个资料包。")
    if as_json:
        documents = [
            {"document": d.id, "title": d.title, "authority": d.authority.value, "text": d.text}
            for d in pack.documents
            if any(d is document for document, _ in found)
        ]
        provisions = [_described(document.id, p) for document, p in found]
        print_json({"pack": pack.id, "version": pack.version, "documents": documents, "provisions": provisions})
    elif locator.strip():
        for document, provision in found:
            typer.echo(f"{document.title} {provision.label}\n{provision.text}\n")
    else:
        typer.echo("\n\n".join(f"【{d.title}】\n{d.text.strip()}" for d in pack.documents))


def _located(packs: Sequence[Pack], text: str) -> tuple[Pack, list[tuple[Document, Provision]]]:
    """The pack that has what a reference names, and all it names. Regulations go before summaries."""
    try:
        wanted = [Locator.parse(text)]
    except ValueError:
        wanted = [r.locator for r in find_references(normalize(text))]
    if not wanted:
        raise UsageError(f"看不懂“{text}”指哪一条。", "请写成 第七条第（四）项、art_7.item_4 或 Art. 7(4)。")
    for pack in packs:
        for document in sorted(pack.documents, key=lambda d: d.authority is not Authority.REGULATION):
            found = [(document, p) for locator in wanted if (p := resolve(document, locator))]
            if found:
                return pack, found
    raise UsageError(f"《{packs[0].about.title}》没有{wanted[0].label}。", "用 mic law 查看全文。")


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
        # Scores of two packs do not compare; the pack that is nearest in meaning goes first at each rank.
        opened.sort(key=lambda one: -float(one.dense_scores(query).max(initial=-1.0)))
        hits = [(one.pack.id, hit) for one in opened for hit in one.search(query, k)]
    hits.sort(key=lambda found: found[1].rank)
    rows = [
        {"rank": rank, "score": round(hit.score, 6), "pack": pack} | _described(hit.passage.document, hit.passage)
        for rank, (pack, hit) in enumerate(hits[:k], 1)
    ]
    if as_json:
        print_json(rows)
    for row in () if as_json else rows:
        typer.echo(f"{row['rank']}. {row['label']}　（{row['document']}，{row['score']:.2f}）\n   {row['text']}")


def _described(document: str, part: "Provision | Passage") -> dict[str, Any]:
    """A provision or a part of one, as both `law` and `search` print it."""
    place = part.locator
    steps = {"article": place.article, "branch": place.branch, "item": place.number(Kind.ITEM)}
    words = {"text": part.text, "start": part.start, "end": part.end}
    return {"document": document, "locator": str(place), "label": place.label} | steps | words
