"""What a change of the text touches, judged as answers and pre-checks judge it."""

from pathlib import Path

import pytest
from versions.versions_samples import LIAONING, next_version

from assistant.errors import UnreadableFileError
from assistant.law.citation import make_citation
from assistant.law.locator import Locator
from assistant.law.pack import load_pack
from assistant.rules.rulebook import load_rulebook
from assistant.versions.models import PackDiff
from assistant.versions.pack_diff import diff_packs
from assistant.versions.page import as_page
from assistant.versions.resting import Cited

OLD = load_pack(LIAONING)
EDITS = (
    ("固定研究与试验发展人员数不少于80人", "固定研究与试验发展人员数不少于60人"),
    ("年度研发费用总额不低于1000万元", "上一年度研发经费支出不低于800万元"),
    ("聘任领军人才作为主任", "聘任领军人才作为<主任>"),
)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> PackDiff:
    new = next_version(tmp_path_factory.mktemp("v") / "new", *EDITS)
    cases = tmp_path_factory.mktemp("cases") / "cases.jsonl"
    cases.write_text(
        '{"id": "a", "turns": ["要多少人？"], "gold": ["art_7.item_4"]}\n\n'
        '{"id": "b", "turns": ["多久评估？"], "gold": ["art_15"]}\n'
        '{"id": "c", "turns": ["要什么条件？"], "gold": ["art_7"]}\n'
        '{"id": "d", "turns": ["技术成果要有吗？"], "gold": ["art_7.item_4"], "quote": ["可产业化的技术成果"]}\n',
        encoding="utf-8",
    )
    law = OLD.regulation
    provisions = [law.get(Locator.parse(locator)) for locator in ("art_7.item_4", "art_15")]
    cited = [make_citation(OLD, law, p, p.start, p.end, 1) for p in provisions if p]
    answers = [Cited("one", "要多少人", (cited[0],)), Cited("two", "多久评估", (cited[1],))]
    foreign = Cited("three", "别的版本", (cited[0].model_copy(update={"version": "别的"}),))
    return diff_packs(OLD, new, [cases], [*answers, foreign])


def states(found: PackDiff) -> dict[str, str]:
    return {rule.rule: rule.state for rule in found.rules}


def test_a_rule_whose_number_changed_says_from_what_to_what(found: PackDiff) -> None:
    (rule,) = [r for r in found.rules if r.rule == "rd-staff-minimum"]
    assert rule.state == "changed"
    assert "至少80 → 至少60" in rule.reason
    assert (rule.before[-5:], rule.after[-5:]) == ("少于80人", "少于60人")


def test_a_rule_whose_words_are_gone_is_the_one_that_does_not_load(found: PackDiff, tmp_path: Path) -> None:
    gone = {rule for rule, state in states(found).items() if state == "gone"}
    new = next_version(tmp_path / "new", *EDITS)
    assert gone == {rule for rule, _ in load_rulebook(new).disabled} == {"rd-expense-minimum", "director"}
    (rule,) = [r for r in found.rules if r.rule == "rd-expense-minimum"]
    assert "需人工判断" in rule.reason
    assert (rule.after, rule.new_provision) == ("", "")


def test_rules_in_sentences_that_stand_are_not_touched(found: PackDiff) -> None:
    assert not {"own-ip", "evaluation-cycle", "rd-level"} & states(found).keys()


def test_fields_follow_their_rules(found: PackDiff) -> None:
    fields = {f.field for f in found.fields}
    assert {"rd_staff_fixed", "rd_expense_annual"} <= fields
    assert "own_ip" not in fields


def test_a_term_that_left_the_text_is_named_and_one_that_became_its_own(found: PackDiff) -> None:
    terms = {(t.law, t.state) for t in found.terms}
    assert any(state == "gone" and "研发费用" in law for law, state in terms)


def test_questions_and_answers_that_rest_on_it_are_named(found: PackDiff) -> None:
    assert [c.id for c in found.cases] == ["a", "c"]
    assert found.cases[0].provisions == ["第七条第（四）项"]
    assert [a.id for a in found.answers] == ["one"]


def test_without_rules_of_its_own_the_old_ones_are_held_against_the_new_text(tmp_path: Path) -> None:
    bare = diff_packs(OLD, next_version(tmp_path / "new", *EDITS, keep=False))
    assert states(bare)["rd-expense-minimum"] == "gone"
    assert {r.by for r in bare.rules} == {"old"}


def test_a_rule_that_was_reviewed_counts_as_it_is_now(tmp_path: Path) -> None:
    new = next_version(tmp_path / "new", *EDITS)
    rules = (new.path / "rules.toml").read_text(encoding="utf-8")
    mended = rules.replace('quote = "年度研发费用总额{comparison}', 'quote = "上一年度研发经费支出{comparison}')
    (new.path / "rules.toml").write_text(mended, encoding="utf-8")
    (rule,) = [r for r in diff_packs(OLD, new).rules if r.rule == "rd-expense-minimum"]
    assert (rule.state, rule.by) == ("changed", "new")
    assert "至少1000 → 至少800" in rule.reason


def test_an_article_put_in_front_moves_the_rules_and_breaks_none(tmp_path: Path) -> None:
    text = OLD.regulation.text
    fourth = text[next(p.start for p in OLD.regulation.articles() if p.locator.article == 4) :][:30]
    new = next_version(tmp_path / "new", (fourth, "第四条 省创中心建设坚持自愿原则。\n" + fourth))
    found = diff_packs(OLD, new)
    assert "gone" not in states(found).values()


def test_a_pack_against_itself_touches_nothing() -> None:
    same = diff_packs(OLD, OLD)
    assert [*same.rules, *same.fields, *same.terms] == []
    assert any("完全相同" in notice for notice in same.notices)


@pytest.mark.parametrize("line", ["nonsense", "[]", '{"id": "a"}', '{"id": "a", "turns": ["?"], "gold": ["第七条"]}'])
def test_a_line_that_is_no_question_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text('{"id": "a", "turns": ["?"]}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="第2行"):
        diff_packs(OLD, OLD, [file])


def test_the_page_is_whole_and_nothing_in_it_acts(found: PackDiff) -> None:
    page = as_page(found)
    assert "<主任>" not in page
    assert "&lt;" in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")
    for sign in ("<del>－", "<ins>＋", "80人 → 60人", "停用，待核对", "要求变了", "没有变化的"):
        assert sign in page, sign
