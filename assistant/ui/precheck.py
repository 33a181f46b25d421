"""The pre-check's tab: its components, and what happens on upload, on choosing a draft, on a chip and on clearing."""

import logging
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import gradio as gr

from assistant.errors import RecordsError
from assistant.files.read_draft import ReaderPool
from assistant.precheck.check import check_file, unreadable
from assistant.precheck.printable import one_sentence
from assistant.ui.law_panel import open_law
from assistant.ui.precheck_render import render_counter, render_failure, render_findings
from assistant.ui.reception import Reception
from assistant.ui.sources import Sources, Target
from assistant.ui.upload_rooms import Draft, Room

logger = logging.getLogger(__name__)

_CHECKING_AT_ONCE = 2
_GONE = "这次预审已经结束，文件已删除；请刷新页面后重新上传。"
_BROKEN = "抱歉，预审没有处理成功；请稍后重试。"
# Gradio lets Python listen to the events that it finds quoted in the script.
_COUNTER_JS = "window.precheckPage.counter(element, trigger, watch); // 'check' 'clear'"
_FINDINGS_JS = "window.precheckPage.findings(element, trigger, watch); // 'choose' 'cite'"


class PrecheckHandlers:
    """What the events do. A browser sends numbers only; which room they are about, its session knows."""

    def __init__(self, reception: Reception, sources: Sources) -> None:
        self._desk, self._rooms, self._noted = reception.desk, reception.rooms, reception.noted
        self._sources = sources

    def arrive(self) -> tuple[str, str]:
        """A room for a visitor: the counter with its secret, and the secret for the session."""
        secret = self._rooms.open()
        return render_counter(self._desk.schema, self._rooms.limits, secret), secret

    def check(self, secret: str) -> Iterator[str]:
        """Checks what was received, one draft after the other, and shows how far it is."""
        room = self._rooms.get(secret)
        if room is None:
            yield render_failure(_GONE)
            return
        try:
            self._rooms.admit(room, self._desk.limits)
            room.chosen = next((i for i, draft in enumerate(room.drafts) if draft.report is None), room.chosen)
            with closing(ReaderPool(self._desk.limits)) as readers:
                for draft in room.drafts:
                    if room.is_closed or draft not in room.drafts:  # ended or cleared meanwhile
                        break
                    if draft.report is None and not draft.is_being_read:
                        draft.is_being_read = True
                        yield render_findings(room.drafts, room.chosen, self._sources)
                        self._read(draft, readers)
                        self._rooms.get(secret)  # a long run is no idle visitor
        except Exception:
            logger.exception("drafts could not be checked")
            yield render_failure(_BROKEN)
            return
        finally:
            for draft in room.drafts:
                draft.is_being_read = False
        yield render_failure(_GONE) if room.is_closed else self._findings(room)

    def choose(self, secret: str, event: gr.EventData) -> str:
        """Shows another draft in full, named by its number."""
        room = self._rooms.get(secret)
        if room is None:
            return render_failure(_GONE)
        number = _number(event, "draft")
        if number is not None and number < len(room.drafts):
            room.chosen = number
        return self._findings(room)

    def cite(self, secret: str, event: gr.EventData) -> str:
        """The law with the place of the chosen chip: the chip names numbers, the room's reports the place."""
        return open_law(self._sources, self._target(self._rooms.get(secret), event))

    def clear(self, secret: str) -> tuple[str, str]:
        """Deletes all files and findings of this visitor."""
        room = self._rooms.get(secret)
        if room:
            self._rooms.clear(room)
        return "", open_law(self._sources)

    def _read(self, draft: Draft, readers: ReaderPool) -> None:
        one, start = draft.input, time.perf_counter()
        report = (
            unreadable(one.name, self._desk, one.error)
            if one.error
            else check_file(one.path, self._desk, one.name, readers)
        )
        try:
            draft.report = self._noted(report, time.perf_counter() - start, one.path)
        except RecordsError as error:  # what has to be recorded and cannot be is not shown
            draft.report = unreadable(one.name, self._desk, one_sentence(error))
        draft.is_being_read = False

    def _findings(self, room: Room) -> str:
        return render_findings(room.drafts, room.chosen, self._sources)

    def _target(self, room: Room | None, event: gr.EventData) -> Target | None:
        draft, check = _number(event, "draft"), _number(event, "check")
        if room is None or draft is None or check is None or draft >= len(room.drafts):
            return None
        report = room.drafts[draft].report
        citation = report.checks[check].citation if report and check < len(report.checks) else None
        return self._sources.place(citation) if citation else None


def _number(event: gr.EventData, name: str) -> int | None:
    data = event._data
    value = data.get(name) if isinstance(data, dict) else None
    return value if type(value) is int and value >= 0 else None


class Precheck:
    """The components of the tab, laid out where it is made."""

    def __init__(self, reception: Reception, sources: Sources) -> None:
        self._handlers = PrecheckHandlers(reception, sources)
        self._secret = gr.State("")
        with gr.Column(elem_id="precheck"):
            self._counter = gr.HTML(
                render_counter(reception.desk.schema, reception.rooms.limits, ""),
                elem_id="counter",
                apply_default_css=False,
                js_on_load=_COUNTER_JS,
            )
            self._findings = gr.HTML("", elem_id="findings", apply_default_css=False, js_on_load=_FINDINGS_JS)

    def connect(self, page: gr.Blocks, law: gr.HTML) -> None:
        """Wires the events; `law` is the panel that chips open. None of them is part of a public API."""
        handlers = self._handlers
        light: dict[str, Any] = {
            "inputs": [self._secret],
            "api_visibility": "private",
            "show_progress": "hidden",
            "concurrency_limit": 16,
        }
        checking = {**light, "concurrency_limit": _CHECKING_AT_ONCE, "concurrency_id": "precheck"}
        checked = self._counter.check(handlers.check, outputs=[self._findings], trigger_mode="once", **checking)
        self._counter.clear(handlers.clear, outputs=[self._findings, law], cancels=[checked], **light)
        self._findings.choose(handlers.choose, outputs=[self._findings], **light)
        self._findings.cite(handlers.cite, outputs=[law], **light)
        page.load(handlers.arrive, outputs=[self._counter, self._secret], **{**light, "inputs": None})
