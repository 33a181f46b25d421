"""What staff fill in -> a decision for the log, or a sentence on what is missing."""

from typing import Literal

from pydantic import BaseModel, Field

from assistant.api.law_lookup import located
from assistant.errors import UsageError
from assistant.law.pack import Pack
from assistant.law.types import Authority
from assistant.qa.models import Status
from assistant.records.models import Decision, Record

_SENTENCE_MARKS = set("。；;，,！？!?\n")


class DecisionForm(BaseModel):
    """The form as it comes. `claim` is a number or "" for the whole, `seen` how many decisions the page showed."""

    csrf: str = ""
    verdict: Literal["confirmed", "overruled", "annotated"]
    seen: int = 0
    claim: str = Field(default="", max_length=4)
    place: str = Field(default="", max_length=60)
    status: Status | Literal[""] = ""
    note: str = Field(default="", max_length=4000)
    term: str = Field(default="", max_length=60)
    law_term: str = Field(default="", max_length=60)
    same: bool = False


def decision_from(form: DecisionForm, record: Record, pack: Pack | None, by: str) -> Decision:
    """The decision. Raises UsageError if it says too little, or names what is not there."""
    note, claim = form.note.strip(), _claim(form.claim, record)
    if form.verdict == "confirmed":
        return Decision(verdict="confirmed", by=by, note=note, claim=claim)
    if form.verdict == "annotated":
        if not note:
            raise UsageError("备注是空的。", "请写下备注，或改为确认。")
        return Decision(verdict="annotated", by=by, note=note, claim=claim)
    document, locator = _place(form.place, pack)
    status = form.status or None
    if record.report and not (locator or note):
        raise UsageError("没有写明哪里不对。", "请填正确的条款，或在说明里写清楚。")
    if record.answer and not locator and status in (None, "answered"):
        raise UsageError("没有写明正确的条款。", "请填条款；如果办法没有规定，请把正确的状态选为“办法未作规定”。")
    term, law_term = _proposal(form, pack)
    return Decision(
        verdict="overruled", by=by, note=note, claim=claim, document=document, locator=locator,
        status=status if record.answer else None, term=term, law_term=law_term, is_near=not form.same,
    )  # fmt: skip


def _claim(written: str, record: Record) -> int | None:
    if not written:
        return None
    count = len(record.report.checks) if record.report else len(record.answer.statements) if record.answer else 0
    if not (written.isascii() and written.isdigit() and int(written) < count):
        raise UsageError("没有这一项。", "请重新选择要更正的是哪一项。")
    return int(written)


def _place(written: str, pack: Pack | None) -> tuple[str, str]:
    """Document and locator of the one provision that is named; empty where none is."""
    if not written.strip():
        return "", ""
    if pack is None:
        raise UsageError("这里没有安装办法的文本。", "请联系管理员。")
    _, found = located([pack], written.strip())
    settling = [(d, p) for d, p in found if d.authority is Authority.REGULATION]
    if not settling:
        raise UsageError("相关政策摘要不能作为依据。", "请填办法中的条款。")
    if len(settling) > 1:
        raise UsageError("只能填一个条款。", "有几处不对，请逐项更正。")
    document, provision = settling[0]
    return document.id, str(provision.locator)


def _proposal(form: DecisionForm, pack: Pack | None) -> tuple[str, str]:
    """A person's word and the law's for it; empty where none is proposed."""
    term, law_term = form.term.strip(), form.law_term.strip()
    if not (term or law_term):
        return "", ""
    if not (term and law_term):
        raise UsageError("词条只填了一半。", "请同时填人们的说法和办法的用语，或都不填。")
    if any(len(one) > 24 or _SENTENCE_MARKS & set(one) for one in (term, law_term)):
        raise UsageError("词条应是词语，不超过 24 个字，不含标点。", "请缩短后再提交。")
    if pack is None or law_term not in pack.regulation.text:
        raise UsageError(f"“{law_term}”不是办法里的用语。", "请照抄办法中的文字。")
    if term == law_term:
        raise UsageError("两个词相同，不用提出。", "请改正，或都不填。")
    return term, law_term
