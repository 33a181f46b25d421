"""The drafts that a new pack begins with: verbatim, readable back, not loaded until reviewed, and then as they are."""

from pathlib import Path

import pytest

from assistant.config import PROJECT
from assistant.forms.form_schema import load_form
from assistant.forms.suggested_form import suggested_files
from assistant.law.new_pack import new_pack
from assistant.law.pack import Pack
from assistant.rules.rule_schema import Force, Stage
from assistant.rules.rulebook import load_rulebook
from assistant.rules.suggested import Suggestion, suggest_rules

LAW = """示范基地管理办法
第一条 为了规范示范基地，制定本办法。
第二条 申报示范基地应当具备下列条件：
（一）依法登记满三年；
（二）专职人员不少于30人，其中博士不少于5人；
（三）种植面积不少于100亩，或者年产量不低于200吨；
（四）原则上年度研发费用不低于1,000万元。
第三条 评审得分80分以上的予以公示，公示时间为5日。
第四条 对示范基地给予支持，总额最高50万元。
第五条 本办法自2025年5月1日起施行。
"""
SOURCES = sorted(
    [
        *(PROJECT / "eval" / "regulations").glob("*/source.txt"),
        *(PROJECT / "eval" / "routing").glob("*/source.txt"),
        *sorted((PROJECT / "eval" / "reader" / "data" / "regulations").glob("*/source.txt"))[::9],
    ]
)


def made(folder: Path, text: str | Path) -> Pack:
    source = folder / "law.txt"
    folder.mkdir(parents=True, exist_ok=True)
    source.write_text(text.read_text(encoding="utf-8") if isinstance(text, Path) else text, encoding="utf-8")
    return new_pack(source, folder / "pack", "", suggested_files)


def review(pack: Pack) -> None:
    """What a person does who finds everything right: takes the markers out."""
    for name in ("rules.toml", "form.toml"):
        file = pack.path / name
        text = file.read_text(encoding="utf-8")
        assert "draft = true\n" in text
        file.write_text(text.replace("draft = true\n", ""), encoding="utf-8")


@pytest.fixture(scope="module")
def suggested(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Suggestion]:
    pack = made(tmp_path_factory.mktemp("suggested"), LAW)
    return {s.entry.provision + s.words[-4:]: s for s in suggest_rules(pack.regulation)}


def test_every_threshold_is_found_with_its_words_unit_and_force(suggested: dict[str, Suggestion]) -> None:
    rows = [(s.entry.provision, s.words, s.entry.unit, s.entry.force, s.entry.stage) for s in suggested.values()]
    must, principle, none = Force.MUST, Force.PRINCIPLE, Force.NONE
    assert rows == [
        ("art_2.item_1", "依法登记满三年", "年", must, Stage.APPLICATION),
        ("art_2.item_2", "专职人员不少于30人", "人", must, Stage.APPLICATION),
        ("art_2.item_2", "其中博士不少于5人", "人", must, Stage.APPLICATION),
        ("art_2.item_3", "种植面积不少于100亩", "亩", must, Stage.APPLICATION),
        ("art_2.item_3", "或者年产量不低于200吨", "吨", must, Stage.APPLICATION),
        ("art_2.item_4", "原则上年度研发费用不低于1,000万元", "万元", principle, Stage.APPLICATION),
        ("art_3", "评审得分80分以上", "分", none, Stage.SELECTION),
        ("art_4", "总额最高50万元", "万元", none, Stage.OPERATION),
    ]


def test_of_alternatives_none_fails_by_itself(suggested: dict[str, Suggestion]) -> None:
    alternatives = [s.entry for s in suggested.values() if s.entry.provision == "art_2.item_3"]
    assert {e.failing.value for e in alternatives} == {"review"}


def test_drafts_are_not_loaded_until_they_are_reviewed(tmp_path: Path) -> None:
    pack = made(tmp_path, LAW)
    assert load_rulebook(pack).rules == ()
    assert load_form(pack) is None
    review(pack)
    book = load_rulebook(pack)
    readings = {r.entry.provision: r.reading.threshold for r in book.rules if r.reading}
    assert len(book.rules) == 8
    assert (readings["art_2.item_4"], readings["art_3"], readings["art_2.item_1"]) == (1000, 80, 3)


def test_one_rule_can_be_reviewed_before_the_others(tmp_path: Path) -> None:
    pack = made(tmp_path, LAW)
    file = pack.path / "rules.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("draft = true\n", "", 1), encoding="utf-8")
    assert [r.entry.provision for r in load_rulebook(pack).rules] == ["art_2.item_1"]


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.parent.name)
def test_what_is_suggested_loads_after_review_as_it_is(tmp_path: Path, source: Path) -> None:
    pack = made(tmp_path, source)
    suggestions = suggest_rules(pack.regulation)
    text = "".join(pack.regulation.text.split())
    assert all("".join(s.words.split()) in text for s in suggestions)
    if not suggestions:
        assert not (pack.path / "rules.toml").exists()
        return
    review(pack)
    book, form = load_rulebook(pack), load_form(pack)
    assert book.disabled == ()
    assert form is not None
    assert {r.field for r in book.rules} == {f.id for f in form.fields}
    assert [r.entry.provision for r in book.rules] == [str(r.provision) for r in book.rules]


def test_a_text_without_thresholds_gets_no_files(tmp_path: Path) -> None:
    pack = made(tmp_path, "示范办法\n第一条 为了规范示范，制定本办法。\n第二条 由市局负责解释。\n")
    assert {p.name for p in pack.path.iterdir()} == {"pack.toml", "source"}
