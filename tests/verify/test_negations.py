"""Negations that one side has and the other has not, and the words that close a list or turn who does it around."""

import pytest

from assistant.verify import Reason, verify

DOMAIN = "基地应当符合产业布局要求，原则上不与已建基地的领域方向重复。"
DIRECTOR = "基地主任原则上三年内不予调整。"
COMMITTEE = "基地应建立技术专家委员会，作为内部咨询机构负责研判行业发展重大问题。"
RESULTS = "评估结果分为优秀、良好、合格、不合格四个等级。"
HELPED = "鼓励有条件的地方在资金、场地方面对基地中心予以支持。"
BEST = "对于评估结果为优秀的基地，按程序予以重点支持。"
REVIEWED = "基地的重大事项变更，需经所在地科技主管部门审核后报省科学技术和创新厅按程序审批。"


@pytest.mark.parametrize(
    ("quote", "statement", "reason"),
    [
        (
            COMMITTEE,
            "基地应建立技术专家委员会，作为内部咨询机构负责研判行业发展重大问题，这并非必要。",
            Reason.POLARITY,
        ),
        (DIRECTOR, "基地主任原则上三年内并非不予调整。", Reason.POLARITY),
        (DOMAIN, "原则上不是不能与已建基地的领域方向重复。", Reason.POLARITY),
        (DOMAIN, "原则上与已建基地的领域方向重复。", Reason.POLARITY),
        (DIRECTOR, "三年内不予调整。", Reason.DROPPED),
        (RESULTS, "评估结果仅分为优秀、良好、合格。", Reason.ADDED),
        (HELPED, "鼓励基地中心在资金、场地方面对有条件的地方予以支持。", Reason.SUBJECT),
        (BEST, "对于参加评估的基地，按程序予以重点支持。", Reason.DROPPED),
        (REVIEWED, "基地的重大事项变更，需报省科学技术和创新厅按程序审批。", Reason.DROPPED),
        (REVIEWED + DIRECTOR, "基地的重大事项变更不属于" + REVIEWED[10:-1] + "的事项。", Reason.POLARITY),
        (REVIEWED, REVIEWED[:-1] + "，审批期间基地应停止运行。", Reason.ADDED),
        (COMMITTEE, "基地自愿建立技术专家委员会，作为内部咨询机构负责研判行业发展重大问题。", Reason.QUOTE),
    ],
)
def test_what_is_turned_around_or_left_out_is_told(quote: str, statement: str, reason: Reason) -> None:
    support = verify(statement, [quote])
    assert not support.ok
    assert support.reason is reason


@pytest.mark.parametrize(
    ("quote", "statement"),
    [
        (DOMAIN, "领域方向原则上不能与已建基地重复。"),
        (DIRECTOR, "原则上，三年内不调整基地主任。"),
        (RESULTS, "评估结果只分为优秀、良好、合格、不合格四个等级。"),
        (HELPED, "鼓励有条件的地方对基地中心给予资金、场地支持。"),
        (BEST, "评估结果为优秀的基地，按程序予以重点支持。"),
        (REVIEWED, "基地重大事项变更须先经所在地科技主管部门审核，再报省科学技术和创新厅审批。"),
        ("转让财产或许可他人使用的，出质人应当通知质权人。", "转让财产或者许可他人使用的，出质人应当告知质权人。"),
    ],
)
def test_other_words_for_the_same_pass(quote: str, statement: str) -> None:
    assert verify(statement, [quote]).ok
