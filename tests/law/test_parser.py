"""What the parser makes of the things that real regulation texts contain."""

import time
from pathlib import Path

import pytest

from assistant.law.canonical import canonical_text
from assistant.law.locator import Kind
from assistant.law.numerals import format_numeral
from assistant.law.parser import parse_regulation

INVENTED = Path(__file__).parents[2] / "eval/regulations"


def places(text: str) -> list[str]:
    return [str(p.locator) for p in parse_regulation(text).provisions]


def odd(text: str) -> set[str]:
    return {a.kind for a in parse_regulation(text).anomalies}


@pytest.mark.parametrize(
    "sentence",
    [
        "依照本办法\n第七条、第八条的规定办理。",
        "第七条、第八条的规定同样适用。",
        "第二条第二款规定的情形除外。",
        "第二条规定的条件应当满足。",
        "第二条所称单位，包括联合体。",
        "第二条的申报单位。",
        "第二条（一）、（二）项除外。",
        "应当符合\n第二条 规定。",
        "违反第一条、\n第二条 的，不予受理。",
        "第二条至第四条适用于企业。",
        "参照第二条办理。",
    ],
)
def test_a_reference_is_no_heading(sentence: str) -> None:
    articles = [p for p in places(f"某办法\n第一条 甲。\n{sentence}\n第二条 乙。\n第三条 丙。") if "." not in p]
    assert articles == ["art_1", "art_2", "art_3"]


@pytest.mark.parametrize(
    "heading",
    [
        "第二条 ",
        "第二条",
        "第二条：",
        "第二条、",
        "第二条．",
        "第二条【目的】",
        "【第二条】",
        "第 二 条 ",
        "第2条 ",
        "第２条",
        "**第二条** ",
        "第二条\n",
        "第\u200b二\u00a0条\u3000",
        "[bookmark_7]第二条 ",
        "\u3000\u3000第二条\t",
        "_Toc99第二条 ",
    ],
)
def test_headings_are_known_in_every_dress(heading: str) -> None:
    parse = parse_regulation(f"第一条 甲。\n{heading}项目申报单位应当提交材料。\n第三条 丙。")
    assert [str(p.locator) for p in parse.provisions] == ["art_1", "art_2", "art_3"]
    assert parse.provisions[1].text.endswith("项目申报单位应当提交材料。")


def test_leftovers_before_a_heading_are_reported() -> None:
    assert "leftover_before_heading" in odd("第一条 甲。\n[Hlk1]第二条 乙。")


def test_missing_and_repeated_numbers_are_kept_and_reported() -> None:
    text = "第一条 甲。\n第二条 乙。\n第二条 乙二。\n第四条 丁。\n第三条 丙。"
    assert places(text) == ["art_1", "art_2", "art_2-2", "art_4", "art_3"]
    assert odd(text) == {"article_repeated", "article_gap"}


def test_branches_follow_their_article() -> None:
    assert places("第十条 甲。\n第十条之一 乙。\n第十条之二　丙。\n第十一条 丁。") == [
        "art_10",
        "art_10-1",
        "art_10-2",
        "art_11",
    ]


def test_a_heading_inside_a_line_begins_an_article_and_is_reported() -> None:
    text = "第一条 甲。第二条 乙，依照第三条办理。第三条丙。"
    assert places(text) == ["art_1", "art_2", "art_3"]
    assert "heading_inside_line" in odd(text)


def test_chapters_and_sections_hold_their_articles_and_have_titles() -> None:
    text = "第一章 总 则\n第一节 目的\n第一条 甲。\n第2章\n申报条件\n第二条 乙。\n第三章　附则第三条 丙。"
    parse = parse_regulation(text)
    found = {str(p.locator): p for p in parse.provisions}
    assert list(found) == ["ch_1", "ch_1.sec_1", "art_1", "ch_2", "art_2", "ch_3", "art_3"]
    assert [found[c].heading for c in ("ch_1", "ch_2", "ch_3")] == ["总则", "申报条件", "附则"]
    assert [str(x) for x in found["art_1"].path] == ["ch_1", "ch_1.sec_1"]
    assert "chapter_numeral" in {a.kind for a in parse.anomalies}


def test_a_reference_to_a_chapter_is_no_chapter() -> None:
    assert (
        places("第一章 总则\n第一条 甲。\n第二章规定的条件，应当满足。\n依照\n第二章\n第二条 乙。").count("ch_2") == 0
    )


def test_parts_are_told_from_chapters() -> None:
    text = "第一编 总则\n第一章 甲\n第一条 甲。\n第二编 分则\n第一章 乙\n第二条 乙。"
    assert places(text) == ["part_1", "part_1.ch_1", "art_1", "part_2", "part_2.ch_1", "art_2"]


def test_a_missing_first_chapter_and_a_gap_are_reported() -> None:
    assert odd("第一条 甲。\n第二章 乙\n第二条 乙。\n第四章 丙\n第三条 丙。") == {
        "articles_before_first_chapter",
        "chapter_gap",
    }


@pytest.mark.parametrize(
    "contents",
    [
        "目录\n第一章 总则\n第二章 申报\n",
        "目  录\n第一章 总则......1\n第二章 申报......3\n附件......9\n",
        "【目录】\n第一章 总则\n第一条 目的\n第二章 申报\n第二条 范围\n",
        "第一章 总则\n第二章 申报\n第三章 附则\n",
    ],
)
def test_a_table_of_contents_is_no_law(contents: str) -> None:
    text = f"某某办法\n{contents}第一章 总则\n第一条 目的\n甲乙。\n第二章 申报\n第二条 范围\n丙丁。"
    assert places(text) == ["ch_1", "art_1", "ch_2", "art_2"]
    assert "table_of_contents" in odd(text)


def test_signature_date_and_annexes_belong_to_no_article() -> None:
    text = (
        "第一条 甲。\n第二条 施行。\n某某厅\n2024年1月1日\n（此件公开发布）\n附件1\n申请表\n附件2：承诺书\n（一）承诺。"
    )
    assert places(text) == ["art_1", "art_2", "end_1", "end_2", "end_3", "annex_1", "annex_2", "annex_2.item_1"]


def test_a_list_of_annexes_is_not_the_annexes() -> None:
    text = "第一条 甲。\n附件：1.申请表\n　　　2.承诺书\n某某厅\n2024年1月1日\n附件1\n申请表内容\n附件2\n承诺书内容"
    parse = parse_regulation(text)
    assert {str(p.locator): p.text for p in parse.provisions}["annex_1"] == "附件1\n申请表内容"


def test_a_line_that_speaks_of_an_annex_ends_no_regulation() -> None:
    text = "第一条 甲。\n附件所列材料应当齐全；\n附件：见官网\n第二条 乙。"
    assert [p for p in places(text) if "par" not in p] == ["art_1", "art_2"]


def test_a_reference_wrapped_onto_a_line_of_its_own_is_no_heading_though_the_number_comes_next() -> None:
    text = "第一条 条件适用\n第二条 有关安排。\n第二条 乙。\n第三条 丙。"
    parse = parse_regulation(text)
    assert [str(p.locator) for p in parse.provisions] == ["art_1", "art_2", "art_3"]
    assert parse.provisions[1].text == "第二条 乙。"


def test_lines_after_the_last_section_of_a_notice_stay_in_it() -> None:
    text = "某通知\n一、甲。\n二、其他。\n（一）乙。\n联系人：张三。\n地址：沈阳。"
    parse = parse_regulation(text)
    assert [str(p.locator) for p in parse.provisions] == ["sec_1", "sec_2", "sec_2.item_1"]
    assert parse.provisions[1].text.endswith("沈阳。")


def test_what_stands_around_the_title_becomes_the_preamble() -> None:
    parse = parse_regulation("辽工信〔2024〕3号\n2024年3月5日\n某某省\n某某管理办法\n（试行）\n各市：\n第一条 甲。")
    assert parse.title == "某某省某某管理办法（试行）"
    assert [str(p.locator) for p in parse.provisions] == ["pre_1", "pre_2", "pre_3", "art_1"]


def test_the_title_is_that_of_the_rules_and_not_of_the_notice_before_them() -> None:
    parse = parse_regulation("关于印发某办法的通知\n现印发给你们。\n某厅\n某某管理办法\n第一条 甲。")
    assert parse.title == "某某管理办法"


def test_a_notice_is_parsed_by_its_sections() -> None:
    text = (INVENTED / "cold-storage-notice/source.txt").read_text(encoding="utf-8")
    parse = parse_regulation(canonical_text(text)[0])
    found = {str(p.locator): p for p in parse.provisions}
    assert [p for p in found if p.count(".") == 0 and p.startswith("sec")] == [f"sec_{n}" for n in range(1, 13)]
    assert found["sec_2.item_3.sub_3"].text == "3.与不少于30户农户签订收购协议。"
    assert found["sec_5.item_1"].text.startswith("（一）项目用地")
    assert found["sec_7"].text.endswith("统一报送。")
    assert found["annex_1"].text.startswith("附件：")
    assert found["end_2"].text == "2025年4月16日"
    assert parse.title.endswith("关于做好2025年农产品产地冷藏保鲜设施建设补助申报工作的通知")
    assert {a.kind for a in parse.anomalies} == {"no_articles"}


def test_arabic_articles_glued_to_their_text_are_parsed_with_their_sections() -> None:
    text = (INVENTED / "skilled-workshop/source.txt").read_text(encoding="utf-8")
    found = {str(p.locator): p for p in parse_regulation(canonical_text(text)[0]).provisions}
    assert [p for p in found if p.startswith("art") and "." not in p] == [f"art_{n}" for n in range(1, 22)]
    assert found["art_4.item_3.sub_2"].text.startswith("(2)获得")
    assert found["art_4.par_2"].text.startswith("获得中华技能大奖")
    assert str(found["art_18"].path[-1]) == "ch_4.sec_2"


def test_branches_paragraphs_and_an_annex_are_parsed() -> None:
    text = (INVENTED / "sports-hall/source.txt").read_text(encoding="utf-8")
    found = {str(p.locator): p for p in parse_regulation(canonical_text(text)[0]).provisions}
    assert [p for p in found if p.startswith("art_5")][-3:] == ["art_5-1", "art_5-1.par_1", "art_5-1.par_2"]
    assert found["art_12.par_2"].text.startswith("第六条第二款规定的临时停止开放")
    assert found["annex_1.item_6"].text.startswith("6.开放游泳馆的")


def test_chapters_without_articles_hold_paragraphs_and_items() -> None:
    assert places("某规划\n第一章 背景\n甲。\n乙。\n第二章 目标\n一、丙。\n二、丁。") == [
        "ch_1",
        "ch_1.par_1",
        "ch_1.par_2",
        "ch_2",
        "ch_2.item_1",
        "ch_2.item_2",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", []), (" \n\u3000\u200b\n", []), ("甲。\n乙。", ["par_1", "par_2"]), ("某办法", ["par_1"])],
)
def test_texts_without_structure_become_paragraphs(text: str, expected: list[str]) -> None:
    assert places(text) == expected


def _long() -> str:
    return "\n".join(
        f"第{format_numeral(n)}条 申报单位应当具备下列条件：\n（一）具有法人资格；\n"
        f"（二）依照第{format_numeral(n)}条办理；\n1.甲。\n2.乙。\n补充一款。"
        for n in range(1, 3000)
    )


@pytest.mark.parametrize(
    "text",
    [
        _long(),
        _long().replace("\n", ""),
        "没有标点的一行\n" * 40_000,
        "第七条、" * 150_000,
        "（" * 500_000,
        "一" * 500_000,
        "第" + " " * 500_000,
        "一、甲\n" + "乙。\n" * 40_000,
        "第一条 甲：\n（一）乙；\n" + "丙。\n" * 40_000,
        "[a]" * 200_000,
    ],
    ids=[
        "articles",
        "one line",
        "unmarked",
        "references",
        "brackets",
        "numerals",
        "blanks",
        "section",
        "item",
        "leftovers",
    ],
)
def test_long_texts_take_seconds(text: str) -> None:
    begun = time.process_time()
    parse_regulation(text)
    assert time.process_time() - begun < 12  # about 1; quadratic behaviour takes minutes


def test_all_of_a_long_text_comes_out() -> None:
    parse = parse_regulation(_long())
    assert sum(1 for p in parse.provisions if p.kind is Kind.ARTICLE) == 2999
    assert not parse.anomalies
