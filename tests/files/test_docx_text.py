"""What of a Word file is its text."""

import io

import pytest
from docx import Document
from docx_samples import abstract, docx_bytes, docx_parts, level, listed, num, p, zipped

from assistant.errors import UnreadableFileError
from assistant.files.docx_text import docx_text


def lines(body: str, numbering: str = "", styles: str = "") -> list[str]:
    return docx_text(docx_bytes(body, numbering, styles)).splitlines()


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_paragraphs_and_tables_in_document_order_without_header_and_footer() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "页脚"
    document.add_paragraph("第一条 甲")
    table = document.add_table(rows=2, cols=3)
    for index, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = str(index)
    document.add_paragraph("第二条 乙")
    target = io.BytesIO()
    document.save(target)
    assert docx_text(target.getvalue()) == "第一条 甲\n0\t1\t2\n3\t4\t5\n第二条 乙\n"


def test_the_text_of_a_merged_cell_stands_once_and_columns_stay_in_place() -> None:
    document = Document()
    table = document.add_table(rows=3, cols=3)
    for index, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = str(index)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "横"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "竖"
    target = io.BytesIO()
    document.save(target)
    assert docx_text(target.getvalue()).splitlines() == ["横\t2", "竖\t4\t5", "\t7\t8"]


def test_the_accepted_text_of_tracked_changes() -> None:
    moved = f'<w:moveFrom w:id="3">{run("旧处")}</w:moveFrom><w:moveTo w:id="4">{run("新处")}</w:moveTo>'
    deleted = '<w:del w:id="2"><w:r><w:delText>删</w:delText></w:r></w:del>'
    body = f'<w:p>{run("不少于")}{deleted}<w:ins w:id="1">{run("80")}</w:ins>{run("人")}{moved}</w:p>'
    assert lines(body) == ["不少于80人新处"]


def test_a_paragraph_whose_mark_was_deleted_goes_on_in_the_next_and_has_no_number() -> None:
    properties = '<w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1"/></w:rPr>'
    numbering = abstract(0, level(0, "chineseCounting", "第%1条")) + num(1, 0)
    assert lines(p("甲", properties) + listed("乙"), numbering) == ["第一条 甲乙"]


def test_text_box_follows_its_paragraph_and_its_fallback_copy_is_ignored() -> None:
    box = f"<w:txbxContent>{p('框内')}</w:txbxContent>"
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>{box}</wps:txbx></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert lines(f"<w:p>{run('前')}<w:r>{both}</w:r>{run('后')}</w:p>" + p("下段")) == [
        "前后",
        "框内",
        "下段",
    ]


def test_content_controls_links_and_fields() -> None:
    inline = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>"
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    body = f"<w:p>{inline}<w:hyperlink>{run('链接')}</w:hyperlink>{field}</w:p>"
    block = f"<w:sdt><w:sdtContent>{p('整段')}</w:sdtContent></w:sdt>"
    assert lines(body + block) == ["控件链接", "整段"]


def test_soft_breaks_tabs_and_note_marks() -> None:
    signs = '<w:r><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:footnoteReference w:id="2"/></w:r>'
    assert lines(f"<w:p>{run('甲')}{signs}</w:p>") == ["甲\t乙", "丙"]


def test_hidden_text_is_left_out_also_when_a_style_hides_it() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="P"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    hidden = run("藏", "<w:vanish/>") + run("藏", '<w:rStyle w:val="H"/>')
    body = f"<w:p>{run('见')}{hidden}</w:p>"
    shown = run("露", '<w:vanish w:val="0"/>')
    body += f'<w:p><w:pPr><w:pStyle w:val="P"/></w:pPr>{run("藏")}{shown}</w:p>'
    assert lines(body, styles=styles) == ["见", "露"]


def test_a_generated_table_of_contents_is_no_text() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="10"><w:name w:val="toc 1"/></w:style>'
    body = p("第一章 总则 1", '<w:pStyle w:val="10"/>') + p("第一章 总则")
    assert lines(body, styles=styles) == ["第一章 总则"]


@pytest.mark.parametrize("body", ["", p(), p("  ") + p("\t")])
def test_a_document_without_text_is_refused(body: str) -> None:
    with pytest.raises(UnreadableFileError, match="没有文字"):
        docx_text(docx_bytes(body))


def test_a_document_without_its_main_part_is_refused() -> None:
    parts = docx_parts(p("甲"))
    del parts["word/document.xml"]
    with pytest.raises(UnreadableFileError, match="损坏"):
        docx_text(zipped(parts))


def test_broken_xml_is_refused() -> None:
    parts = docx_parts(p("甲"))
    parts["word/document.xml"] = parts["word/document.xml"][:-20]
    with pytest.raises(UnreadableFileError, match="损坏"):
        docx_text(zipped(parts))


def test_deep_nesting_is_an_answer_not_a_crash() -> None:
    body = "<w:sdt><w:sdtContent>" * 5000 + p("甲") + "</w:sdtContent></w:sdt>" * 5000
    with pytest.raises(UnreadableFileError):
        docx_text(docx_bytes(body))


@pytest.mark.parametrize(
    ("content_type", "word"),
    [
        ("spreadsheetml.sheet.main+xml", "Excel"),
        ("presentationml.presentation.main+xml", "演示文稿"),
        ("ms-word.document.macroEnabled.main+xml", "带宏"),
    ],
)
def test_another_office_file_is_named(content_type: str, word: str) -> None:
    parts = docx_parts(p("甲"))
    parts["[Content_Types].xml"] = f'<Types><Override ContentType="{content_type}"/></Types>'.encode()
    with pytest.raises(UnreadableFileError, match=word):
        docx_text(zipped(parts))


def test_any_other_zip_is_named() -> None:
    with pytest.raises(UnreadableFileError, match="压缩包"):
        docx_text(zipped({"a.txt": b"a"}))
