"""The rules of the measures at their edges; each case in `cases.toml` is named like a sentence of the law."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from assistant.law.pack import load_pack
from assistant.rules.evaluate import evaluate
from assistant.rules.rulebook import Rulebook, load_rulebook
from tests.rules.packs import PACK, facts_of

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["case"]


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook(load_pack(PACK))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_rule_finds(rulebook: Rulebook, case: dict[str, Any]) -> None:
    findings = evaluate(rulebook, facts_of(rulebook, case["facts"]))
    finding = next(f for f in findings if f.rule == case["rule"])
    expected = {name: case[name] for name in case if name not in ("name", "rule", "facts")}
    assert {name: getattr(finding, name) for name in expected} == expected
    assert finding.message
    if "gap" not in case:
        assert finding.gap is None
    if finding.verdict == "missing":
        assert finding.actual is None


def test_no_two_cases_share_a_name() -> None:
    assert len({case["name"] for case in CASES}) == len(CASES)


def test_every_field_of_the_contract_has_a_rule(rulebook: Rulebook) -> None:
    fields = {
        "center_name", "center_name_en", "lead_org_name", "lead_org_type", "field_domain", "overlaps_existing",
        "org_form", "host_legal_form", "expert_committee", "rd_staff_fixed", "rd_expense_annual", "own_ip",
        "marketable_results", "stable_operation", "capital_sufficient", "city", "city_recommendation",
        "director_name", "incidents",
    }  # fmt: skip
    asked = {rule.field for rule in rulebook.rules if rule.entry.ask == "always"}
    assert asked == fields


def test_nothing_declared_is_missing_or_not_applicable_and_never_failed(rulebook: Rulebook) -> None:
    assert {f.verdict.value for f in evaluate(rulebook, {})} == {"missing", "not_applicable"}
