"""What kind of thing a question asks for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.law.values import ValueKind
from assistant.qa.need import STRICT, VALUE_KINDS, Need, find_asks, has_question


@pytest.mark.parametrize(
    ("question", "need"),
    [
        ("补助多少钱？", Need.MONEY),
        ("最高能给多少万元？", Need.MONEY),
        ("整改期多长？", Need.DURATION),
        ("要多少个工作日？", Need.DURATION),
        ("多久评估一次？", Need.FREQUENCY),
        ("申报截止日期是哪天？", Need.DATE),
        ("什么时候开始申报？", Need.WHEN),
        ("整改期从哪天起算？", Need.START),
        ("联盟至少几家？", Need.COUNT),
        ("研发人员要多少人？", Need.COUNT),
        ("分几个等级？", Need.COUNT),
        ("注册资本最低多少？", Need.QUANTITY),
        ("自筹比例是百分之几？", Need.PERCENT),
        ("评估多少分算优秀？", Need.SCORE),
        ("场地面积多大？", Need.AREA),
        ("主任年龄有限制吗？", Need.AGE),
        ("联系电话是什么？", Need.CONTACT),
        ("谁来批？", Need.WHO),
        ("由哪个部门负责？", Need.WHO),
        ("什么是省创中心？", Need.DEFINITION),
        ("“2211”是什么意思？", Need.DEFINITION),
        ("为什么要制定这个办法？", Need.REASON),
        ("评估不合格会怎么样？", Need.CONSEQUENCE),
        ("良好有什么待遇？", Need.CONSEQUENCE),
        ("遴选走什么流程？", Need.PROCEDURE),
        ("怎么申报？", Need.PROCEDURE),
        ("对资本金有什么要求？", Need.REQUIREMENT),
        ("支持措施有哪些？", Need.LIST),
        ("能不能跨市联合？", Need.YES_NO),
        ("研发费用怎么算？", Need.METHOD),
        ("怎样才算重大调整？", Need.CRITERION),
        ("第几条规定了评估？", Need.LOCATE),
        ("市里负责什么？", Need.DUTY),
        ("那费用呢？", Need.TOPIC),
        ("How long is the period?", Need.DURATION),
        ("How often are centres evaluated?", Need.FREQUENCY),
        ("How much money is there?", Need.MONEY),
        ("What is the deadline?", Need.DATE),
        ("Who approves it?", Need.WHO),
        ("How many staff are needed?", Need.COUNT),
        ("评估", Need.TOPIC),
    ],
)
def test_a_question_shows_what_it_asks_for(question: str, need: Need) -> None:
    assert find_asks(question)[0].need is need


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("联盟至少几家？", ValueKind.ORGANISATIONS),
        ("研发人员要多少人？", ValueKind.PERSONS),
        ("可以申报几次？", ValueKind.TIMES),
        ("分几个等级？", ValueKind.COUNT),
    ],
)
def test_a_count_names_what_is_counted(question: str, kind: ValueKind) -> None:
    assert find_asks(question)[0].kinds == {kind}


@pytest.mark.parametrize(
    ("question", "unit"), [("要多少天？", "天"), ("要几年？", "年"), ("多少个工作日？", "工作日"), ("多久？", "")]
)
def test_a_named_unit_of_time_is_kept(question: str, unit: str) -> None:
    assert find_asks(question)[0].unit == unit


def test_a_need_for_a_value_is_met_by_nothing_else() -> None:
    assert set(VALUE_KINDS) <= STRICT
    assert all(VALUE_KINDS.values())


@pytest.mark.parametrize("question", ["几个人", "几家", "几次", "几个等级"])
def test_a_count_takes_its_kinds_of_value_from_the_words_that_ask(question: str) -> None:
    assert find_asks(question)[0].kinds


@pytest.mark.parametrize("text", ["我们是沈阳的一家企业。", "已有90名固定研发人员。", "你好", ""])
def test_a_plain_statement_asks_nothing(text: str) -> None:
    assert not has_question(text)
    assert [a.need for a in find_asks(text)] == [Need.TOPIC]


@given(st.text(max_size=100))
@settings(deadline=None)
def test_the_place_of_an_ask_is_where_its_words_stand(text: str) -> None:
    asks = find_asks(text)
    assert asks
    assert all(text[a.start : a.end] == a.text for a in asks)
