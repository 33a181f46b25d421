"""What was told is checked as a draft is, and the form that it fills in says the same when it is read again."""

from pathlib import Path

import pytest
from precheck.form_samples import PACK

from assistant.files.read_draft import read_draft
from assistant.forms.submission import facts_in_text, read_submission
from assistant.law.pack import load_pack
from assistant.precheck.check import Desk, check_draft
from assistant.precheck.told import check_facts, filled_form
from assistant.rules.facts import Fact
from assistant.rules.rulebook import load_rulebook

TOLD = (
    "固定研发人员75人，年度研发费用1200万元，企业牵头，采用联盟形式，有技术专家委员会，"
    "没有自主知识产权，资本金满足基本需要"
)


@pytest.fixture(scope="module")
def desk() -> Desk:
    from assistant.forms.form_schema import load_form

    pack = load_pack(PACK)
    schema = load_form(pack)
    assert schema is not None
    return Desk(pack, load_rulebook(pack), schema)


@pytest.mark.parametrize("kind", ["docx", "xlsx", "json"])
def test_the_filled_in_form_says_what_was_told(kind: str, desk: Desk, tmp_path: Path) -> None:
    facts = facts_in_text(TOLD, desk.schema)
    assert len(facts) >= 6
    file = tmp_path / f"form.{kind}"
    file.write_bytes(filled_form(facts, desk.schema, kind))
    draft = read_draft(file, desk.limits)
    again = read_submission(draft, desk.schema).facts
    assert {name: fact.value for name, fact in again.items() if not isinstance(fact.value, str)}.keys() >= {
        name for name, fact in facts.items() if not isinstance(fact.value, str)
    }
    told, read = check_facts(facts, desk, "x"), check_draft(draft, desk, "x")
    assert [(c.rule, c.verdict, c.gap) for c in read.checks] == [(c.rule, c.verdict, c.gap) for c in told.checks]


def test_words_of_a_person_cannot_act_in_the_form(desk: Desk) -> None:
    facts = {"field_domain": Fact("field_domain", '=HYPERLINK("http://x")', "x")}
    assert b"<f>" not in filled_form(facts, desk.schema, "xlsx")
