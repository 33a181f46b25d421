"""The whole page: header, notice, chat and law; its style and script, all served from here."""

import os
from html import escape
from importlib.resources import files
from typing import Any
from urllib.parse import quote

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # Gradio reads it while it is imported

import gradio as gr

from assistant.api.engine import Engine
from assistant.precheck.wording import LEGAL_STATUS
from assistant.records.recording import Recorder
from assistant.ui.chat import Chat
from assistant.ui.law_panel import build_law_panel
from assistant.ui.precheck import Precheck
from assistant.ui.reception import Reception

_FONTS = ["PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif"]
_WAITING_AT_MOST = 256

_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    '<rect width="32" height="32" rx="6" fill="#1d4e89"/>'
    '<path d="M9 7h10l4 4v14H9z" fill="#fff"/><path d="M12 14h8M12 17.5h8M12 21h5" stroke="#1d4e89" '
    'stroke-width="1.6" stroke-linecap="round"/></svg>'
)


def build_page(assistant: Engine, reception: Reception | None = None, recorder: Recorder | None = None) -> gr.Blocks:
    """The page of an assistant, ready to be mounted; with a reception also of the pre-check.

    With a recorder that has a store, answers can be given thumbs.
    """
    title = assistant.packs[0].about.title
    page = gr.Blocks(title=f"{title} · 条文问答", analytics_enabled=False, fill_width=True)
    with page:
        gr.HTML(
            _header(assistant, reception),
            elem_id="header",
            apply_default_css=False,
            js_on_load="window.regulationPage.tabs(element);",
        )
        with gr.Row(elem_id="shell"):
            chat = Chat(assistant, recorder)
            precheck = Precheck(reception, chat.sources) if reception else None
            law = build_law_panel(chat.sources)
        chat.connect(page, law)
        if precheck:
            precheck.connect(page, law)
    page.queue(max_size=_WAITING_AT_MOST)
    return page


def page_options() -> dict[str, Any]:
    """How the page is mounted: its look, no request to the outside, no word of the inside."""
    return {
        "theme": gr.themes.Base(font=_FONTS, font_mono=["Consolas", "monospace"]),
        "head": _head(),
        "footer_links": [],
        "run_history": False,
        "enable_monitoring": False,
        "show_error": False,
        "max_file_size": "1kb",  # Gradio always takes uploads; those of this page go to rooms of their own
        "ssr_mode": False,
    }


def _header(assistant: Engine, reception: Reception | None) -> str:
    about = assistant.packs[0].about
    # Of several versions the current one stands first; an answer by another says so itself.
    current = {pack.id: pack for pack in reversed(assistant.packs)}.values()
    notices = dict.fromkeys(LEGAL_STATUS[pack.about.status] for pack in current)
    notice = "".join(f'<p class="draft">{escape(text)}</p>' for text in notices if text)
    return (
        f'<header class="top"><div class="name"><span class="icon" aria-hidden="true">{_ICON}</span>'
        f"<div><h1>{_unbroken(about.title)}</h1>{_tabs(reception)}</div></div>"
        '<button type="button" class="open-law" aria-controls="law">查看原文</button></header>'
        f"{notice}"
    )


def _tabs(reception: Reception | None) -> str:
    """What there is to do here; where it is one thing only, its name."""
    if reception is None:
        return "<p>条文问答</p>"
    named = (("chat", "条文问答"), ("precheck", f"{reception.desk.schema.file_name}预审"))
    buttons = "".join(
        f'<button type="button" role="tab" id="tab-{panel}" aria-controls="{panel}" aria-selected="{selected}"'
        f' tabindex="{"0" if selected == "true" else "-1"}">{escape(words)}</button>'
        for (panel, words), selected in zip(named, ("true", "false"), strict=True)
    )
    return f'<div class="pages" role="tablist" aria-label="选择功能">{buttons}</div>'


def _unbroken(title: str) -> str:
    """A title whose bracketed part, e.g. （征求意见稿）, goes to the next line as a whole."""
    name, bracket, rest = title.partition("（")
    return f"{escape(name)}<span>{escape(bracket + rest)}</span>"


def _head() -> str:
    """Icon, style and script. The style stands here: Gradio rewrites the selectors of what it gets as css."""
    icon = f"data:image/svg+xml,{quote(_ICON)}"
    style = _packaged("style.css") + _packaged("precheck.css")
    script = _packaged("page.js") + _packaged("precheck.js")
    return f'<link rel="icon" href="{icon}"><style>{style}</style><script>{script}</script>'


def _packaged(name: str) -> str:
    return files("assistant.ui").joinpath(name).read_text(encoding="utf-8")
