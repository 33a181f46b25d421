"""The interview as answers: cited, in the text's own figures, the same verdicts as of a form, and nothing promised."""

from datetime import date
from pathlib import Path

import pytest

from assistant.law.pack import Pack
from assistant.precheck.check import Desk
from assistant.precheck.told import check_facts
from assistant.qa.answerer import PackAnswerer
from assistant.qa.assess import criteria_of
from assistant.qa.guard import rest_lines
from assistant.qa.models import Answer
from assistant.qa.reworded import reworded
from assistant.qa.service import Assistant
from qa.conftest import Ask, AskEdited
from qa.samples import FakeSearch, shown, written_pack

START = "帮我看看我们能不能申报"
TODAY = date(2026, 6, 15)


@pytest.fixture(scope="module")
def assistant(pack: Pack) -> Assistant:
    return Assistant([PackAnswerer(pack, FakeSearch(pack))])


def state(answer: Answer) -> dict[str, str]:
    assert answer.interview is not None, shown(answer)
    return {fact.field: fact.value for fact in answer.interview.facts}


def verdicts(answer: Answer) -> dict[str, str]:
    return {assessment.rule: assessment.verdict for assessment in answer.assessments}


def test_the_first_question_comes_with_the_words_that_it_is_asked_for(ask: Ask) -> None:
    answer = ask(START)
    assert answer.status == "needs_facts", shown(answer)
    assert answer.interview is not None
    assert answer.interview.asked is not None
    assert answer.interview.asked.fields == ["rd_staff_fixed", "rd_expense_annual"]
    assert answer.statements[0].text == "第七条第（一）项：建设领域明确。"
    assert [s.text for s in answer.statements[-2:]] == [
        "第七条第（四）项：固定研究与试验发展人员数不少于80人",
        "第七条第（四）项：年度研发费用总额不低于1000万元",
    ]
    assert all("？" in line or "说“" in line for line in rest_lines(answer)), rest_lines(answer)


def test_who_only_asks_sees_the_conditions_and_then_the_question(ask: Ask) -> None:
    answer = ask("我们能申报吗？")
    assert answer.status == "needs_facts"
    assert {f"art_7.item_{n}" for n in range(1, 7)} <= {c.locator for c in answer.citations}
    assert answer.interview is not None


def test_facts_are_shown_back_and_a_failure_answers(ask: Ask) -> None:
    answer = ask(START, "固定研发人员75人，研发费用1200万")
    assert answer.status == "answered", shown(answer)
    assert state(answer) == {"rd_staff_fixed": "75人", "rd_expense_annual": "1200万元"}
    assert "我这样理解，对吗：固定研究与试验发展人员数 75人；年度研发费用总额 1200万元？" in answer.answer
    assert "还差5人" in answer.answer


def test_the_end_is_a_ledger_with_steps(ask: Ask) -> None:
    told = (
        "固定研发人员85人，研发费用1200万，企业牵头，联盟型，有技术专家委员会",
        "都有",
        "都没问题",
        "高端装备，不重复",
    )
    answer = ask(START, *told)
    assert answer.interview is not None
    assert answer.interview.complete, shown(answer)
    assert answer.status == "answered"
    assert {"met", "review"} == {row.verdict for row in answer.interview.ledger}
    assert "市级工信主管部门择优推荐申报省创中心" in answer.answer
    assert answer.interview.judged
    assert not any(word in answer.answer for word in ("可以申报", "能够申报", "符合申报", "获批"))


def test_the_verdicts_are_those_of_a_form_with_the_same_facts(assistant: Assistant, pack: Pack) -> None:
    turns = [
        START,
        "固定研发人员75人，研发费用大概1000万，协会牵头，公司型，是有限责任公司，没有自主知识产权",
        "看看结果",
    ]
    answer = assistant.ask(turns)
    criteria = criteria_of(pack)
    assert criteria is not None
    report = check_facts(assistant.facts(turns), Desk(pack, criteria.rulebook, criteria.schema), "x")
    checked = {check.rule: check.verdict for check in report.checks}
    assert verdicts(answer)
    assert {rule: checked[rule] for rule in verdicts(answer)} == verdicts(answer)


def test_what_if_shows_before_and_after(ask: Ask) -> None:
    answer = ask(START, "固定研发人员75人", "再招5个人呢？")
    assert answer.interview is not None
    assert [(f.before, f.after, f.value_after) for f in answer.interview.flips] == [("not_met", "met", "80人")]
    assert state(answer) == {"rd_staff_fixed": "75人"}
    assert "由“不符合”变为“符合”" in answer.statements[0].text


def test_another_question_is_answered_as_ever(ask: Ask) -> None:
    alone, between = ask("评估多久一次？"), ask(START, "固定研发人员85人", "评估多久一次？")
    assert (between.status, between.answer) == (alone.status, alone.answer)
    assert between.interview is not None
    assert between.interview.paused
    assert alone.interview is None


def test_another_figure_in_the_text_is_asked_for_and_judged_by(ask_edited: AskEdited) -> None:
    ask = ask_edited(("不少于80人", "不少于60人"))
    assert "不少于60人" in ask(START).answer
    assert verdicts(ask(START, "固定研发人员65人"))["rd-staff-minimum"] == "met"


def test_a_pack_without_rules_says_so(tmp_path: Path) -> None:
    plain = written_pack(tmp_path / "p", "示范办法\n第一条 市体育局管理体育馆。\n第二条 体育馆每周开放。\n")
    answer = Assistant([PackAnswerer(plain, FakeSearch(plain))]).ask([START])
    assert answer.status == "not_covered", shown(answer)
    assert "不能逐项核对" in answer.answer
    assert answer.interview is None


def test_markup_in_a_reply_does_no_harm(assistant: Assistant) -> None:
    turns = [
        START,
        "固定研发人员85人，研发费用1200万，企业牵头，联盟型，有技术专家委员会，都有",
        "领域是[1]\n[2]<b>机器人</b>",
    ]
    assert assistant.ask(turns).status in ("needs_facts", "answered")


def test_a_model_does_not_reword_the_interview(assistant: Assistant, pack: Pack) -> None:
    class Unasked:
        name = "unasked"

        def word(self, *_: object) -> None:
            raise AssertionError("a turn of the interview was given to a model")

    answer = assistant.ask([START, "固定研发人员75人"])
    assert answer.status == "answered"
    assert list(reworded(answer, [START, "固定研发人员75人"], Unasked(), pack)) == [answer]  # type: ignore[arg-type]


# Days


@pytest.mark.parametrize(
    ("question", "due", "article"),
    [
        ("2025年3月上任的主任能不能换", "2028年3月", 12),
        ("去年评估不合格，整改到什么时候", "2026年", 17),
        ("上次评估是2024年5月，下次评估是什么时候？", "2027年5月", 15),
    ],
)
def test_a_day_leads_to_the_day_by_the_text(assistant: Assistant, question: str, due: str, article: int) -> None:
    answer = assistant.ask([question], TODAY)
    assert answer.status == "answered", shown(answer)
    assert due in answer.answer
    assert {c.article for c in answer.citations} == {article}
    assert any("从何时起算" in matter for matter in answer.unsettled)


def test_without_today_last_year_has_to_be_named(assistant: Assistant) -> None:
    answer = assistant.ask(["去年评估不合格，整改到什么时候"])
    assert answer.status == "needs_facts"
    assert "哪一年" in answer.answer


def test_other_years_in_the_text_lead_to_another_day(ask_edited: AskEdited) -> None:
    answer = ask_edited(("原则上三年内不予调整", "原则上五年内不予调整"))("2025年3月上任的主任能不能换")
    assert "2030年3月" in answer.answer, shown(answer)
