"""What of a PDF is its text, and how printed lines become paragraphs again."""

import pytest
from pdf_samples import LEFT, SIZE, PdfPage, page_of, pdf_bytes, wrapped

from assistant.errors import UnreadableFileError
from assistant.files import pdf_text as module
from assistant.files.pdf_text import pdf_text

FIRST = (
    "第一条 为扎实推动科技创新和产业创新深度融合，加快发展新质生产力，深入推进新型工业化，"
    "建好管好用好省级制造业创新中心，制定本办法。"
)
SECOND = (
    "第二条 省创中心属于省级科技创新平台基地，是辽宁省创新体系的重要组成部分，"
    "由省工业和信息化厅按程序批复设立，聚焦制造业重点领域，由企业、高校或科研院所牵头创建。"
)


def lines(*pages: PdfPage) -> list[str]:
    return pdf_text(pdf_bytes(list(pages))).splitlines()


def test_wrapped_lines_are_one_paragraph_each() -> None:
    assert lines(page_of(wrapped(FIRST) + wrapped(SECOND))) == [FIRST, SECOND]


def test_short_lines_stay_alone() -> None:
    title = [(8, "管理办法"), (7, "（征求意见稿）"), (9, "第一章 总则")]
    assert lines(page_of(title + wrapped(FIRST))) == [*(text for _, text in title), FIRST]


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_a_paragraph_goes_on_over_a_page_break(cut: int) -> None:
    printed = wrapped(FIRST) + wrapped(SECOND)
    at = len(wrapped(FIRST)) + cut
    assert lines(page_of(printed[:at]), page_of(printed[at:])) == [FIRST, SECOND]


@pytest.mark.parametrize("shape", ["— {} —", "- {} -", "—{}—", "第{}页", "第 {} 页 共 3 页", "{}/3", "{}"])
def test_page_numbers_are_dropped_also_inside_a_paragraph(shape: str) -> None:
    printed = wrapped(FIRST) + wrapped(SECOND)
    at = len(wrapped(FIRST)) + 1
    pages = [page_of(printed[:at]), page_of(printed[at:])]
    for number, page in enumerate(pages, start=1):
        page.lines.append((280, 790, shape.format(number), 12))
    assert lines(*pages) == [FIRST, SECOND]


def test_repeated_headers_and_footers_are_dropped_and_single_ones_kept() -> None:
    pages = [page_of(wrapped(FIRST)), page_of(wrapped(SECOND)), page_of([(0, "附件")])]
    for page in pages:
        page.lines.insert(0, (200, 40, "辽宁省制造业创新中心管理办法", 10))
        page.lines.append((200, 800, "内部资料", 10))
    pages[0].lines.insert(0, (LEFT, 20, "征求意见稿", 10))
    assert lines(*pages) == ["征求意见稿", FIRST, SECOND, "附件"]


def test_a_lone_number_in_the_body_stays() -> None:
    assert lines(page_of([(0, "甲"), (0, "80"), (0, "乙")])) == ["甲", "80", "乙"]


@pytest.mark.parametrize(
    "unit",
    [
        "第二条 乙",
        "第二章 职责",
        "第三节 认定",
        "（二）乙",
        "(2) 乙",
        "二、乙",
        "2.乙",
        "2．乙",
        "②乙",
        "附件1",
    ],
)
def test_a_new_unit_is_never_joined_to_a_full_line(unit: str) -> None:
    full = "甲" * 27
    assert lines(page_of([(0, full), (0, unit)])) == [full, unit]


@pytest.mark.parametrize("rest", ["第七条规定的条件。", "（四）项的条件。", "第三条、第四条办理。", "2.5万元的条件。"])
def test_a_reference_at_the_start_of_a_wrapped_line_begins_nothing(rest: str) -> None:
    full = "甲" * 25
    assert lines(page_of([(2, full), (0, rest)])) == [full + rest]


def test_a_full_last_line_of_a_sentence_ends_its_paragraph_where_paragraphs_are_not_indented() -> None:
    ended, going_on = "甲" * 26 + "。", "乙" * 27
    printed = [(0, ended), (0, going_on), (0, "丙。")]
    assert lines(page_of(printed)) == [ended, going_on + "丙。"]


def test_a_sentence_may_end_at_the_margin_inside_an_indented_paragraph() -> None:
    paragraph = "甲" * 24 + "。" + "乙" * 27 + "。"
    assert lines(page_of(wrapped(paragraph) + wrapped(FIRST))) == [paragraph, FIRST]


def test_signature_and_date_at_the_right_are_two_lines() -> None:
    assert lines(page_of([*wrapped(FIRST), (17, "辽宁省工业和信息化厅"), (18, "2025年1月1日二"), (0, "附注")])) == [
        FIRST,
        "辽宁省工业和信息化厅",
        "2025年1月1日二",
        "附注",
    ]


def test_latin_words_get_a_space_between_lines_and_chinese_none() -> None:
    first = "名称为" + "Liaoning Manufacturing Innovation Center for Robot"
    page = PdfPage([(LEFT, 120, first, SIZE), (LEFT, 148, "Systems，由省厅命名。", SIZE)])
    assert lines(page) == [first + " Systems，由省厅命名。"]


def test_a_long_latin_word_that_did_not_fit_leaves_a_gap_and_still_goes_on() -> None:
    first = "甲" * 15 + "英文名称为Innovation"
    page = PdfPage([(LEFT, 120, "乙" * 27 + "。", SIZE), (LEFT, 148, first, SIZE)])
    page.lines.append((LEFT, 176, "Manufacturing中心。", SIZE))
    assert lines(page)[1:] == [first + " Manufacturing中心。"]


def test_a_scan_is_named_as_one() -> None:
    with pytest.raises(UnreadableFileError) as caught:
        pdf_text(pdf_bytes([PdfPage(picture=True), PdfPage(picture=True)]))
    assert "扫描件" in caught.value.message
    assert "OCR" in caught.value.hint


def test_scanned_pages_among_others_are_named_and_not_lost() -> None:
    with pytest.raises(UnreadableFileError, match="第2页是扫描图片"):
        pdf_text(pdf_bytes([page_of(wrapped(FIRST)), PdfPage(picture=True)]))


def test_text_over_a_background_picture_is_text() -> None:
    page = page_of(wrapped(FIRST))
    page.picture = True
    assert lines(page) == [FIRST]


@pytest.mark.parametrize("pages", [[PdfPage()], []], ids=["blank page", "no pages"])
def test_a_pdf_without_anything_is_refused(pages: list[PdfPage]) -> None:
    with pytest.raises(UnreadableFileError, match="没有文字"):
        pdf_text(pdf_bytes(pages))


def test_an_encrypted_pdf_is_named_as_one() -> None:
    with pytest.raises(UnreadableFileError, match="已加密"):
        pdf_text(pdf_bytes([page_of(wrapped(FIRST))], encrypt=True))


def test_the_page_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_PAGES", 2)
    pages = [page_of([(0, f"第{n}条 甲")]) for n in "一二三"]
    assert len(lines(*pages[:2])) == 2
    with pytest.raises(UnreadableFileError, match="2页的上限"):
        lines(*pages)


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"%PDF-1.7\n" + bytes(range(256)) * 20])
def test_a_broken_pdf_is_an_answer_not_a_crash(data: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        pdf_text(data)


def test_a_font_that_does_not_say_its_characters_is_refused() -> None:
    data = pdf_bytes([page_of(wrapped(FIRST))]).replace(b"/UniGB-UCS2-H", b"/Identity-H  ").replace(b"(GB1)", b"(XYZ)")
    with pytest.raises(UnreadableFileError, match="乱码"):
        pdf_text(data)
