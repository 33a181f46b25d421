"""Nothing is shown before it is recorded: the recorder, and an assistant that records each of its answers."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from assistant.config import Settings
from assistant.errors import MicError, RecordsError, UsageError
from assistant.law.pack import Pack
from assistant.precheck.models import Report
from assistant.qa.models import Answer
from assistant.records.models import Channel, Thumb
from assistant.records.store import RecordStore, open_records
from assistant.rules.facts import Facts

logger = logging.getLogger(__name__)

NOT_RECORDED = "这次的结果没有能记录下来，请告知管理员。"

_Done = TypeVar("_Done")


class Recorder:
    """Writes down what is about to be shown, and decides what happens if that fails.

    In: the store, or None where nothing is to be recorded. If writing fails, the result goes out with the notice
    NOT_RECORDED; if it is `required`, RecordsError is raised instead. Either way the reason is logged.
    """

    def __init__(self, store: RecordStore | None = None, *, required: bool = False) -> None:
        self.store = store
        self._required = required

    def answer(self, turns: Sequence[str], answer: Answer, *, channel: Channel, milliseconds: int | None) -> Answer:
        """The answer as it may be shown. The record's id is the answer's."""
        store = self.store
        if store is None:
            return answer
        written = self._tried(lambda: store.add_answer(turns, answer, channel=channel, milliseconds=milliseconds))
        return answer if written else answer.model_copy(update={"notices": [*answer.notices, NOT_RECORDED]})

    def precheck(
        self, report: Report, *, channel: Channel, milliseconds: int | None, upload: Path | None = None
    ) -> tuple[Report, str]:
        """The report as it may be shown, and its record's id, which is empty if there is none.

        `upload`: the file, if it was handed to this program; it is kept if the settings say so.
        """
        store = self.store
        if store is None:
            return report, ""
        record_id = self._tried(lambda: store.add_precheck(report, channel=channel, milliseconds=milliseconds))
        if record_id is None:
            return report.model_copy(update={"notices": [*report.notices, NOT_RECORDED]}), ""
        if upload:
            try:
                store.uploads.keep(record_id, upload)
            except OSError:  # the file is an extra; the record is there
                logger.exception("an upload could not be kept")
        return report, record_id

    def feedback(self, record_id: str, *, thumb: Thumb, comment: str = "") -> None:
        """Writes down what a person says of their own answer. Raises UsageError or RecordsError."""
        if self.store is None:
            raise UsageError("没有启用记录，反馈没有保存。", "请直接联系管理员。")
        self.store.add_feedback(record_id, thumb=thumb, comment=comment)

    def start(self) -> None:
        """From now on, deletes kept files whose time is over. For a program that goes on running."""
        if self.store:
            self.store.uploads.start()

    def _tried(self, write: Callable[[], _Done]) -> _Done | None:
        """What writing returns; None if it failed."""
        try:
            return write()
        except Exception as error:  # whatever it is, the person's answer is there and is not to be lost
            if isinstance(error, MicError):
                logger.error("a result could not be recorded: %s", error)
            else:
                logger.exception("a result could not be recorded")
            if self._required:
                raise RecordsError("这次的结果没有能记录下来，按设置不予显示", "请稍后再试，并告知管理员。") from error
            return None


class Asked(Protocol):
    """What is recorded: an assistant, or whatever stands around one."""

    @property
    def packs(self) -> tuple[Pack, ...]: ...

    def ask_in_steps(self, turns: Sequence[str], today: date | None = None) -> Iterator[Answer]:
        """The answer while it is being worded; the last one is whole."""
        ...

    def facts(self, turns: Sequence[str]) -> Facts:
        """What the turns state of the person."""
        ...


class RecordingAssistant:
    """An assistant whose answers are recorded before the last step of each is handed out."""

    def __init__(self, assistant: Asked, recorder: Recorder, channel: Channel) -> None:
        self._assistant, self._recorder, self._channel = assistant, recorder, channel

    @property
    def packs(self) -> tuple[Pack, ...]:
        return self._assistant.packs

    def ask(self, turns: Sequence[str], today: date | None = None) -> Answer:
        """The answer to the last turn, recorded. Raises RecordsError where records are required and fail."""
        *_, answer = self.ask_in_steps(turns, today)
        return answer

    def ask_in_steps(self, turns: Sequence[str], today: date | None = None) -> Iterator[Answer]:
        """The same while it is being worded; the last one is whole, and recorded."""
        begun = time.monotonic()
        answer: Answer | None = None
        for step in self._assistant.ask_in_steps(turns, today):
            if answer is not None:
                yield answer
            answer = step
        if answer is not None:
            taken = round((time.monotonic() - begun) * 1000)
            yield self._recorder.answer(turns, answer, channel=self._channel, milliseconds=taken)

    def facts(self, turns: Sequence[str]) -> Facts:
        """What the turns state of the person."""
        return self._assistant.facts(turns)


def open_recorder(settings: Settings, packs: Sequence[Pack] = ()) -> Recorder:
    """The recorder that the settings ask for. `packs`: those in use, where they are loaded already."""
    if settings.records == "off":
        return Recorder()
    return Recorder(open_records(settings, packs), required=settings.records == "required")
