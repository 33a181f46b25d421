"""Doubts, caveats and wider figures; the same facts always give the same findings."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.law.pack import Pack, load_pack
from assistant.rules.evaluate import Finding, evaluate
from assistant.rules.facts import Fact
from assistant.rules.quantity import Quantity
from assistant.rules.rulebook import Rulebook, load_rulebook
from tests.rules.packs import PACK

PACKED: Pack = load_pack(PACK)
RULEBOOK: Rulebook = load_rulebook(PACKED)


def staff(quantity: Quantity, **more: tuple[str, ...]) -> Finding:
    fact = Fact("rd_staff_fixed", quantity, quantity.raw, "table 1, row 11", **more)
    return next(f for f in evaluate(RULEBOOK, {fact.field: fact}) if f.rule == "rd-staff-minimum")


def exactly(number: int | Decimal) -> Quantity:
    return Quantity(str(number), Decimal(number), Decimal(number), "人")


def test_a_wider_figure_below_the_threshold_settles() -> None:
    finding = staff(Quantity("75人", None, Decimal(75), "人"), caveats=("按研发人员总数判断",))
    assert (finding.verdict, finding.gap, finding.message) == ("not_met", None, "至少还差5人")
    assert "按研发人员总数判断" in finding.caveats


@pytest.mark.parametrize("high", [80, 90])
def test_a_wider_figure_that_reaches_the_threshold_does_not(high: int) -> None:
    assert staff(Quantity(f"{high}人", None, Decimal(high), "人")).verdict == "review"


def test_a_doubt_turns_any_verdict_into_review_with_its_reason() -> None:
    for number in (75, 85):
        finding = staff(exactly(number), doubts=("识别的可信度低",))
        assert (finding.verdict, finding.message, finding.gap) == ("review", "识别的可信度低", None)
        assert finding.actual == str(number)


def test_what_the_text_leaves_open_is_a_caveat_and_no_review() -> None:
    finding = staff(exactly(80))
    assert finding.verdict == "met"
    assert any("没有界定" in caveat for caveat in finding.caveats)


def test_a_finding_quotes_the_law_word_for_word() -> None:
    text = PACKED.regulation.text
    for rule, finding in zip(RULEBOOK.rules, evaluate(RULEBOOK, {}), strict=True):
        provision = PACKED.regulation.get(finding.provision)
        assert rule.id == finding.rule
        assert provision is not None
        assert provision.start <= finding.start < finding.end <= provision.end
        assert (
            rule.entry.quote.split("{")[0] == text[finding.start : finding.end][: len(rule.entry.quote.split("{")[0])]
        )


@given(st.decimals(min_value=0, max_value=10**9, places=4))
def test_gap_and_actual_add_up_to_the_threshold(number: Decimal) -> None:
    fact = Fact("rd_expense_annual", Quantity(str(number), number, number, "万元"), str(number))
    finding = next(f for f in evaluate(RULEBOOK, {fact.field: fact}) if f.rule == "rd-expense-minimum")
    assert finding.verdict == ("met" if number >= 1000 else "not_met")
    if finding.gap is not None and finding.actual is not None:
        assert Decimal(finding.gap) > 0
        assert Decimal(finding.gap) + Decimal(finding.actual) == 1000
        assert "E" not in finding.gap + finding.actual


values = st.none() | st.booleans() | st.text(max_size=8) | st.builds(exactly, st.integers(-5, 200))
facts = st.dictionaries(st.sampled_from([r.field for r in RULEBOOK.rules]), st.tuples(values, st.text(max_size=8)))


@given(facts)
def test_whatever_is_declared_gives_one_finding_a_rule_and_principles_never_fail(
    declared: dict[str, tuple[Quantity | str | bool | None, str]],
) -> None:
    given_facts = {name: Fact(name, value, raw) for name, (value, raw) in declared.items()}
    findings = evaluate(RULEBOOK, given_facts)
    assert [f.rule for f in findings] == [r.id for r in RULEBOOK.rules]
    assert findings == evaluate(RULEBOOK, dict(reversed(given_facts.items())))
    for finding in findings:
        assert finding.message
        assert not (finding.verdict == "not_met" and finding.force != "必须")
        assert not (finding.verdict == "missing" and finding.actual is not None)
        assert not (finding.verdict == "met" and finding.field not in given_facts)
