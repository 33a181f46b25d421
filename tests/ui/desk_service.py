"""The whole application over a few records, for the tests of the desk."""

from dataclasses import dataclass
from pathlib import Path

from argon2 import PasswordHasher
from fake_engine import FakeEngine
from fastapi import FastAPI

from assistant.api.service import Service
from assistant.config import Settings
from assistant.precheck.models import Check, Report
from assistant.records.recording import Recorder
from assistant.records.store import RecordStore, open_records
from assistant.staff import passwords
from assistant.staff.accounts import Role
from assistant.staff.staff import Staff, open_staff

PASSWORD = "一串 很长的 correct horse"  # noqa: S105 - of no account
ADMIN, WORKER = "管理员甲", "工作人员乙"
# Ids as they are in the log, by what they are.
STAFF, OPEN, STEPS, FACTS, FINE = (f"{n:032x}" for n in (1, 2, 3, 4, 5))


@dataclass(frozen=True)
class Opened:
    """The application with what a test looks into; `precheck` is the id of the pre-check."""

    app: FastAPI
    service: Service
    store: RecordStore
    staff: Staff
    precheck: str


def quick_hashes() -> None:
    """A password takes as long as it should only where that is tested."""
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


def open_desk_app(folder: Path) -> Opened:
    """Five answers and a pre-check: one with a thumb down, an abstention, dropped sentences, and nothing special."""
    from assistant.ui.web_app import build_web_app

    engine = FakeEngine()
    settings = Settings(data_dir=folder, staff_sample_permille=0, staff_review_permille=1000)
    store = open_records(settings, engine.packs)
    for record_id, question in (
        (STAFF, "研发人员要多少人？我叫王小明，电话13912345678"),
        (OPEN, "什么时间受理申报？"),
        (STEPS, "遴选程序怎么走？"),
        (FACTS, "我们能申报吗？"),
        (FINE, "研发人员要多少人？"),
    ):
        answer = engine.ask([question]).model_copy(update={"id": record_id})
        if record_id == STEPS:
            made = answer.provenance.model_copy(update={"composer": "llm:fake", "dropped": 2})
            answer = answer.model_copy(update={"provenance": made})
        store.add_answer([question], answer, channel="page", milliseconds=310)
    store.add_feedback(STAFF, thumb="down", comment="说的不是一回事 <script>alert(1)</script>")
    precheck = store.add_precheck(_report(engine), channel="page", milliseconds=900)
    service = Service(engine, settings, recorder=Recorder(store))
    staff = open_staff(settings)
    staff.accounts.add(ADMIN, Role.ADMINISTRATOR, PASSWORD)
    staff.accounts.add(WORKER, Role.STAFF, PASSWORD)
    return Opened(build_web_app(service), service, store, staff, precheck)


def _report(engine: FakeEngine) -> Report:
    pack = engine.packs[0]
    people = engine.cite(1, "art_7.item_4", "固定研究与试验发展人员数不少于80人")
    money = engine.cite(1, "art_7.item_4", "年度研发费用总额不低于1000万元")
    rows = (
        ("固定研发人员", "not_met", "75", "80", "人", "5", "还差5人", people),
        ("年度研发费用", "review", "约1000万元", "1000", "万元", None, "填的是约数，请看原始凭证", money),
    )
    checks = [
        Check(
            rule=f"r{n}", field=f"f{n}", label=label, stage="申报", force="必须", verdict=verdict, actual=actual,  # type: ignore[arg-type]
            required=required, unit=unit, gap=gap, message=message, found_at=f"table 1, row {n + 3}", citation=citation,
        )
        for n, (label, verdict, actual, required, unit, gap, message, citation) in enumerate(rows)
    ]  # fmt: skip
    return Report(
        file="自评表<b>.docx", outcome="blocked", summary="先补足人数。", checks=checks, pack=pack.id,
        version=pack.version, pack_sha256=pack.sha256,
    )  # fmt: skip
