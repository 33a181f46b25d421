"""Wordings, layouts and reserves of drafts that the tables of names do not hold word for word."""

import pytest
from precheck.form_samples import read, shown, table

STAFF, EXPENSE, COMMITTEE = "rd_staff_fixed", "rd_expense_annual", "expert_committee"
NAME = ("中心名称", "轴承省级制造业创新中心")
ENGLISH = ("中心英文名称", "LiaoNing")


@pytest.mark.parametrize(
    ("label", "said", "field"),
    [
        ("推荐状态（市级工信主管部门）", "已推荐", "city_recommendation"),
        ("内部咨询机构（技术专家委员会）", "已成立", COMMITTEE),
        ("牵头单位（企业/高校/科研院所）", "高校", "lead_org_type"),
        ("牵头主体名称", "大连理工大学", "lead_org_name"),
        ("中心主任及职称", "王建国", "director_name"),
        ("对应英文名称", "LiaoNing", "center_name_en"),
        ("与已批复省创中心方向是否雷同", "否", "overlaps_existing"),
        ("所属产业链", "机器人", "field_domain"),
        ("有没有自主知识产权", "有", "own_ip"),
        ("依托单位是否已实现稳定运行", "是", "stable_operation"),
        ("专职研究开发人员数", "83", STAFF),
    ],
)
def test_labels_in_other_words(label: str, said: str, field: str) -> None:
    facts = read(table(("固定研发人员", "83"), ("年度研发费用", "1200"), (label, said))).facts
    assert set(facts) == {STAFF, EXPENSE, field}
    assert not facts[field].doubts


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("研发设备投入（万元）", "3000"),
        ("2022—2024年研发投入合计（万元）", "2600"),
        ("企业技术中心技术委员会", "已成立"),
        ("合作单位研发人员数", "92"),
        ("研发人员占比", "35%"),
    ],
)
def test_labels_of_something_else(label: str, said: str) -> None:
    assert set(read(table(NAME, (label, said))).facts) == {"center_name"}


@pytest.mark.parametrize(
    ("label", "said", "field"),
    [
        ("固定研发人员", "0.9万人", STAFF),
        ("固定研发人员", "拟配备92人", STAFF),
        ("年度研发费用", "2022-2024年共3300万元", EXPENSE),
        ("技术专家委员会", "是（属国家工程研究中心技术委员会）", COMMITTEE),
        ("技术专家委员会", "成立中", COMMITTEE),
        ("技术专家委员会", "2027年成立", COMMITTEE),
        ("是否与已建省创中心重复", "待省厅认定", "overlaps_existing"),
        ("是否与已建省创中心重复", "未核实", "overlaps_existing"),
        ("重大违法违规情况", "正在调查中", "incidents"),
        ("市级推荐", "已提交申请", "city_recommendation"),
        ("牵头单位", "待签约后确定", "lead_org_name"),
        ("中心主任", "公开招聘中", "director_name"),
        ("中心主任", "由牵头单位推荐，暂未确定", "director_name"),
        ("中心名称", "氢能省级制造业创新中心氢能省级制造业创新中心", "center_name"),
        ("中心名称", "风电省级制造业创新中心；氢能省级制造业创新中心", "center_name"),
    ],
)
def test_what_leaves_a_doubt(label: str, said: str, field: str) -> None:
    facts = read(
        table(("年度研发费用", "1200") if field == STAFF else ENGLISH, ("自主知识产权", "有"), (label, said))
    ).facts
    assert facts[field].doubts


@pytest.mark.parametrize(
    ("label", "said", "value"),
    [
        ("固定研发人员", "现有78名，2026年底拟增至95名", "78"),
        ("固定研发人员", "目前70人，到2026年达到90人", "70"),
        ("年度研发费用", "850万元，距1000万元还差150万元", "850"),
        ("年度研发费用", "1500万元，其中政府补助300万元", "1500"),
        ("年度研发费用（万元）", "1200（千元）", "120"),
        ("年度研发费用", "千万元以上", "1000.."),
        ("资本金是否满足基本需要", "无法满足", False),
        ("资本金够不够", "不充足", False),
        ("市级推荐", "待推荐", False),
        ("重大违法违规情况", "近三年无重大违法违规", False),
    ],
)
def test_what_is_read_all_the_same(label: str, said: str, value: str | bool) -> None:
    facts = read(table(NAME, (label, said))).facts
    field = next(name for name in facts if name != "center_name")
    assert (shown(facts[field]), facts[field].doubts) == (value, ())


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ("去年研发费用870万元，今年预计1300万元。", EXPENSE, "870"),
        ("截至2025年5月底，固定研发人员77人，比上年增加9人。", STAFF, "77"),
        ("固定研发人员84人（不含兼职22人）。", STAFF, "84"),
        ("资本金不能满足基本需要。", "capital_sufficient", False),
        ("国家重点实验室已设立技术委员会。", COMMITTEE, None),
    ],
)
def test_sentences(said: str, field: str, value: str | bool | None) -> None:
    fact = read(table(NAME), lines=(said,)).facts.get(field)
    assert shown(fact) == value
    assert fact is None or not fact.doubts


def test_headings_with_answers_under_them() -> None:
    lines = (
        "1. 牵头单位",
        "大连重工有限公司",
        "2. 组建运行形式",
        "理事会制",
        "3. 自主知识产权",
        "4. 外部合作",
        "专利8件",
    )
    facts = read(lines=lines).facts
    assert (facts["lead_org_name"].value, facts["org_form"].value) == ("大连重工有限公司", "理事会制")
    assert facts["own_ip"].doubts  # left blank; what stands under another heading does not answer it


def test_a_section_title_across_the_table_is_no_heading_of_columns() -> None:
    spans = {(1, 1): (1, 3)}
    facts = read(
        table(("基本情况", None, None), ("1", "组建中心名称", NAME[1]), ("2", "归口地市", "大连"), spans=spans)
    ).facts
    assert (facts["center_name"].value, facts["city"].value) == (NAME[1], "大连")


def test_the_first_of_two_columns_of_content_holds_the_labels() -> None:
    facts = read(
        table(("分类", "内容", "填报", "说明"), ("基础", "固定研发人员", "83", ""), ("", "研发费用", "1200", ""))
    ).facts
    assert (shown(facts[STAFF]), shown(facts[EXPENSE])) == ("83", "1200")


def test_a_figure_of_another_pair_is_no_second_value() -> None:
    fact = read(table(("固定研发人员", "91", "外聘专家", "25"), (*NAME, "联系电话", "024-1"))).facts[STAFF]
    assert (shown(fact), fact.doubts) == ("91", ())


def test_labels_of_other_things_are_no_values() -> None:
    facts = read(table(("违法违规及诚信情况", "联系电话"), ("近三年无重大违法违规", "024-1")), table(NAME)).facts
    assert facts["incidents"].value is False
    assert "city" not in read(table(NAME, ("所在地市", "联系电话"))).facts


def test_a_title_across_two_columns_completes_the_labels_below() -> None:
    rows = (("研发人员", None, "研发经费", None), ("固定", "97人", "年度研发费用", "1333"), (*NAME, "", ""))
    facts = read(table(*rows, spans={(1, 1): (1, 2), (1, 3): (1, 2)})).facts
    assert (shown(facts[STAFF]), shown(facts[EXPENSE])) == ("97", "1333")


def test_of_several_wider_figures_the_least_is_the_bound() -> None:
    fact = read(table(NAME, ("研发人员总数", "140"), ("科技人员总数", "76"))).facts[STAFF]
    assert (shown(fact), fact.doubts) == ("..76", ())


def test_a_section_named_like_a_field_leaves_the_field_its_own_row() -> None:
    spans = {(1, 1): (1, 3)}
    facts = read(
        table(("组织模式", None, None), ("1", "组织建设模式", "学会"), ("2", "中心名称", NAME[1]), spans=spans)
    ).facts
    assert facts["org_form"].value == "学会"
