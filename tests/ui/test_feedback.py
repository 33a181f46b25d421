"""Thumbs: of a session's own answers only, and whatever a browser sends."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import gradio as gr
import pytest
from fake_engine import PACK, FakeEngine
from pages_in_browser import opening, served
from playwright.sync_api import Browser, expect

from assistant.config import Settings
from assistant.errors import RecordsError
from assistant.qa.models import Answer
from assistant.records.recording import NOT_RECORDED, Recorder, RecordingAssistant, open_recorder
from assistant.records.store import RecordStore
from assistant.ui.chat import ChatHandlers
from assistant.ui.conversation import Conversation, Turn

QUESTION = "研发人员要多少人？"


class Numbered(FakeEngine):
    """Answers with ids of their own, as the assistant's are."""

    def ask_in_steps(self, turns: Sequence[str], today: date | None = None) -> Iterator[Answer]:
        for answer in super().ask_in_steps(turns, today):
            yield answer.model_copy(update={"id": uuid.uuid4().hex})


@pytest.fixture
def recorder(tmp_path: Path) -> Recorder:
    return open_recorder(Settings(data_dir=tmp_path, pack_dir=str(PACK)))


@pytest.fixture
def handlers(recorder: Recorder) -> ChatHandlers:
    return ChatHandlers(RecordingAssistant(Numbered(), recorder, "page"), recorder)


def asked(handlers: ChatHandlers, question: str = QUESTION) -> tuple[str, Conversation]:
    *_, (_, shown, conversation, _, _) = handlers.ask(question, ())
    return shown, conversation


def sent(data: object) -> gr.EventData:
    return gr.EventData(None, data)


def store_of(recorder: Recorder) -> RecordStore:
    assert recorder.store is not None
    return recorder.store


def answer_of(turn: Turn) -> Answer:
    assert turn.answer is not None
    return turn.answer


def test_a_thumb_and_a_comment_go_to_the_answers_record(handlers: ChatHandlers, recorder: Recorder) -> None:
    shown, conversation = asked(handlers)
    assert 'aria-pressed="true"' not in shown
    assert "已记下" in handlers.feedback(conversation, sent({"turn": 0, "thumb": "down"}))
    assert "已记下" in handlers.feedback(conversation, sent({"turn": 0, "thumb": "down", "comment": "找13812345678"}))
    (record,) = store_of(recorder).entries()
    assert record.id == answer_of(conversation[0]).id
    assert [(f.thumb, f.comment) for f in record.feedback] == [("down", ""), ("down", "找〔手机号〕")]
    *_, (_, again, _, _, _) = handlers.ask(QUESTION, conversation)
    assert again.count('data-thumb="down" aria-pressed="true"') == 1


@pytest.mark.parametrize(
    "data",
    [
        None, [], "up", {}, {"turn": 0}, {"turn": 1, "thumb": "up"}, {"turn": -1, "thumb": "up"},
        {"turn": True, "thumb": "up"}, {"turn": "0", "thumb": "up"}, {"turn": 0, "thumb": "sideways"},
        {"turn": 0, "thumb": ["up"]}, {"turn": 0, "thumb": "up", "comment": {"a": 1}},
        {"id": "someone else's", "thumb": "up"},
    ],
)  # fmt: skip
def test_what_no_button_sends_is_not_recorded(handlers: ChatHandlers, recorder: Recorder, data: Any) -> None:
    _, conversation = asked(handlers)
    assert handlers.feedback(conversation, sent(data)) == ""
    assert [r.feedback for r in store_of(recorder).entries()] == [[]]


def test_an_answer_of_another_session_takes_no_thumbs(handlers: ChatHandlers, recorder: Recorder) -> None:
    """Two sessions asked the same; after a reload one is shown what is remembered, perhaps from the other."""
    asked(handlers)
    shown, restored, _ = handlers.restore([QUESTION])
    assert answer_of(restored[0])
    assert 'class="feedback"' not in shown
    assert handlers.feedback(restored, sent({"turn": 0, "thumb": "up"})) == ""
    assert [r.feedback for r in store_of(recorder).entries()] == [[]]


def test_nobody_fills_the_records_with_thumbs(handlers: ChatHandlers, recorder: Recorder) -> None:
    _, conversation = asked(handlers)
    said = [
        handlers.feedback(conversation, sent({"turn": 0, "thumb": "up", "comment": "长" * 9999})) for _ in range(12)
    ]
    assert "够多" in said[-1]
    (record,) = store_of(recorder).entries()
    assert len(record.feedback) == 10
    assert len(record.feedback[0].comment) == 500


def test_without_records_there_are_no_thumbs() -> None:
    shown, conversation = asked(ChatHandlers(FakeEngine()))
    assert 'class="feedback"' not in shown
    assert "没有保存" in ChatHandlers(FakeEngine()).feedback(conversation, sent({"turn": 0, "thumb": "up"}))


def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> str:
        raise RecordsError("磁盘满了", "secret /srv/path")

    for name in ("add_answer", "add_feedback"):
        monkeypatch.setattr(RecordStore, name, fail)


def test_the_page_says_that_it_could_not_record(handlers: ChatHandlers, monkeypatch: pytest.MonkeyPatch) -> None:
    _, before = asked(handlers)
    broken(monkeypatch)
    shown, conversation = asked(handlers)
    assert NOT_RECORDED in shown
    assert answer_of(conversation[0]).statements
    said = handlers.feedback(before, sent({"turn": 0, "thumb": "up"}))
    assert "没有保存" in said
    assert "/srv" not in said


def test_where_records_are_required_nothing_is_shown_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    required = open_recorder(Settings(data_dir=tmp_path, pack_dir=str(PACK), records="required"))
    broken(monkeypatch)
    shown, conversation = asked(ChatHandlers(RecordingAssistant(Numbered(), required, "page"), required))
    assert "不予显示" in shown
    assert "80人" not in shown
    assert "/srv" not in shown
    assert conversation[0].answer is None


@pytest.mark.browser
@pytest.mark.slow
def test_thumbs_by_keyboard(browser: Browser, recorder: Recorder) -> None:
    with served(engine=Numbered(), recorder=recorder) as address, opening(browser, address) as open_page:
        page = open_page()
        page.fill("#question textarea", QUESTION)
        page.press("#question textarea", "Enter")
        down = page.locator('.feedback .thumb[data-thumb="down"]')
        expect(down).to_have_attribute("aria-pressed", "false")
        expect(page.locator(".feedback .more")).to_be_hidden()
        down.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".feedback .said")).to_have_text("已记下，谢谢。")
        expect(down).to_have_attribute("aria-pressed", "true")
        page.keyboard.press("Tab")
        page.keyboard.type("没说是哪一年")
        page.keyboard.press("Enter")
        expect(page.locator(".feedback .more")).to_be_hidden()
        expect(page.locator(".feedback .said")).to_have_text("已记下，谢谢。")
    (record,) = store_of(recorder).entries()
    assert [(f.thumb, f.comment) for f in record.feedback] == [("down", ""), ("down", "没说是哪一年")]
