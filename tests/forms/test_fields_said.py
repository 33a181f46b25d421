"""Answers that take themselves back, and names that are none."""

import pytest
from precheck.form_samples import read, table

ROWS = (("中心英文名称", "LiaoNing Manufacturing Innovation Center for Robots"), ("自主知识产权", "有"))
INCIDENTS, OVERLAP, DIRECTOR = "incidents", "overlaps_existing", "director_name"
COMMITTEE, STAFF, EXPENSE = "expert_committee", "rd_staff_fixed", "rd_expense_annual"
LABELS = {
    INCIDENTS: "是否出现重大违法违规、安全、诚信等问题",
    OVERLAP: "是否与已建省创中心领域方向重复",
    DIRECTOR: "中心主任",
    COMMITTEE: "是否建立技术专家委员会",
    STAFF: "固定研发人员数",
    EXPENSE: "年度研发费用（万元）",
    "lead_org_name": "牵头单位名称",
    "city_recommendation": "市级推荐",
    "own_ip": "自主知识产权",
    "org_form": "运行形式",
    "lead_org_type": "牵头单位类型",
}


@pytest.mark.parametrize(
    ("field", "said"),
    [
        (INCIDENTS, "无重大违法，有一般违规"),
        (INCIDENTS, "否（曾被通报）"),
        (INCIDENTS, "未发生，被责令整改过"),
        (INCIDENTS, "没有重大的，小问题有过"),
        (OVERLAP, "否，但产品有交叉"),
        (OVERLAP, "不完全重复"),
        (OVERLAP, "除材料方向外不重复"),
        (OVERLAP, "未查新"),
        (COMMITTEE, "设有专家顾问组"),
        (COMMITTEE, "成员单位已推荐人选"),
        (COMMITTEE, "未来一年内建立"),
        (DIRECTOR, "由总经理兼任"),
        (DIRECTOR, "首席科学家"),
        (DIRECTOR, "候选人两名"),
        (DIRECTOR, "刘洋/王刚"),
        ("lead_org_name", "由联盟推选"),
        ("lead_org_name", "沈阳机床有限公司（筹）"),
        ("city_recommendation", "区工信局推荐"),
        ("own_ip", "已受理5件"),
        ("org_form", "公司＋基金"),
        (STAFF, "折合85人"),
        (STAFF, "85人，其中已离职6人"),
        (EXPENSE, "前三季度1200"),
        (EXPENSE, "1-6月1200"),
        (EXPENSE, "建设期总投入1200"),
    ],
)
def test_what_is_taken_back_is_doubted(field: str, said: str) -> None:
    rows = tuple(row for row in ROWS if row[0] != LABELS[field])
    assert read(table(*rows, (LABELS[field], said))).facts[field].doubts


@pytest.mark.parametrize(
    ("field", "said"),
    [
        (INCIDENTS, "未受到行政处罚"),
        (INCIDENTS, "信用良好，无不良记录"),
        (INCIDENTS, "近三年均未发生"),
        (INCIDENTS, "零事故"),
        (OVERLAP, "差异化发展，不重复"),
        (COMMITTEE, "已成立，由11位专家组成"),
        (DIRECTOR, "孙立新（2024年1月聘任）"),
        (DIRECTOR, "孙涛/总经理"),
        (DIRECTOR, "王五院士"),
        (DIRECTOR, "欧阳明"),
        ("lead_org_name", "东北大学"),
        (STAFF, "85人，较上年增加9人"),
    ],
)
def test_what_only_says_more_is_not(field: str, said: str) -> None:
    assert not read(table(*ROWS, (LABELS[field], said))).facts[field].doubts
