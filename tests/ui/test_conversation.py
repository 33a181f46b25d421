"""The limits of a conversation, and that nothing a browser sends is believed."""

import logging
from typing import Any

import gradio as gr
import pytest
from fake_engine import FakeEngine

from assistant.ui.chat import ChatHandlers
from assistant.ui.conversation import (
    MAX_CHARS,
    MAX_TURNS,
    Conversation,
    Interviewer,
    Turn,
    questions,
    refusal,
)


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.mark.parametrize(
    "stored",
    [
        None,
        "研发人员要多少人？",
        {"0": "研发人员要多少人？"},
        [["研发人员要多少人？", "<b>答</b>"]],
        [{"question": "问", "answer": "<script>"}],
        ["问", 7],
        ["问", "   "],
        ["问" * (MAX_CHARS + 1)],
        ["问\ud800"],
        ["问"] * (MAX_TURNS + 1),
    ],
)
def test_unfitting_storage_is_no_conversation(engine: FakeEngine, stored: object) -> None:
    assert Interviewer(engine).restore(stored) == ()
    assert engine.asked == []


def test_reload_gives_the_same_answers_without_asking_again(engine: FakeEngine) -> None:
    interviewer = Interviewer(engine)
    conversation: Conversation = ()
    for question in ("研发人员要多少人？", "程序呢？"):
        conversation = (*conversation, interviewer.ask(conversation, question))
    asked = len(engine.asked)
    again = interviewer.restore(questions(conversation))
    assert [(turn.question, turn.answer) for turn in again] == [(turn.question, turn.answer) for turn in conversation]
    assert all(turn.restored for turn in again)
    assert len(engine.asked) == asked
    assert engine.asked[-1] == ("研发人员要多少人？", "程序呢？")


def test_failure_is_logged_and_told_calmly(engine: FakeEngine, caplog: pytest.LogCaptureFixture) -> None:
    handlers = ChatHandlers(engine)
    with caplog.at_level(logging.ERROR):
        *_, last = handlers.ask("请出错", ())
    _, html, conversation, stored, _ = last
    assert "抱歉，这个问题没有处理成功" in html
    assert "secret" not in html
    assert "secret detail" in caplog.text
    assert stored == []
    assert questions(conversation) == []


@pytest.mark.parametrize("text", ["", "  \n ", None, "问" * (MAX_CHARS + 1), "问\udc00"])
def test_unfit_input_is_told_why_and_kept(engine: FakeEngine, text: str | None) -> None:
    steps = list(ChatHandlers(engine).ask(text, ()))
    assert len(steps) == 1
    assert 'role="alert"' in steps[0][-1]
    assert steps[0][0] == gr.skip()
    assert engine.asked == []


def test_full_conversation_asks_to_be_cleared() -> None:
    assert "清空对话" in refusal("问", (Turn("问", None),) * MAX_TURNS)
    assert refusal("问", (Turn("问", None),) * (MAX_TURNS - 1)) == ""


@pytest.mark.parametrize("data", [None, {}, {"index": "0"}, {"index": -1}, {"index": 99}, {"index": True}, "0"])
def test_unknown_example_asks_nothing(engine: FakeEngine, data: Any) -> None:
    list(ChatHandlers(engine).ask_example((), gr.EventData(None, data)))
    assert engine.asked == []


def test_no_event_is_public(engine: FakeEngine) -> None:
    from assistant.ui.page import build_page

    page = build_page(engine)
    assert {fn.api_visibility for fn in page.fns.values()} == {"private"}


def test_an_answer_that_is_being_worded_grows_and_only_the_whole_is_kept(engine: FakeEngine) -> None:
    asked, *growing, last = ChatHandlers(engine).ask("请逐句说人员要求", ())
    assert asked[2] == ()
    (step,) = growing
    assert step[2] == (), "what is not whole belongs to no conversation"
    assert "正在逐句核对" in step[1]
    assert "复制答复" not in step[1]
    assert [turn.growing for turn in last[2]] == [False]
    assert "由语言模型 fake 组织" in last[1]
    assert "正在逐句核对" not in last[1]


def test_the_page_says_that_no_model_was_used(engine: FakeEngine) -> None:
    *_, last = ChatHandlers(engine).ask("研发人员要多少人？", ())
    assert "未使用语言模型" in last[1]
