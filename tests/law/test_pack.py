"""A pack is read whole or refused with a sentence; what is odd in it is reported."""

from pathlib import Path

import pytest

from assistant.errors import PackError
from assistant.law.pack import load_pack
from assistant.law.types import Authority, LegalStatus

LAW = (
    "某某管理办法（征求意见稿）\n[bookmark: _X]第一条 申报单位应当具备条件：\n"
    "（一）研发人员不少于80人；\n（二）固定场所。\n第二条 施行。"
)
ABOUT = 'id = "some"\ntitle = "某某管理办法"\nstatus = "draft_for_comment"\n'
ENTRY = '[[documents]]\nid = "measures"\nfile = "source/law.txt"\nauthority = "regulation"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "source").mkdir()
    (tmp_path / "source/law.txt").write_text(LAW, encoding="utf-8")
    (tmp_path / "pack.toml").write_text(ABOUT + ENTRY, encoding="utf-8")
    return tmp_path


def test_a_pack_file_and_a_source_are_enough(folder: Path) -> None:
    pack = load_pack(folder)
    assert (pack.id, pack.about.status) == ("some", LegalStatus.DRAFT_FOR_COMMENT)
    assert pack.regulation.title == "某某管理办法（征求意见稿）"
    assert [str(p.locator) for p in pack.regulation.provisions] == ["art_1", "art_1.item_1", "art_1.item_2", "art_2"]
    assert pack.regulation.text == LAW.replace("[bookmark: _X]", "")
    assert "bookmark_marks" in {a.kind for a in pack.anomalies}
    assert pack.version == pack.sha256[:12]
    assert pack.document("measures") is pack.regulation
    assert pack.document("other") is None


def test_of_several_documents_the_one_that_is_odd_is_named(folder: Path) -> None:
    (folder / "source/other.txt").write_text("某摘要\n一、一段话。\n", encoding="utf-8")
    other = ENTRY.replace("measures", "other").replace("law.txt", "other.txt").replace("regulation", "summary")
    (folder / "pack.toml").write_text(ABOUT + ENTRY + other, encoding="utf-8")
    said = {a.kind: a.message for a in load_pack(folder).anomalies}
    assert said["bookmark_marks"].startswith("某某管理办法（征求意见稿）：")
    assert said["no_articles"].startswith("某摘要：")


def test_a_changed_source_is_reported_and_read(folder: Path) -> None:
    (folder / "pack.toml").write_text(ABOUT + ENTRY + f'sha256 = "{"0" * 64}"\n', encoding="utf-8")
    assert "source_hash" in {a.kind for a in load_pack(folder).anomalies}


def test_the_hash_of_a_pack_is_that_of_its_texts(folder: Path) -> None:
    before = load_pack(folder).sha256
    (folder / "source/law.txt").write_text(LAW.replace("\n", "\r\n"), encoding="utf-8", newline="")
    assert load_pack(folder).sha256 == before
    (folder / "source/law.txt").write_text(LAW.replace("80", "90"), encoding="utf-8")
    assert load_pack(folder).sha256 != before


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("id = ", "TOML"),
        (ABOUT, "documents"),
        ('id = "A B"\ntitle = "x"\n' + ENTRY, "id"),
        (ABOUT + "colour = 1\n" + ENTRY, "colour"),
        (ABOUT + ENTRY.replace("law.txt", "none.txt"), "找不到"),
        (ABOUT + ENTRY.replace("source/law.txt", "../x.txt"), "文件夹内"),
        (ABOUT + ENTRY.replace("regulation", "summary"), "regulation"),
    ],
)
def test_a_broken_pack_is_refused_with_a_sentence(folder: Path, content: str, word: str) -> None:
    (folder / "pack.toml").write_text(content, encoding="utf-8")
    with pytest.raises(PackError) as error:
        load_pack(folder)
    assert word in str(error.value)
    assert error.value.exit_code == 3


def test_a_folder_without_a_pack_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="找不到"):
        load_pack(tmp_path)


def test_the_pack_of_the_measures_is_whole() -> None:
    pack = load_pack(Path(__file__).parents[2] / "corpus/liaoning-mic")
    assert [(d.id, d.authority) for d in pack.documents] == [
        ("measures", Authority.REGULATION),
        ("related-policies", Authority.SUMMARY),
    ]
    assert not {"source_hash", "lexicon_term_gone"} & {a.kind for a in pack.anomalies}
    assert len(list(pack.regulation.articles())) == 25
