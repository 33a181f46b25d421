"""What several drafts show together."""

from hypothesis import given
from hypothesis import strategies as st
from report_samples import broken, check, stated

from assistant.precheck.compare import Kinship, claims, contradictions, rule_counts
from assistant.precheck.models import Report

KIN = Kinship(same=("name", "lead"), claims=("domain",))


def test_drafts_of_one_centre_that_differ_contradict_each_other() -> None:
    reports = [
        stated("a", name="甲中心", staff="80", city="沈阳"),
        stated("b", name="甲 中心", staff="75", city="沈阳"),
        stated("c", name="乙中心", staff="60", city="大连"),
    ]
    (found,) = contradictions(reports, KIN)
    assert (found.shared_label, found.shared, found.label) == ("NAME", "甲中心", "STAFF")
    assert [(file, words) for file, words, _ in found.values] == [("a", "80"), ("b", "75")]


def test_one_amount_in_two_ways_is_no_contradiction_but_two_amounts_are() -> None:
    assert not contradictions([stated("a", name="甲", x="７５"), stated("b", name="甲", x="75")], KIN)
    assert contradictions([stated("a", name="甲", x="7.5"), stated("b", name="甲", x="75")], KIN)


def test_an_organisation_may_lead_two_centres_in_two_fields() -> None:
    reports = [stated("a", name="甲", lead="丙", domain="机床"), stated("b", name="乙", lead="丙", domain="石化")]
    assert not contradictions(reports, KIN)
    differing = [stated("a", name="甲", lead="丙", city="沈阳"), stated("b", name="乙", lead="丙", city="大连")]
    (found,) = contradictions(differing, KIN)
    assert found.shared_label == "LEAD"


def test_a_difference_is_named_once_although_two_fields_join_the_drafts() -> None:
    reports = [stated("a", name="甲", lead="丙", city="沈阳"), stated("b", name="甲", lead="丙", city="大连")]
    assert len(contradictions(reports, KIN)) == 1


def test_drafts_that_claim_one_field_are_found_equal_ones_first() -> None:
    reports = [
        stated("a", name="甲", domain="工业机器人"),
        stated("b", name="乙", domain="工业机器人 "),
        stated("c", name="丙", domain="工业机器人整机"),
        stated("d", name="丁", domain="石化"),
    ]
    found = claims(reports, KIN)
    assert [(c.exact, [file for file, _ in c.drafts]) for c in found] == [(True, ["a", "b"]), (False, ["a", "b", "c"])]


def test_two_drafts_of_one_centre_do_not_compete() -> None:
    assert not claims([stated("a", name="甲", domain="机床"), stated("b", name="甲", domain="机床")], KIN)


def test_failures_are_counted_most_common_first() -> None:
    reports = [
        Report(file="a", outcome="blocked", checks=[check("not_met", label="甲"), check("missing", label="乙")]),
        Report(file="b", outcome="incomplete", checks=[check("met", label="甲"), check("missing", label="乙")]),
        broken(),
    ]
    assert [(c.label, c.failures) for c in rule_counts(reports)] == [("乙", 2), ("甲", 1)]


@given(st.lists(st.dictionaries(st.sampled_from(["name", "lead", "domain", "x"]), st.text(max_size=6)), max_size=6))
def test_any_values_can_be_compared(drafts: list[dict[str, str]]) -> None:
    reports = [stated(str(number), **values) for number, values in enumerate(drafts)]
    for found in contradictions(reports, KIN):
        assert len({words for _, words, _ in found.values}) > 1
    for claim in claims(reports, KIN):
        assert len(claim.drafts) > 1
