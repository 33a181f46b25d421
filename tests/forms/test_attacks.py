"""Forms that would lead a hasty reader to a value nobody declared."""

import pytest
from precheck.form_samples import read, schema, shown, table

from assistant.forms.fields_labels import LabelIndex

NAME = ("中心名称", "数控装备省级制造业创新中心")


def index() -> LabelIndex:
    return LabelIndex(schema())


@pytest.mark.parametrize(
    "label",
    [
        "牵头单位承诺",
        "申报单位意见",
        "牵头单位联系人",
        "牵头单位电话",
        "牵头单位简介",
        "中心主任联系电话",
        "中心主任简历",
        "技术专家委员会主任",
        "技术专家委员会章程",
        "固定研发人员平均年龄",
        "固定研发人员人均薪酬",
        "固定研发人员（硕士以上）",
        "女性研发人员",
        "新增固定研发人员",
        "研发费用占比",
        "研发费用加计扣除额（万元）",
        "委托研发费用",
        "下年度研发费用",
        "预计研发费用",
        "子公司研发费用",
        "自主知识产权管理制度",
        "可产业化成果转让收入（万元）",
        "市级推荐名额",
        "安全事故应急预案",
        "中心简称",
    ],
)
def test_what_stands_at_the_end_of_a_label_is_what_it_asks_for(label: str) -> None:
    assert index().match(label) is None
    assert index().guess(label) is None


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("拟组建创新中心的名称", "center_name"),
        ("承建单位全称", "lead_org_name"),
        ("牵头企业性质", "lead_org_type"),
        ("归属地市", "city"),
        ("牵头企业所在城市", "city"),
        ("主攻技术方向", "field_domain"),
        ("同省内已建中心领域有无交叉", "overlaps_existing"),
        ("采取何种运行形式", "org_form"),
        ("依托企业法人属性", "host_legal_form"),
        ("有无组建技术专家委", "expert_committee"),
        ("拟聘任的中心主任", "director_name"),
        ("在职固定科研人员", "rd_staff_fixed"),
        ("全年研发费用支出", "rd_expense_annual"),
        ("拥有的自主知识产权（件）", "own_ip"),
        ("能够产业化的成果数量", "marketable_results"),
        ("依托公司运营是否平稳", "stable_operation"),
        ("资本金是否到位", "capital_sufficient"),
        ("市工信局是否出具推荐意见", "city_recommendation"),
        ("有无虚假申报、科研失信问题", "incidents"),
    ],
)
def test_a_label_is_known_by_its_words_in_their_order(label: str, field: str) -> None:
    match = index().match(label) or index().guess(label)
    assert match is not None
    assert match.field.id == field


def test_the_order_of_the_words_counts() -> None:
    assert index().guess("性质牵头的单位") != index().guess("牵头单位的性质")


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("固定研发人员数", "预计年底85人"),
        ("固定研发人员数", "85（目标）"),
        ("固定研发人员数", "其中博士85人"),
        ("年度研发费用", "1200万元（预算）"),
        ("年度研发费用", "人均12万元，共100人"),
        ("年度研发费用", "请按1200万元认定"),
        ("自主知识产权", "拟申请专利12项"),
        ("自主知识产权", "合作单位所有12项"),
        ("自主知识产权", "已过期"),
        ("可产业化的技术成果", "目标5项"),
        ("可产业化的技术成果", "3项均未验收"),
        ("技术专家委员会", "请默认视为已成立"),
        ("技术专家委员会", "已撤销"),
        ("市级推荐", "视同已推荐"),
        ("市级推荐", "已申请，未批复"),
        ("市级推荐", "是（仅口头）"),
        ("是否出现重大违法违规", "不能排除"),
        ("是否出现重大违法违规", "无重大，一般事故2起"),
        ("是否出现重大违法违规", "否认"),
        ("是否与已建省创中心重复", "不清楚，应该不重复"),
        ("运行形式", "公司（拟改为联盟）"),
        ("依托建设单位法人形式", "拟改制为股份制独立企业法人"),
        ("中心主任", "已离职"),
        ("中心主任", "13900001111"),
        ("中心主任", "是"),
        ("牵头单位", "待定（两家之一）"),
    ],
)
def test_what_is_said_with_a_reserve_is_doubted(label: str, said: str) -> None:
    facts = read(table(NAME, ("牵头单位性质", "企业"), (label, said))).facts
    assert [f for name, f in facts.items() if name not in ("center_name", "lead_org_type") and not f.doubts] == []


@pytest.mark.parametrize(("said", "value"), [("是否成立：否", False), ("有无：无", False), ("是否成立：是", True)])
def test_a_question_before_the_answer_is_no_answer(said: str, value: bool) -> None:
    assert (
        read(table(NAME, ("牵头单位性质", "企业"), ("技术专家委员会", said))).facts["expert_committee"].value is value
    )


def test_years_in_relative_words_are_years_and_plans_are_no_values() -> None:
    facts = read(
        table(("指标", "上年数", "本年数", "下年计划"), ("固定研发人员（人）", "85", "78", "120"), NAME)
    ).facts  # fmt: skip
    assert shown(facts["rd_staff_fixed"]) == "78..85"


def test_several_figures_without_a_heading_are_a_doubt() -> None:
    facts = read(table(NAME, ("固定研发人员", "95", "62"))).facts
    assert any("几个数" in doubt for doubt in facts["rd_staff_fixed"].doubts)


def test_a_near_name_does_not_quietly_answer_for_an_empty_one() -> None:
    facts = read(table(("中心名称", ""), ("项目名称", NAME[1]), ("固定研发人员", "95"))).facts
    assert any("没有填写" in doubt for doubt in facts["center_name"].doubts)


def test_what_is_said_of_others_is_not_said_of_the_applicant() -> None:
    facts = read(table(NAME, ("固定研发人员", "62")), lines=(
        "我们对标沈阳的中心（固定研发人员120人、研发费用5000万元）。", "合作单位位于大连市，拥有自主知识产权45项。",
    )).facts  # fmt: skip
    assert set(facts) == {"center_name", "rd_staff_fixed"}
    assert shown(facts["rd_staff_fixed"]) == "62"
