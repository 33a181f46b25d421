"""What a letter says otherwise than the measures is named, with the law's words; and right letters are left alone."""

import pytest

from assistant.cite_check.clash import clash_of
from assistant.cite_check.models import Action, FindingKind, Verdict
from assistant.verify import Reason, Support

from .conftest import Check

WRONG = [
    (
        "第十二条规定，高管团队发生重大调整的，应当提前向省工业和信息化厅申请审批。",
        "文中写“审批”，条文写“报备”",
        ("审批", "报备"),
    ),
    ("第十二条规定，中心主任更换事后向省工业和信息化厅报备。", "文中写“事后”，条文写“提前”", ("事后", "提前")),
    ("根据《办法》第十二条，更换主任须报省工信厅审批。", "文中写“审批”，条文写“报备”", ("审批", "报备")),
    ("根据第十二条，中心主任三年内不得调整。", "文中少了“原则上”（条文是“原则上三年内不予调整”）", ("", "原则上")),
    ("第十二条明确，中心主任原则上五年内不得更换。", "文中写“五年”，条文写“三年”", ("五年", "三年")),
    ("第十三条要求省创中心每半年向省工业和信息化厅报送运行情况。", "条文没有“半年”", ("半年", "")),
    (
        "第七条第（四）项要求年度研发费用不低于1000万元且固定研发人员不少于60人。",
        "文中写“60人”，条文写“80人”",
        ("60人", "80人"),
    ),
    (
        "第七条第（四）项要求固定研究与试验发展人员数不超过80人。",
        "文中写“不超过80人”，条文写“不少于80人”",
        ("不超过", "不少于"),
    ),
    (
        "第二十三条规定，省创中心必须设立海外研发机构开展国际合作。",
        "关于“设立”，文中写的是“必须”，条文写的是“鼓励”",
        ("必须", "鼓励"),
    ),
    (
        "第十三条规定，省创中心年度运行情况直接报省工业和信息化厅。",
        "文中少了“经市级工信主管部门审核后”",
        ("", "经市级工信主管部门审核后"),
    ),
    (
        "第二十五条规定，本办法由市级工信主管部门负责解释。",
        "文中写“市级工信主管部门”，条文写“省工业和信息化厅”",
        ("市级工信主管部门", "省工业和信息化厅"),
    ),
    (
        "第八条规定，由省工业和信息化厅择优推荐申报省创中心。",
        "文中写“省工业和信息化厅”，条文写“市级工信主管部门”",
        ("省工业和信息化厅", "市级工信主管部门"),
    ),
]
TO_LOOK_AT = [
    (
        "根据《办法》第十二条，你中心更换主任须经市级工信部门审核，并报省厅审批同意后方可实施。",
        "文中写“审批”，条文写“报备”",
    ),
    ("根据《办法》第七条第（四）项，你公司固定研究与试验发展人员应不少于60人。", "文中写“60人”，条文写“80人”"),
    ("第九条规定，省创中心可以聘任领军人才担任主任。", "文中写“可以”，第九条没有“可以”这类词"),
]
RIGHT = [
    "根据《办法》第十二条，更换中心主任须经市级工信主管部门审核，并提前向省工业和信息化厅报备。",
    "《办法》第十二条规定，更换中心主任经市工信局审核后提前向省工信厅备案。",
    "第十二条规定，省创中心变更名称的，经市级工信主管部门审核后报省工业和信息化厅审批。",
    "根据第十五条，省工信厅原则上每三年对省创中心进行一次评估。",
    "第十七条规定，评估不合格的有一年整改期，整改期满仍不合格的，按程序撤销命名。",
    "第十三条要求省创中心的年度运行情况经市级工信主管部门审核后报送省工业和信息化厅。",
    "第七条第（四）项要求年度研发费用总额在1000万元以上。",
    "第八条规定，由市级工信主管部门择优推荐申报省创中心。",
    "根据第七条第（四）项，你公司现有固定研究与试验发展人员75人，应补充5人以上。",
    "根据第十二条，你中心更换主任须经市级工信主管部门审核并提前向省工业和信息化厅报备。",
]


@pytest.mark.parametrize(("text", "said", "words"), WRONG, ids=[text[:18] for text, _, _ in WRONG])
def test_the_words_that_differ_are_named(check: Check, text: str, said: str, words: tuple[str, str]) -> None:
    (finding,) = [f for f in check(text).findings if f.action is Action.CORRECT]
    assert said in finding.reason
    assert words in [(d.text, d.law) for d in finding.differences]


@pytest.mark.parametrize(("text", "said"), TO_LOOK_AT, ids=[text[:18] for text, _ in TO_LOOK_AT])
def test_where_a_person_has_to_look_the_words_are_named_too(check: Check, text: str, said: str) -> None:
    (finding,) = [f for f in check(text).findings if f.action is not Action.NONE]
    assert finding.action is Action.LOOK
    assert said in finding.reason


@pytest.mark.parametrize("text", RIGHT, ids=[text[:18] for text in RIGHT])
def test_what_is_right_in_other_words_is_not_called_wrong(check: Check, text: str) -> None:
    findings = check(text).findings
    assert [f.reason for f in findings if f.action is Action.CORRECT] == []
    assert [f for f in findings if f.kind is FindingKind.RUN and f.verdict is Verdict.DIFFERS] == []


def test_what_stands_in_the_provision_is_not_said_to_be_missing() -> None:
    found = clash_of(
        Support(False, Reason.SUBJECT, "省创中心: not of this"), "省创中心报送", "由市里报送。", "省创中心由市里报送。"
    )
    assert found
    assert (found.sentence, found.difference) == ("“省创中心”在条文中说的不是这件事", None)


@pytest.mark.parametrize("detail", ["0.41 of its words are in the quotes", "", "nothing is said"])
def test_the_checks_own_english_is_not_shown(detail: str) -> None:
    assert clash_of(Support(False, Reason.PROMISE, detail), "某事", "某条") is None
