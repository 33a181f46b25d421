"""What people say of themselves is held against the rules of the pre-check, in one turn or several."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.files.content import Draft, Entry
from assistant.interview.own_facts import OwnFacts, OwnFactsReader
from assistant.law.pack import Pack, load_pack
from assistant.precheck.check import Desk, check_draft
from assistant.qa.assess import criteria_of
from assistant.qa.guard import UnsupportedAnswerError, check_answer
from assistant.qa.knowledge import PackKnowledge
from assistant.qa.models import Answer, Assessment
from assistant.rules.quantity import Quantity
from qa.conftest import Ask, AskEdited
from qa.samples import LIAONING, FakeSearch, articles, shown

STAFF, EXPENSE, COMMITTEE = "rd_staff_fixed", "rd_expense_annual", "expert_committee"
BOTH = "我们有75名固定研发人员，年度研发费用1200万元，能申报吗？"


def assessed(answer: Answer, field: str = STAFF) -> Assessment:
    found = [a for a in answer.assessments if a.field == field]
    assert len(found) == 1, shown(answer)
    return found[0]


@pytest.fixture(scope="module")
def desk(pack: Pack) -> Desk:
    criteria = criteria_of(pack)
    assert criteria is not None
    return Desk(pack, criteria.rulebook, criteria.schema)


@pytest.fixture(scope="module")
def read(pack: Pack) -> Callable[..., OwnFacts]:
    criteria = criteria_of(pack)
    assert criteria is not None
    reader: OwnFactsReader = criteria.reader
    return lambda *turns: reader.read(turns)


def said(own: OwnFacts, field: str = STAFF) -> str | None:
    """A fact in short: the figure, `..83` where it is only an upper bound, with `!` where it is doubted."""
    fact = own.facts.get(field)
    if fact is None or not isinstance(fact.value, Quantity):
        return None
    low, high = fact.value.low, fact.value.high
    figure = f"{high:f}" if fact.value.exact else f"{'' if low is None else format(low, 'f')}..{high}"
    return figure + "!" * bool(fact.doubts)


# All conditions together


def test_a_criterion_that_fails_answers_with_the_gap_first(ask: Ask) -> None:
    answer = ask(BOTH)
    assert answer.status == "answered", shown(answer)
    staff, expense = assessed(answer), assessed(answer, EXPENSE)
    assert (staff.verdict, staff.actual, staff.required, staff.unit, staff.gap) == ("not_met", "75", "80", "人", "5")
    assert (expense.verdict, expense.actual, expense.gap) == ("met", "1200", None)
    assert staff.message == "还差5人"
    assert staff.caveats
    assert "还差5人" in answer.statements[0].text
    assert answer.answer.startswith(answer.statements[0].text)
    quotes = {c.n: c.quote for c in answer.citations}
    assert "不少于80人" in quotes[staff.citations[0]]
    assert "不低于1000万元" in quotes[expense.citations[0]]
    assert "是否建立技术专家委员会" in answer.answer.rsplit("\n\n", 1)[-1]
    assert answer.notices == ["draft_for_comment"]


def test_none_failed_and_others_unknown_asks_for_them(ask: Ask) -> None:
    answer = ask("我们固定研发人员95人，年度研发费用1500万，能报吗？")
    assert answer.status == "needs_facts", shown(answer)
    assert [a.verdict for a in answer.assessments] == ["met", "met"]
    assert "运行形式" in answer.answer
    assert {f"art_7.item_{n}" for n in range(1, 7)} <= {c.locator for c in answer.citations}
    assert "固定研究与试验发展人员数（" not in answer.answer.split("还要知道")[1]


def test_a_missing_committee_fails_too(ask: Ask) -> None:
    answer = ask("我们公司没有技术专家委员会，能申报吗？")
    assert answer.status == "answered", shown(answer)
    assert assessed(answer, COMMITTEE).verdict == "not_met"


def test_a_circumstance_that_the_law_has_no_word_for_stays_open(ask: Ask) -> None:
    answer = ask("我们固定研发人员85人，去年受过行政处罚，能申报吗？")
    assert answer.status == "needs_facts"
    assert any("行政处罚" in matter for matter in answer.unsettled), shown(answer)


@pytest.mark.parametrize("question", [BOTH, "我们固定研发人员95人，年度研发费用1500万，能报吗？"])
def test_nothing_is_promised(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert not any(word in answer.answer for word in ("可以申报", "能够申报", "符合申报", "获批"))


# Named criteria only


@pytest.mark.parametrize(
    ("question", "field", "verdict", "gap"),
    [
        ("研发费用980万行吗", EXPENSE, "not_met", "20"),
        ("固定研发人员正好80人，算不算满足？", STAFF, "met", None),
        ("年度研发费用九百六十万，离要求还差多少？", EXPENSE, "not_met", "40"),
        ("固定的研究人员６８个，够不够那个人头数？", STAFF, "not_met", "12"),
        ("我们现在正好七十九个全职的，差一个能放过去吗？", STAFF, "not_met", "1"),
        ("俺们厂子搞研发的拢共就七十八个人，中不中啊？", STAFF, "not_met", None),
        ("研发人员75人够不够？", STAFF, "not_met", None),
    ],
)
def test_a_named_criterion_is_answered(ask: Ask, question: str, field: str, verdict: str, gap: str | None) -> None:
    answer = ask(question)
    assert answer.status == "answered", shown(answer)
    assert len(answer.assessments) == 1
    assert (assessed(answer, field).verdict, assessed(answer, field).gap) == (verdict, gap), shown(answer)
    assert articles(answer) == {7}


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("研发人员83人够不够？", "只能算作上限"),
        ("固定研发人员约80人，够吗？", "不是确切数"),
        ("固定研发人员85人，研发费用1200万美元，够吗", "外币"),
        ("我们计划招到85名固定研发人员，够吗？", "计划"),
    ],
)
def test_what_the_figure_leaves_open_is_asked(ask: Ask, question: str, reason: str) -> None:
    answer = ask(question)
    assert answer.status == "needs_facts", shown(answer)
    assert any(a.verdict == "review" and reason in a.message for a in answer.assessments), shown(answer)


@pytest.mark.parametrize(
    "question",
    [
        "听说要100人，对吗？",
        "听说固定研发人员要100人以上才能报，我们90人是不是就没戏了？只问人数。",
        "研发费用500万就达标，对吧？",
        "隔壁公司固定研发人员60人都批了，我们能申报吗？",
        "整改期是2年吗？",
        "申报省创中心，固定研究与试验发展人员最低要求是多少人？",
        "我们固定研发人员85人，研发费用1200万，可以享受基金支持吗？",
        "我们固定研发人员90人，评上以后能拿多少补贴？",
        "第七条第（四）项",
    ],
)
def test_questions_without_own_facts_stay_as_they_are(ask: Ask, question: str) -> None:
    assert ask(question).assessments == []


def test_hearsay_beside_own_figures_is_no_fact(ask: Ask) -> None:
    answer = ask("听说要100人，我们固定研发人员85人，够吗？")
    assert (assessed(answer).actual, assessed(answer).verdict) == ("85", "met")


# People of another kind


@pytest.mark.parametrize("kind", ["兼职", "双聘", "外聘"])
@pytest.mark.parametrize("form", ["{}30人", "{}人员30人", "{}的30名", "30名{}人员"])
def test_other_people_are_never_counted(ask: Ask, kind: str, form: str) -> None:
    answer = ask(f"我们固定研发人员60人，{form.format(kind)}，能申报吗？")
    assert (assessed(answer).actual, assessed(answer).gap) == ("60", "20"), shown(answer)
    assert any(kind in matter and "计入" in matter for matter in answer.unsettled), shown(answer)


def test_other_people_alone_are_no_staff(ask: Ask) -> None:
    answer = ask("我们有兼职研发人员100人，能申报吗？")
    assert answer.status == "needs_facts"
    assert not answer.assessments
    assert any("兼职" in matter for matter in answer.unsettled), shown(answer)


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 999), st.sampled_from(["兼职", "双聘", "外聘"]), st.integers(1, 9999))
def test_other_people_never_change_the_figure(
    read: Callable[..., OwnFacts], fixed: int, kind: str, others: int
) -> None:
    own = read(f"固定研发人员{fixed}人", f"另有{kind}研发人员{others}人，能申报吗？")
    assert said(own) == str(fixed)
    assert [name for name, _ in own.others] == [kind]


# Several turns


@pytest.mark.parametrize(
    ("turns", "staff"),
    [
        (("固定研发人员75人", "不对，是85人"), "85"),
        (("固定研发人员75人", "说错了，85"), "85"),
        (("我们固定研发人员75人，不对，85人",), "85"),
        (("固定研发人员75人", "固定研发人员其实是85人"), "85"),
        (("固定研发人员75人", "研发费用1200万"), "75"),
        (("固定研发人员75人", "研发人员一共120人"), "75"),
        (("研发人员75人", "不对，是85人"), "..85"),
        (("固定研发人员75人", "不是75人"), None),
        (("固定研发人员75人，兼职20人", "不对，是85人"), "85!"),
        (("固定研发人员85人", "不对，兼职的是85人"), "85!"),
        (("如果固定研发人员100人呢？", "那我们能申报吗？"), None),
        (("固定研发人员要多少人？", "我们有85人，够吗？"), "85"),
        (("兼职研发人员要多少人？", "我们有85人，够吗？"), None),
        (("有没有期限？", "我们有85人，够吗？"), None),
        (("固定研发人员75人", "听说要100人"), "75"),
        (("固定研发人员75人", "招到5个人以后呢？"), "75"),
        (("固定研发人员75人", "如果再招10人呢？"), "75"),
        (("固定研发人员75人", "如果增加到85人呢？"), "85"),
        (("固定研发人员75人", "他们固定研发人员有100人"), "75"),
    ],
)
def test_facts_of_several_turns(read: Callable[..., OwnFacts], turns: tuple[str, ...], staff: str | None) -> None:
    assert said(read(*turns)) == staff


def test_a_correction_replaces_the_verdict(ask: Ask) -> None:
    answer = ask(BOTH, "不对，是85人")
    assert answer.status == "needs_facts", shown(answer)
    assert [(a.field, a.verdict, a.actual) for a in answer.assessments] == [
        (STAFF, "met", "85"),
        (EXPENSE, "met", "1200"),
    ]


def test_a_doubt_ends_when_the_other_figure_is_put_right(read: Callable[..., OwnFacts]) -> None:
    assert said(read("固定研发人员1人，研发费用1200万元"), EXPENSE) == "1200.0000!"
    assert said(read("固定研发人员1人，研发费用1200万元", "固定研发人员是100人"), EXPENSE) == "1200.0000"


@pytest.mark.parametrize(
    ("turns", "fields"),
    [
        (("固定研发人员85人", "够吗？"), [STAFF]),
        (("固定研发人员75人，研发费用980万，能申报吗？", "那研发费用呢？"), [EXPENSE]),
        (("固定研发人员有86人", "年度研发费用1100万，那人数和费用这两条算过了吧？"), [STAFF, EXPENSE]),
        (("固定研发人员75人，能申报吗？", "如果是85人呢？"), [STAFF]),
        (("固定研发人员75人，能申报吗？", "那研发费用要多少？"), []),
    ],
)
def test_what_a_later_turn_asks_of_them(ask: Ask, turns: tuple[str, ...], fields: list[str]) -> None:
    assert [a.field for a in ask(*turns).assessments] == fields, shown(ask(*turns))


# The pre-check says the same

_TOLD = [
    {STAFF: staff, EXPENSE: expense}
    for staff in ("79人", "80人", "81人", "不足80人", "约80人", "70-100人")
    for expense in ("999.99万元", "1000万元", "0.12亿元")
]


@pytest.mark.parametrize("told", _TOLD, ids=lambda t: "-".join(t.values()))
@pytest.mark.parametrize("put_right", [False, True])
def test_chat_and_precheck_agree(ask: Ask, desk: Desk, told: dict[str, str], put_right: bool) -> None:
    entries = tuple(Entry(field, value, field) for field, value in told.items())
    checks = {c.rule: c for c in check_draft(Draft("json", entries=entries), desk, "draft.json").checks}
    money = f"年度研发费用{told[EXPENSE]}，能申报吗？"
    turns = (
        (f"我们固定研发人员33人，{money}", f"不对，固定研发人员{told[STAFF]}")
        if put_right
        else (f"我们固定研发人员{told[STAFF]}，{money}",)
    )
    answer = ask(*turns)
    assert len(answer.assessments) == 2, shown(answer)
    for one in answer.assessments:
        check = checks[one.rule]
        assert (one.verdict, one.actual, one.required, one.unit, one.gap, one.message) == (
            check.verdict, check.actual, check.required, check.unit, check.gap, check.message,
        )  # fmt: skip
    failed = any(a.verdict == "not_met" for a in answer.assessments)
    assert answer.status == ("answered" if failed else "needs_facts")


# English


@pytest.mark.parametrize(
    ("question", "status", "verdict", "actual"),
    [
        ("We have 75 fixed R&D staff. Can we apply?", "answered", "not_met", "75"),
        ("We employ 72 permanent R&D people. Enough?", "answered", "not_met", "72"),
        ("We have 85 full-time R&D staff, is that enough?", "answered", "met", "85"),
        ("We have 83 R&D staff, is that enough?", "needs_facts", "review", "83人"),
        ("We have 70 fixed R&D staff and 30 part-time researchers. Can we apply?", "answered", "not_met", "70"),
    ],
)
def test_english(ask: Ask, question: str, status: str, verdict: str, actual: str) -> None:
    answer = ask(question)
    assert answer.status == status, shown(answer)
    assert (assessed(answer).verdict, assessed(answer).actual) == (verdict, actual)
    assert "Article 7(4)" in answer.answer


def test_english_money_and_hearsay(ask: Ask) -> None:
    answer = ask("Our annual R&D expenditure is 12 million yuan, is that enough?")
    assert (assessed(answer, EXPENSE).verdict, assessed(answer, EXPENSE).actual) == ("met", "1200")
    assert ask("I heard 100 fixed R&D staff are required, is that true?").assessments == []


# Packs


def test_a_changed_threshold_changes_the_verdict(ask_edited: AskEdited) -> None:
    answer = ask_edited(("人员数不少于80人", "人员数不少于70人"))("我们有75名固定研发人员，够吗？")
    assert (assessed(answer).verdict, assessed(answer).required) == ("met", "70"), shown(answer)


def test_a_rule_whose_words_are_gone_is_named_and_left_to_a_person(ask_edited: AskEdited) -> None:
    answer = ask_edited(("固定研究与试验发展人员数不少于80人", "固定研究与试验发展人员规模适当"))(BOTH)
    assert assessed(answer).verdict == "review"
    assert assessed(answer).citations == []
    assert assessed(answer, EXPENSE).verdict == "met"
    assert answer.status == "needs_facts", shown(answer)
    assert any("固定研究与试验发展人员数" in notice for notice in answer.notices)


@pytest.mark.parametrize("absent", ["rules.toml", "form.toml"])
def test_a_pack_without_rules_or_form_assesses_nothing(tmp_path: Path, absent: str) -> None:
    shutil.copytree(LIAONING, tmp_path / "pack")
    (tmp_path / "pack" / absent).unlink()
    pack = load_pack(tmp_path / "pack")
    assert criteria_of(pack) is None
    assert PackKnowledge(pack, FakeSearch(pack)).criteria is None


# The guard


def changed(answer: Answer, **fields: object) -> Answer:
    first, *rest = answer.assessments
    return answer.model_copy(update={"assessments": [first.model_copy(update=fields), *rest]})


@pytest.mark.parametrize(
    "fields",
    [
        {"gap": "6"},
        {"actual": "70"},
        {"required": "90"},
        {"citations": [9]},
        {"message": "还差7人"},
        {"verdict": "met"},
    ],
)
def test_the_guard_checks_assessments(ask: Ask, pack: Pack, fields: dict[str, object]) -> None:
    with pytest.raises(UnsupportedAnswerError):
        check_answer(changed(ask(BOTH), **fields), [pack])


def test_a_figure_of_an_assessment_supports_no_other_statement(ask: Ask, pack: Pack) -> None:
    answer = ask(BOTH)
    first, *rest = answer.statements
    other = first.model_copy(update={"text": first.text.replace("还差5人", "缺5人")})
    forged = answer.model_copy(
        update={"statements": [other, *rest], "answer": answer.answer.replace(first.text, other.text)}
    )
    with pytest.raises(UnsupportedAnswerError):
        check_answer(forged, [pack])
