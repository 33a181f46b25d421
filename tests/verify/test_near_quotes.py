"""Words that pass for the law's, letters and second units, and bounds that a figure keeps."""

import pytest

from assistant.verify import Reason, verify
from tests.verify.samples import STAFF

HELPED = "省里对符合条件的创新基地重大科研攻关和成果转化项目给予资金支持。"
START = "本办法由省科学技术和创新厅负责解释，自发布之日起施行。"


@pytest.mark.parametrize(
    ("quote", "statement", "reason"),
    [
        (START, "本办法由省科学技术和创新厅负责解释，自批准之日起施行。", Reason.QUOTE),
        (STAFF, "规定要求“固定人员不少于八十名”", Reason.QUOTE),
        (STAFF, "固定研究与试验发展人员数不少于80人(FTE)", Reason.ADDED),
        (STAFF, "固定研究与试验发展人员数不少于80人月", Reason.NUMBER),
        (STAFF, "固定研究与试验发展人员数为80人", Reason.DROPPED),
        (STAFF, "固定研究与试验发展人员数应超过80人", Reason.POLARITY),
        (HELPED, HELPED.replace("支持", "限制"), Reason.QUOTE),
        (HELPED, HELPED.replace("重大", "适当"), Reason.QUOTE),
        (HELPED, HELPED.replace("和", "或"), Reason.QUOTE),
    ],
)
def test_a_misquote_is_told(quote: str, statement: str, reason: Reason) -> None:
    assert verify(statement, [quote]).reason is reason


@pytest.mark.parametrize(
    ("quote", "statement"),
    [
        (STAFF, "固定研究与试验发展人员数“不少于80人”"),
        (STAFF, "固定研究与试验发展人员数的下限为80人"),
        ("因产品存在缺陷造成他人损害的，诉讼请求应当提出。", "因产品存在缺陷造成他人损害的，诉讼要求应当提出。"),
        ("有效期为三年的合同应当书面订立。", "有效期为3年的合同应当书面订立。"),
    ],
)
def test_the_laws_words_in_another_form_are_none(quote: str, statement: str) -> None:
    assert verify(statement, [quote]).ok


def test_a_negation_cut_off_in_front_is_no_quote() -> None:
    assert not verify("可以转让。", ["出质后不可以转让。"]).ok
