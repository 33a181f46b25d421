"""Statements as writers make them: the supported pass, and one changed fact is told with its reason."""

import time

import pytest

from assistant.verify import Reason, verify
from tests.verify.samples import CHANGES, ENCOURAGED, EVERY_THREE, GRADES, STAFF, TENANCY


@pytest.mark.parametrize(
    ("quote", "statement"),
    [
        (STAFF, "固定研究与试验发展人员不少于80人，年度研发费用不低于1000万元。"),
        (STAFF, "年度研发费用总额至少0.1亿元"),
        (CHANGES, "基地变更名称，须经所在地市级科技主管部门审核，再报省科学技术和创新厅审批。"),
        (CHANGES, "基地主任原则上三年内不调整。"),
        (GRADES, "评估结果为不合格的，给予一年整改期，期满仍不合格的按程序撤销命名。"),
        (GRADES, "评估优秀的基地，同等条件下按程序予以重点支持。"),
        (ENCOURAGED, "鼓励有条件的地方在资金、场地等方面支持基地。"),
        (EVERY_THREE, "省科创厅原则上每3年评估一次基地。"),
        (TENANCY, "承租人未经出租人同意转租，出租人有权解除合同。"),
    ],
)
def test_a_paraphrase_is_supported(quote: str, statement: str) -> None:
    assert verify(statement, [quote]).ok


@pytest.mark.parametrize(
    ("quote", "statement", "reason"),
    [
        (STAFF, "固定研究与试验发展人员数不少于60人", Reason.NUMBER),
        (STAFF, "固定研究与试验发展人员数不少于80家", Reason.NUMBER),
        (STAFF, "固定研究与试验发展人员数不超过80人", Reason.POLARITY),
        (STAFF, "年度研发费用总额不低于80万元", Reason.NUMBER),
        (STAFF, "固定研究与试验发展人员数不少于80人，达到后一定能获批", Reason.PROMISE),
        (STAFF, "固定研究与试验发展人员数不少于80人，否则取消资格", Reason.ADDED),
        (CHANGES, "基地名称变更需报省科学技术和创新厅报备。", Reason.POLARITY),
        (CHANGES, "基地名称变更，报市级科技主管部门审批。", Reason.SUBJECT),
        (CHANGES, "基地主任三年内不得调整。", Reason.DROPPED),
        (GRADES, "评估合格的基地给予资金支持", Reason.POLARITY),
        (GRADES, "评估优秀的基地予以重点支持。", Reason.DROPPED),
        (GRADES, "评估结果为不合格的基地，给予两年整改期", Reason.PERIOD),
        (ENCOURAGED, "地方在资金、场地方面对基地予以支持。", Reason.POLARITY),
        (EVERY_THREE, "市科学技术和创新局原则上每三年评估一次基地", Reason.SUBJECT),
        (EVERY_THREE, "省科学技术和创新厅每年评估一次基地", Reason.PERIOD),
        (TENANCY, "出租人未经承租人同意转租的，承租人可以解除合同。", Reason.SUBJECT),
        (TENANCY, "出租人可以擅自提高租金。", Reason.POLARITY),
        (TENANCY, "承租人可以在收到通知之日起十五日内支付租金。", Reason.POLARITY),
        (TENANCY, "失踪人应当在收到通知之日起十五日内支付租金。", Reason.SUBJECT),
    ],
)
def test_a_changed_fact_is_told(quote: str, statement: str, reason: Reason) -> None:
    support = verify(statement, [quote])
    assert not support.ok
    assert support.reason is reason


def test_findings_and_own_facts_count_as_known_but_give_no_law() -> None:
    own = ["我们有75人", "还差5人，要求不少于80人"]
    assert verify("还差5人，要求不少于80人。", [STAFF], known=own).ok
    assert not verify("还差5人，要求不少于80人。", [STAFF]).ok
    assert not verify("固定研究与试验发展人员数不少于75人", [STAFF], known=own).ok


@pytest.mark.parametrize(
    ("statement", "quotes"), [("", [STAFF]), ("  ", [STAFF]), ("不少于80人", []), ("不少于80人", [" "])]
)
def test_nothing_said_or_cited_is_no_support(statement: str, quotes: list[str]) -> None:
    assert verify(statement, quotes).reason is Reason.NO_QUOTE


def test_a_statement_beyond_all_measure_is_refused() -> None:
    assert verify("不少于80人" * 500, [STAFF]).reason is Reason.NO_QUOTE


def test_the_same_comes_out_each_time_and_soon() -> None:
    statement = "固定研究与试验发展人员不少于80人，年度研发费用不低于1000万元。"
    first = verify(statement, [STAFF, CHANGES, GRADES])
    begun = time.process_time()
    assert all(verify(statement, [STAFF, CHANGES, GRADES]) == first for _ in range(50))
    # 2 ms each on an idle machine; what is guarded here is the order of magnitude.
    assert (time.process_time() - begun) / 50 < 0.02
