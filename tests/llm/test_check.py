"""What is kept of a model's statements: plain words, supported, no more citations than needed, verdicts as found."""

import pytest

from assistant.llm.check import MAX_TEXT, Checker, is_plain
from assistant.llm.enough import is_enough
from assistant.llm.established import Established, Finding, Source, Worded
from assistant.llm.verdicts import agrees, tells
from llm.scripted import ASSESSED, ESTABLISHED, MONEY, STAFF, strictly


def checker(established: Established = ESTABLISHED) -> Checker:
    return Checker(established, strictly, lambda _: True)


def test_a_supported_statement_is_kept() -> None:
    assert checker().kept(Worded(STAFF + "。", (1,))) == Worded(STAFF + "。", (1,))


@pytest.mark.parametrize("citations", [(), (3,), (0,), (-1,), (1, 9), (2,), tuple(range(1, 12))])
def test_a_statement_needs_citations_that_exist_and_carry_it(citations: tuple[int, ...]) -> None:
    assert checker().kept(Worded(STAFF, citations)) is None


def test_citations_that_carry_nothing_are_left_out() -> None:
    assert checker().kept(Worded(STAFF, (1, 2))) == Worded(STAFF, (1,))
    assert checker().kept(Worded(f"{STAFF}，{MONEY}", (1, 2))) == Worded(f"{STAFF}，{MONEY}", (1, 2))


def test_whoever_asked_has_the_last_word() -> None:
    assert Checker(ESTABLISHED, strictly, lambda _: False).kept(Worded(STAFF, (1,))) is None


@pytest.mark.parametrize(
    "text",
    [
        "", " 有空格", "a" * (MAX_TEXT + 1), "**80人**", "<b>80人</b>", "[80人](http://a)", "见http://a.cn", "问a@b.cn",
        "见www.a.cn", "80\u200b人", "８０人", "⑧人", "80人\n", "`80`", "&lt;80人", "80人\ufeff", "a\u0301", "٨٠人",
        "\U000e0041",
        "80人[2]", "#80人", "|80人|", "\u202e80人", "80\ufe0f人",
    ],
)  # fmt: skip
def test_only_plain_words_are_shown(text: str) -> None:
    assert not is_plain(text)


def test_ordinary_punctuation_is_plain() -> None:
    assert is_plain("按照《办法》第七条第（四）项，“固定人员”不少于80人；费用不低于1000万元。")


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("贵单位有75人，还差5人。", True),
        ("贵单位不符合这一条件。", True),
        ("贵单位符合这一条件。", False),
        ("贵单位75人，已经满足要求。", False),
        (STAFF, True),
    ],
)
def test_a_verdict_is_told_as_it_was_found(text: str, right: bool) -> None:
    assert agrees(Worded(text, (1,)), ASSESSED) is right


def test_no_verdict_where_there_is_no_finding() -> None:
    other = Source(2, "p2", ("第二条",), "应当建立专家委员会")
    established = Established(("问",), (*ASSESSED.sources, other), ASSESSED.findings)
    assert not agrees(Worded("贵单位符合专家委员会的要求。", (2,)), established)
    assert agrees(Worded("应当建立专家委员会。", (2,)), established)


@pytest.mark.parametrize(
    ("verdict", "text", "told"),
    [
        ("not_met", "还差5人。", True),
        ("not_met", "还差15人之多，另外5人", True),
        ("not_met", "不符合要求。", False),
        ("not_met", STAFF, False),
        ("met", "符合要求。", True),
        ("met", "不符合要求。", False),
        ("review", "这一点须人工核对。", True),
        ("review", "符合要求。", False),
    ],
)
def test_whether_a_statement_tells_a_verdict(verdict: str, text: str, told: bool) -> None:
    finding = Finding(verdict, "", "5人" if verdict == "not_met" else "", (1,))
    assert tells(Worded(text, (1,)), finding, ASSESSED) is told
    assert not tells(Worded(text, (2,)), finding, ASSESSED)


def test_enough_is_all_provisions_all_figures_all_verdicts() -> None:
    both = [Worded(STAFF, (1,)), Worded(MONEY, (2,))]
    assert is_enough(both, ESTABLISHED)
    assert not is_enough(both[:1], ESTABLISHED)
    assert not is_enough([], ESTABLISHED)
    assert not is_enough([Worded("有人数要求", (1,)), both[1]], ESTABLISHED)
    assert not is_enough([Worded("不少于180人", (1,)), both[1]], ESTABLISHED)
    assert is_enough([Worded(f"贵单位还差5人，{STAFF}", (1,))], ASSESSED)
    assert not is_enough([Worded(STAFF, (1,))], ASSESSED)
