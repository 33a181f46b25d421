"""Why a record is to be looked at by a person."""

import hashlib
from enum import StrEnum

from assistant.qa.models import WITHHELD
from assistant.records.models import Record


class Reason(StrEnum):
    """What puts a record into the queue; the most pressing first."""

    THUMB_DOWN = "thumb_down"
    WITHHELD = "withheld"
    DROPPED = "dropped"
    NOT_COVERED = "not_covered"
    REVIEW = "review"
    SAMPLE = "sample"


IN_WORDS: dict[Reason, str] = {
    Reason.THUMB_DOWN: "点了没用",
    Reason.WITHHELD: "措辞被退回",
    Reason.DROPPED: "删去了句子",
    Reason.NOT_COVERED: "未作规定",
    Reason.REVIEW: "需人工判断",
    Reason.SAMPLE: "抽查",
}

# The order in which the queue is worked through; what is equally pressing goes by its time.
URGENCY: dict[Reason, int] = {
    Reason.THUMB_DOWN: 0,
    Reason.WITHHELD: 1,
    Reason.DROPPED: 1,
    Reason.NOT_COVERED: 2,
    Reason.REVIEW: 3,
    Reason.SAMPLE: 4,
}

# What `provenance.fallback` says where an answer was worded and then not shown, because the check did not pass it.
_WITHHELD = {"unsupported", "incomplete", WITHHELD}


def reasons_of(record: Record, permille: int, review_permille: int = 1000) -> list[Reason]:
    """The reasons for which a record is looked at; none for one that is erased.

    `permille`: how many of a thousand records are drawn; `review_permille`: how many of a thousand pre-checks with a
    `review` verdict are looked at, which nearly all have. Whether a record is drawn follows from its id alone.
    """
    if record.erased:
        return []
    answer, report = record.answer, record.report
    holds = {
        Reason.THUMB_DOWN: is_down(record),
        Reason.WITHHELD: answer is not None and answer.provenance.fallback in _WITHHELD,
        Reason.DROPPED: answer is not None and answer.provenance.dropped > 0,
        Reason.NOT_COVERED: record.status == "not_covered",
        Reason.REVIEW: report is not None
        and any(check.verdict == "review" for check in report.checks)
        and _lot(f"review {record.id}") < review_permille,
        Reason.SAMPLE: _lot(record.id) < permille,
    }
    return [reason for reason in Reason if holds[reason]]


def is_down(record: Record) -> bool:
    """Whether the last thumb that was given is a thumb down."""
    return bool(record.feedback) and record.feedback[-1].thumb == "down"


def is_open(record: Record, reasons: list[Reason]) -> bool:
    """Whether somebody still has to look: nobody has decided, or a thumb down came after that."""
    if not reasons or record.erased:
        return False
    decided = max((one.at for one in record.decisions), default=None)
    return decided is None or (is_down(record) and record.feedback[-1].at > decided)


def _lot(words: str) -> int:
    """A number from 0 to 999, evenly spread and always the same for the same words."""
    return int.from_bytes(hashlib.sha256(words.encode("utf-8", "surrogatepass")).digest()[:8]) % 1000
