"""What a supposition changes after any turn that stated facts, and eligibility as people ask for it."""

import json
from typing import Any

import pytest

from assistant.qa.models import Answer
from eval.cases import FOLDER, meets
from qa.conftest import Ask
from qa.samples import shown

STAFF, EXPENSE, COMMITTEE = "rd_staff_fixed", "rd_expense_annual", "expert_committee"
ENOUGH = "我们固定研发人员75人，够吗"


def flips(answer: Answer) -> dict[str, str]:
    return {f.field: f"{f.before}>{f.after}" for f in (answer.interview.flips if answer.interview else [])}


@pytest.mark.parametrize(
    ("turns", "flipped"),
    [
        ((ENOUGH, "如果再招5个人呢？"), {STAFF: "not_met>met"}),
        ((ENOUGH, "再招4个人呢"), {STAFF: "not_met>not_met"}),
        (("年度研发费用950万，够吗", "那要是涨到1200万呢"), {EXPENSE: "not_met>met"}),
        (("我们没有专家委员会，能报吗", "如果把委员会建起来呢"), {COMMITTEE: "not_met>met"}),
        (("我们有75人，能报吗", "再招5个人呢？"), {STAFF: "not_met>review"}),
        (("We have 75 permanent R&D staff. Is that enough?", "What if we hire 5 more?"), {STAFF: "not_met>met"}),
        (("We spend RMB 9 million on R&D. Enough?", "What if we raise it to 12 million?"), {EXPENSE: "not_met>met"}),
    ],
)  # fmt: skip
def test_outside_an_interview_a_supposition_shows_what_flips(
    ask: Ask, turns: tuple[str, ...], flipped: dict[str, str]
) -> None:
    answer = ask(*turns)
    assert flips(answer) == flipped, shown(answer)
    assert answer.statements, shown(answer)


def test_it_says_what_remains_and_changes_nothing(ask: Ask) -> None:
    answer = ask("固定研发人员75人，研发费用900万，够吗", "如果再招5个人呢？")
    verdicts = {a.field: a.verdict for a in answer.assessments}
    assert verdicts == {STAFF: "met", EXPENSE: "not_met"}, shown(answer)
    assert "请补充" in answer.answer
    again = ask("固定研发人员75人，研发费用900万，够吗", "如果再招5个人呢？", "继续")
    assert {f.field: f.value for f in (again.interview.facts if again.interview else [])}[STAFF] == "75人"


@pytest.mark.parametrize("turn", ["如果评估不合格呢？", "那评估几年一次？", "如果再招5个人，多久能批下来"])
def test_another_question_is_no_supposition_about_the_conditions(ask: Ask, turn: str) -> None:
    assert flips(ask(ENOUGH, turn)) == {}


def test_a_figure_without_a_unit_of_money_is_not_guessed(ask: Ask) -> None:
    answer = ask("年研发费用是1200，够吗")
    assert answer.status == "needs_facts", shown(answer)
    assert {a.verdict for a in answer.assessments} == {"review"}


def test_the_english_frame_has_english_words_for_facts_and_verdicts(ask: Ask) -> None:
    answer = ask("Can we apply? We have 75 full-time R&D staff and spend RMB 12 million a year on R&D.")
    assert "fixed R&D staff: 75 people, not met, 5 people short; Article 7(4)" in answer.answer
    assert "annual R&D expenditure: RMB 12,000,000, met" in answer.answer


def test_bare_english_replies_are_read_for_what_was_asked(ask: Ask) -> None:
    start = "Can you check whether we qualify?"
    told = ask(start, "90 people, 15 million yuan")
    assert {a.field: a.actual for a in told.assessments} == {STAFF: "90", EXPENSE: "1500"}, shown(told)
    assert not [a for a in ask(start, "about 90 part-time people").assessments if a.field == STAFF]
    right = ask(start, "90 people", "Sorry, it's 70 people")
    assert {a.field: a.verdict for a in right.assessments} == {STAFF: "not_met"}


def _dev5(category: str, every: int) -> list[dict[str, Any]]:
    lines = (FOLDER / "questions" / "dev5.jsonl").read_text(encoding="utf-8").splitlines()
    return [case for line in lines if (case := json.loads(line))["category"] == category][::every]


@pytest.mark.parametrize("case", _dev5("eligibility", 3), ids=lambda case: case["id"])
def test_status_and_verdicts_of_eligibility(ask: Ask, case: dict[str, Any]) -> None:
    answer = ask(*case["turns"])
    assert answer.status == case["status"], shown(answer)
    for field, wanted in case["verdicts"].items():
        found = {a.verdict for a in answer.assessments if a.field == field}
        assert (wanted[1:] not in found) if wanted.startswith("!") else found == {wanted}, shown(answer)


def test_most_questions_that_need_several_provisions_get_all_of_them(ask: Ask) -> None:
    cases = _dev5("multi", 4)
    cited = [[c.locator for c in ask(*case["turns"]).citations] for case in cases]
    full = [
        all(any(meets(c, gold) for c in of) for gold in case["gold"]) for of, case in zip(cited, cases, strict=True)
    ]
    assert sum(full) >= len(cases) * 3 // 4
