"""What checks come to, and what is said first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_samples import check

from assistant.precheck.models import Check, Outcome
from assistant.precheck.outcome import outcome_of, summary_of


@pytest.mark.parametrize(
    ("checks", "outcome"),
    [
        ([check("not_met"), check("missing"), check("review")], "blocked"),
        ([check("met"), check("missing"), check("review")], "incomplete"),
        ([check("met"), check("review")], "review"),
        ([check("met"), check("not_applicable")], "clear"),
        ([], "clear"),
        # Only what must be at the application decides; elsewhere a failure is for a person to look at.
        ([check("not_met", stage="命名")], "review"),
        ([check("not_met", force="原则上")], "review"),
        ([check("missing", stage="遴选")], "clear"),
        ([check("missing", force="无"), check("missing")], "incomplete"),
        ([check("review", stage="运行", force="无")], "review"),
    ],
)
def test_the_outcome_is_the_contracts(checks: list[Check], outcome: Outcome) -> None:
    assert outcome_of(checks) == outcome


def test_the_summary_says_first_what_decides() -> None:
    checks = [
        check("missing", "缺少推荐情况", stage="遴选", force="无", label="推荐"),
        check("review", label="领域"),
        check("missing", "缺少技术专家委员会成立情况", label="委员会"),
        check("not_met", "还差5人", label="人员").model_copy(update={"gap": "5"}),
    ]
    assert summary_of(checks) == "还差5人；缺少技术专家委员会成立情况；另有1项未提供；另有1项需人工判断"


def test_a_failure_without_a_gap_names_its_subject() -> None:
    assert summary_of([check("not_met", "应为某种格式", label="名称")]) == "名称应为某种格式"


def test_many_missing_values_are_counted() -> None:
    checks = [check("missing", f"缺少{i}", label=str(i)) for i in range(8)]
    assert summary_of(checks) == "缺少0、1、2、3、4等8项"


def test_what_is_only_open_elsewhere_is_named() -> None:
    assert summary_of([check("missing", "缺少推荐", stage="遴选")]) == "缺少推荐"


@given(st.lists(st.sampled_from(["met", "not_met", "missing", "review", "not_applicable"])))
def test_no_summary_speaks_of_approval(found: list[str]) -> None:
    summary = summary_of([check(verdict) for verdict in found])  # type: ignore[arg-type]
    assert summary
    assert not any(word in summary for word in ("通过", "批准", "合格", "获批"))
