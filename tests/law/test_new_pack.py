"""A pack is made from another regulation's text, whole or not at all."""

from pathlib import Path

import pytest

from assistant.errors import MicError, UnreadableFileError, UsageError
from assistant.law.new_pack import new_pack, pack_id
from assistant.law.types import LegalStatus

INVENTED = Path(__file__).parents[2] / "eval/regulations"


@pytest.mark.parametrize(
    ("name", "title", "articles"),
    [
        ("sports-hall", "云澜市学校体育场馆向社会开放及补助办法（试行）", 20),
        ("skilled-workshop", "岭东省技能大师工作室认定管理办法", 21),
        (
            "cold-storage-notice",
            "青禾县农业农村局青禾县财政局关于做好2025年农产品产地冷藏保鲜设施建设补助申报工作的通知",
            0,
        ),
    ],
)
def test_other_regulations_become_packs(tmp_path: Path, name: str, title: str, articles: int) -> None:
    source = INVENTED / name / "source.txt"
    pack = new_pack(source, tmp_path / name)
    assert (pack.id, pack.about.title, pack.about.status) == (name, title, LegalStatus.UNKNOWN)
    assert len(list(pack.regulation.articles())) == articles
    assert (tmp_path / name / "source/source.txt").read_bytes() == source.read_bytes()
    assert [p.name for p in tmp_path.iterdir()] == [name], "something was left behind"


def test_a_draft_is_known_and_a_title_may_be_given(tmp_path: Path) -> None:
    source = tmp_path / "law.txt"
    source.write_text("某办法\n（征求意见稿）\n第一条 甲。", encoding="utf-8")
    pack = new_pack(source, tmp_path / "out", title="另一题目")
    assert (pack.about.title, pack.about.status) == ("另一题目", LegalStatus.DRAFT_FOR_COMMENT)


def test_a_name_in_any_script_becomes_an_id() -> None:
    assert pack_id("Sports Hall_2") == "sports-hall-2"
    assert pack_id("体育馆").startswith("pack-")
    assert pack_id("体育馆") != pack_id("游泳馆")


@pytest.mark.parametrize("content", [b"", b"  \r\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600])
def test_a_file_without_text_is_refused_and_leaves_nothing_behind(tmp_path: Path, content: bytes) -> None:
    source = tmp_path / "law.txt"
    source.write_bytes(content)
    with pytest.raises(UnreadableFileError):
        new_pack(source, tmp_path / "out")
    assert [p.name for p in tmp_path.iterdir()] == ["law.txt"]


def test_a_folder_that_holds_something_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="不为空"):
        new_pack(INVENTED / "sports-hall/source.txt", tmp_path / "out")
    assert (tmp_path / "out/mine.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("text", ["没有结构的一句话。", "某办法", "。", "第七条", "目录\n第一章 总则"])
def test_any_text_becomes_a_pack_or_a_sentence(tmp_path: Path, text: str) -> None:
    source = tmp_path / "law.txt"
    source.write_text(text, encoding="utf-8")
    try:
        pack = new_pack(source, tmp_path / "out")
    except MicError as error:
        pytest.fail(str(error))
    assert pack.regulation.provisions
