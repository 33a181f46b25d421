"""The commands: results on stdout, everything else on stderr, and how it went as the exit code.

0: done; 1: some input could not be read, the rest was done; 2: wrong usage; 3: pack, index, settings broken.
Heavy libraries are imported inside the commands that need them; what they print goes to stderr.
"""

import io
import json
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant import cli_precheck
from assistant.cli_output import AsJson, print_json, progress, sentence, written_aside
from assistant.config import Settings, load_settings
from assistant.errors import MicError, UnreadableFileError, UsageError
from assistant.law.locator import Kind, Locator
from assistant.law.pack import Pack, load_pack
from assistant.law.references import find_references, resolve
from assistant.law.types import Authority, Document, Provision
from assistant.retrieval.tokens import normalize

if TYPE_CHECKING:
    from assistant.qa.models import Answer
    from assistant.retrieval.passages import Passage

app = typer.Typer(add_completion=False, no_args_is_help=True, help="查阅、检索和询问法规条文。")
index_app = typer.Typer(no_args_is_help=True, help="检索索引。")
pack_app = typer.Typer(no_args_is_help=True, help="法规资料包。")
app.add_typer(index_app, name="index")
app.add_typer(pack_app, name="pack")
app.add_typer(cli_precheck.app)

# Typer brings its own Click along in some versions; this is Click's UsageError in all of them.
_CommandLineError: type[Exception] = typer.BadParameter.__mro__[1]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code. Every error becomes one sentence here."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        given = None if arguments is None else list(arguments)
        code = app(args=given, prog_name="mic", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except MicError as error:
        return _failed(sentence(error), error.exit_code)
    except _CommandLineError as error:
        message = str(getattr(error, "format_message", error.__str__)()).strip()
        return _failed(f"命令用法不对：{message or '缺少子命令。'} 用 mic --help 查看用法。", 2)
    except (KeyboardInterrupt, typer.Abort):
        return _failed("已中断。", 130)
    except BrokenPipeError:  # the reader, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception:
        return _failed("程序内部出错，这次没有完成；设置 MIC_DEBUG=1 后重试可看到详细信息。", 1)


def _failed(message: str, code: int) -> int:
    if os.environ.get("MIC_DEBUG") == "1":
        traceback.print_exc()
    progress(message)
    return code


@app.command()
def law(
    locator: Annotated[str, typer.Argument(help="第七条第（四）项、art_7.item_4、Art. 7(4) 等；不填则输出全文")] = "",
    as_json: AsJson = False,
) -> None:
    """查看一条规定或全文。"""
    packs = [load_pack(path) for path in load_settings().pack_paths]
    everything = [(document, p) for document in packs[0].documents for p in document.provisions]
    pack, found = _located(packs, locator) if locator.strip() else (packs[0], everything)
    if len(packs) > 1:
        progress(f"以下出自资料包 {pack.id}；共有 {len(packs)} 个资料包。")
    if as_json:
        documents = [
            {"document": d.id, "title": d.title, "authority": d.authority.value, "text": d.text}
            for d in pack.documents
            if any(d is document for document, _ in found)
        ]
        provisions = [_described(document.id, p) for document, p in found]
        print_json({"pack": pack.id, "documents": documents, "provisions": provisions})
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
) -> None:
    """检索与一句话最相关的条文。"""
    if not query.strip():
        raise UsageError("请写上要找的内容。")
    settings = load_settings()
    with redirect_stdout(sys.stderr):
        from assistant.retrieval.search import Search

        opened = [Search(load_pack(path), settings, progress) for path in settings.pack_paths]
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


@app.command()
def serve(
    host: Annotated[str, typer.Option("--host", help="监听地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="端口")] = 7860,
) -> None:
    """启动网页。"""
    settings = load_settings()
    from assistant.qa.service import open_assistant
    from assistant.ui.page import build_page, launch_options
    from assistant.ui.reception import open_reception

    reception = open_reception(settings)
    assistant = open_assistant(settings, progress)
    page = build_page(assistant, reception)
    progress(f"网页地址：http://{host}:{port}")
    try:
        page.launch(server_name=host, server_port=port, **launch_options(reception, assistant))
    except OSError as error:
        raise UsageError(f"{host}:{port} 不能用（{error}）。", "请用 --port 换一个端口。") from error


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="问题")] = "",
    as_json: AsJson = False,
    batch: Annotated[Path | None, typer.Option("--batch", help="JSONL 文件，每行一段对话")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="批量回答写到这里")] = None,
) -> None:
    """提一个问题，或用 --batch 批量提问。"""
    if (batch is None) != (out is None) or (batch is None) != bool(question.strip()):
        raise UsageError("请给出一个问题，或同时给出 --batch 和 --out。")
    settings = load_settings()
    if batch and out:
        raise typer.Exit(_ask_batch(settings, batch, out))
    with redirect_stdout(sys.stderr):
        from assistant.qa.service import open_assistant

        steps = open_assistant(settings, progress).ask_in_steps([question], date.today())
        answer = _last(steps, quiet=as_json)
    print_json(answer.model_dump(mode="json")) if as_json else typer.echo(_readable(answer))


def _last(steps: "Iterable[Answer]", quiet: bool) -> "Answer":
    """The whole answer; while a model words it, each sentence goes to stderr when it has passed the check."""
    answer, shown = None, 0
    for step in steps:
        if answer is not None and not quiet:
            for statement in answer.statements[shown:]:
                progress(f"· {statement.text}")
            shown = len(answer.statements)
        answer = step
    assert answer is not None  # noqa: S101 - there is always an answer
    return answer


def _readable(answer: "Answer") -> str:
    from assistant.qa.composers import composer_text

    made = ["", composer_text(answer.provenance)] if answer.statements else []
    sources = answer.citations + answer.authority + answer.background
    cited = [f"[{c.n}] {c.label}：“{c.quote}”" for c in sources]
    return "\n".join([answer.answer, *(["", "依据："] if cited else []), *cited, *made])


def _ask_batch(settings: Settings, batch: Path, out: Path) -> int:
    """Answers each line in order; a bad line gets an error in its place. Returns the exit code."""
    try:
        content = batch.read_bytes().removeprefix(b"\xef\xbb\xbf")
    except OSError as error:
        raise UnreadableFileError(f"读不了 {batch}（{error.strerror}）。", "请检查路径。") from error
    lines = [line for line in content.split(b"\n") if line.strip()]
    with redirect_stdout(sys.stderr), written_aside(out) as write:
        from assistant.qa.service import open_assistant

        assistant = open_assistant(settings, progress)
        failed, today = 0, date.today()
        for number, line in enumerate(lines, 1):
            row = _answered(line, lambda turns: assistant.ask(turns, today))
            failed += "error" in row
            write(json.dumps(row, ensure_ascii=False) + "\n")
            if number % 20 == 0:
                progress(f"已处理 {number}/{len(lines)} 行")
    progress(f"共 {len(lines)} 行，{failed} 行没有答案。")
    return 1 if failed else 0


def _answered(line: bytes, ask_assistant: Callable[[Sequence[str]], "Answer"]) -> dict[str, Any]:
    try:
        given = json.loads(line)
    except (ValueError, RecursionError):
        return {"id": None, "error": "这一行不是有效的 JSON。"}
    identity = given.get("id") if isinstance(given, dict) else None
    turns = given.get("turns") if isinstance(given, dict) else None
    if not isinstance(identity, str):
        return {"id": None, "error": "这一行缺少 id，或 id 不是字符串。"}
    if not isinstance(turns, list) or not turns or not all(isinstance(t, str) and t.strip() for t in turns):
        return {"id": identity, "error": "turns 应是非空的字符串列表，每一轮都要有内容。"}
    try:
        return ask_assistant(turns).model_dump(mode="json") | {"id": identity}
    except Exception as error:
        if os.environ.get("MIC_DEBUG") == "1":
            traceback.print_exc()
        return {"id": identity, "error": sentence(error) if isinstance(error, MicError) else "处理时出错。"}


def _described(document: str, part: "Provision | Passage") -> dict[str, Any]:
    """A provision or a part of one, as both `law` and `search` print it."""
    place = part.locator
    steps = {"article": place.article, "branch": place.branch, "item": place.number(Kind.ITEM)}
    words = {"text": part.text, "start": part.start, "end": part.end}
    return {"document": document, "locator": str(place), "label": place.label} | steps | words


def _list_anomalies(pack: Pack) -> None:
    progress("\n".join(f"  注意：{a.message}。" for a in pack.anomalies) or "  文本没有需要留意的地方。")
