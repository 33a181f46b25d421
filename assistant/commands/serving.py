"""The command that serves the page."""

from typing import Annotated

import typer

from assistant.commands.output import progress
from assistant.config import load_settings
from assistant.errors import UsageError

app = typer.Typer()


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
