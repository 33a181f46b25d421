"""A Word draft: every cell once with its span, ticks and choices as text, nothing that was deleted or hidden."""

import io

import pytest
from docx import Document
from docx_samples import docx_bytes, docx_parts, p, zipped

from assistant.errors import UnreadableFileError
from assistant.files.content import Draft
from assistant.files.draft_docx import read_docx
from assistant.files.limits import Limits, safe_office_archive

W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


def read(body: str) -> Draft:
    return read_docx(safe_office_archive(docx_bytes(body)), Limits())


def tc(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def tbl(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def cells(draft: Draft, table: int = 0) -> list[tuple[str, int, int, int, int]]:
    return [(c.text, c.row, c.column, c.row_span, c.column_span) for c in draft.tables[table].cells]


def words(run: str) -> str:
    """The text of the only paragraph of a document."""
    return read(f"<w:p>{run}</w:p>").lines[0].text


def test_a_four_column_table_with_merged_cells() -> None:
    draft = read(
        tbl(
            tc(p("一、基本情况"), '<w:gridSpan w:val="4"/>'),
            tc(p("单位"), '<w:vMerge w:val="restart"/>') + tc(p("名称")) + tc(p("甲公司"), '<w:gridSpan w:val="2"/>'),
            tc(p(), "<w:vMerge/>") + tc(p("城市")) + tc(p("沈阳")) + tc(p("市")),
        )
    )
    assert cells(draft) == [
        ("一、基本情况", 1, 1, 1, 4),
        ("单位", 2, 1, 2, 1),
        ("名称", 2, 2, 1, 1),
        ("甲公司", 2, 3, 1, 2),
        ("城市", 3, 2, 1, 1),
        ("沈阳", 3, 3, 1, 1),
        ("市", 3, 4, 1, 1),
    ]
    assert draft.tables[0].cells[3].place == "table 1, row 2"


def test_a_merge_that_ends_is_not_continued_by_the_next_one() -> None:
    draft = read(
        tbl(
            tc(p("甲"), '<w:vMerge w:val="restart"/>'),
            tc(p(), "<w:vMerge/>"),
            tc(p("乙"), '<w:vMerge w:val="restart"/>'),
            tc(p(), '<w:vMerge w:val="continue"/>'),
        )
    )
    assert cells(draft) == [("甲", 1, 1, 2, 1), ("乙", 3, 1, 2, 1)]


def test_cells_left_out_at_the_start_of_a_row() -> None:
    draft = read(f'<w:tbl><w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>{tc(p("甲"))}</w:tr></w:tbl>')
    assert cells(draft) == [("甲", 1, 3, 1, 1)]


def test_a_nested_table_is_a_table_of_its_own_after_its_outer_one() -> None:
    draft = read(tbl(tc(p("外") + tbl(tc(p("内")) + tc(p("80人"))) + p("尾"))) + tbl(tc(p("后"))))
    assert [cells(draft, n)[0][0] for n in range(3)] == ["外\n尾", "内", "后"]
    assert [table.place for table in draft.tables] == ["table 1", "table 2", "table 3"]


def test_paragraphs_outside_tables_are_lines_with_places() -> None:
    draft = read(p("表头") + p() + tbl(tc(p("甲"))) + "<w:p><w:r><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r></w:p>")
    assert [(line.text, line.place) for line in draft.lines] == [
        ("表头", "paragraph 1"),
        ("乙", "paragraph 2"),
        ("丙", "paragraph 2"),
    ]


def test_inserted_text_counts_and_deleted_text_does_not() -> None:
    run = (
        "<w:r><w:t>研发人员</w:t></w:r><w:del><w:r><w:delText>60</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>83</w:t></w:r></w:ins><w:r><w:t>人</w:t></w:r>"
    )
    assert words(run) == "研发人员83人"
    deleted_row = f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr>{tc(p('旧'))}</w:tr><w:tr>{tc(p('新'))}</w:tr></w:tbl>"
    assert cells(read(deleted_row)) == [("新", 1, 1, 1, 1)]


def test_a_text_box_is_read() -> None:
    box = (
        "<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>负责人：张三</w:t></w:r></w:p>"
        "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    assert [line.text for line in read(f"<w:p>{box}</w:p>").lines] == ["负责人：张三"]


def sdt(properties: str, text: str) -> str:
    content = f"<w:sdtContent><w:r><w:t>{text}</w:t></w:r></w:sdtContent>"
    return f"<w:sdt {W14}><w:sdtPr>{properties}</w:sdtPr>{content}</w:sdt>"


def test_a_filled_content_control_counts_and_its_prompt_does_not() -> None:
    assert words(sdt("<w:text/>", "沈阳") + "<w:r><w:t>市</w:t></w:r>") == "沈阳市"
    assert words(sdt("<w:showingPlcHdr/><w:dropDownList/>", "选择一项。") + "<w:r><w:t>：</w:t></w:r>") == "："


def test_a_prompt_around_a_cell_is_an_empty_cell_in_the_grid() -> None:
    prompt = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p('单击输入')}</w:sdtContent></w:sdt>"
    assert cells(read(tbl(tc(p("人数")) + tc(prompt)))) == [("人数", 1, 1, 1, 1), ("", 1, 2, 1, 1)]


@pytest.mark.parametrize(("value", "shown"), [("1", "☑"), ("true", "☑"), ("0", "☐"), ("false", "☐")])
def test_a_checkbox_control(value: str, shown: str) -> None:
    box = sdt(f'<w14:checkbox><w14:checked w14:val="{value}"/></w14:checkbox>', "☒")
    assert words(box + "<w:r><w:t>企业</w:t></w:r>") == f"{shown}企业"


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        ('<w:default w:val="0"/><w:checked/>', "☑"),
        ('<w:default w:val="1"/>', "☑"),
        ('<w:default w:val="1"/><w:checked w:val="0"/>', "☐"),
        ("", "☐"),
    ],
)
def test_a_legacy_checkbox(inner: str, shown: str) -> None:
    field = (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>{inner}</w:checkBox></w:ffData></w:fldChar></w:r>'
        '<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert words(field + "<w:r><w:t>高校</w:t></w:r>") == f"{shown}高校"


def test_a_legacy_list_shows_its_choice() -> None:
    choices = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="公司"/><w:listEntry w:val="联盟"/></w:ddList>'
    field = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{choices}</w:ffData></w:fldChar></w:r>'
    assert words(field) == "联盟"


@pytest.mark.parametrize(
    ("font", "code", "shown"),
    [
        ("Wingdings", "F0FE", "☑"),
        ("Wingdings", "F0A8", "☐"),
        ("Wingdings 2", "F052", "☑"),
        ("Wingdings 2", "00A3", "☐"),
    ],
)
def test_boxes_from_symbol_fonts(font: str, code: str, shown: str) -> None:
    assert words(f'<w:r><w:sym w:font="{font}" w:char="{code}"/><w:t>是</w:t></w:r>') == f"{shown}是"


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(UnreadableFileError, match="3行"):
        read_docx(safe_office_archive(docx_bytes(tbl(*[tc(p("甲"))] * 4))), Limits(rows=3))


def test_endless_nesting_is_refused() -> None:
    body = p("甲")
    for _ in range(30):
        body = tbl(tc(body + p()))
    with pytest.raises(UnreadableFileError, match="结构"):
        read(body)


@pytest.mark.parametrize(
    "odd",
    [
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    ],
)
def test_a_macro_enabled_document_and_a_template_are_read_as_documents(odd: bytes) -> None:
    parts = docx_parts(p("研发人员83人"))
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(plain, odd)
    draft = read_docx(safe_office_archive(zipped(parts | {"word/vbaProject.bin": b"\xd0\xcf"})), Limits())
    assert [line.text for line in draft.lines] == ["研发人员83人"]


def test_a_document_of_python_docx() -> None:
    document = Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "标题"
    table.cell(1, 0).text = "人数"
    table.cell(1, 1).text = "83"
    target = io.BytesIO()
    document.save(target)
    draft = read_docx(safe_office_archive(target.getvalue()), Limits())
    assert cells(draft) == [("标题", 1, 1, 1, 2), ("人数", 2, 1, 1, 1), ("83", 2, 2, 1, 1)]
