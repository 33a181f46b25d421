"""Proof that the log is what was written: every entry, every payload, and as far as it was noted, its end."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from assistant.records.chain import GENESIS, entry_hash, payload_hash
from assistant.records.head import Head
from assistant.records.models import ChainReport, Fault
from assistant.records.tables import log, payloads

# More than this says nothing new.
_MOST_FAULTS = 20
_AT_ONCE = 500


def verify_chain(connection: Connection, noted: Head | None, head: str = "") -> ChainReport:
    """Checks the whole log in one state of it.

    `noted`: the head that stands beside the database; `head`: a hash that was noted elsewhere, or nothing.
    """
    walk = _Walk(noted, head)
    together = select(log, payloads.c.salt, payloads.c.body).outerjoin(payloads, payloads.c.seq == log.c.seq)
    rows = connection.execution_options(yield_per=_AT_ONCE).execute(together.order_by(log.c.seq)).mappings()
    for row in rows:
        walk.step(row)
    strays = select(payloads.c.seq).outerjoin(log, payloads.c.seq == log.c.seq).where(log.c.seq.is_(None))
    stray_seqs: list[int] = list(connection.scalars(strays))
    walk.faults += [Fault(seq=seq, reason="这段内容没有对应的记录条目") for seq in stray_seqs]
    walk.faults += walk.endings()
    faults = sorted(walk.faults, key=lambda fault: (fault.seq is None, fault.seq or 0))
    return ChainReport(
        entries=walk.count,
        erased=len(walk.missing & walk.named),
        head_seq=walk.seq,
        head=walk.hash,
        faults=faults[:_MOST_FAULTS],
    )


class _Walk:
    """The log from its first entry to its last, and what is found on the way."""

    def __init__(self, noted: Head | None, head: str) -> None:
        self.count, self.seq, self.hash = 0, 0, GENESIS
        self.faults: list[Fault] = []
        self.missing: set[int] = set()
        # Numbers of entries whose payload an erasure names.
        self.named: set[int] = set()
        self._noted, self._noted_hash = noted, ""
        self._head, self._head_found = head, not head

    def step(self, row: RowMapping) -> None:
        """Takes the next entry in."""
        seq = row["seq"]
        if seq != self.seq + 1:
            self.faults.append(Fault(seq=seq, reason=f"前面缺少第 {self.seq + 1} 条"))
        elif row["previous"] != self.hash:
            self.faults.append(Fault(seq=seq, reason="与前一条对不上：这一条或前一条被改动"))
        if entry_hash(dict(row)) != row["hash"]:
            self.faults.append(Fault(seq=seq, reason="条目被改动"))
        self._take_payload(row)
        self.count, self.seq, self.hash = self.count + 1, seq, row["hash"]
        if self._noted and seq == self._noted.seq:
            self._noted_hash = row["hash"]
        self._head_found = self._head_found or row["hash"] == self._head

    def endings(self) -> Iterator[Fault]:
        """What only shows when all entries were seen."""
        for seq in sorted(self.missing - self.named):
            yield Fault(seq=seq, reason="内容被删除，却没有删除记录")
        for seq in sorted(self.named - self.missing):
            yield Fault(seq=seq, reason="内容已登记删除，却又出现")
        if self._noted is None and self.count:
            yield Fault(seq=None, reason="链头文件 records.head 不见了或已损坏，末尾有没有被截去无从核对")
        elif self._noted and self._noted.seq and self._noted_hash != self._noted.hash:
            yield Fault(seq=self._noted.seq, reason="与链头文件记下的不符：末尾被截去或改写")
        if not self._head_found:
            yield Fault(seq=None, reason="找不到给出的链头，那一条之后被截去或改写")

    def _take_payload(self, row: RowMapping) -> None:
        seq = row["seq"]
        if row["body"] is None:
            self.missing.add(seq)
            return
        if payload_hash(row["salt"], row["body"]) != row["payload_hash"]:
            self.faults.append(Fault(seq=seq, reason="内容被改动"))
        elif row["kind"] == "erasure":
            self.named |= _named(json.loads(row["body"]), seq)


def _named(content: dict[str, Any], seq: int) -> set[int]:
    """The entries that an erasure names; none that came after it."""
    return {number for number in content["erased"] if number < seq}
