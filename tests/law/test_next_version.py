"""A pack for another version of a regulation: the new text, with all that is known about the old one."""

from pathlib import Path

import pytest

from assistant.config import PROJECT
from assistant.errors import PackError, UsageError
from assistant.forms.form_schema import load_form
from assistant.law.installed import install
from assistant.law.new_pack import next_version
from assistant.law.pack import Pack, load_pack
from assistant.rules.rulebook import load_rulebook
from assistant.versions.pack_diff import diff_packs
from assistant.versions.renumber import renumbered_files

OLD = load_pack(PROJECT / "corpus" / "liaoning-mic")
ABOUT = {"version": "2026年版", "status": "in_force", "effective": "2026-03-01"}


@pytest.fixture
def final(tmp_path: Path) -> Path:
    file = tmp_path / "final.txt"
    text = OLD.regulation.text.replace("（征求意见稿）", "").replace("不少于80人", "不少于60人")
    file.write_text(text, encoding="utf-8")
    return file


def made(final: Path, out: Path, about: dict[str, str]) -> Pack:
    return next_version(final, out, OLD, about)


def test_it_is_another_version_of_the_same_regulation(final: Path, tmp_path: Path) -> None:
    new = made(final, tmp_path / "new", ABOUT)
    assert (new.id, new.version, new.about.effective) == (OLD.id, "2026年版", "2026-03-01")
    assert "征求意见稿" not in new.about.title
    assert new.about.scope == OLD.about.scope
    assert "60人" in new.regulation.text
    assert {p.name for p in new.path.glob("*.toml")} >= {"rules.toml", "form.toml", "lexicon.toml"}
    assert [d.id for d in new.documents] == [d.id for d in OLD.documents]
    assert not [a for a in new.anomalies if a.kind == "source_hash"]
    assert len(install([OLD, new]).packs) == 2


@pytest.mark.parametrize("version", ["", "征求意见稿"])
def test_it_needs_a_name_of_its_own(final: Path, tmp_path: Path, version: str) -> None:
    with pytest.raises(UsageError, match="--version"):
        made(final, tmp_path / "new", ABOUT | {"version": version})
    assert not (tmp_path / "new").exists()


def test_a_wrong_date_leaves_nothing_behind(final: Path, tmp_path: Path) -> None:
    with pytest.raises(PackError, match="2026-03-01 的样子"):
        made(final, tmp_path / "new", ABOUT | {"effective": "三月一日"})
    assert not (tmp_path / "new").exists()


def test_rules_and_form_follow_their_provisions_to_new_numbers(tmp_path: Path) -> None:
    file = tmp_path / "final.txt"
    text = OLD.regulation.text.replace("（征求意见稿）", "")
    numbers = "一二三四五六七八九十"
    for n in range(10, 6, -1):  # an article in front of the seventh; those behind it move on by one
        text = text.replace(f"第{numbers[n - 1]}条", f"第{'十一' if n == 10 else numbers[n]}条", 1)
    text = text.replace("第八条", "第七条 省创中心建设坚持自愿原则。\n第八条", 1)
    file.write_text(text, encoding="utf-8")
    new = next_version(file, tmp_path / "new", OLD, ABOUT, lambda made: renumbered_files(OLD, made))
    rules = {rule.id: rule for rule in load_rulebook(new).rules}
    staff = rules["rd-staff-minimum"]
    assert (staff.entry.provision, str(staff.provision), staff.disabled) == ("art_8.item_4", "art_8.item_4", "")
    form = load_form(new)
    assert form is not None
    assert form.by_id["rd_staff_fixed"].provision == "art_8.item_4"
    assert "moved" not in {rule.state for rule in diff_packs(OLD, new).rules}
