"""References as people write them are found, and nothing else is."""

import time

import pytest

from assistant.law.locator import Locator
from assistant.law.parser import parse_regulation
from assistant.law.references import find_references, parse_reference, resolve
from assistant.law.types import Authority, Document


def named(text: str) -> list[str]:
    return [str(r.locator) for r in find_references(text)]


@pytest.mark.parametrize(
    "text",
    [
        "第七条第（四）项",
        "第七条（四）",
        "第七条四项",
        "七条四项",
        "第7条第4项",
        "第７条（４）",
        "第 七 条 第 （ 四 ） 项",
        "第七条的第四项",
        "第七条里的（四）",
        "Art. 7(4)",
        "art 7.4",
        "Article 7, item 4",
        "ARTICLE 7 (4)",
        "art_7.item_4",
        "第七条，第4项",
        "第七条[四]",
    ],
)
def test_all_spellings_name_the_same_item(text: str) -> None:
    assert named(text) == ["art_7.item_4"]
    assert named(f"请问{text}怎么理解") == ["art_7.item_4"] or text.lower().startswith("art")


@pytest.mark.parametrize(
    ("text", "locators"),
    [
        ("第七条第一款第（四）项", ["art_7.par_1.item_4"]),
        ("第十条之一第（二）项", ["art_10-1.item_2"]),
        ("第七条第二款", ["art_7.par_2"]),
        ("第七条第（一）、（二）项和第八条", ["art_7.item_1", "art_7.item_2", "art_8"]),
        ("第七至九条", ["art_7", "art_8", "art_9"]),
        ("第七条至第九条", ["art_7", "art_8", "art_9"]),
        ("第三章第二节", ["ch_3.sec_2"]),
        ("第4章", ["ch_4"]),
        ("chapter 3", ["ch_3"]),
        ("附件2", ["annex_2"]),
        ("附件", ["annex_1"]),
        ("七条讲什么", ["art_7"]),
        ("第七条第（四）项第2目", ["art_7.item_4.sub_2"]),
        ("第七条第（三）项之二", ["art_7.item_3-2"]),
        ("Article 7(4)(2)", ["art_7.item_4.sub_2"]),
    ],
)
def test_longer_references_are_read(text: str, locators: list[str]) -> None:
    assert named(text) == locators


@pytest.mark.parametrize(
    "text",
    [
        "这三条都要满足吗",
        "需要3-5条意见",
        "第一条件是什么",
        "第三条例",
        "盖公章",
        "按照章程",
        "part 7",
        "第零条",
        "art. 0",
        "80人",
        "一百条建议",
    ],
)
def test_counts_and_other_words_are_no_references(text: str) -> None:
    assert named(text) == []


def test_places_are_those_of_the_reference() -> None:
    text = "请看第七条第（四）项和第八条。"
    assert [text[r.start : r.end] for r in find_references(text)] == ["第七条第（四）项", "第八条"]


def test_one_reference_is_wanted() -> None:
    assert parse_reference("第七条") == Locator.parse("art_7")
    for text in ("", "第七条和第八条"):
        with pytest.raises(ValueError, match="names"):
            parse_reference(text)


def test_a_reference_means_the_nearest_provision_there_is() -> None:
    text = "第一条 包括：\n（一）甲；\n（二）乙。\n第二条 甲：\n（一）甲；\n（二）乙。\n另一款。\n第三条 甲。"
    document = Document("d", "", Authority.REGULATION, text, parse_regulation(text).provisions)

    def meant(reference: str) -> str | None:
        found = resolve(document, parse_reference(reference))
        return str(found.locator) if found else None

    assert meant("第一条第（二）项") == "art_1.item_2"
    assert meant("第一条第二款") == "art_1.item_2"  # 款 for 项
    assert meant("第一条第一款第（二）项") == "art_1.item_2"
    assert meant("第二条第一款第（二）项") == "art_2.item_2"
    assert meant("第二条第二款") == "art_2.par_2"
    assert meant("第三条第一款") == "art_3"
    assert meant("第三条第二款") is None
    assert meant("第三条第（一）项") is None
    assert meant("第九条") is None


@pytest.mark.parametrize(
    "text",
    [
        "一" * 50_000,
        "第" * 50_000,
        "第一" + " " * 50_000,
        "七条" * 25_000,
        "第七条、（一）" * 8_000,
        "art " * 12_000,
        "一 " * 25_000,
    ],
)
def test_long_questions_take_no_minutes(text: str) -> None:
    begun = time.process_time()
    find_references(text)
    assert time.process_time() - begun < 5
