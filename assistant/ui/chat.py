"""The chat: its components and what happens on send, on an example, on a chip, on clear and on a reload."""

import hashlib
from collections.abc import Iterator
from typing import Any

import gradio as gr

from assistant.api.engine import Engine
from assistant.records.recording import Recorder
from assistant.ui.conversation import Conversation, Interviewer, questions, refusal
from assistant.ui.feedback import FeedbackDesk
from assistant.ui.interview_card import replies
from assistant.ui.law_panel import open_law
from assistant.ui.render import render_transcript
from assistant.ui.sources import Sources, read_reference

# What one event puts on the page: input box, transcript, conversation, stored questions, hint.
Shown = tuple[Any, Any, Conversation, Any, str]

_STORAGE_KEY = "regulation-questions"
_SESSION_SECONDS = 12 * 3600
_ASKING_AT_ONCE = 4
# Shown until it is known whether the browser kept a conversation.
_OPENING = '<p class="opening" role="status">正在打开…</p>'
# Gradio lets Python listen to the events that it finds quoted in the script.
_TRANSCRIPT_JS = "window.regulationPage.transcript(element, trigger, watch); // 'cite' 'example' 'reply' 'feedback'"


class ChatHandlers:
    """What the events do. Everything a browser sends is checked; a session sees its own conversation only."""

    def __init__(self, engine: Engine, recorder: Recorder | None = None) -> None:
        """`recorder`: takes thumbs, where there is one."""
        self.sources = Sources(engine.packs)
        self._feedback = FeedbackDesk(recorder or Recorder())
        self._interviewer = Interviewer(engine)
        self._examples = list(dict.fromkeys(example for pack in engine.packs for example in pack.about.examples))

    def ask(self, text: str | None, conversation: Conversation) -> Iterator[Shown]:
        """Shows the question at once, then the answer, sentence by sentence where it is being worded."""
        question = (text or "").strip()
        if reason := refusal(text or "", conversation):
            yield gr.skip(), gr.skip(), conversation, gr.skip(), _hint(reason)
            return
        waiting = self._shown(conversation, pending=question)
        yield "", waiting, conversation, gr.skip(), ""
        grown = False
        for turn in self._interviewer.ask_in_steps(conversation, question):
            after = (*conversation, turn)
            shown = self._shown(after, reveal=not (grown or turn.growing))
            if turn.growing:
                grown = True
                yield "", shown, conversation, gr.skip(), ""
            else:
                yield "", shown, after, questions(after), ""

    def ask_example(self, conversation: Conversation, event: gr.EventData) -> Iterator[Shown]:
        """Asks one of the pack's example questions, named by its number."""
        number = event._data.get("index") if isinstance(event._data, dict) else None
        if type(number) is int and 0 <= number < len(self._examples):
            yield from self.ask(self._examples[number], conversation)
        else:
            yield gr.skip(), gr.skip(), conversation, gr.skip(), ""

    def ask_reply(self, conversation: Conversation, event: gr.EventData) -> Iterator[Shown]:
        """Says one of the answers that the last turn offers, named by its number."""
        number = event._data.get("index") if isinstance(event._data, dict) else None
        answer = conversation[-1].answer if conversation else None
        offered = replies(answer) if answer else []
        if type(number) is int and 0 <= number < len(offered):
            yield from self.ask(offered[number], conversation)
        else:
            yield gr.skip(), gr.skip(), conversation, gr.skip(), ""

    def restore(self, stored: object) -> tuple[str, Conversation, list[str]]:
        """Answers the kept questions again after a reload."""
        conversation = self._interviewer.restore(stored)
        return self._shown(conversation), conversation, questions(conversation)

    def clear(self) -> tuple[str, str, Conversation, list[str], str, str]:
        """An empty page: nothing asked, nothing kept, nothing marked in the law."""
        return "", render_transcript((), self.sources), (), [], "", open_law(self.sources)

    def open_source(self, conversation: Conversation, event: gr.EventData) -> str:
        """The law with the place of the chosen chip: the chip names numbers, this session the place."""
        target = self.sources.locate(conversation, read_reference(event._data))
        return open_law(self.sources, target)

    def feedback(self, conversation: Conversation, event: gr.EventData) -> str:
        """Takes a thumb, perhaps with a comment, for an answer of this session."""
        return self._feedback.take(conversation, event._data)

    def _shown(self, conversation: Conversation, *, pending: str = "", reveal: bool = False) -> str:
        given = self._feedback.given(conversation)
        return render_transcript(conversation, self.sources, pending=pending, reveal=reveal, given=given)


def _hint(text: str) -> str:
    return f'<p role="alert">{text}</p>' if text else ""


class Chat:
    """The components of the chat, laid out where it is made."""

    def __init__(self, engine: Engine, recorder: Recorder | None = None) -> None:
        self._handlers = ChatHandlers(engine, recorder)
        digest = hashlib.sha256("".join(pack.id for pack in engine.packs).encode()).hexdigest()
        # The browser's storage is only obscured by the key, not protected; so nothing in it is trusted.
        self._stored = gr.BrowserState([], storage_key=f"{_STORAGE_KEY}-{digest[:8]}", secret=digest[:16])
        self._conversation = gr.State((), time_to_live=_SESSION_SECONDS)
        with gr.Column(elem_id="chat"):
            self._transcript = gr.HTML(
                _OPENING,
                elem_id="transcript",
                apply_default_css=False,
                js_on_load=_TRANSCRIPT_JS,
            )
            self._said = gr.HTML(
                "",
                elem_id="feedback-said",
                apply_default_css=False,
                js_on_load="window.regulationPage.feedbackSaid(element, watch);",
            )
            self._build_composer()

    @property
    def sources(self) -> Sources:
        """The texts that answers may cite."""
        return self._handlers.sources

    def _build_composer(self) -> None:
        with gr.Column(elem_id="composer"):
            self._hint = gr.HTML("", elem_id="hint", apply_default_css=False, js_on_load=None)
            with gr.Row(elem_id="ask"):
                self._question = gr.Textbox(
                    label="您的问题",
                    show_label=False,
                    container=False,
                    lines=1,
                    max_lines=6,
                    placeholder="请输入您的问题",
                    elem_id="question",
                    autofocus=False,
                )
                self._send = gr.Button("发送", elem_id="send", variant="primary")
            with gr.Row(elem_id="below"):
                gr.HTML(
                    '<p><span class="keys">Enter 发送，Shift + Enter 换行。</span>'
                    "刷新后对话仍在，清空后从本浏览器删除。</p>",
                    elem_id="note",
                    apply_default_css=False,
                    js_on_load=None,
                )
                self._clear = gr.Button("清空对话", elem_id="clear", variant="secondary")

    def connect(self, page: gr.Blocks, law: gr.HTML) -> None:
        """Wires the events; `law` is the panel that chips open. None of them is part of a public API."""
        handlers = self._handlers
        shown = [self._question, self._transcript, self._conversation, self._stored, self._hint]
        asking: dict[str, Any] = {
            "outputs": shown,
            "api_visibility": "private",
            "show_progress": "hidden",
            "trigger_mode": "once",
            "concurrency_limit": _ASKING_AT_ONCE,
            "concurrency_id": "ask",
        }
        light: dict[str, Any] = {
            "api_visibility": "private",
            "show_progress": "hidden",
            "concurrency_limit": 16,
        }
        typed = gr.on(
            [self._question.submit, self._send.click],
            handlers.ask,
            inputs=[self._question, self._conversation],
            **asking,
        )
        picked = self._transcript.example(handlers.ask_example, inputs=[self._conversation], **asking)
        replied = self._transcript.reply(handlers.ask_reply, inputs=[self._conversation], **asking)
        self._transcript.cite(handlers.open_source, inputs=[self._conversation], outputs=[law], **light)
        self._transcript.feedback(handlers.feedback, inputs=[self._conversation], outputs=[self._said], **light)
        self._clear.click(handlers.clear, outputs=[*shown, law], cancels=[typed, picked, replied], **light)
        page.load(
            handlers.restore,
            inputs=[self._stored],
            outputs=[self._transcript, self._conversation, self._stored],
            api_visibility="private",
            show_progress="hidden",
            concurrency_limit=_ASKING_AT_ONCE,
            concurrency_id="ask",
        )
