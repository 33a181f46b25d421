"""The command that checks what a text cites and quotes."""

import sys
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from assistant.commands.output import AsJson, Version, print_json, progress, write_file
from assistant.config import load_settings
from assistant.errors import UsageError
from assistant.law.installed import load_installed

app = typer.Typer()


@app.command("cite-check")
def cite_check(
    file: Annotated[
        Path, typer.Argument(help="要核对的文件：复函、通知、申请人的意见等（txt、md、docx、pdf）", metavar="FILE")
    ],
    version: Version = "",
    as_json: AsJson = False,
    out: Annotated[Path | None, typer.Option("--out", help="另存标注后的文件（.docx 或 .html）")] = None,
) -> None:
    """核对一份文字对本办法的引用：条款是否存在、是否引对、是否逐字一致。"""
    if out is not None and out.suffix.lower() not in (".docx", ".html", ".htm"):
        raise UsageError(f"--out 要写成 .docx 或 .html，不能是“{out.name}”。")
    settings = load_settings()
    with redirect_stdout(sys.stderr):
        from assistant.cite_check.check import check_source
        from assistant.cite_check.inputs import read_source_text
        from assistant.cite_check.marked import marked_file
        from assistant.cite_check.report_text import as_text
        from assistant.cite_check.which_pack import pack_for
        from assistant.files.settings_limits import limits_of

        packs = load_installed(settings).chosen(version, date.today())
        source = read_source_text(file, limits_of(settings))
        report = check_source(source, pack_for(source.text, packs))
        if out is not None:
            write_file(out, marked_file(out.suffix.lower(), file, source, report))
    if as_json:
        print_json(report.model_dump(mode="json"))
    else:
        typer.echo(as_text(report), nl=False)
    if out is not None:
        progress(f"标注后的文件在 {out}。")
