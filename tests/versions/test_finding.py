"""A permalink finds the very text it was made for, or nothing."""

from pathlib import Path

from versions.versions_samples import LIAONING, next_version

from assistant.law.pack import load_pack
from assistant.versions.installed import find, find_provision


def test_old_and_new_words_are_both_found_at_their_own_version(tmp_path: Path) -> None:
    packs = [next_version(tmp_path / "new", ("不少于80人", "不少于60人")), load_pack(LIAONING)]
    for version, words in (("征求意见稿", "80人"), ("2026年版", "60人")):
        found = find_provision(packs, "liaoning-mic", version, "measures", "art_7.item_4")
        assert found is not None
        assert words in found[2].text
    assert find(packs, "liaoning-mic", "正式稿") is None
    for pack, version, document, locator in (
        ("other", "2026年版", "measures", "art_7"),
        ("liaoning-mic", "2026年版", "other", "art_7"),
        ("liaoning-mic", "2026年版", "measures", "第七条"),
        ("liaoning-mic", "2026年版", "measures", "art_99"),
    ):
        assert find_provision(packs, pack, version, document, locator) is None
