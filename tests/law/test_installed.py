"""Which version of a regulation is current: by what a person sets, by status and dates, and never by chance."""

from datetime import date
from pathlib import Path

import pytest

from assistant.config import Settings
from assistant.errors import PackError, UsageError
from assistant.law.installed import Installed, Standing, install, load_installed, standing_in_words, standing_of
from assistant.law.pack import Pack, load_pack

TODAY = date(2026, 11, 25)


def version(folder: Path, name: str, *, status: str = "unknown", title: str = "示范办法", **more: str | bool) -> Pack:
    folder = folder / name
    (folder / "source").mkdir(parents=True)
    (folder / "source" / "law.txt").write_text("第一条 场地不少于60平方米。\n", encoding="utf-8")
    lines = [f"{key} = {str(value).lower() if isinstance(value, bool) else repr(value)}" for key, value in more.items()]
    (folder / "pack.toml").write_text(
        f'id = "demo"\ntitle = "{title}"\nversion = "{name}"\nstatus = "{status}"\n'
        + "\n".join(lines)
        + '\n[[documents]]\nid = "measures"\nfile = "source/law.txt"\n',
        encoding="utf-8",
    )
    return load_pack(folder)


def current(*packs: Pack, today: date = TODAY) -> str:
    return install(packs).current("demo", today).version


def test_the_text_in_force_goes_before_a_draft_whichever_is_named_first(tmp_path: Path) -> None:
    draft = version(tmp_path, "征求意见稿", status="draft_for_comment", published="2026-10-01")
    final = version(tmp_path, "2026年版", status="in_force", effective="2026-03-01")
    assert current(draft, final) == current(final, draft) == "2026年版"


def test_of_several_in_force_the_latest_that_has_begun_is_current(tmp_path: Path) -> None:
    old = version(tmp_path, "旧", status="in_force", effective="2020")
    new = version(tmp_path, "新", status="in_force", effective="2026-12-01")
    assert current(old, new) == "旧"
    assert current(old, new, today=date(2026, 12, 1)) == "新"
    assert standing_of(new.about, TODAY) is Standing.COMING
    assert standing_in_words(new.about, TODAY) == "已发布、尚未施行，自2026年12月1日起施行"


def test_a_text_that_is_published_and_not_yet_in_force_goes_before_its_draft(tmp_path: Path) -> None:
    draft = version(tmp_path, "稿", status="draft_for_comment")
    coming = version(tmp_path, "版", status="in_force", effective="2027-01-01")
    assert current(coming, draft) == "版"


def test_what_is_repealed_goes_last_also_by_its_date(tmp_path: Path) -> None:
    old = version(tmp_path, "旧", status="in_force", effective="2026-01", repealed="2026-11-25")
    unknown = version(tmp_path, "另", status="unknown")
    assert current(old, unknown) == "另"
    assert current(old, unknown, today=date(2026, 11, 24)) == "旧"


def test_without_any_date_the_last_that_is_named_is_current(tmp_path: Path) -> None:
    one, two = version(tmp_path, "一"), version(tmp_path, "二")
    assert (current(one, two), current(two, one)) == ("二", "一")


def test_what_a_person_sets_wins(tmp_path: Path) -> None:
    draft = version(tmp_path, "稿", status="draft_for_comment", current=True)
    final = version(tmp_path, "版", status="in_force", effective="2026-03-01")
    assert current(draft, final) == "稿"


def test_two_that_are_set_are_refused(tmp_path: Path) -> None:
    packs = [version(tmp_path, name, current=True) for name in ("一", "二")]
    with pytest.raises(PackError, match="current = true"):
        install(packs)


def test_two_packs_of_one_version_are_refused_with_both_places(tmp_path: Path) -> None:
    one, two = version(tmp_path / "a", "稿"), version(tmp_path / "b", "稿")
    with pytest.raises(PackError) as refused:
        install([one, two])
    assert str(one.path) in str(refused.value)
    assert str(two.path) in str(refused.value)


def test_one_folder_named_twice_is_one_pack(tmp_path: Path) -> None:
    path = version(tmp_path, "稿").path
    assert len(load_installed(Settings(pack_dir=f"{path}:{path}/")).packs) == 1


@pytest.mark.parametrize("written", ["2026-13-01", "2026年3月", "2026-3-1", "2026-02-30"])
def test_a_date_that_is_none_is_one_sentence(tmp_path: Path, written: str) -> None:
    with pytest.raises(PackError, match="2026-03-01 的样子"):
        version(tmp_path, "稿", effective=written)


@pytest.fixture
def both(tmp_path: Path) -> Installed:
    draft = version(tmp_path, "征求意见稿", status="draft_for_comment", title="示范办法（征求意见稿）")
    return install([draft, version(tmp_path, "2026年版", status="in_force", effective="2026-03-01")])


def test_a_version_is_found_by_its_exact_name_only(both: Installed) -> None:
    found = both.find("demo", "征求意见稿")
    assert found is not None
    assert found.about.title == "示范办法（征求意见稿）"
    assert both.find("demo", "正式稿") is None
    assert both.find("other", "征求意见稿") is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("征求意见稿", "征求意见稿"),
        ("草案", "征求意见稿"),
        ("正式稿", "2026年版"),
        ("2026版", "2026年版"),
        ("现行版", "2026年版"),
        ("旧版", "征求意见稿"),
        ("最新版", "2026年版"),
    ],
)
def test_a_version_is_called_by_other_words(both: Installed, words: str, expected: str) -> None:
    assert [p.version for p in both.called(words, TODAY)] == [expected]


@pytest.mark.parametrize("words", ["1999年版", "", "征求意见稿第七条", "征求意见稿和正式稿"])
def test_what_names_no_version_is_refused_with_those_that_are_there(both: Installed, words: str) -> None:
    with pytest.raises(UsageError, match="“征求意见稿”"):
        both.called(words, TODAY)


def test_a_lone_version_is_called_by_its_own_name(tmp_path: Path) -> None:
    alone = install([version(tmp_path, "征求意见稿", status="draft_for_comment")])
    assert alone.called("征求意见稿", TODAY)
    with pytest.raises(UsageError):
        alone.called("正式稿", TODAY)
