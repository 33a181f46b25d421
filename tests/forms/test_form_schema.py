"""form.toml: what it must say, and what is said of it when it does not."""

from dataclasses import replace
from pathlib import Path

import pytest
from precheck.form_samples import PACK, schema

from assistant.errors import PackError
from assistant.forms.form_schema import load_form
from assistant.law.pack import load_pack
from assistant.law.types import LegalStatus

CONTRACT = {
    "center_name": "text", "center_name_en": "text", "lead_org_name": "text", "lead_org_type": "choice",
    "field_domain": "text", "overlaps_existing": "yes_no", "org_form": "choice", "host_legal_form": "choice",
    "expert_committee": "yes_no", "rd_staff_fixed": "integer", "rd_expense_annual": "decimal",
    "own_ip": "yes_no_or_count", "marketable_results": "yes_no_or_count", "stable_operation": "yes_no",
    "capital_sufficient": "yes_no", "city": "text", "city_recommendation": "yes_no", "director_name": "text",
    "incidents": "yes_no",
}  # fmt: skip

MINIMAL = """title = "表"
[[section]]
id = "a"
title = "一"
[[field]]
id = "x"
label = "人数"
section = "a"
type = "integer"
unit = "人"
"""


def load(tmp_path: Path, text: str) -> object:
    (tmp_path / "form.toml").write_text(text, encoding="utf-8")
    return load_form(replace(load_pack(PACK), path=tmp_path))


def test_the_form_has_the_contracts_fields() -> None:
    assert {name: schema().by_id[name].type.value for name in CONTRACT} == CONTRACT
    assert schema().by_id["rd_staff_fixed"].unit == "人"
    assert schema().by_id["rd_expense_annual"].unit == "万元"
    assert schema().by_id["lead_org_type"].offered == ("企业", "高校", "科研院所")
    assert schema().by_id["org_form"].offered == ("公司", "公司＋联盟", "联盟")


def test_every_field_serves_a_provision_and_says_how_to_fill_it_in() -> None:
    assert not [field.id for field in schema().fields if not (field.basis and field.hint)]


def test_a_pack_without_a_form_has_none(tmp_path: Path) -> None:
    assert load_form(replace(load_pack(PACK), path=tmp_path)) is None


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (MINIMAL.replace('unit = "人"', ""), "字段 x：数字要有 unit"),
        (MINIMAL.replace('"integer"', '"choice"'), "字段 x：choice 类型要有 choices"),
        (MINIMAL.replace('section = "a"', 'section = "b"'), "字段 x：没有 b 这一节"),
        (MINIMAL + 'provision = "第七条"\n', "provision"),
        (MINIMAL + 'colour = "red"\n', "colour"),
        (MINIMAL + MINIMAL[MINIMAL.index("[[field]]") :], "字段 x 出现了两次"),
        (
            MINIMAL + MINIMAL[MINIMAL.index("[[field]]") :].replace('"x"', '"y"'),
            "字段 y：“人数”已用作字段 x 的名称",
        ),
        (MINIMAL + '[[plausible]]\nfield = "z"\ndoubt = "?"\n', "plausible：z"),
        ("ocr_confidence = 0.8\n" + MINIMAL, "带引号"),
        ("title = ", "TOML"),
    ],
)
def test_errors_name_file_field_and_reason(tmp_path: Path, wrong: str, reason: str) -> None:
    with pytest.raises(PackError) as caught:
        load(tmp_path, wrong)
    assert "form.toml" in str(caught.value)
    assert reason in str(caught.value)


def test_a_provision_that_is_gone_is_left_out(tmp_path: Path) -> None:
    form = load(tmp_path, MINIMAL + 'provision = "art_99"\n')
    assert form.fields[0].basis == ""


def test_the_notice_goes_when_the_regulation_is_in_force() -> None:
    pack = load_pack(PACK)
    in_force = replace(pack, about=pack.about.model_copy(update={"status": LegalStatus.IN_FORCE}))
    form = load_form(in_force)
    assert form is not None
    assert form.draft_notice == ""
    assert "征求意见稿" in schema().draft_notice
