"""The store of records: what was asked and answered, entry after entry, each holding on to the one before."""

import logging
import secrets
import uuid
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, exists, func, insert, literal, or_, select

from assistant.config import Settings
from assistant.errors import RecordsError, UsageError
from assistant.law.pack import Pack
from assistant.precheck.models import Report
from assistant.qa.models import Answer
from assistant.records.chain import GENESIS, SALT_BYTES, canonical, entry_hash, payload_hash
from assistant.records.database import Database
from assistant.records.head import Head, HeadFile
from assistant.records.kept_uploads import KeptUploads, kept_uploads
from assistant.records.models import (
    MAX_COMMENT,
    AccountChange,
    AccountEntry,
    ChainReport,
    Channel,
    Decision,
    Kind,
    Record,
    Thumb,
)
from assistant.records.payloads import Writer, open_writer
from assistant.records.reading import read_records
from assistant.records.tables import lay_out, log, payloads
from assistant.records.verifying import verify_chain

logger = logging.getLogger(__name__)

_PAGE = 200
_RECORDS = ("answer", "precheck")
BEGINNING = Head(0, GENESIS)


@dataclass(frozen=True, slots=True)
class _Entry:
    """What was just added; `follows` where the log before it has the head that was noted."""

    id: str
    head: Head
    follows: bool


class RecordStore:
    """The records of one data folder. Several threads and processes may use it at once.

    Nothing is ever changed: feedback and decisions are new entries. What an entry says is masked before it is written.
    Every method raises RecordsError if the store cannot be read or written; when a writing method returns, what it
    wrote is on disk.
    """

    def __init__(
        self,
        folder: Path,
        writer: Callable[[], Writer],
        uploads: KeptUploads,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        """`writer` makes what turns answers into payloads, when the first one comes."""
        self.uploads = uploads
        self._database = Database(folder / "records.sqlite3", lay_out, RecordsError, "记录库")
        self._head = HeadFile(folder / "records.head")
        self._make_writer = writer
        self._clock = clock or (lambda: datetime.now(UTC))

    # ---- writing

    def add_answer(
        self, turns: Sequence[str], answer: Answer, *, channel: Channel, milliseconds: int | None = None
    ) -> str:
        """Writes an answer to the last of `turns` down. Returns the record's id, which is the answer's."""
        self._append("answer", answer.id, self._writer.answer(turns, answer, channel, milliseconds))
        return answer.id

    def add_precheck(self, report: Report, *, channel: Channel, milliseconds: int | None = None) -> str:
        """Writes a pre-check down. Returns the record's id, which is new."""
        record_id = uuid.uuid4().hex
        self._append("precheck", record_id, self._writer.precheck(report, channel, milliseconds))
        return record_id

    def add_feedback(self, record_id: str, *, thumb: Thumb, comment: str = "") -> str:
        """Writes down what the person says of a record. Returns the entry's id. Raises UsageError as `_about` does."""
        if len(comment) > MAX_COMMENT:
            raise UsageError(f"说明最多 {MAX_COMMENT} 字。", "请缩短后再提交。")
        return self._about(record_id, "feedback", {"thumb": thumb, "comment": self._writer.masked(comment.strip())})

    def add_decision(self, record_id: str, decision: Decision) -> str:
        """Writes down what staff decided. Returns the entry's id. Raises UsageError as `_about` does."""
        kind: Kind = "annotation" if decision.verdict == "annotated" else "decision"
        masked = {name: self._writer.masked(getattr(decision, name)) for name in ("note", "term")}
        content = decision.model_dump(mode="json") | masked
        return self._about(record_id, kind, content)

    def add_account_change(self, account: int, change: AccountChange) -> str:
        """Writes down what became of an account. Returns the entry's id. It is no record, and is not erased."""
        with self._database.writing() as connection:
            entry = self._grow(connection, "account", f"account-{account}", change.model_dump(mode="json"))
        self._advance(entry)
        return entry.id

    def erase(self, record_id: str, *, by: str, reason: str) -> str:
        """Erases what was recorded under this id, what was entered about it, and a kept upload.

        The entries stay in the log.

        `by` and `reason` stand in the tombstone. Returns the tombstone's id. Raises UsageError if there is no such
        record, it is erased already, or nobody or no reason is named.
        """
        if not (by.strip() and reason.strip()):
            raise UsageError("删除记录要写明由谁、因何删除。", "请补上。")
        with self._database.writing() as connection:
            about = select(log.c.seq).join(payloads, payloads.c.seq == log.c.seq)
            mine = (log.c.record == record_id, log.c.kind.not_in(("erasure", "account")))
            seqs: list[int] = list(connection.scalars(about.where(*mine)))
            if not seqs:
                raise UsageError(f"没有编号为 {record_id} 的记录，或已经删除过。", "请核对编号。")
            content = {"by": by.strip(), "reason": self._writer.masked(reason.strip()), "erased": seqs}
            entry = self._grow(connection, "erasure", record_id, content)
            connection.execute(delete(payloads).where(payloads.c.seq.in_(seqs)))
        self._advance(entry)
        self.uploads.forget(record_id)
        if not self._database.sweep_traces():
            logger.warning("an erased payload stays in the write-ahead log until the next checkpoint")
        return entry.id

    # ---- reading

    def get(self, record_id: str) -> Record | None:
        """The record with all that was entered about it; None if there is none."""
        with self._database.reading() as connection:
            wanted = select(log).where(log.c.record == record_id, log.c.kind.in_(("answer", "precheck")))
            return next(iter(read_records(connection, connection.execute(wanted).mappings().all())), None)

    def entries(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        kinds: Collection[Kind] = (),
        statuses: Collection[str] = (),
        newest_first: bool = False,
    ) -> Iterator[Record]:
        """The answers and pre-checks, in the order of the log, each with all that was entered about it.

        `since` (inclusive) and `until` (exclusive) are aware times; of `kinds` only answer and precheck name records;
        no kinds or statuses are all of them. Erased records come where no status is asked for.
        """
        wanted = select(log).where(log.c.kind.in_(set(kinds or ("answer", "precheck")) & {"answer", "precheck"}))
        if since:
            wanted = wanted.where(log.c.at >= as_written(since))
        if until:
            wanted = wanted.where(log.c.at < as_written(until))
        if statuses:
            status = func.json_extract(payloads.c.body, "$.status")
            wanted = wanted.join(payloads, payloads.c.seq == log.c.seq).where(status.in_(list(statuses)))
        wanted = wanted.order_by(log.c.seq.desc() if newest_first else log.c.seq).limit(_PAGE)
        last: int | None = None
        while True:  # page by page, so that no reader keeps the database from tidying up
            page = wanted
            if last is not None:
                page = wanted.where(log.c.seq < last if newest_first else log.c.seq > last)
            with self._database.reading() as connection:
                rows = connection.execute(page).mappings().all()
                records = list(read_records(connection, rows))
            yield from records
            if len(rows) < _PAGE:
                return
            last = rows[-1]["seq"]

    def search(self, words: str, most: int = 1000) -> list[str]:
        """The ids of records with these words in a question, an answer or a file's name, or whose id begins so.

        The latest first; small and capital letters are one. Erased records are found by their id alone.
        """
        wanted = words.strip().lower()
        turn = func.json_each(payloads.c.body, "$.turns").table_valued("value")
        texts = [func.json_extract(payloads.c.body, place) for place in ("$.answer.answer", "$.report.file")]
        holds = [func.instr(func.lower(text), wanted) > 0 for text in texts]
        asked = exists(select(literal(1)).select_from(turn).where(func.instr(func.lower(turn.c.value), wanted) > 0))
        found = select(log.c.record).outerjoin(payloads, payloads.c.seq == log.c.seq)
        found = found.where(
            log.c.kind.in_(_RECORDS), or_(log.c.record.startswith(wanted, autoescape=True), asked, *holds)
        )
        with self._database.reading() as connection:
            return list(connection.scalars(found.order_by(log.c.seq.desc()).limit(most)))

    def following(self, after: Head, most: int = 200) -> tuple[list[Record], Head] | None:
        """The records that the next `most` entries are about, as they are now, and the last of these entries.

        For whoever keeps something beside the log: begin with `BEGINNING`, go on with what was returned until that does
        not change. None if the log has no such entry `after` any more: begin anew.
        """
        with self._database.reading() as connection:
            if after.seq and connection.scalar(select(log.c.hash).where(log.c.seq == after.seq)) != after.hash:
                return None
            entries = select(log.c.seq, log.c.hash, log.c.record).where(log.c.seq > after.seq)
            rows = connection.execute(entries.order_by(log.c.seq).limit(most)).all()
            if not rows:
                return [], after
            firsts = select(log).where(log.c.record.in_({row.record for row in rows}), log.c.kind.in_(_RECORDS))
            found = connection.execute(firsts.order_by(log.c.seq)).mappings().all()
            return list(read_records(connection, found)), Head(rows[-1].seq, rows[-1].hash)

    def account_changes(self, most: int = 50) -> list[AccountEntry]:
        """What became of accounts, the latest first."""
        with self._database.reading() as connection:
            told = select(log.c.seq, log.c.at, payloads.c.body).join(payloads, payloads.c.seq == log.c.seq)
            rows = connection.execute(told.where(log.c.kind == "account").order_by(log.c.seq.desc()).limit(most)).all()
        return [AccountEntry(seq=r.seq, at=r.at, change=AccountChange.model_validate_json(r.body)) for r in rows]

    def verify(self, head: str = "") -> ChainReport:
        """Checks every entry and payload. `head`: the hash of an entry that was noted earlier and must be there."""
        noted = self._noted()  # before the log is read, so that it cannot have run ahead of it
        with self._database.reading() as connection:
            return verify_chain(connection, noted, head)

    def close(self) -> None:
        """Lets go of the files; the next use opens them again."""
        self._database.close()

    # ---- the log

    @cached_property
    def _writer(self) -> Writer:
        return self._make_writer()

    def _about(self, record_id: str, kind: Kind, content: Mapping[str, Any]) -> str:
        """Appends an entry about a record. Raises UsageError if there is no such record, or it is erased."""
        with self._database.writing() as connection:
            is_there = select(log.c.seq).join(payloads, payloads.c.seq == log.c.seq).where(log.c.id == record_id)
            if connection.execute(is_there.where(log.c.record == record_id)).first() is None:
                raise UsageError(f"没有编号为 {record_id} 的记录，或已经删除。", "请核对编号。")
            entry = self._grow(connection, kind, record_id, content)
        self._advance(entry)
        return entry.id

    def _append(self, kind: Kind, record_id: str, content: Mapping[str, Any]) -> None:
        with self._database.writing() as connection:
            entry = self._grow(connection, kind, record_id, content, entry_id=record_id)
        self._advance(entry)

    def _grow(
        self, connection: Connection, kind: Kind, record_id: str, content: Mapping[str, Any], entry_id: str = ""
    ) -> _Entry:
        """Adds one entry with its payload to the end of the log, inside a writing transaction."""
        last = connection.execute(select(log.c.seq, log.c.hash).order_by(log.c.seq.desc()).limit(1)).first()
        follows = self._follows(connection, is_first=last is None)
        salt, body = secrets.token_bytes(SALT_BYTES), canonical(content)
        entry: dict[str, Any] = {
            "seq": last.seq + 1 if last else 1,
            "id": entry_id or uuid.uuid4().hex,
            "kind": kind,
            "at": as_written(self._clock()),
            "record": record_id,
            "payload_hash": payload_hash(salt, body),
            "previous": last.hash if last else GENESIS,
        }
        entry["hash"] = entry_hash(entry)
        connection.execute(insert(log).values(**entry))
        connection.execute(insert(payloads).values(seq=entry["seq"], salt=salt, body=body))
        return _Entry(entry["id"], Head(entry["seq"], entry["hash"]), follows)

    def _follows(self, connection: Connection, *, is_first: bool) -> bool:
        """Whether the log still has the noted head. An empty log notes that it begins."""
        noted = self._noted()
        if noted is None:
            if is_first:
                self._head.advance(Head(0, GENESIS))
            return True
        return noted.seq == 0 or connection.scalar(select(log.c.hash).where(log.c.seq == noted.seq)) == noted.hash

    def _noted(self) -> Head | None:
        try:
            return self._head.read()
        except OSError as error:
            raise RecordsError(f"读不了链头文件 {self._head.file}（{error.strerror}）", "请检查权限。") from error

    def _advance(self, entry: _Entry) -> None:
        """Notes the head. The entry is written by now, so a failure is the operator's matter, not the asker's."""
        if not entry.follows:  # a later head would hide that the log was cut
            logger.error("the records are not what was written before; run: mic records verify")
            return
        try:
            self._head.advance(entry.head)
        except OSError:
            logger.exception("the head of the records could not be noted")


def as_written(at: datetime) -> str:
    """An aware time as the log has it: UTC, always equally long, so that order of texts is order of times."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def open_records(settings: Settings, packs: Sequence[Pack] = ()) -> RecordStore:
    """The store under the data folder. `packs`: those in use, where they are loaded; else they are when needed."""
    return RecordStore(settings.data_dir / "records", lambda: open_writer(settings, packs), kept_uploads(settings))
