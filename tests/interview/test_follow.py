"""A conversation is followed from its turns alone: what is known, what a turn does, what is asked next."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from interview.conftest import START, Follow, PlainEar, interview_of, known
from qa.samples import LIAONING

from assistant.interview.follow import Interview, Move, asks_for_interview
from assistant.interview.script import Script
from assistant.law.pack import load_pack
from assistant.rules.quantity import Quantity

STAFF, EXPENSE, LEAD, FORM = "rd_staff_fixed", "rd_expense_annual", "lead_org_type", "org_form"
COMMITTEE = "expert_committee"


@pytest.mark.parametrize(
    "turn", [START, "咱单位够不够格申报，给瞅瞅", "来一次申报自查", "help me see whether we can apply to the programme"]
)
def test_it_is_asked_for_in_many_ways(turn: str) -> None:
    assert asks_for_interview(turn)


@pytest.mark.parametrize("turn", ["申报条件有哪些？", "帮我看看申报要什么材料", "研发人员要多少人？", "评估多久一次"])
def test_a_question_of_another_kind_starts_nothing(turn: str, follow: Follow) -> None:
    assert not asks_for_interview(turn)
    assert not follow(turn).active


def test_it_asks_for_what_belongs_together_and_only_for_what_is_open(follow: Follow) -> None:
    asked = follow(START).asked
    assert asked is not None
    assert asked.fields == (STAFF, EXPENSE)
    after = follow(START, "固定研发人员85人").asked
    assert after is not None
    assert after.fields == (EXPENSE,)
    assert "研发费用" in after.ask


def test_a_choice_is_asked_with_what_may_be_chosen(follow: Follow) -> None:
    asked = follow(START, "固定研发人员85人，研发费用1200万").asked
    assert asked is not None
    assert (asked.fields, asked.choices) == ((LEAD,), ("企业", "高校", "科研院所"))


def test_what_does_not_apply_is_not_asked(follow: Follow) -> None:
    told = "固定研发人员85人，研发费用1200万，企业牵头"
    company, alliance = follow(START, told, "公司型").asked, follow(START, told, "联盟型").asked
    assert company is not None
    assert alliance is not None
    assert company.fields == ("host_legal_form",)
    assert alliance.fields == (COMMITTEE,)


def test_a_bare_reply_answers_what_was_asked_and_nothing_else(follow: Follow) -> None:
    assert known(follow(START, "85")) == {STAFF: "85"}
    assert known(follow(START, "固定研发人员85人", "1200万")) == {STAFF: "85", EXPENSE: "1200"}
    told = (START, "固定研发人员85人，研发费用1200万，企业牵头，联盟型")
    assert known(follow(*told, "还没有"))[COMMITTEE] == "false"


def test_both_are_answered_at_once_and_one_yes_of_two_leaves_both_open(follow: Follow) -> None:
    told = (START, "固定研发人员85人，研发费用1200万，企业牵头，联盟型，有技术专家委员会")
    both = known(follow(*told, "都有"))
    assert (both["own_ip"], both["marketable_results"]) == ("true", "true")
    assert "own_ip" not in known(follow(*told, "有"))


@pytest.mark.parametrize(
    ("turns", "field", "value"),
    [
        (("固定研发人员75人", "不对，是85人"), STAFF, "85"),
        (("固定研发人员75人，研发费用900万", "说错了，人数是82"), STAFF, "82"),
        (("高校牵头", "更正，是企业牵头"), LEAD, "企业"),
        (("有专家委员会", "我搞错了，专家委员会还在筹建"), COMMITTEE, "false"),
    ],
)
def test_a_later_turn_puts_right_what_was_said(follow: Follow, turns: tuple[str, ...], field: str, value: str) -> None:
    assert known(follow(START, *turns))[field] == value


def test_what_somebody_does_not_know_is_passed_and_stays_open(follow: Follow) -> None:
    state = follow(START, "不知道")
    assert (state.move, state.just_passed, known(state)) == (Move.PASS, (STAFF, EXPENSE), {})
    assert state.asked is not None
    assert state.asked.fields == (LEAD,)
    one = follow(START, "研发费用不清楚，固定研发人员有86人")
    assert (known(one), one.just_passed) == ({STAFF: "86"}, (EXPENSE,))


@pytest.mark.parametrize("said", ["不知道", "不清楚", "说不上", "都没概念", "还没统计", "no idea", "有没有我也不确定"])
def test_not_knowing_is_no_no(follow: Follow, said: str) -> None:
    """A choice, a pair of yes or no, and one yes or no: whichever is asked, 不知道 denies nothing."""
    turns: list[str] = [START, "企业牵头，公司型，股份制独立企业法人，固定研发人员103人，研发费用1200万"]
    before = known(follow(*turns))
    asked = []
    for _ in range(6):
        state = follow(*turns)
        if state.asked is None:
            break
        asked.append(state.asked.fields)
        turns.append(said)
        assert known(follow(*turns)) == before
    assert (COMMITTEE,) in asked
    assert any(len(fields) > 1 for fields in asked)


def test_not_knowing_of_a_field_that_is_named_is_no_no_either(follow: Follow) -> None:
    state = follow(START, "有自主知识产权，专家委员会成立没有不清楚")
    assert COMMITTEE not in known(state)
    assert known(state)["own_ip"] == "true"


def test_it_can_be_left_and_taken_up_again(follow: Follow) -> None:
    told = (START, "固定研发人员85人", "评估多久一次？")
    assert follow(*told).move is Move.OTHER
    resumed = follow(*told, "继续")
    assert resumed.move is Move.RESUME
    assert resumed.asked is not None
    assert resumed.asked.fields == (EXPENSE,)
    stopped = follow(START, "算了")
    assert (stopped.move, stopped.active) == (Move.STOP, False)
    assert follow(START, "算了", "继续").active


def test_a_supposition_changes_no_fact(follow: Follow) -> None:
    told = (START, "固定研发人员75人")
    state = follow(*told, "再招5个人呢？")
    assert state.move is Move.SUPPOSE
    assert state.supposed is not None
    assert str(state.supposed[STAFF].value.low) == "80"  # type: ignore[union-attr]
    assert known(state) == {STAFF: "75"}
    assert known(follow(*told, "再招5个人呢？", "继续")) == {STAFF: "75"}


def test_part_timers_are_not_counted_as_fixed(follow: Follow) -> None:
    assert STAFF not in known(follow(START, "加上兼职一共85人"))
    assert known(follow(START, "固定研发人员1900人")) == {STAFF: "1900"}


@pytest.mark.parametrize(
    "turn",
    [
        "我们有2个研究所参与",
        "去年营收3亿",
        "注册资本5000万",
        "我们2019年成立",
        "专利有30件是去年的",
        "三年累计研发费用3000万",
        "计划招到100人",
    ],
)
def test_a_figure_of_something_else_is_no_fact(follow: Follow, turn: str) -> None:
    assert not {STAFF, EXPENSE} & known(follow(START, turn)).keys()


def test_people_of_the_whole_company_are_only_a_bound(follow: Follow) -> None:
    fact = follow(START, "我们公司有85人").facts[STAFF].value
    assert isinstance(fact, Quantity)
    assert (fact.low, fact.exact) == (None, False)
    assert known(follow(START, "我们公司固定研发人员有85人")) == {STAFF: "85"}


def test_after_all_is_no_question(follow: Follow) -> None:
    assert known(follow(START, "协会牵头", "那还是企业牵头"))[LEAD] == "企业"


def test_a_correction_may_name_its_field_by_the_unit_alone(follow: Follow) -> None:
    assert known(follow(START, "固定研发人员85人", "研发费用1200万", "不对，人是75")) == {STAFF: "75", EXPENSE: "1200"}


def test_an_inexact_figure_stays_inexact(follow: Follow) -> None:
    fact = follow(START, "只有60多个").facts[STAFF].value
    assert isinstance(fact, Quantity)
    assert not fact.exact


def test_yes_to_one_thing_is_no_yes_to_another(follow: Follow) -> None:
    told = (START, "固定研发人员85人，研发费用1200万，企业牵头，联盟型")
    assert COMMITTEE not in known(follow(*told, "资本金五千万，够"))


def test_a_question_is_no_fact(follow: Follow) -> None:
    assert known(follow(START, "85人够吗？")) == {}
    assert known(follow(START, "第八条")) == {}


def test_without_a_script_the_form_words_the_questions() -> None:
    bare = interview_of(load_pack(LIAONING), Script())
    asked = bare.follow([START], PlainEar()).asked
    assert asked is not None
    assert len(asked.fields) == 1
    assert bare.schema.by_id[asked.fields[0]].label in asked.ask


FACTS = ("固定研发人员75人", "研发费用1200万", "企业牵头", "公司型", "有技术专家委员会", "没有自主知识产权")


@settings(max_examples=25, deadline=None)
@given(order=st.permutations(FACTS), cut=st.integers(1, len(FACTS)))
def test_the_order_and_grouping_of_facts_do_not_matter(order: list[str], cut: int) -> None:
    """Said one by one, in one turn, or in two, the facts and so the verdicts are the same."""
    talk = _talk()
    expected = _verdicts(talk, [START, *FACTS])
    assert _verdicts(talk, [START, *order]) == expected
    assert (
        _verdicts(talk, [START, "，".join(order[:cut]), *(["，".join(order[cut:])] if order[cut:] else [])]) == expected
    )


def test_the_same_turns_lead_to_the_same_state(follow: Follow) -> None:
    turns = (START, "固定研发人员75人", "再招5个人呢？", "继续", "不知道")
    assert follow(*turns) == follow(*turns)


def test_every_pair_of_facts_commutes(follow: Follow) -> None:
    for one, other in itertools.combinations(FACTS, 2):
        assert known(follow(START, one, other)) == known(follow(START, other, one)), (one, other)


_TALK: list[Interview] = []


def _talk() -> Interview:
    if not _TALK:
        _TALK.append(interview_of(load_pack(LIAONING)))
    return _TALK[0]


def _verdicts(talk: Interview, turns: list[str]) -> list[tuple[str, str]]:
    facts = talk.follow(turns, PlainEar()).facts
    return [(finding.rule, finding.verdict.value) for finding in talk.plan.findings(facts)]
