"""Reports made from stated values, past the readers: a desk over the real pack and drafts that are only entries."""

from functools import cache

from assistant.config import Settings
from assistant.files.content import Draft, Entry
from assistant.law.citation import Citation
from assistant.precheck.check import Desk, check_draft, open_desk, unreadable
from assistant.precheck.models import Check, Declared, Report, Verdict

# Words that would do harm where they are not treated as data.
HOSTILE = '=HYPERLINK("http://x","点我")<script>alert(1)</script>\u202e\x07'
SOUND: dict[str, str | int] = {
    "center_name": "机器人省级制造业创新中心",
    "center_name_en": "LiaoNing Manufacturing Innovation Center for Robotics",
    "lead_org_name": "沈阳某机器人有限公司",
    "lead_org_type": "企业",
    "field_domain": "工业机器人",
    "overlaps_existing": "否",
    "org_form": "公司",
    "host_legal_form": "股份制独立企业法人",
    "expert_committee": "是",
    "rd_staff_fixed": 83,
    "rd_expense_annual": "1200万元",
    "own_ip": "有",
    "marketable_results": "有",
    "stable_operation": "是",
    "capital_sufficient": "是",
    "city": "沈阳市",
    "city_recommendation": "是",
    "director_name": "王某",
    "incidents": "否",
}


@cache
def desk() -> Desk:
    return open_desk(Settings())


def draft(**values: str | int) -> Draft:
    return Draft("json", entries=tuple(Entry(name, value, f"field {name}") for name, value in values.items()))


def report(file: str = "自评表.json", without: tuple[str, ...] = (), **changes: str | int) -> Report:
    """The report of a sound draft with some values changed or left out."""
    values = {name: value for name, value in (SOUND | changes).items() if name not in without}
    return check_draft(draft(**values), desk(), file)


def broken(file: str = "坏.pdf") -> Report:
    return unreadable(file, desk(), "文件已损坏，无法打开；请重新保存后再试。")


def verdicts(one: Report, field: str) -> set[Verdict]:
    return {check.verdict for check in one.checks if check.field == field}


CITATION = Citation(
    n=1, pack="p", version="1", document="d", locator="art_1", label="第一条", article=1, quote="引文", start=0, end=2
)


def check(verdict: Verdict, message: str = "", *, stage: str = "申报", force: str = "必须", label: str = "甲") -> Check:
    """A check that only its verdict and standing matter of."""
    return Check(
        rule=f"rule-{label}", field="f", label=label, stage=stage, force=force, verdict=verdict, actual=None,
        required=None, unit=None, gap=None, message=message or label, citation=CITATION,
    )  # fmt: skip


def stated(file: str, **values: str) -> Report:
    """A report that only what it declares matters of."""
    words = [Declared(field=name, label=name.upper(), raw=value, value=value) for name, value in values.items()]
    return Report(file=file, outcome="review", declared=words)
