"""Answers, reports and a store for the tests of the desk."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from assistant.law.citation import Citation
from assistant.precheck.models import Check, Report
from assistant.qa.models import Answer, Provenance, Statement
from assistant.records.kept_uploads import KeptUploads
from assistant.records.models import PackStamp
from assistant.records.payloads import Writer
from assistant.records.store import RecordStore

SHA = "5" * 64


def store_in(folder: Path, clock: Callable[[], datetime] | None = None) -> RecordStore:
    stamp = PackStamp(pack="toy", version="一", pack_sha256=SHA)
    return RecordStore(folder / "records", lambda: Writer([stamp], frozenset()), KeptUploads(folder / "kept", 0), clock)


def cited(n: int, locator: str) -> Citation:
    return Citation(
        n=n, pack="toy", version="一", document="law", locator=locator, label=locator, quote="人数不少于80人",
        start=0, end=8,
    )  # fmt: skip


def answered(record_id: str, status: str = "answered", **changes: Any) -> Answer:
    """An answer of two statements, the first resting on art_7, the second on art_8."""
    made = {"dropped": changes.pop("dropped", 0), "fallback": changes.pop("fallback", None)}
    is_settled = status == "answered"
    return Answer.model_validate(
        {
            "id": record_id,
            "question": "要多少人？",
            "status": status,
            "answer": "人数不少于80人。[1] 还有别的。[2]" if is_settled else "办法没有规定。",
            "statements": [Statement(text=t, citations=[n]) for n, t in ((1, "人数不少于80人。"), (2, "还有别的。"))]
            if is_settled
            else [],
            "citations": [cited(1, "art_7"), cited(2, "art_8")] if is_settled else [],
            "provenance": Provenance(embedder="e", pack_sha256=SHA, **made),
            **changes,
        }
    )


def checked(*verdicts: str) -> Report:
    checks = [
        Check.model_validate(
            {
                "rule": f"r{n}", "field": f"f{n}", "label": f"第{n}项", "stage": "申报", "force": "必须",
                "verdict": verdict, "actual": "75", "required": "80", "unit": "人", "gap": None, "message": "",
                "citation": cited(1, f"art_{n}"),
            }
        )
        for n, verdict in enumerate(verdicts, 1)
    ]  # fmt: skip
    return Report(file="自评表.docx", outcome="review", checks=checks, pack_sha256=SHA)
