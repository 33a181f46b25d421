"""A PDF draft: ruled tables cell by cell, columns without rules, wrapped prose, form fields."""

import pytest
from pdf_samples import SIZE, PdfPage, page_of, pdf_bytes, wrapped

from assistant.errors import UnreadableFileError
from assistant.files.content import Draft
from assistant.files.draft_pdf import read_pdf
from assistant.files.limits import Limits
from assistant.files.page_layout import compose
from assistant.files.page_words import Box, PageWords, Word


def ruled(rows: list[list[tuple[float, str]]], top: float = 100, height: float = 30) -> PdfPage:
    """A ruled table; each cell is its width and text."""
    page = PdfPage()
    for number, row in enumerate(rows):
        left = 60.0
        for width, text in row:
            page.boxes.append((left, top + number * height, width, height))
            page.lines.append((left + 6, top + number * height + 6, text, SIZE))
            left += width
    return page


def cells(draft: Draft, table: int = 0) -> list[tuple[str, int, int, int, int]]:
    return [(c.text, c.row, c.column, c.row_span, c.column_span) for c in draft.tables[table].cells]


def read(*pages: PdfPage) -> Draft:
    return read_pdf(pdf_bytes(list(pages)), Limits())


def test_a_ruled_table_with_spans() -> None:
    draft = read(
        ruled([[(400, "自评表")], [(200, "固定研发人员"), (200, "83人")], [(200, "城市"), (80, "沈"), (120, "阳")]])
    )
    assert cells(draft) == [
        ("自评表", 1, 1, 1, 3),
        ("固定研发人员", 2, 1, 1, 1),
        ("83人", 2, 2, 1, 2),
        ("城市", 3, 1, 1, 1),
        ("沈", 3, 2, 1, 1),
        ("阳", 3, 3, 1, 1),
    ]
    assert draft.tables[0].cells[2].place == "page 1, table 1, row 2"
    assert (draft.kind, draft.scanned, draft.lines) == ("pdf", False, ())


def test_text_wrapped_in_a_cell_is_joined_again() -> None:
    page = ruled([[(100, "名称"), (110, "辽宁省机器人")]], height=60)
    page.lines.append((166, 130, "制造业", SIZE))
    assert [cell.text for cell in read(page).tables[0].cells] == ["名称", "辽宁省机器人制造业"]


def test_columns_without_rules() -> None:
    lines = [(80, 100, "单位名称", SIZE), (300, 100, "甲公司", SIZE), (80, 140, "人数", SIZE), (300, 140, "83人", SIZE)]
    draft = read(PdfPage(lines))
    assert [(text, row, column) for text, row, column, _, _ in cells(draft)] == [
        ("单位名称", 1, 1),
        ("甲公司", 1, 2),
        ("人数", 2, 1),
        ("83人", 2, 2),
    ]


def test_wrapped_prose_is_one_line_with_the_place_where_it_begins() -> None:
    text = "我单位现有固定研发人员八十三人，年度研发费用总额一千零三十万元，均为上一年度的数据，特此说明如上。"
    draft = read(page_of([(0, "说明")]), page_of(wrapped(text)))
    assert [line.text for line in draft.lines] == ["说明", text]
    assert draft.lines[1].place == "page 2, line 1"


def test_what_was_typed_and_ticked_in_a_form_counts() -> None:
    page = ruled([[(200, "人数"), (200, "")], [(200, "是否"), (200, "是")]])
    data = pdf_bytes([page])
    widget = b"<< /Type /Annot /Subtype /Widget /Rect [%d %d %d %d] %s >>"
    typed = widget % (270, 842 - 125, 400, 842 - 105, b"/FT /Tx /V (83)")
    ticked = widget % (320, 842 - 155, 335, 842 - 140, b"/FT /Btn /AS /Yes /V /Yes")
    # The page is the last object; the table of offsets is rebuilt by the reader.
    data = data.replace(b"/Contents", b"/Annots [" + typed + ticked + b"] /Contents")
    assert [cell.text for cell in read_pdf(data, Limits()).tables[0].cells] == ["人数", "83", "是否", "是 ☑"]


def test_a_pdf_with_too_many_pages_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="500页"):
        read_pdf(pdf_bytes([PdfPage()] * 500), Limits())


def test_too_many_scanned_pages_are_refused() -> None:
    with pytest.raises(UnreadableFileError, match="3页是扫描图片"):
        read_pdf(pdf_bytes([PdfPage(picture=True)] * 3), Limits(scanned_pages=2))


def test_protected_and_damaged_files() -> None:
    with pytest.raises(UnreadableFileError, match="密码"):
        read_pdf(pdf_bytes([page_of([(0, "甲")])], encrypt=True), Limits())
    with pytest.raises(UnreadableFileError, match="损坏"):
        read_pdf(pdf_bytes([page_of([(0, "甲")])])[:200], Limits())


def word(text: str, left: float, top: float, width: float = 0.0) -> Word:
    return Word(text, Box(left, top, left + (width or 10.0 * len(text)), top + 10))


def test_a_value_that_goes_on_in_the_next_row_stays_in_its_cell() -> None:
    words = (
        word("名称", 10, 10),
        word("辽宁省机器人创新", 100, 10),
        word("有限公司", 100, 22),
        word("人数", 10, 40),
        word("83", 100, 40),
    )
    tables, lines = compose([PageWords(words, (), 300, 400)])
    assert [cell.text for cell in tables[0].cells] == ["名称", "辽宁省机器人创新有限公司", "人数", "83"]
    assert lines == ()


def test_a_heading_down_the_side_is_read_down() -> None:
    words = tuple(word(char, 12, 10 + 14 * n) for n, char in enumerate("基本情况"))
    tables, _ = compose(
        [PageWords((*words, word("甲", 60, 20)), ((Box(10, 5, 24, 80), Box(24, 5, 120, 80)),), 300, 400)]
    )
    assert [cell.text for cell in tables[0].cells] == ["基本情况", "甲"]
