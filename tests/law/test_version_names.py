"""Where a question names the version that it is asked by, and where it only speaks of one."""

from pathlib import Path

import pytest
from law.test_installed import TODAY, version

from assistant.law.installed import install
from assistant.law.version_names import VersionNames


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> VersionNames:
    folder = tmp_path_factory.mktemp("versions")
    draft = version(
        folder, "征求意见稿", status="draft_for_comment", title="示范办法（征求意见稿）", published="2025-06"
    )
    final = version(folder, "2026年版", status="in_force", effective="2026-03-01")
    return install([final, draft]).names("demo", TODAY)


@pytest.mark.parametrize(
    ("question", "expected", "left"),
    [
        ("按征求意见稿，研发人员要多少？", "征求意见稿", "研发人员要多少？"),
        ("按照征求意见稿的规定研发人员要多少？", "征求意见稿", "研发人员要多少？"),
        ("征求意见稿里研发人员要多少？", "征求意见稿", "研发人员要多少？"),
        ("研发人员要多少，按正式稿来看", "2026年版", "研发人员要多少"),
        ("如果按2026年版，场地要多大？", "2026年版", "场地要多大？"),
        ("2026版的场地要求", "2026年版", "场地要求"),
        ("依据2026年3月的版本，场地要多大", "2026年版", "场地要多大"),
        ("2025年的征求意见稿怎么规定场地", "征求意见稿", "怎么规定场地"),
        ("《示范办法（征求意见稿）》第一条怎么写", "征求意见稿", "第一条怎么写"),
        ("在旧版中，场地要多大", "征求意见稿", "场地要多大"),
        ("那按征求意见稿呢？", "征求意见稿", ""),
        ("那正式稿的规定呢", "2026年版", ""),
        ("under the draft version, how large must it be?", "征求意见稿", "how large must it be?"),
    ],
)
def test_a_question_names_its_version(names: VersionNames, question: str, expected: str, left: str) -> None:
    naming = names.read(question)
    assert naming is not None
    assert [p.version for p in naming.versions] == [expected]
    assert naming.question == left


@pytest.mark.parametrize(
    "question",
    [
        "场地要多大？",
        "这个办法还是征求意见稿吗？",
        "什么时候成为正式稿？",
        "征求意见稿是什么意思？",
        "我们2026年成立，能申报吗？",
        "2026年3月开业的算不算",
        "方案要改成新的吗",
    ],
)
def test_a_question_that_names_none_is_left_alone(names: VersionNames, question: str) -> None:
    assert names.read(question) is None


def test_two_versions_in_one_question_leave_it_as_it_is(names: VersionNames) -> None:
    question = "征求意见稿和正式稿的场地要求一样吗？"
    naming = names.read(question)
    assert naming is not None
    assert naming.question == question
    assert {p.version for p in naming.versions} == {"征求意见稿", "2026年版"}


def test_a_lone_version_is_never_read_out_of_a_question(tmp_path: Path) -> None:
    alone = install([version(tmp_path, "征求意见稿", status="draft_for_comment")]).names("demo", TODAY)
    assert alone.read("按征求意见稿，场地要多大？") is None
