"""The whole page: header, notice, chat and law; its style and script, all served from here."""

import os
import sys
from html import escape
from importlib.resources import files
from typing import Any
from urllib.parse import quote

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # Gradio reads it while it is imported

import gradio as gr

from assistant.errors import SettingsError
from assistant.precheck.wording import LEGAL_STATUS
from assistant.ui.chat import Chat
from assistant.ui.conversation import Engine

_FONTS = ["PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif"]
_WAITING_AT_MOST = 256

_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    '<rect width="32" height="32" rx="6" fill="#1d4e89"/>'
    '<path d="M9 7h10l4 4v14H9z" fill="#fff"/><path d="M12 14h8M12 17.5h8M12 21h5" stroke="#1d4e89" '
    'stroke-width="1.6" stroke-linecap="round"/></svg>'
)


def build_page(assistant: Engine) -> gr.Blocks:
    """The page of an assistant, ready to launch."""
    title = assistant.packs[0].about.title
    page = gr.Blocks(title=f"{title} · 条文问答", analytics_enabled=False, fill_width=True)
    with page:
        gr.HTML(_header(assistant), elem_id="header", apply_default_css=False, js_on_load=None)
        chat = Chat(assistant)
        chat.connect(page)
    page.queue(max_size=_WAITING_AT_MOST)
    return page


def launch_options() -> dict[str, Any]:
    """What `launch` needs: the look, no request to the outside, no word of the inside."""
    return {
        "theme": gr.themes.Base(font=_FONTS, font_mono=["Consolas", "monospace"]),
        "head": _head(),
        "footer_links": [],
        "run_history": False,
        "enable_monitoring": False,
        "show_error": False,
        "max_file_size": "1kb",  # Gradio always takes uploads, and this page has no use for any
        "share": False,
        "ssr_mode": False,
        "quiet": True,
    }


def serve_page(page: gr.Blocks, host: str, port: int) -> None:
    """Serves the page until interrupted. Raises SettingsError if the address cannot be used."""
    try:
        page.launch(server_name=host, server_port=port, prevent_thread_lock=True, **launch_options())
    except OSError as error:
        raise SettingsError(f"无法在 {host}:{port} 启动网页，端口可能已被占用。", "请换一个端口再试。") from error
    print(f"网页已启动：http://{host}:{port}", file=sys.stderr)
    page.block_thread()


def _header(assistant: Engine) -> str:
    about = assistant.packs[0].about
    notices = dict.fromkeys(LEGAL_STATUS[pack.about.status] for pack in assistant.packs)
    notice = "".join(f'<p class="draft">{escape(text)}</p>' for text in notices if text)
    return (
        f'<header class="top"><div class="name"><span class="icon" aria-hidden="true">{_ICON}</span>'
        f"<div><h1>{_unbroken(about.title)}</h1><p>条文问答</p></div></div>"
        '<button type="button" class="open-law" aria-controls="law">查看原文</button></header>'
        f"{notice}"
    )


def _unbroken(title: str) -> str:
    """A title whose bracketed part, e.g. （征求意见稿）, goes to the next line as a whole."""
    name, bracket, rest = title.partition("（")
    return f"{escape(name)}<span>{escape(bracket + rest)}</span>"


def _head() -> str:
    """Icon, style and script. The style stands here: Gradio rewrites the selectors of what it gets as css."""
    icon = f"data:image/svg+xml,{quote(_ICON)}"
    style, script = _packaged("style.css"), _packaged("page.js")
    return f'<link rel="icon" href="{icon}"><style>{style}</style><script>{script}</script>'


def _packaged(name: str) -> str:
    return files("assistant.ui").joinpath(name).read_text(encoding="utf-8")
