"""One person's conversation: its turns, its limits, and how it comes back after a reload.

The browser may keep the questions, never the answers: answers are always made here, so nothing that a browser
sends can pass for something the assistant said.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from threading import Lock

from assistant.api.engine import MAX_CHARS, MAX_TURNS, Engine
from assistant.errors import RecordsError
from assistant.precheck.printable import one_sentence
from assistant.qa.models import Answer

logger = logging.getLogger(__name__)

_REMEMBERED = 512


@dataclass(frozen=True)
class Turn:
    """A question and its answer; no answer if it could not be processed. `growing` while more of it is to come.

    `reason`: why there is no answer, where a person can be told. `restored`: it was given before the page was loaded
    again, perhaps to somebody else who had asked the same.
    """

    question: str
    answer: Answer | None
    growing: bool = False
    reason: str = ""
    restored: bool = False


Conversation = tuple[Turn, ...]


def questions(conversation: Conversation) -> list[str]:
    """The questions that were answered: what the engine is given as context and what the browser may keep."""
    return [turn.question for turn in conversation if turn.answer]


def refusal(text: str, conversation: Conversation) -> str:
    """Why a text cannot be asked now, in one sentence; empty if it can."""
    if not text.strip():
        return "请先输入问题，再点“发送”。"
    if not _is_text(text):
        return "问题里有不能识别的字符，请删去后再发送。"
    if len(text) > MAX_CHARS:
        return f"这段文字有 {len(text)} 字，一次最多 {MAX_CHARS} 字。请缩短后再发送。"
    if len(conversation) >= MAX_TURNS:
        return f"这次对话已有 {MAX_TURNS} 个问题。请先点“清空对话”，再继续提问。"
    return ""


class Interviewer:
    """Asks the engine and never raises.

    Recent answers are remembered by the exact questions that led to them, so a reload need not ask again.
    """

    def __init__(self, engine: Engine, today: Callable[[], date] = date.today) -> None:
        """`today` is the one clock: the answers are given the day as an argument."""
        self.packs = engine.packs
        self._engine, self._today = engine, today
        self._answers: OrderedDict[tuple[str, ...], Answer] = OrderedDict()
        self._lock = Lock()

    def ask(self, conversation: Conversation, question: str) -> Turn:
        """The next turn. An unexpected failure is logged and leaves the turn without an answer."""
        *_, turn = self.ask_in_steps(conversation, question)
        return turn

    def ask_in_steps(self, conversation: Conversation, question: str) -> Iterator[Turn]:
        """The next turn as it grows; the last one is the turn."""
        asked = (*questions(conversation), question)
        answer: Answer | None = None
        reason = ""
        try:
            for step in self._engine.ask_in_steps(asked, self._today()):
                if answer is not None:
                    yield Turn(question, answer, growing=True)
                answer = step
        except RecordsError as error:  # its cause is in the log already
            answer, reason = None, one_sentence(error)
        except Exception:
            logger.exception("a question could not be processed")
            answer = None
        if answer is not None:
            with self._lock:
                self._answers[asked] = answer
                if len(self._answers) > _REMEMBERED:
                    self._answers.popitem(last=False)
        yield Turn(question, answer, reason=reason)

    def restore(self, stored: object) -> Conversation:
        """The conversation for questions that a browser kept; empty for anything but a fitting list."""
        conversation: Conversation = ()
        for question in kept_questions(stored):
            with self._lock:
                answer = self._answers.get((*questions(conversation), question))
            turn = Turn(question, answer, restored=True) if answer else self.ask(conversation, question)
            conversation = (*conversation, turn)
        return conversation


def kept_questions(stored: object) -> list[str]:
    """The questions that a browser sends, if they are a list of what could have been asked; else none."""
    if not isinstance(stored, list) or len(stored) > MAX_TURNS:
        return []
    fitting = [q for q in stored if isinstance(q, str) and q.strip() and len(q) <= MAX_CHARS and _is_text(q)]
    return fitting if len(fitting) == len(stored) else []


def _is_text(words: str) -> bool:
    """Whether no half of a surrogate pair is in it, which nothing could repeat."""
    return words.isascii() or not any("\ud800" <= character <= "\udfff" for character in words)
