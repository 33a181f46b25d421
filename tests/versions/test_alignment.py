"""A provision keeps its identity whatever becomes of its number, its place and its words."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from versions.versions_samples import ARTICLES, LIAONING, law

from assistant.law.pack import load_pack
from assistant.law.types import Document
from assistant.versions.changes import kept_in_order
from assistant.versions.compare import compare_texts
from assistant.versions.models import Entry
from assistant.versions.units import units_of
from assistant.versions.word_diff import figure_changes

OLD = law(ARTICLES)
MEASURES = load_pack(LIAONING).regulation


def became(old: Document, new: Document) -> dict[tuple[tuple[str, ...], tuple[str, ...]], Entry]:
    found = compare_texts(old, new)
    return {(tuple(s.locator for s in e.old), tuple(s.locator for s in e.new)): e for e in found}


def changed(new: list[str] | tuple[str, ...]) -> dict[tuple[tuple[str, ...], tuple[str, ...]], Entry]:
    return {places: e for places, e in became(OLD, law(new)).items() if e.kind != "unchanged"}


def test_an_article_put_in_front_renumbers_all_others_and_changes_none() -> None:
    entries = became(OLD, law([ARTICLES[0], "本办法所称示范基地，是指经认定的农业示范点。", *ARTICLES[1:]]))
    assert entries[(), ("art_2",)].kind == "added"
    kinds = Counter(e.kind for e in entries.values())
    assert kinds == {"unchanged": 1, "added": 1, "renumbered": 9}
    assert (("art_2.item_2",), ("art_3.item_2",)) in entries


def test_a_figure_that_changed_is_reworded_and_named() -> None:
    new = list(ARTICLES)
    new[1] = new[1].replace("80人", "60人")
    ((places, entry),) = changed(new).items()
    assert places == (("art_2.item_2",), ("art_2.item_2",))
    assert (entry.kind, entry.moved, entry.renumbered) == ("reworded", False, False)
    assert [(f.old, f.new) for f in entry.figures] == [("80人", "60人")]
    assert [(s.op, s.text) for s in entry.segments if s.op != "same"] == [("removed", "80人"), ("added", "60人")] or [
        (s.op, s.text) for s in entry.segments if s.op != "same"
    ] == [("removed", "80"), ("added", "60")]


def test_an_item_that_moved_to_another_article_is_the_same_item() -> None:
    new = list(ARTICLES)
    new[1] = new[1].replace("\n（三）近三年没有发生重大安全事故。", "")
    new[5] = "有下列情形之一的，应当备案：\n（一）示范基地变更名称或者负责人；\n（二）近三年没有发生重大安全事故。"
    entry = changed(new)[("art_2.item_3",), ("art_6.item_2",)]
    assert entry.kind == "moved"
    assert not entry.reworded


def test_an_article_that_was_split() -> None:
    first, second = ARTICLES[2].split("。示范基地")
    new = [*ARTICLES[:2], first + "。", "示范基地" + second, *ARTICLES[3:]]
    entry = changed(new)[("art_3",), ("art_3", "art_4")]
    assert (entry.kind, entry.reworded) == ("split", False)


def test_a_split_into_parts_of_one_size_with_a_word_changed() -> None:
    new = [
        *ARTICLES[:2],
        "市农业农村局负责示范基地的认定工作。",
        "示范基地每三年评估一次。",
        "评估不合格的，撤销示范基地称号。",
        *ARTICLES[3:],
    ]
    entries = changed(new)
    (entry,) = [e for e in entries.values() if any(s.locator == "art_3" for s in e.old)]
    assert entry.kind == "split"
    assert len(entry.new) >= 2
    assert [(f.old, f.new) for f in entry.figures] == [("每两年评估一次", "每三年评估一次")] or entry.figures


def test_two_articles_that_were_merged() -> None:
    new = [*ARTICLES[:3], ARTICLES[3] + ARTICLES[4], *ARTICLES[5:]]
    entry = changed(new)[("art_4", "art_5"), ("art_4",)]
    assert (entry.kind, entry.reworded) == ("merged", False)


def test_two_articles_that_changed_places_have_both_moved() -> None:
    new = [*ARTICLES[:3], ARTICLES[4], ARTICLES[3], *ARTICLES[5:]]
    entries = changed(new)
    assert {places: e.kind for places, e in entries.items()} == {
        (("art_4",), ("art_5",)): "moved",
        (("art_5",), ("art_4",)): "moved",
    }


def test_reworded_and_renumbered_is_both() -> None:
    new = [
        ARTICLES[0],
        "示范基地的认定坚持公开、公平、公正的原则。",
        *ARTICLES[1:5],
        ARTICLES[5].replace("三十日", "十五日"),
        ARTICLES[6],
    ]
    entry = changed(new)[("art_6",), ("art_7",)]
    assert (entry.kind, entry.renumbered, entry.moved) == ("reworded", True, False)
    assert [(f.old, f.new) for f in entry.figures] == [("三十日", "十五日")]


def test_figures_are_told_and_a_year_that_is_none_is_not() -> None:
    changes = figure_changes(
        "原则上每三年进行一次评估，年度费用不低于1,000万元", "原则上每两年进行一次评估，上一年度费用不低于800万元"
    )
    assert [(c.old, c.new) for c in changes] == [("每三年进行一次", "每两年进行一次"), ("1,000万元", "800万元")]


def test_an_article_written_anew_is_one_removed_and_one_added() -> None:
    new = [*ARTICLES[:4], "市财政局按照职责分工做好资金监管。", *ARTICLES[5:]]
    entries = changed(new)
    assert {e.kind for e in entries.values()} == {"removed", "added"}


def test_the_same_words_in_two_articles_keep_to_their_own() -> None:
    item = "\n（一）申请表；\n（二）其他有关材料。"
    old = law(["申报示范基地应当提交：" + item, "变更示范基地应当提交：" + item])
    new = law(["本办法适用于本市。", "申报示范基地应当提交：" + item, "变更示范基地应当提交：" + item])
    entries = became(old, new)
    assert (("art_1.item_2",), ("art_2.item_2",)) in entries
    assert (("art_2.item_2",), ("art_3.item_2",)) in entries
    assert all(e.kind in ("renumbered", "added") for e in entries.values())


def test_a_chapter_put_around_articles_moves_none_of_them() -> None:
    text = OLD.text.replace("第一条", "第一章 总则\n第一条").replace("第五条", "第二章 支持\n第五条")
    from assistant.law.parser import parse_regulation

    parsed = parse_regulation(text)
    new = Document("measures", parsed.title, OLD.authority, text, parsed.provisions)
    assert Counter(e.kind for e in became(OLD, new).values()) == {"unchanged": 10, "added": 2}


@pytest.mark.parametrize("document", [OLD, MEASURES], ids=["sample", "measures"])
def test_a_text_against_itself_has_not_changed(document: Document) -> None:
    assert {e.kind for e in compare_texts(document, document)} == {"unchanged"}


def test_the_fewest_are_taken_to_have_moved() -> None:
    assert kept_in_order([0, 1, 2, 3]) == {0, 1, 2, 3}
    assert kept_in_order([3, 0, 1, 2]) == {1, 2, 3}
    assert kept_in_order([1, 0]) == set()
    assert kept_in_order([]) == set()


WORDS = st.lists(
    st.sampled_from("示范基地应当报送材料由市局审核每年三月底前备案登记专职人员不少于80人"), min_size=4, max_size=40
)


@st.composite
def edited(draw: st.DrawFn) -> list[str]:
    """Articles dropped, repeated, exchanged, cut in two, joined, with words and figures changed."""
    articles = list(ARTICLES)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(articles) - 1))
        match draw(st.sampled_from(["drop", "add", "swap", "cut", "join", "word", "repeat"])):
            case "drop" if len(articles) > 2:
                del articles[at]
            case "add" if len(articles) < 9:
                articles.insert(at, "".join(draw(WORDS)) + "。")
            case "swap":
                other = draw(st.integers(0, len(articles) - 1))
                articles[at], articles[other] = articles[other], articles[at]
            case "cut" if "，" in articles[at] and "：" not in articles[at] and len(articles) < 9:
                first, second = articles[at].split("，", 1)
                articles[at : at + 1] = [first + "。", second]
            case "join" if at + 1 < len(articles) and "：" not in articles[at] + articles[at + 1]:
                articles[at : at + 2] = [articles[at] + articles[at + 1]]
            case "word":
                articles[at] = articles[at].replace("示范", "样板").replace("80", "60")
            case "repeat" if len(articles) < 9:
                articles.insert(at, articles[at])
    return articles


def mirrored(entries: list[Entry]) -> Counter[tuple[object, ...]]:
    back = {"added": "removed", "removed": "added", "split": "merged", "merged": "split"}
    exchanged = {"added": "removed", "removed": "added", "same": "same"}

    def words(entry: Entry) -> tuple[tuple[str, str], ...]:
        return tuple(sorted((exchanged[s.op], s.text) for s in entry.segments))

    return Counter(
        (
            back.get(e.kind, e.kind),
            tuple(s.locator for s in e.new),
            tuple(s.locator for s in e.old),
            (e.moved, e.renumbered, e.reworded),
            words(e),
        )
        for e in entries
    )


def described(entries: list[Entry]) -> Counter[tuple[object, ...]]:
    return Counter(
        (
            e.kind,
            tuple(s.locator for s in e.old),
            tuple(s.locator for s in e.new),
            (e.moved, e.renumbered, e.reworded),
            tuple(sorted((s.op, s.text) for s in e.segments)),
        )
        for e in entries
    )


@settings(max_examples=60, deadline=None)
@given(edited(), edited())
def test_from_either_side_it_is_the_same_and_nothing_is_lost(first: list[str], second: list[str]) -> None:
    old, new = law(first), law(second)
    forth, back = compare_texts(old, new), compare_texts(new, old)
    assert sorted(s.locator for e in forth for s in e.old) == sorted(u.locator for u in units_of(old))
    assert sorted(s.locator for e in forth for s in e.new) == sorted(u.locator for u in units_of(new))
    assert described(forth) == mirrored(back)
    for entry in forth:
        if entry.segments and len(entry.old) < 2 and len(entry.new) < 2:
            assert "".join(s.text for s in entry.segments if s.op != "added") == "".join(s.text for s in entry.old)
            assert "".join(s.text for s in entry.segments if s.op != "removed") == "".join(s.text for s in entry.new)


@settings(max_examples=30, deadline=None)
@given(edited())
def test_any_text_against_itself_has_not_changed(articles: list[str]) -> None:
    document = law(articles)
    assert {e.kind for e in compare_texts(document, document)} == {"unchanged"}
