"""Passages are provisions, word for word."""

from pathlib import Path

from pack_samples import LAW, write_pack

from assistant.config import PROJECT
from assistant.law.pack import load_pack
from assistant.retrieval.passages import make_passages

MEASURES = load_pack(PROJECT / "corpus" / "liaoning-mic")


def test_every_passage_is_the_canonical_text_inside_its_provision() -> None:
    for passage in make_passages(MEASURES):
        document = MEASURES.document(passage.document)
        assert document is not None
        provision = document.get(passage.locator)
        assert provision is not None
        assert document.text[passage.start : passage.end] == passage.text
        assert provision.start <= passage.start < passage.end <= provision.end


def test_ids_are_unique_and_the_same_each_time() -> None:
    ids = [p.id for p in make_passages(MEASURES)]
    assert len(set(ids)) == len(ids)
    assert ids == [p.id for p in make_passages(load_pack(MEASURES.path))]


def test_every_article_and_item_is_a_passage_and_no_chapter_is() -> None:
    found = {str(p.locator) for p in make_passages(MEASURES) if p.document == "measures"}
    assert {f"art_{n}" for n in range(1, 26)} <= found
    assert {f"art_7.item_{n}" for n in range(1, 7)} <= found
    assert not any(locator.startswith("ch_") for locator in found)


def test_an_item_carries_the_chapter_and_the_lead_above_it(tmp_path: Path) -> None:
    item = next(p for p in make_passages(write_pack(tmp_path)) if str(p.locator) == "art_2.item_1")
    assert item.heading == "申报条件 申报单位应具备下列条件："
    assert item.text == "人员不少于二十人；"


def test_a_very_long_provision_is_also_found_by_its_sentences() -> None:
    parts = [p for p in make_passages(MEASURES) if str(p.locator) == "art_7.item_3"]
    assert len(parts) > 2
    assert all(parts[0].start <= p.start and p.end <= parts[0].end for p in parts)
    assert all(p.text.endswith("。") for p in parts)


def test_words_after_the_items_are_a_passage_of_the_article(tmp_path: Path) -> None:
    text = LAW.replace("第三条", "不符合前款条件的，不予受理。\n第三条")
    found = [p.text for p in make_passages(write_pack(tmp_path, text))]
    assert any("不予受理" in words for words in found)


def test_summaries_are_passages_too() -> None:
    assert any(p.document == "related-policies" for p in make_passages(MEASURES))
