"""Thumbs under an answer: what a person says of it goes to the records, of their own answers only."""

import logging
from collections import OrderedDict
from collections.abc import Mapping
from html import escape
from itertools import count
from threading import Lock

from assistant.errors import MicError
from assistant.precheck.printable import one_sentence
from assistant.records.models import MAX_COMMENT, Thumb
from assistant.records.recording import Recorder
from assistant.ui.conversation import Conversation

logger = logging.getLogger(__name__)

# Answer's id -> the thumb it was given, for the answers that a transcript shows.
Given = Mapping[str, str]

_MOST_FOR_ONE = 10
_REMEMBERED = 4096
_THANKS = "已记下，谢谢。"
_THUMBS: dict[str, Thumb] = {"up": "up", "down": "down"}


class FeedbackDesk:
    """Takes feedback in and never raises. A browser names a turn by its number; whose answer that is, its session
    knows."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._given: OrderedDict[str, tuple[Thumb, int]] = OrderedDict()
        self._lock = Lock()
        self._numbers = count()

    def given(self, conversation: Conversation) -> Given | None:
        """What this conversation's answers were given; None where feedback is not taken."""
        if self._recorder.store is None:
            return None
        with self._lock:
            ids = [turn.answer.id for turn in conversation if turn.answer and not turn.restored]
            return {one: self._given[one][0] if one in self._given else "" for one in ids}

    def take(self, conversation: Conversation, data: object) -> str:
        """What to say under the turn; empty if a browser sent what no button sends."""
        sent = data if isinstance(data, dict) else {}
        turn, thumb, comment = sent.get("turn"), _THUMBS.get(str(sent.get("thumb"))), sent.get("comment", "")
        if type(turn) is not int or not 0 <= turn < len(conversation) or thumb is None or not isinstance(comment, str):
            return ""
        answer = conversation[turn].answer
        if answer is None or conversation[turn].restored:
            return ""
        return self._said(turn, self._kept(answer.id, thumb, comment[:MAX_COMMENT]))

    def _kept(self, record_id: str, thumb: Thumb, comment: str) -> str:
        with self._lock:
            times = self._given[record_id][1] if record_id in self._given else 0
        if times >= _MOST_FOR_ONE:
            return "对这条答复的反馈已经够多，没有再记。"
        try:
            self._recorder.feedback(record_id, thumb=thumb, comment=comment)
        except MicError as error:
            logger.error("feedback could not be recorded: %s", error)
            return f"反馈没有保存：{one_sentence(error)}" if error.exit_code == 2 else "反馈没有保存，请稍后再试。"
        except Exception:
            logger.exception("feedback could not be recorded")
            return "反馈没有保存，请稍后再试。"
        with self._lock:
            self._given[record_id] = (thumb, times + 1)
            if len(self._given) > _REMEMBERED:
                self._given.popitem(last=False)
        return _THANKS

    def _said(self, turn: int, words: str) -> str:
        """The words for the script, which puts them under the turn; numbered, so that equal ones are new again."""
        return f'<p data-turn="{turn}" data-n="{next(self._numbers)}">{escape(words)}</p>'


def feedback_card(turn: int, thumb: str) -> str:
    """The thumbs of one answer with the one that was pressed, and room for a comment once one is."""

    def button(name: str, words: str) -> str:
        pressed = "true" if thumb == name else "false"
        return f'<button type="button" class="thumb" data-thumb="{name}" aria-pressed="{pressed}">{words}</button>'

    return (
        f'<div class="feedback" data-turn="{turn}" role="group" aria-label="第 {turn + 1} 条答复有没有用">'
        f'<span class="asked" aria-hidden="true">这条答复</span>{button("up", "有用")}{button("down", "没用")}'
        '<div class="more" hidden><label><span class="sr">补充说明</span>'
        f'<input type="text" maxlength="{MAX_COMMENT}" placeholder="可以补一句（请不要写姓名、电话）"></label>'
        '<button type="button" class="send-comment">提交</button></div>'
        '<p class="said" role="status"></p></div>'
    )
