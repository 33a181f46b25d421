"""Letters with one thing each: what is found and how it is judged."""

import pytest

from assistant.cite_check import Verdict
from assistant.cite_check.models import Action
from assistant.errors import UsageError

from .conftest import Check

CASES = [
    ("根据《办法》第二十六条，", ["does_not_exist"]),
    ("第七条第（九）项要求建立专家委员会。", ["does_not_exist"]),
    ("按照《办法》第八条，固定研究与试验发展人员数不少于80人。", ["wrong_place"]),
    ("第十二条规定，更换中心主任需经市级工信主管部门审核后报省工业和信息化厅审批。", ["unsupported"]),
    ("《办法》第十七条规定评估不合格的给予两年整改期。", ["unsupported"]),
    ("根据《公司法》第三条、第四条的规定，公司是企业法人。", ["other_document", "other_document"]),
    ("第七條第（四）項規定：「固定研究與試驗發展人員數不少於80人」", ["differs"]),
    ("《办法》规定“省工业和信息化厅对省创中心每三年进行一次评估”。", ["differs"]),
    ("第二条：“省创中心……由省工业和信息化厅按程序批复设立”。", ["exact"]),
    ("《办法》第九条规定“省创中心每年可获得不少于五百万元的奖励资金”。", ["not_found"]),
    ("《办法》第七条第四款", ["wrong_place"]),
    ("详见《办法》第七条至第九条。", ["unchecked"]),
    ("《辽宁省制造业创新中心管理暂行办法》第七条", ["other_document", "other_document"]),
    ("《辽宁省制造业创新中心管理办法》（辽工信发〔2022〕35号）第七条", ["other_document", "other_document"]),
    ("我单位“抢抓机遇、乘势而上”，提三条意见。第三条意见是关于经费的。", []),
    ("Article 7(4) of the Measures; Article 3 of the Company Law.", ["unchecked", "other_document"]),
    ("第七条第一、四项", ["unchecked"]),
    ("第四、五条", ["unchecked"]),
    ("第二十四条至第二十七条", ["does_not_exist"]),
    ("《办法》第九条规定成立专家委员会。该条还规定聘任领军人才作为主任。", ["supported", "exact"]),
    ("《办法》第一条规定了宗旨，前款另有规定。", ["unchecked", "unchecked"]),
    (
        "《合作协议》（以下简称《协议》）第三条“双方平等协商”，《协议》第三十条另有约定。",
        ["other_document"] * 3,
    ),
]


@pytest.mark.parametrize(("text", "verdicts"), CASES, ids=[text[:16] for text, _ in CASES])
def test_one_thing_each(check: Check, text: str, verdicts: list[str]) -> None:
    report = check(text)
    assert [f.verdict.value for f in report.findings] == verdicts, [f.reason for f in report.findings]
    for finding in report.findings:
        assert text[finding.start : finding.end] == finding.text
        assert finding.reason.endswith("。")


def test_the_sum_says_what_must_be_corrected(check: Check) -> None:
    report = check("第二十六条。“固定研究与试验发展人员数不少于80人”。")
    assert report.summary.to_correct == 1
    assert report.summary.by_verdict == {Verdict.DOES_NOT_EXIST: 1, Verdict.EXACT: 1}
    assert "须更正1处（第1处）" in report.summary.sentence


def test_punctuation_alone_is_for_a_person_to_look_at(check: Check) -> None:
    finding = check("第十五条：“省工业和信息化厅对省创中心，原则上每三年进行一次评估。”").findings[0]
    assert (finding.verdict, finding.action) == (Verdict.DIFFERS, Action.LOOK)
    assert "仅标点不同" in finding.reason


def test_an_ellipsis_over_two_articles_is_not_exact(check: Check) -> None:
    report = check("“省创中心属于省级科技创新平台基地……自发布之日起施行”")
    assert [f.verdict for f in report.findings] == [Verdict.DIFFERS]


def test_a_draft_that_is_cited_as_if_it_were_final_is_noticed(check: Check) -> None:
    assert any("没有注明" in n for n in check("《辽宁省制造业创新中心管理办法》第一条").notices)
    assert not any("没有注明" in n for n in check("《辽宁省制造业创新中心管理办法（征求意见稿）》第一条").notices)


def test_nothing_and_far_too_much_are_refused(check: Check) -> None:
    with pytest.raises(UsageError):
        check(" \n")
    with pytest.raises(UsageError):
        check("第七条" * 200_000)


def test_a_long_hostile_text_ends(check: Check) -> None:
    hostile = (
        "《公司法》第一条“甲”，" * 1500,
        "“" * 20_000,
        "第七条" * 3000,
        "第" * 30_000,
        "《" * 20_000,
        "“”" * 5000,
    )
    for text in hostile:
        check(text + "x")


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("第七条第（一）项：“不与已建省创中心领域方向重复”。", Verdict.DIFFERS),
        ("第七条第（一）项规定，原则上“不与已建省创中心领域方向重复”。", Verdict.EXACT),
        ("第二十条：“省创中心申请各类人才计划”。", Verdict.DIFFERS),
    ],
)
def test_words_cut_off_from_what_governs_them_are_not_exact(check: Check, text: str, verdict: Verdict) -> None:
    finding = check(text).findings[-1]
    assert finding.verdict is verdict, finding.reason
