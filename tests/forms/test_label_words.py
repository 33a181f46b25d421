"""Labels as questions, in two languages, with short words beside them."""

import pytest
from precheck.form_samples import read, schema, shown, table

from assistant.forms.fields_labels import LabelIndex

NAME = ("中心名称", "辽宁省机器人省级制造业创新中心")


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("固定的研发人员有多少人？", "rd_staff_fixed"),
        ("市工信局推荐了没有？", "city_recommendation"),
        ("中心主任是谁？", "director_name"),
        ("由哪家单位牵头？", "lead_org_name"),
        ("以何种形式运行", "org_form"),
        ("有没有能够产业化的技术成果？", "marketable_results"),
        ("中心名称 Center Name", "center_name"),
        ("Type of lead organization", "lead_org_type"),
        ("Annual R&D expenditure (10,000 RMB)", "rd_expense_annual"),
        ("研发队伍（全职，人）", "rd_staff_fixed"),
    ],
)
def test_other_words_for_a_field(label: str, field: str) -> None:
    index = LabelIndex(schema())
    match = index.match(label) or index.guess(label)
    assert match is not None
    assert match.field.id == field


def test_foreign_units() -> None:
    rows = (("Number of full-time R&D staff", "90"), ("Annual R&D expenditure (RMB)", "15000000"))
    assert shown(read(table(NAME, *rows)).facts["rd_expense_annual"]) == "1500"


def test_a_short_label_asks_of_the_last_one() -> None:
    facts = read(table(NAME, ("牵头单位", "沈阳机床有限公司", "性质", "企业"))).facts
    assert facts["lead_org_type"].value == "企业"


def test_arrows_part_label_and_value() -> None:
    facts = read(lines=("中心名称 → 辽宁省机器人省级制造业创新中心", "固定研发人员 => 88人")).facts
    assert shown(facts["rd_staff_fixed"]) == "88"
