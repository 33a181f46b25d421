"""Entries of the log and their payloads -> records."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from assistant.precheck.models import Report
from assistant.qa.models import Answer
from assistant.records.models import Decided, Decision, Erasure, Feedback, PackStamp, Record
from assistant.records.tables import log, payloads

_Row = Mapping[str, Any]


def read_records(connection: Connection, firsts: Sequence[RowMapping]) -> Iterator[Record]:
    """The records that begin with these entries, in their order, with everything entered about them."""
    about: dict[str, list[_Row]] = defaultdict(list)
    wanted = select(log, payloads.c.body).outerjoin(payloads, payloads.c.seq == log.c.seq).order_by(log.c.seq)
    ids = [row["record"] for row in firsts]
    for row in connection.execute(wanted.where(log.c.record.in_(ids))).mappings():
        about[row["record"]].append(dict(row) | {"content": json.loads(row["body"]) if row["body"] else None})
    for first in firsts:
        yield _record(about[first["record"]])


def _record(rows: Sequence[_Row]) -> Record:
    first, later = rows[0], rows[1:]
    told = [row for row in later if row["content"] is not None]
    entered = {
        "id": first["record"],
        "seq": first["seq"],
        "kind": first["kind"],
        "at": first["at"],
        "hash": first["hash"],
        "feedback": [Feedback(at=r["at"], **r["content"]) for r in told if r["kind"] == "feedback"],
        "decisions": [
            Decided(entry=r["id"], at=r["at"], decision=Decision.model_validate(r["content"]))
            for r in told
            if r["kind"] in ("decision", "annotation")
        ],
        "erased": next((_erasure(r) for r in told if r["kind"] == "erasure"), None),
    }
    said = first["content"]
    if said is None:
        return Record.model_validate(entered)
    answer = Answer.model_validate(said["answer"]) if first["kind"] == "answer" else None
    report = Report.model_validate(said["report"]) if first["kind"] == "precheck" else None
    return Record(
        **entered,
        channel=said["channel"],
        milliseconds=said["milliseconds"],
        status=said["status"],
        stamp=PackStamp.model_validate(said["stamp"]),
        turns=said.get("turns", []),
        answer=answer,
        report=report,
    )


def _erasure(row: _Row) -> Erasure:
    return Erasure(at=row["at"], by=row["content"]["by"], reason=row["content"]["reason"])
