"""Drafts under two versions: only what differs, from which verdict to which, and why."""

import io
import json

import openpyxl
import pytest
from versions.versions_samples import LIAONING, next_version

from assistant.config import Settings
from assistant.law.pack import load_pack
from assistant.precheck.check import Desk, desk_of
from assistant.precheck.inputs import Input
from assistant.versions import verdict_reports
from assistant.versions.verdict_changes import DraftChanges, check_both


@pytest.fixture(scope="module")
def changes(tmp_path_factory: pytest.TempPathFactory) -> list[DraftChanges]:
    folder = tmp_path_factory.mktemp("drafts")
    edits = (("不少于80人", "不少于60人"), ("年度研发费用总额不低于", "上一年度研发经费支出不低于"))
    new, old = next_version(folder / "new", *edits), load_pack(LIAONING)
    drafts = {
        "75人.json": {"rd_staff_fixed": 75, "lead_org_name": "=甲<b>公司", "rd_expense_annual": 2000},
        "90人.json": {"rd_staff_fixed": 90, "lead_org_name": "乙公司"},
    }
    for name, content in drafts.items():
        (folder / name).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    (folder / "坏.docx").write_bytes(b"nothing")
    inputs = [Input(folder / name, name) for name in (*drafts, "坏.docx")]
    return check_both(inputs, _desk(old), _desk(new), lambda *_: None)


def _desk(pack: object) -> Desk:
    desk = desk_of(pack, Settings())  # type: ignore[arg-type]
    assert desk is not None
    return desk


def test_a_lower_threshold_turns_the_verdict_and_says_why(changes: list[DraftChanges]) -> None:
    found = {c.rule: c for c in changes[0].changes}
    staff = found["rd-staff-minimum"]
    assert (staff.old_verdict, staff.new_verdict, staff.actual) == ("not_met", "met", "75")
    assert (staff.old_required, staff.new_required) == ("80人", "60人")
    assert staff.why == "要求由至少80变为至少60人"
    assert changes[0].old_outcome == "blocked"


def test_a_rule_whose_words_are_gone_is_for_a_person(changes: list[DraftChanges]) -> None:
    expense = {c.rule: c for c in changes[0].changes}["rd-expense-minimum"]
    assert (expense.old_verdict, expense.new_verdict) == ("met", "review")
    assert "人工核对" in expense.why


def test_only_what_differs_is_told(changes: list[DraftChanges]) -> None:
    assert {c.rule for c in changes[1].changes} <= {"rd-expense-minimum"}
    assert changes[1].same > 10
    assert all(c.old_verdict != c.new_verdict for d in changes for c in d.changes)


def test_a_file_that_cannot_be_read_says_so_and_holds_nobody_up(changes: list[DraftChanges]) -> None:
    assert [bool(d.error) for d in changes] == [False, False, True]
    assert changes[2].changes == []


def test_the_reports_say_the_same(changes: list[DraftChanges]) -> None:
    assert json.loads(verdict_reports.as_json(changes))[0]["changes"][0]["rule"]
    text, page = verdict_reports.as_text(changes), verdict_reports.as_html(changes)
    for words in ("✗ 不符合 → ✓ 符合", "要求由至少80变为至少60人", "坏.docx"):
        assert words in text
        assert words in page
    assert "<b>公司" not in page
    book = openpyxl.load_workbook(io.BytesIO(verdict_reports.as_xlsx(changes)))
    assert book.sheetnames == ["总览", "不同的结论"]
    rows = list(book["不同的结论"].iter_rows(values_only=True))
    assert len(rows) == 1 + sum(len(d.changes) for d in changes)
    assert verdict_reports.as_xlsx(changes) == verdict_reports.as_xlsx(changes)


def test_what_differs_in_every_draft_is_said_once(changes: list[DraftChanges]) -> None:
    text = verdict_reports.as_text(changes)
    gone = next(c for c in changes[0].changes if c.rule == "rd-expense-minimum")
    assert any(c.rule == gone.rule for c in changes[1].changes)
    same = changes[0].changes[0].model_copy(update={"label": "评估周期", "actual": None, "why": "已不在文中"})
    both = [draft.model_copy(update={"changes": [*draft.changes, same]}) for draft in changes[:2]]
    told = verdict_reports.as_text([*both, changes[2]])
    assert (told.count("评估周期"), told.count("每份都有的")) == (1, 1)
    assert told.index("评估周期") < told.index("75人.json：")
    alone = verdict_reports.as_text(both[:1])
    assert "每份都有的" not in alone
    assert alone.count("评估周期") == 1
    assert "✗ 不符合 → ✓ 符合" in text
