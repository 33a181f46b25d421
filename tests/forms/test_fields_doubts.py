"""What takes a figure back: groups, other years, corrections, notes; and what a day makes of a date."""

from datetime import date

import pytest
from precheck.form_samples import read, shown, table

STAFF, EXPENSE, COMMITTEE = "rd_staff_fixed", "rd_expense_annual", "expert_committee"
NAME = ("中心名称", "辽宁省机器人省级制造业创新中心")


@pytest.mark.parametrize(
    "said",
    ["集团合计3.2亿元", "与合作单位合计1500万元", "1020万元（审计数为980万元）", "成员单位共1200万元"],
)
def test_a_figure_of_more_or_taken_back_is_doubted(said: str) -> None:
    assert read(table(NAME, ("年度研发费用", said))).facts[EXPENSE].doubts


@pytest.mark.parametrize(
    "said", ["1200万元（不含集团投入）", "1250万元（经审计）", "1200万元，另有合作单位投入300万元"]
)
def test_what_is_left_out_is_no_doubt(said: str) -> None:
    fact = read(table(NAME, ("年度研发费用", said))).facts[EXPENSE]
    assert not fact.doubts
    assert shown(fact) in ("1200", "1250")


def test_another_year_in_brackets_makes_a_span() -> None:
    assert shown(read(table(NAME, ("年度研发费用", "1150万元（2023年为920万元）"))).facts[EXPENSE]) == "920..1150"


@pytest.mark.parametrize(
    "note",
    [
        "注：固定研发人员93人，其中包括退休返聘及兼职人员20人。",
        "* 固定研发人员包括外聘专家8人。",
        "固定研发人员93人中含外聘专家25人。",
    ],
)
def test_a_note_below_the_table(note: str) -> None:
    fact = read(table(NAME, ("固定研发人员", "93")), lines=(note,)).facts[STAFF]
    assert fact.doubts or shown(fact) == "..93"


def test_a_note_that_leaves_others_out() -> None:
    fact = read(table(NAME, ("固定研发人员", "93")), lines=("注：固定研发人员不含兼职人员20人。",)).facts[STAFF]
    assert not fact.doubts
    assert shown(fact) == "93"


def test_a_label_that_holds_others_is_only_a_bound() -> None:
    assert shown(read(table(NAME, ("研发费用（含合作单位）", "1260万元"))).facts[EXPENSE]) == "..1260"


@pytest.mark.parametrize(
    ("said", "today", "doubted"),
    [
        ("2026年成立", date(2025, 12, 31), True),
        ("2026年成立", date(2027, 1, 1), False),
        ("2026年6月成立", date(2026, 7, 1), False),
        ("2026年6月成立", date(2026, 5, 31), True),
    ],
)
def test_a_date_is_held_against_the_day(said: str, today: date, *, doubted: bool) -> None:
    fact = read(table(NAME, ("自主知识产权", "有"), ("技术专家委员会", said)), today=today).facts[COMMITTEE]
    assert bool(fact.doubts) is doubted


def test_a_plan_behind_what_is_done_so_far() -> None:
    rows = (NAME, ("自主知识产权", "有"), ("技术专家委员会", "章程已起草，计划2026年上半年成立"))
    assert read(table(*rows)).facts[COMMITTEE].value is False


def test_a_no_beside_a_statement_turns_it_round() -> None:
    facts = read(table(NAME, ("自主知识产权", "有"), ("技术专家委员会尚未建立", "否"))).facts
    assert facts[COMMITTEE].value is True
