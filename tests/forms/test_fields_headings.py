"""What columns are for, and what stands in rows of labels."""

import pytest
from precheck.form_samples import read, shown, table

from assistant.forms.fields_headings import Role, role_of

STAFF, EXPENSE = "rd_staff_fixed", "rd_expense_annual"
NAME = ("中心名称", "辽宁省机器人省级制造业创新中心")


def test_a_target_before_the_present_figure() -> None:
    facts = read(
        table(
            ("指标", "要求", "建设期末目标", "目前完成"),
            ("固定研发人员", "≥80人", "120人", "66人"),
            ("年度研发费用总额", "≥1000万元", "2000万元", "880万元"),
        )
    ).facts
    assert (shown(facts[STAFF]), shown(facts[EXPENSE])) == ("66", "880")
    assert not facts[STAFF].doubts


def test_the_figures_of_a_group_stand_aside() -> None:
    facts = read(table(("指标", "集团", "其中：创新中心"), ("固定研发人员（人）", "420", "62"))).facts
    assert shown(facts[STAFF]) == "62"


def test_a_heading_is_nobodys_answer() -> None:
    rows = (("评审要点", "办法要求", "申报单位情况", "是否符合"), ("固定研发人员数", "不少于80人", "81人", "符合"))
    facts = read(table(*rows), table(NAME)).facts
    assert set(facts) == {"center_name", STAFF}
    assert shown(facts[STAFF]) == "81"


@pytest.mark.parametrize("heading", ["目标任务", "项目名称及目标"])
def test_a_row_of_labels_and_values_gives_no_columns(heading: str) -> None:
    facts = read(
        table(("中心名称", "辽宁省机器人省级制造业创新中心", heading, "打造平台"), (STAFF, "85", "x", "y"))
    ).facts
    assert shown(facts[STAFF]) == "85"


def test_narrow_tables_of_two_labels_over_two_values() -> None:
    facts = read(table(("中心名称", "牵头单位"), ("辽宁省机器人省级制造业创新中心", "沈阳机器人有限公司"))).facts
    assert facts["lead_org_name"].value == "沈阳机器人有限公司"
    assert facts["center_name"].value == "辽宁省机器人省级制造业创新中心"


def test_full_time_and_part_time_over_their_figures() -> None:
    rows = (("人员类别", "固定研发人员", "兼职研发人员", "合计"), ("人数", "84", "21", "105"))
    facts = read(table(*rows), table(NAME)).facts
    assert shown(facts[STAFF]) == "84"


def test_rows_of_several_owners_leave_a_doubt() -> None:
    rows = (("单位名称", "固定研发人员", "研发费用（万元）"), ("甲公司", "87", "1030"), ("乙公司", "65", "700"))
    assert read(table(*rows), table(NAME)).facts[STAFF].doubts


def test_a_list_of_people_holds_no_labels() -> None:
    rows = (("姓名", "职务", "学历"), ("韩宇", "主任", "博士"), ("赵明", "副主任", "硕士"))
    facts = read(table(NAME, ("中心主任", "韩宇")), table(*rows)).facts
    assert facts["director_name"].value == "韩宇"
    assert not facts["director_name"].doubts


def test_roles() -> None:
    assert role_of("2025年实际") == (Role.YEAR, "2025")
    assert role_of("2026年目标") == (Role.ASIDE, "")
    assert role_of("数值（元）") == (Role.VALUE, "元")
    assert role_of("辽宁省") is None
