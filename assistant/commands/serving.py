"""The commands that serve: the page with the programs' interface, and the tools for an assistant on this machine."""

import sys
from contextlib import redirect_stdout
from typing import Annotated

import typer

from assistant.commands.output import progress
from assistant.config import load_settings

app = typer.Typer()


@app.command()
def serve(
    host: Annotated[str, typer.Option("--host", help="监听地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="端口")] = 7860,
) -> None:
    """启动网页和接口。"""
    settings = load_settings()
    from assistant.ui.serving import serve_web

    serve_web(settings, host, port, progress)


@app.command()
def mcp() -> None:
    """以 MCP 工具的形式供本机的智能助手使用（标准输入输出）。"""
    settings = load_settings()
    with redirect_stdout(sys.stderr):
        from assistant.api.mcp_tools import build_mcp
        from assistant.api.request_log import set_up_logging
        from assistant.api.service import open_service

        set_up_logging(settings)
        service = open_service(settings, progress)
        server = build_mcp(service, local=True)
    try:
        server.run("stdio")
    finally:
        service.close()
