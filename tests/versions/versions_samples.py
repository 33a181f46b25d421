"""Small regulations and packs that the tests of versions share."""

import shutil
from pathlib import Path

from assistant.config import PROJECT
from assistant.law.pack import Pack, load_pack
from assistant.law.parser import parse_regulation
from assistant.law.types import Authority, Document

LIAONING = PROJECT / "corpus" / "liaoning-mic"
SOURCE = "source/liaoning-mic-measures.source.txt"
ARTICLES = (
    "为了规范示范基地的建设，制定本办法。",
    "申报示范基地应当具备下列条件：\n（一）有固定场地不少于2000平方米；\n（二）专职人员不少于80人；\n（三）近三年没有发生重大安全事故。",
    "市农业农村局负责示范基地的认定。示范基地每两年评估一次，评估不合格的撤销称号。",
    "示范基地应当在每年三月底前报送上一年度的运行报告。",
    "对示范基地给予最高50万元补助，补助资金分两次拨付。",
    "示范基地变更名称或者负责人的，应当在三十日内报市农业农村局备案。",
    "本办法自发布之日起施行。",
)
_NUMBERS = "一二三四五六七八九十"


def law(articles: tuple[str, ...] | list[str]) -> Document:
    """A regulation of these articles, numbered in order."""
    text = "示范基地管理办法\n" + "".join(f"第{_NUMBERS[n]}条 {words}\n" for n, words in enumerate(articles))
    parsed = parse_regulation(text)
    return Document("measures", parsed.title, Authority.REGULATION, text, parsed.provisions)


def next_version(folder: Path, *edits: tuple[str, str], version: str = "2026年版", keep: bool = True) -> Pack:
    """The project's pack as it may come into force, its text edited. Without `keep` it has no rules or form yet."""
    shutil.copytree(LIAONING, folder)
    source = folder / SOURCE
    text = source.read_text(encoding="utf-8").replace("（征求意见稿）", "")
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    source.write_text(text, encoding="utf-8")
    about = (folder / "pack.toml").read_text(encoding="utf-8")
    for old, new in (
        ("管理办法（征求意见稿）", "管理办法"),
        ('"draft_for_comment"', '"in_force"'),
        ('version = "征求意见稿"', f'version = "{version}"'),
        ('effective = ""', 'effective = "2026-03-01"'),
    ):
        assert old in about, old
        about = about.replace(old, new)
    (folder / "pack.toml").write_text(about, encoding="utf-8")
    if not keep:
        for name in ("rules.toml", "form.toml", "defects.toml"):
            (folder / name).unlink()
    return load_pack(folder)
