"""What REST, MCP and the page share: one assistant, one desk, the figures, and the place where records are made."""

import base64
import binascii
import secrets
import shutil
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePath
from threading import Lock
from typing import Literal

from anyio.to_thread import run_sync

from assistant.api.engine import Engine
from assistant.api.law_lookup import LawSlice, SearchRow, everything, law_slice, located, search_rows
from assistant.api.metrics import Counted, Metrics
from assistant.api.run_folder import RunFolder
from assistant.api.workers import Gone, Workers
from assistant.config import Settings
from assistant.errors import UsageError
from assistant.files.limits import MIB, Limits
from assistant.files.read_draft import ReaderPool
from assistant.forms.form_schema import FORM_FILE
from assistant.law.installed import Installed, install
from assistant.law.pack import Pack
from assistant.precheck.check import Desk, check_file, open_desk, unreadable
from assistant.precheck.inputs import Input, gather, shown
from assistant.precheck.models import Report
from assistant.qa.models import Answer
from assistant.records.recording import Recorder, RecordingAssistant, open_recorder
from assistant.retrieval.embedding import embedder_name
from assistant.retrieval.search import Search

Channel = Literal["page", "api", "mcp"]
_ANSWERING_AT_ONCE, _ANSWERS_WAITING = 4, 256
_CHECKING_AT_ONCE, _CHECKS_WAITING = 2, 32


class Service:
    """An assistant with all that stands around it. Threads may share it."""

    def __init__(
        self, assistant: Engine, settings: Settings, desk: Desk | None = None, recorder: Recorder | None = None
    ) -> None:
        """`desk`: that of the pre-check, where a pack has a form. Without a recorder nothing is recorded."""
        self.settings, self.desk = settings, desk
        self.recorder = recorder or Recorder()
        self.metrics = Metrics()
        self._assistant = assistant
        self._searches: dict[str, Search] = {}
        self._opening = Lock()
        self._folder = RunFolder(settings.data_dir / "uploads")
        self._answering = Workers(_ANSWERING_AT_ONCE, _ANSWERS_WAITING)
        self._checking = Workers(_CHECKING_AT_ONCE, _CHECKS_WAITING)
        self.metrics.service(
            version=project_version(), embedder=self.embedder, composer=self.composer, packs=self.packs
        )

    @property
    def packs(self) -> tuple[Pack, ...]:
        return self._assistant.packs

    @property
    def embedder(self) -> str:
        return embedder_name(self.settings.embedding_model)

    @property
    def composer(self) -> str:
        return f"llm:{self.settings.llm_model.strip()}" if self.settings.llm_base_url else "extractive"

    def engine(self, channel: Channel) -> Engine:
        """The assistant as a channel asks it: each answer is recorded and counted before it is handed out."""
        return Counted(RecordingAssistant(self._assistant, self.recorder, channel), self.metrics, channel)

    def noted(self, report: Report, channel: Channel, seconds: float, upload: Path | None = None) -> Report:
        """Every pre-check goes through here before it is shown, to be recorded and counted.

        `upload`: the file, where it may be kept for staff. Raises RecordsError if it cannot be recorded and has to be.
        """
        self.metrics.precheck(report, channel, seconds)
        return self.recorder.precheck(report, channel=channel, milliseconds=round(1000 * seconds), upload=upload)[0]

    async def ask(self, turns: Sequence[str], channel: Channel) -> Answer:
        """The answer to the last turn."""
        engine = self.engine(channel)

        def answered() -> Answer:
            *_, answer = engine.ask_in_steps(turns, date.today())
            return answer

        return await self._answering.run(answered)

    async def search(self, query: str, k: int, version: str = "") -> list[SearchRow]:
        """At most `k` provisions of the current versions, or of the one called `version`, best first."""
        packs = self.installed.chosen(version, date.today())
        return await self._answering.run(lambda: search_rows([self._search(pack) for pack in packs], query, k))

    def provisions(self, reference: str = "", pack: str = "", version: str = "", document: str = "") -> LawSlice:
        """What a reference names, or everything of the first pack that fits. Raises UsageError."""
        chosen = self.installed.chosen(version, date.today())
        packs = [p for p in chosen if pack in ("", p.id) and (not document or p.document(document))]
        if not packs:
            raise UsageError("没有这份办法或文件。", "可用的见 /api/v1/version。")
        if reference:
            return law_slice(*located(packs, reference, document))
        found = [(d, p) for d, p in everything(packs[0]) if document in ("", d.id)]
        return law_slice(packs[0], found)

    async def precheck_upload(self, name: str, content: str, channel: Channel) -> list[Report]:
        """The reports of one file that came as base64. Raises UsageError if it is none, or too large."""
        limit = self.settings.max_file_mb * MIB
        if len(content) > limit * 4 // 3 + 4:
            raise UsageError(f"文件超过{self.settings.max_file_mb} MB的上限。", "请删去大图片或拆分后再试。")
        try:
            data = base64.b64decode(content, validate=True)
        except (binascii.Error, ValueError) as error:
            raise UsageError("文件内容不是有效的 Base64。", "请重新编码后再试。") from error
        with self.workspace() as folder:
            return await self.precheck([folder.keep(name, data)], folder.path, channel)

    def workspace(self) -> "Workspace":
        """A folder for the uploads of one request. Raises UsageError if no pack has a form."""
        if self.desk is None:
            raise UsageError("这里的办法没有自评表，不能预审。", "请联系管理员。")
        return Workspace(self._folder)

    async def precheck(
        self, uploads: Sequence[Input], workspace: Path, channel: Channel, is_gone: Gone | None = None
    ) -> list[Report]:
        """The reports of all drafts in `uploads`, in order; zips are unpacked into `workspace`.

        `is_gone`: whether whoever asked has left; then no further draft is read.
        """
        desk = self.desk
        if desk is None:
            raise UsageError("这里的办法没有自评表，不能预审。", "请联系管理员。")
        limits = replace(
            desk.limits,
            batch_files=self.settings.upload_files,
            batch_bytes=max(self.settings.upload_total_mb, self.settings.max_file_mb) * MIB,
        )
        reports: list[Report] = []
        async with self._checking.slot():
            drafts = await run_sync(lambda: _drafts(uploads, workspace, limits))
            if len(drafts) > self.settings.upload_files:
                raise UsageError(f"一次最多预审{self.settings.upload_files}个文件。", "请分几次上传。")
            with closing(ReaderPool(desk.limits)) as readers:
                for one in drafts:
                    if is_gone and await is_gone():
                        break
                    reports.append(await run_sync(self._checked, one, desk, readers, channel, workspace))
        return reports

    def close(self) -> None:
        """Deletes what was uploaded."""
        self._folder.close()

    @cached_property
    def installed(self) -> Installed:
        """The packs as versions of their regulations."""
        return install(self.packs)

    def _search(self, pack: Pack) -> Search:
        """The search of a pack, opened when it is first asked for."""
        with self._opening:
            if pack.sha256 not in self._searches:
                self._searches[pack.sha256] = Search(pack, self.settings)
            return self._searches[pack.sha256]

    def _checked(self, one: Input, desk: Desk, readers: ReaderPool, channel: Channel, workspace: Path) -> Report:
        start = time.perf_counter()
        report = unreadable(one.name, desk, one.error) if one.error else check_file(one.path, desk, one.name, readers)
        # A file that was named and not sent is nobody's to keep.
        upload = one.path if workspace in one.path.parents and not one.error else None
        return self.noted(report, channel, time.perf_counter() - start, upload)


class Workspace:
    """The folder of one request; it goes with what is in it when the request is done."""

    def __init__(self, folder: RunFolder) -> None:
        self.path = folder.path() / secrets.token_hex(16)
        self.path.mkdir(mode=0o700)
        self._count = 0

    def place(self, name: str) -> Input:
        """Where an upload is to be written, under a name of ours; it goes by its own in the report."""
        self._count += 1
        called = shown(name).replace("\\", "/").rpartition("/")[2].strip()[-120:] or "未命名"
        ending = "".join(c for c in PurePath(called).suffix.lower()[:12] if c.isalnum() and c.isascii())
        return Input(self.path / f"{self._count}{'.' + ending if ending else ''}", called)

    def keep(self, name: str, data: bytes) -> Input:
        """An upload written down."""
        one = self.place(name)
        one.path.write_bytes(data)
        return one

    def __enter__(self) -> "Workspace":
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.path, ignore_errors=True)


def open_service(settings: Settings, progress: Callable[[str], None] = lambda _: None) -> Service:
    """Opens assistant and desk. Raises MicError with a sentence for the operator."""
    from assistant.qa.service import open_assistant

    desk = open_desk(settings) if any((path / FORM_FILE).is_file() for path in settings.pack_paths) else None
    assistant = open_assistant(settings, progress)
    recorder = open_recorder(settings, assistant.packs)
    recorder.start()
    return Service(assistant, settings, desk, recorder)


def project_version() -> str:
    """The version of this program."""
    try:
        return version("mic-assistant")
    except PackageNotFoundError:
        return "unknown"


def _drafts(uploads: Sequence[Input], workspace: Path, limits: Limits) -> list[Input]:
    """The drafts in the uploads, each by a name of its own."""
    drafts: list[Input] = []
    taken: dict[str, int] = {}
    for upload in uploads:
        for one in gather([upload.path], workspace, limits):
            name = upload.name + one.name.removeprefix(upload.path.name)
            taken[name] = taken.get(name, 0) + 1
            drafts.append(replace(one, name=name if taken[name] == 1 else f"{name}（{taken[name]}）"))
    return drafts
