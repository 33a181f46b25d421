"""The inside of an article: paragraphs, items, subitems."""

import pytest

from assistant.law.parser import parse_regulation


def inside(body: str) -> dict[str, str]:
    provisions = parse_regulation("第一条 " + body).provisions
    return {str(p.locator).removeprefix("art_1."): p.text for p in provisions[1:]}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("（一）", "（二）"),
        ("(一)", "(二)"),
        ("（ 一 ）", "（\u3000二\u3000）"),
        ("1.", "2."),
        ("1、", "2、"),
        ("１．", "２．"),
        ("（1）", "（2）"),
        ("1)", "2)"),
        ("①", "②"),
        ("⑴", "⑵"),
        ("㈠", "㈡"),
        ("一、", "二、"),
        ("（一)", "(二）"),
    ],
)
def test_items_are_known_however_they_are_numbered(first: str, second: str) -> None:
    found = inside(f"包括：\n{first}甲；\n\u3000{second}乙。")
    assert found == {"item_1": f"{first}甲；", "item_2": f"{second}乙。"}


@pytest.mark.parametrize("words", ["项目好", "目标清", "条件成熟", "至少一项", "到期未还", "和谐稳定", "款项到位"])
def test_an_item_may_begin_with_a_word_that_looks_like_a_reference(words: str) -> None:
    assert inside(f"包括：\n（一）{words}；\n（二）{words}。") == {
        "item_1": f"（一）{words}；",
        "item_2": f"（二）{words}。",
    }


def test_items_of_items_are_subitems_and_what_is_deeper_stays_with_them() -> None:
    found = inside("包括：\n（一）甲：\n1.子一；\n2.子二：\n（1）孙；\n（二）乙。")
    assert list(found) == ["item_1", "item_1.sub_1", "item_1.sub_2", "item_2"]
    assert found["item_1.sub_2"] == "2.子二：\n（1）孙；"


def test_an_unnumbered_line_between_items_belongs_to_the_item_above() -> None:
    found = inside("包括：\n（一）甲。\n甲的说明。\n（二）乙。")
    assert found == {"item_1": "（一）甲。\n甲的说明。", "item_2": "（二）乙。"}


def test_an_unnumbered_line_after_subitems_belongs_to_their_item() -> None:
    found = inside("包括：\n（一）甲：\n1.子。\n2.丑。\n甲的说明。\n（二）乙。")
    assert found["item_1"].endswith("甲的说明。")
    assert found["item_1.sub_2"] == "2.丑。"


def test_an_unnumbered_line_after_the_last_item_is_a_paragraph() -> None:
    found = inside("包括：\n（一）甲；\n（二）乙。\n前款另有规定的除外。")
    assert list(found) == ["par_1", "item_1", "item_2", "par_2"]
    assert found["par_2"] == "前款另有规定的除外。"


def test_numbers_that_begin_anew_are_told_apart_by_the_paragraph() -> None:
    found = inside("甲包括：\n（一）甲；\n（二）乙。\n乙包括：\n（一）丙；\n（二）丁。")
    assert [k for k in found if "item" in k] == [
        "par_1.item_1",
        "par_1.item_2",
        "par_2.item_1",
        "par_2.item_2",
    ]


def test_a_repeated_number_hides_nothing_and_is_reported() -> None:
    assert list(inside("包括：\n（一）甲；\n（二）乙；\n（二）丙。")) == ["item_1", "item_2", "item_2-2"]
    anomalies = parse_regulation("第一条 包括：\n（一）甲；\n（三）乙。").anomalies
    assert [a.kind for a in anomalies] == ["enumeration_gap"]


def test_items_in_one_line_are_told_apart() -> None:
    assert list(inside("包括：（一）甲；（二）乙，符合（一）、（二）项的；（三）丙。")) == [
        "item_1",
        "item_2",
        "item_3",
    ]
    assert list(inside("包括：1.甲；2.乙1.5亿元；3.丙。")) == ["item_1", "item_2", "item_3"]


@pytest.mark.parametrize(
    "body",
    [
        "符合本条第\n（一）项规定的。",
        "金额为\n1.5亿元。",
        "设一、二、三等奖。",
        "见图（1）和表（2）。",
        "（以下简称“中心”）甲。",
        "2025.4.16前。",
    ],
)
def test_numbers_inside_sentences_are_no_items(body: str) -> None:
    assert inside(body) == {}


def test_a_number_may_stand_before_digits_once_its_list_has_begun() -> None:
    assert list(inside("包括：\n1.甲；\n2.10名以上专家；\n3.2024年以来的材料。")) == ["item_1", "item_2", "item_3"]


def test_a_number_at_a_wrap_is_no_item_though_it_looks_like_one() -> None:
    assert inside("奖励分为\n三、四等奖的份额。") == {}


def test_hard_wrapped_lines_stay_in_their_paragraph_even_after_a_full_stop() -> None:
    sentence = "省创中心聚焦制造业重点领域开展关键共性技术研发供给和转移扩散工作"
    lines = [sentence[:30]] * 12
    lines[3] = lines[3][:29] + "。"
    assert inside("\n".join([*lines, "完。", "第二款。"])).keys() == {"par_1", "par_2"}
