"""A conversation is answered by one version of the law, says which, and turns to another where it is named."""

from datetime import date
from pathlib import Path

import pytest

from assistant.errors import UsageError
from assistant.qa.answerer import PackAnswerer
from assistant.qa.models import Answer
from assistant.qa.service import Assistant
from qa.samples import FakeSearch, written_pack

TODAY = date(2026, 11, 25)
LAW = """体育馆开放管理办法
第一条 为规范体育馆开放，制定本办法。
第二条 体育馆每周开放时间不少于{hours}小时。
第三条 羽毛球场地每小时收费{fee}元。
"""


def answerer(folder: Path, about: str, hours: int, fee: int) -> PackAnswerer:
    pack = written_pack(folder, LAW.format(hours=hours, fee=fee), about=about)
    return PackAnswerer(pack, FakeSearch(pack))


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> PackAnswerer:
    about = 'version = "征求意见稿"\nstatus = "draft_for_comment"\ncalled = ["讨论稿"]'
    return answerer(tmp_path_factory.mktemp("draft") / "pack", about, 60, 20)


@pytest.fixture(scope="module")
def final(tmp_path_factory: pytest.TempPathFactory) -> PackAnswerer:
    about = 'version = "2026年版"\nstatus = "in_force"\neffective = "2026-03-01"'
    return answerer(tmp_path_factory.mktemp("final") / "pack", about, 48, 15)


@pytest.fixture(scope="module")
def both(draft: PackAnswerer, final: PackAnswerer) -> Assistant:
    return Assistant([draft, final])


def rests_on(answer: Answer) -> set[str]:
    return {c.version for c in answer.citations}


@pytest.mark.parametrize(
    ("turns", "version", "figure"),
    [
        (["体育馆每周开放多少小时？"], "2026年版", "48"),
        (["按征求意见稿，体育馆每周开放多少小时？"], "征求意见稿", "60"),
        (["讨论稿里体育馆每周开放多少小时？"], "征求意见稿", "60"),
        (["按征求意见稿，体育馆每周开放多少小时？", "羽毛球场地每小时收费多少？"], "征求意见稿", "20"),
        (["按征求意见稿，体育馆每周开放多少小时？", "那按正式稿呢？"], "2026年版", "48"),
        (["体育馆每周开放多少小时？", "那征求意见稿呢？"], "征求意见稿", "60"),
    ],
)
def test_the_version_that_was_named_last_answers(both: Assistant, turns: list[str], version: str, figure: str) -> None:
    answer = both.ask(turns, TODAY)
    assert answer.status == "answered", answer.answer
    assert rests_on(answer) == {version}
    assert figure in answer.answer
    assert answer.question == turns[-1]
    assert any(f"“{version}”" in notice for notice in answer.notices)


def test_a_version_that_is_not_current_says_which_one_is(both: Assistant) -> None:
    notices = "".join(both.ask(["按征求意见稿，体育馆每周开放多少小时？"], TODAY).notices)
    assert "这不是现行版本" in notices
    assert "“2026年版”" in notices
    assert "这不是现行版本" not in "".join(both.ask(["体育馆每周开放多少小时？"], TODAY).notices)


def test_before_it_takes_effect_the_text_says_so(both: Assistant) -> None:
    notices = "".join(both.ask(["体育馆每周开放多少小时？"], date(2026, 2, 1)).notices)
    assert "尚未施行" in notices
    assert "自2026年3月1日起施行" in notices


def test_two_versions_in_one_question_are_not_compared_in_silence(both: Assistant) -> None:
    answer = both.ask(["征求意见稿和正式稿，体育馆每周开放多少小时？"], TODAY)
    assert any("几个版本" in notice for notice in answer.notices)


def test_at_a_version_everything_is_answered_by_it(both: Assistant) -> None:
    pinned = both.at("征求意见稿", TODAY)
    assert rests_on(pinned.ask(["按正式稿，体育馆每周开放多少小时？"], TODAY)) <= {"征求意见稿"}
    assert rests_on(pinned.ask(["体育馆每周开放多少小时？"], TODAY)) == {"征求意见稿"}
    with pytest.raises(UsageError, match="1999"):
        both.at("1999年版", TODAY)


def test_with_one_version_nothing_is_said_and_nothing_is_read_out_of_the_question(draft: PackAnswerer) -> None:
    alone = Assistant([draft])
    for question in ("体育馆每周开放多少小时？", "按征求意见稿，体育馆每周开放多少小时？"):
        answer = alone.ask([question], TODAY)
        assert answer.notices == ["draft_for_comment"]
        own = draft.answer([question], answer.id, TODAY)
        assert answer == own


def test_a_repealed_text_says_so_even_alone(tmp_path: Path) -> None:
    old = answerer(tmp_path / "old", 'status = "in_force"\nrepealed = "2026-01-01"', 60, 20)
    assert "repealed" in Assistant([old]).ask(["体育馆每周开放多少小时？"], TODAY).notices


def test_the_current_version_goes_first_among_the_packs(both: Assistant) -> None:
    assert [p.version for p in both.packs] == ["2026年版", "征求意见稿"]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("按2030年版，体育馆每周开放多少小时？", "2030年版"),
        ("2019年的版本里体育馆每周开放多少小时？", "2019年的版本"),
        ("依据已废止的办法，体育馆每周开放多少小时？", "已废止的办法"),
    ],
)
def test_a_version_that_is_not_installed_is_not_passed_over(both: Assistant, question: str, name: str) -> None:
    answer = both.ask([question], TODAY)
    assert f"这里没有“{name}”，回答依据的是《示范管理办法》“2026年版”" in "".join(answer.notices)


def test_a_lone_version_says_that_the_final_text_is_not_installed(draft: PackAnswerer) -> None:
    alone = Assistant([draft])
    assert "这里没有“正式稿”" in "".join(alone.ask(["按正式稿，体育馆每周开放多少小时？"], TODAY).notices)
    for question in ("按征求意见稿，体育馆每周开放多少小时？", "正式稿什么时候出？", "体育馆2025年版权费多少？"):
        assert "这里没有" not in "".join(alone.ask([question], TODAY).notices)


@pytest.mark.parametrize("question", ["按2026年版，体育馆每周开放多少小时？", "按照2026年3月的版本，羽毛球场多少钱？"])
def test_a_version_that_is_installed_is_not_missed(both: Assistant, question: str) -> None:
    assert "这里没有" not in "".join(both.ask([question], TODAY).notices)
