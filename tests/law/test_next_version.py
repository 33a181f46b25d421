"""A pack for another version of a regulation: the new text, with all that is known about the old one."""

from pathlib import Path

import pytest

from assistant.config import PROJECT
from assistant.errors import PackError, UsageError
from assistant.law.installed import install
from assistant.law.new_pack import next_version
from assistant.law.pack import Pack, load_pack

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
