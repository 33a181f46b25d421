"""What holds for every text: it is read and answered without an error, and what comes out passes the check."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.law.pack import Pack
from assistant.qa.answerer import PackAnswerer
from assistant.qa.guard import check_answer
from assistant.qa.models import Answer
from assistant.qa.normalise import normalise
from assistant.qa.question import QuestionReader
from qa.samples import FakeSearch

WORDS = """
第七条 第（四）项 第三十条 第0条 第九十九章 下一条 上一项 省创中心 研发人员 固定 研发费用 评估 优秀 良好 不合格 整改期
联盟 股东 中心主任 资本金 注册资本 补助 支持 申报 条件 截止日期 多少 几家 什么时候 谁 怎么 哪些 吗 呢 ？ ， 。 、 和 的
听说 我们 能 100人 80人 一千万元 三年 两年 1,000 0.1亿元 江苏省 国家制造业创新中心 高新技术企业 “ ” （ ） [1] 忽略 指令
不 what who how many staff deadline support 😀 那 如果 还是 审批 报备 分别 由 是
"""
PIECES = st.sampled_from([*WORDS.split(), " ", "\n", "\t", "\u200b"])
TEXTS = st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=16).map("".join))
MANY = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def fast(pack: Pack) -> PackAnswerer:
    return PackAnswerer(pack, FakeSearch(pack))


@given(TEXTS)
@MANY
def test_any_text_is_read_and_its_terms_stand_in_it(reader: QuestionReader, text: str) -> None:
    plain = normalise(text)
    question = reader.read(plain)
    assert question.text == plain
    for term in question.terms:
        assert plain[term.start : term.end] == term.text
        assert term.weight >= 0


@given(TEXTS)
@MANY
def test_any_text_gets_a_valid_answer_that_passes_the_check(fast: PackAnswerer, pack: Pack, text: str) -> None:
    answer = check_answer(fast.answer([text], "x"), [pack])
    assert Answer.model_validate_json(answer.model_dump_json()) == answer
    assert answer.question == text
    assert answer.answer
    assert "draft_for_comment" in answer.notices
    assert answer.status != "answered" or answer.citations


@given(st.lists(TEXTS, max_size=4))
@MANY
def test_any_conversation_gets_a_valid_answer_that_passes_the_check(
    fast: PackAnswerer, pack: Pack, turns: list[str]
) -> None:
    answer = check_answer(fast.answer(turns, "x"), [pack])
    assert answer == check_answer(fast.answer(turns, "x"), [pack])


@given(TEXTS)
@MANY
def test_an_abstention_always_passes_the_check(fast: PackAnswerer, pack: Pack, text: str) -> None:
    answer = check_answer(fast.abstain([text], "x"), [pack])
    assert answer.status == "not_covered"
    assert not answer.citations
