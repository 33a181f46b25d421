"""Answers, reports and stores for the tests of the records."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from assistant.law.citation import Citation
from assistant.precheck.models import Check, Declared, Report
from assistant.qa.models import Answer, Provenance, Statement
from assistant.records.kept_uploads import KeptUploads
from assistant.records.models import PackStamp
from assistant.records.payloads import Writer
from assistant.records.store import RecordStore

SHA = "5" * 64
STAMP = PackStamp(pack="toy", version="一", pack_sha256=SHA, files_sha256={"rules.toml": "7" * 64})
PERSONAL = frozenset(("director_name", "executives"))


def writer() -> Writer:
    return Writer([STAMP], PERSONAL)


def store_in(folder: Path, days: int = 0, clock: Callable[[], datetime] | None = None) -> RecordStore:
    return RecordStore(folder / "records", writer, KeptUploads(folder / "kept-uploads", days), clock)


def an_answer(record_id: str = "a" * 32, text: str = "人数不少于80人。", **changes: Any) -> Answer:
    quote = Citation(
        n=1, pack="toy", version="一", document="law", locator="art_7", label="第七条", article=7, branch=None,
        paragraph=None, item=None, subitem=None, quote="人数不少于80人", start=0, end=8,
    )  # fmt: skip
    return Answer(
        **{
            "id": record_id,
            "question": "要多少人？",
            "status": "answered",
            "answer": f"{text}[1]",
            "statements": [Statement(text=text, citations=[1])],
            "citations": [quote],
            "provenance": Provenance(embedder="e", pack_sha256=SHA),
            **changes,
        }
    )


def a_report(**changes: Any) -> Report:
    check = Check(
        rule="r", field="rd_staff_fixed", label="固定研发人员", stage="申报", force="必须", verdict="not_met",
        actual="75", required="80", unit="人", gap="5", message="还差5人", citation=an_answer().citations[0],
    )  # fmt: skip
    declared = Declared(
        field="director_name", label="中心主任", raw="王小明", value="王小明", found_at="table 1, row 2"
    )
    told: dict[str, Any] = {"file": "王小明自评表.docx", "outcome": "blocked", "summary": "先补足人数。"}
    return Report(**{**told, "checks": [check], "declared": [declared], "pack_sha256": SHA, **changes})
