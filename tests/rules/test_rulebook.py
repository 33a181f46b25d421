"""Rules follow the text: a changed figure changes the demand, words that are gone disable one rule alone."""

from pathlib import Path

import pytest

from assistant.errors import PackError
from assistant.law.pack import load_pack
from assistant.rules.evaluate import Finding, evaluate
from assistant.rules.rulebook import Rulebook, load_rulebook
from tests.retrieval.pack_samples import write_pack
from tests.rules.packs import PACK, changed_pack, facts_of

RULE = """
[[rule]]
id = "a"
field = "staff"
label = "人员"
stage = "申报"
force = "必须"
decidability = "declared"
provision = "art_7.item_4"
quote = "固定研究与试验发展人员数{comparison}{threshold}"
test = { kind = "threshold", unit = "人" }
"""


def finding(rulebook: Rulebook, rule: str, **declared: object) -> Finding:
    return next(f for f in evaluate(rulebook, facts_of(rulebook, declared)) if f.rule == rule)


def test_all_rules_and_defects_stand_in_the_text() -> None:
    rulebook = load_rulebook(load_pack(PACK))
    assert rulebook.disabled == ()
    assert len(rulebook.defects) == (PACK / "defects.toml").read_text(encoding="utf-8").count("[[defect]]")


def test_a_pack_without_rules_has_an_empty_rulebook(tmp_path: Path) -> None:
    rulebook = load_rulebook(write_pack(tmp_path))
    assert (rulebook.rules, rulebook.disabled, rulebook.defects) == ((), (), ())
    assert evaluate(rulebook, {}) == ()


@pytest.mark.parametrize(("written", "required"), [
    ("不少于60人", "60"), ("不少于六十人", "60"), ("不低于 120 名", "120"), ("应不少于1,000人", "1000"),
    ("不少于\n80人", "80"),
])  # fmt: skip
def test_the_threshold_is_the_one_that_the_text_states(tmp_path: Path, written: str, required: str) -> None:
    rulebook = load_rulebook(changed_pack(tmp_path, ("不少于80人", written)))
    assert rulebook.disabled == ()
    assert finding(rulebook, "rd-staff-minimum", rd_staff_fixed=required).verdict == "met"
    assert finding(rulebook, "rd-staff-minimum", rd_staff_fixed=int(required) - 1).required == required


def test_another_unit_in_the_text_is_converted(tmp_path: Path) -> None:
    rulebook = load_rulebook(changed_pack(tmp_path, ("不低于1000万元", "不低于0.2亿元")))
    short = finding(rulebook, "rd-expense-minimum", rd_expense_annual="1500万元")
    assert (short.required, short.unit, short.gap) == ("2000", "万元", "500")


def test_more_than_does_not_include_the_threshold(tmp_path: Path) -> None:
    rulebook = load_rulebook(changed_pack(tmp_path, ("不少于80人", "超过80人")))
    exact = finding(rulebook, "rd-staff-minimum", rd_staff_fixed="80")
    assert (exact.verdict, exact.gap, exact.message) == ("not_met", None, "须超过80人")
    assert finding(rulebook, "rd-staff-minimum", rd_staff_fixed="81").verdict == "met"


def test_a_list_of_choices_is_the_one_of_the_text(tmp_path: Path) -> None:
    edit = ("由企业、高校或科研院所牵头创建", "由企业、高校、科研院所或行业协会牵头创建")
    rulebook = load_rulebook(changed_pack(tmp_path, edit))
    found = finding(rulebook, "lead-org-type", lead_org_type="行业协会")
    assert (found.verdict, found.required) == ("met", "企业|高校|科研院所|行业协会")


def test_a_name_follows_the_pattern_of_the_text(tmp_path: Path) -> None:
    rulebook = load_rulebook(changed_pack(tmp_path, ("××××省级制造业创新中心", "辽宁省××××制造业创新中心")))
    assert finding(rulebook, "center-name", center_name="辽宁省机器人制造业创新中心").verdict == "met"
    assert finding(rulebook, "center-name", center_name="机器人省级制造业创新中心").verdict == "not_met"


def test_a_period_in_a_message_is_the_one_of_the_text(tmp_path: Path) -> None:
    rulebook = load_rulebook(changed_pack(tmp_path, ("给予一年整改期", "给予两年整改期")))
    assert "给予2年整改期" in finding(rulebook, "rectification", evaluation_grade="不合格").message


@pytest.mark.parametrize("written", ["原则上不少于80人", "达到一定规模", "不少于若干人"])
def test_words_that_are_gone_disable_one_rule_alone(tmp_path: Path, written: str) -> None:
    rulebook = load_rulebook(changed_pack(tmp_path, ("不少于80人", written)))
    assert [rule for rule, _ in rulebook.disabled] == ["rd-staff-minimum"]
    found = finding(rulebook, "rd-staff-minimum", rd_staff_fixed="85")
    assert (found.verdict, found.actual, found.required, found.gap) == ("review", "85", None, None)
    assert (found.message, str(found.provision)) == (rulebook.disabled[0][1], "art_7.item_4")
    assert found.message.startswith("第七条第（四）项的“固定研究与试验发展人员数…”已不在文中")
    assert finding(rulebook, "rd-expense-minimum", rd_expense_annual="1000").verdict == "met"


def test_two_demands_for_one_thing_disable_the_rule(tmp_path: Path) -> None:
    edit = ("不少于80人。", "不少于80人。固定研究与试验发展人员数不少于60人。")
    rulebook = load_rulebook(changed_pack(tmp_path, edit))
    assert [rule for rule, _ in rulebook.disabled] == ["rd-staff-minimum"]
    assert "在文中多处出现且要求不一" in rulebook.disabled[0][1]


def test_words_that_several_rules_rest_on_are_missed_once(tmp_path: Path) -> None:
    rulebook = load_rulebook(changed_pack(tmp_path, ("后提前向省工业和信息化厅报备", "后报省工业和信息化厅审批")))
    assert (len(rulebook.disabled), len(rulebook.fallen)) == (2, 1)


def test_words_that_moved_to_two_places_are_not_called_gone(tmp_path: Path) -> None:
    sentence = "固定研究与试验发展人员数不少于80人。"
    edits = ((sentence, ""), ("发展目标明确，", f"{sentence}发展目标明确，"), ("资源共享。", f"资源共享。{sentence}"))
    rulebook = load_rulebook(changed_pack(tmp_path, *edits))
    ((rule, reason),) = rulebook.disabled
    assert (rule, "已不在文中" in reason) == ("rd-staff-minimum", False)
    assert "已不在原处，第七条第（二）项、第七条第（五）项都有这样的文字，不能确定是哪一处" in reason


def test_a_rule_follows_its_words_to_another_provision(tmp_path: Path) -> None:
    sentence = "固定研究与试验发展人员数不少于80人。"
    edits = ((sentence, ""), ("发展目标明确，", f"{sentence}发展目标明确，"))
    rulebook = load_rulebook(changed_pack(tmp_path, *edits))
    assert rulebook.disabled == ()
    assert str(finding(rulebook, "rd-staff-minimum").provision) == "art_7.item_2"


def test_a_defect_that_the_text_no_longer_has_is_no_caveat(tmp_path: Path) -> None:
    edit = ("年度研发费用总额不低于", "年度研发费用总额（指上一会计年度的研发费用）不低于")
    before = load_rulebook(load_pack(PACK))
    after = load_rulebook(changed_pack(tmp_path, edit))
    assert "rd-expense-undefined" in {d.id for d in before.defects}
    assert "rd-expense-undefined" not in {d.id for d in after.defects}


@pytest.mark.parametrize(("old", "new", "reason"), [
    ('stage = "申报"', 'stage = "审批"', "stage"),
    ('force = "必须"', 'force = "必需"', "force"),
    ('id = "a"', 'id = "甲"', "id"),
    ('label = "人员"', "", "label"),
    ('label = "人员"', 'label = "人员"\nlimit = 80', "limit"),
    ('provision = "art_7.item_4"', 'provision = "第七条"', "provision"),
    ("{threshold}", "80人", "threshold"),
    ("{comparison}", "不少于", "comparison"),
    ("{comparison}", "{number}", "占位符"),
    ('kind = "threshold"', 'kind = "limit"', "test"),
    (", unit = \"人\"", "", "unit"),
    ('label = "人员"', 'label = "人员"\nmessages = { met = "{goal}" }', "占位符"),
    ('label = "人员"', 'label = "人员"\ncaveats = ["nowhere"]', "nowhere"),
    ('force = "必须"', 'force = "原则上"\notherwise = "not_met"', "not_met"),
])  # fmt: skip
def test_a_broken_rule_is_named_with_its_file_and_reason(tmp_path: Path, old: str, new: str, reason: str) -> None:
    assert old in RULE
    pack = changed_pack(tmp_path, rules=RULE.replace(old, new))
    with pytest.raises(PackError) as caught:
        load_rulebook(pack)
    message = str(caught.value)
    assert "rules.toml" in message
    assert ("甲" if new == 'id = "甲"' else "规则 a") in message
    assert reason in message


def test_an_id_is_used_once(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"rules\.toml.*规则 a.*重复"):
        load_rulebook(changed_pack(tmp_path, rules=RULE + RULE))


def test_a_rule_of_a_provision_that_is_gone_is_disabled(tmp_path: Path) -> None:
    rules = RULE.replace("art_7.item_4", "art_99").replace("固定研究与试验发展人员数", "学员数")
    assert [rule for rule, _ in load_rulebook(changed_pack(tmp_path, rules=rules)).disabled] == ["a"]
