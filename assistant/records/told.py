"""One record as plain text for the screen."""

from collections.abc import Iterator

from assistant.precheck.report_text import as_text as report_text
from assistant.records.models import Record

_KIND = {"answer": "答复", "precheck": "预审"}
_THUMB = {"up": "有用", "down": "没用"}
_DECIDED = {"confirmed": "确认", "overruled": "更正", "annotated": "备注"}


def as_text(record: Record) -> str:
    """What was asked and answered, on what it rested, and what was entered since. Times are UTC."""
    return "\n".join([*_about(record), *_said(record), *_since(record)])


def _about(record: Record) -> Iterator[str]:
    yield f"{_KIND[record.kind]} {record.id}（第 {record.seq} 条，{record.at:%Y-%m-%d %H:%M:%S} UTC）"
    if record.erased:
        yield f"内容已于 {record.erased.at:%Y-%m-%d %H:%M} 由 {record.erased.by} 删除：{record.erased.reason}"
        return
    stamp = record.stamp
    yield f"依据：{stamp.pack} {stamp.version}，文本指纹 {stamp.pack_sha256}"
    taken = "" if record.milliseconds is None else f"，{record.milliseconds} 毫秒"
    yield f"渠道：{record.channel}，状态：{record.status}{taken}"


def _said(record: Record) -> Iterator[str]:
    if record.report:
        yield from ("", report_text([record.report], in_full=True).rstrip())
    if record.answer:
        answer = record.answer
        yield from ("", *(f"问：{turn}" for turn in record.turns), f"答：{answer.answer}")
        sources = [*answer.citations, *answer.authority, *answer.background]
        yield from (f"[{c.n}] {c.label}：“{c.quote}”" for c in sources)
        made = answer.provenance
        fallback = f"，退回原因 {made.fallback}" if made.fallback else ""
        yield f"措辞：{made.composer}，删去 {made.dropped} 句{fallback}"


def _since(record: Record) -> Iterator[str]:
    if record.feedback or record.decisions:
        yield ""
    for feedback in record.feedback:
        yield f"反馈 {feedback.at:%Y-%m-%d %H:%M}：{_THUMB[feedback.thumb]} {feedback.comment}".rstrip()
    for decided in record.decisions:
        decision = decided.decision
        place = " ".join(part for part in (decision.document, decision.locator, decision.note) if part)
        yield f"{_DECIDED[decision.verdict]} {decided.at:%Y-%m-%d %H:%M} {decision.by} {place}".rstrip()
