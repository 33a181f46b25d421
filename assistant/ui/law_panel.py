"""The law as a part of the page: one panel, which the chat and the pre-check open at what they cite."""

from itertools import count

import gradio as gr

from assistant.ui.law_browser import render_law
from assistant.ui.sources import Sources, Target

# No two openings are alike, whichever tab asks: only what has changed is noticed in the browser.
_REQUESTS = count(1)


def build_law_panel(sources: Sources) -> gr.HTML:
    """The panel, laid out where this is called."""
    with gr.Column(elem_id="law"):
        return gr.HTML(
            render_law(sources),
            elem_id="law-panel",
            apply_default_css=False,
            js_on_load="window.regulationPage.law(element, watch);",
        )


def open_law(sources: Sources, target: Target | None = None) -> str:
    """The panel opened at a place; without one it is as at the beginning."""
    return render_law(sources, target, request=next(_REQUESTS))
