"""An Excel draft: visible sheets only, merged cells once, the stored digits, formulas by their saved results."""

import io
from datetime import date

import pytest
from docx_samples import HEAD, zipped
from openpyxl import Workbook

from assistant.errors import UnreadableFileError
from assistant.files.content import Cell, Draft
from assistant.files.draft_xlsx import column_letters, read_xlsx
from assistant.files.limits import Limits, safe_office_archive

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def saved(book: Workbook) -> Draft:
    target = io.BytesIO()
    book.save(target)
    return read_xlsx(safe_office_archive(target.getvalue()), Limits())


def raw(rows: str, formats: str = "", strings: str = "", after: str = "", limits: Limits | None = None) -> Draft:
    """A workbook of one sheet from the XML of its rows; cell style n has the n-th of the format codes (/ apart)."""
    codes = formats.split(" / ") if formats else []
    styles = "".join(f'<numFmt numFmtId="{200 + n}" formatCode="{code}"/>' for n, code in enumerate(codes))
    xfs = "".join(f'<xf numFmtId="{200 + n}"/>' for n in range(len(codes)))
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{OFFICE}/officeDocument" '
        'Target="/xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="自评表" sheetId="1" r:id="s"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="s" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="t" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="f" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts>{styles}</numFmts><cellXfs>{xfs}</cellXfs></styleSheet>',
    }
    archive = safe_office_archive(zipped({name: (HEAD + xml).encode() for name, xml in parts.items()}))
    return read_xlsx(archive, limits or Limits())


def only(draft: Draft) -> Cell:
    ((cell,),) = (table.cells for table in draft.tables)
    return cell


def test_labels_and_values_with_their_places() -> None:
    book = Workbook()
    book.active.title = "自评表"
    book.active.append(["固定研发人员", 83])
    book.active["B11"] = "沈阳市"
    draft = saved(book)
    assert [(table.name, table.place) for table in draft.tables] == [("自评表", "sheet 自评表")]
    assert [(c.text, c.row, c.column, c.place) for c in draft.tables[0].cells] == [
        ("固定研发人员", 1, 1, "sheet 自评表, A1"),
        ("83", 1, 2, "sheet 自评表, B1"),
        ("沈阳市", 11, 2, "sheet 自评表, B11"),
    ]


def test_merged_cells_stand_once() -> None:
    book = Workbook()
    book.active["A1"] = "标题"
    book.active.merge_cells("A1:D2")
    cell = only(saved(book))
    assert (cell.text, cell.row_span, cell.column_span) == ("标题", 2, 4)


def test_all_visible_sheets_and_no_hidden_ones() -> None:
    book = Workbook()
    book.active.append(["甲"])
    book.create_sheet("二").append(["乙"])
    book.create_sheet("选项").append(["丙"])
    book["选项"].sheet_state = "veryHidden"
    draft = saved(book)
    assert [table.cells[0].text for table in draft.tables] == ["甲", "乙"]
    assert draft.notes == ("工作表“选项”是隐藏的，没有读取。",)


def test_hidden_rows_and_columns_are_left_out_and_told() -> None:
    book = Workbook()
    for row in (["人数", 60, "旧"], ["人数", 83, "新"]):
        book.active.append(row)
    book.active.row_dimensions[1].hidden = True
    book.active.column_dimensions["C"].hidden = True
    draft = saved(book)
    assert [cell.text for cell in draft.tables[0].cells] == ["人数", "83"]
    assert any("1行" in note for note in draft.notes)
    assert any("1列" in note for note in draft.notes)


def test_dates_and_yes_or_no() -> None:
    book = Workbook()
    book.active.append([date(2024, 5, 1), True, False])
    assert [cell.text for cell in saved(book).tables[0].cells] == ["2024-05-01", "是", "否"]


def test_a_formula_never_calculated_is_empty_and_told() -> None:
    book = Workbook()
    book.active["A1"] = "=40+43"
    cell = only(saved(book))
    assert cell.text == ""
    assert "没有保存计算结果" in cell.note


def test_a_formula_gives_its_saved_result() -> None:
    row = '<row r="1"><c r="A1"><f>40+43</f><v>83</v></c><c r="B1" t="str"><f>A1</f><v>甲&#10;乙</v></c></row>'
    assert [cell.text for cell in raw(row).tables[0].cells] == ["83", "甲\n乙"]


def test_a_formula_error_is_empty_and_told() -> None:
    cell = only(raw('<row r="1"><c r="A1" t="e"><f>X</f><v>#REF!</v></c></row>'))
    assert (cell.text, "#REF!" in cell.note) == ("", True)


def test_stored_digits_are_exact() -> None:
    row = (
        '<row r="1"><c r="A1"><v>0.28999999999999998</v></c><c r="B1"><v>1030.5</v></c><c r="C1"><v>1E+3</v></c></row>'
    )
    assert [cell.text for cell in raw(row).tables[0].cells] == ["0.29", "1030.5", "1000"]


def test_number_formats_write_units() -> None:
    numbers = ("83", "0.125", "12340000")
    row = "<row>" + "".join(f'<c s="{style}"><v>{number}</v></c>' for style, number in enumerate(numbers)) + "</row>"
    draft = raw(row, formats="0&quot;人&quot; / 0.0% / 0!.0,&quot;万&quot;")
    assert [cell.text for cell in draft.tables[0].cells] == ["83人", "12.5%", "1234万"]


def test_shared_strings_in_runs_without_their_readings() -> None:
    strings = "<si><r><t>研发</t></r><r><t>人员</t></r><rPh><t>yan</t></rPh></si>"
    assert only(raw('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=strings)).text == "研发人员"


def test_inline_strings_and_cells_without_references() -> None:
    draft = raw('<row><c t="inlineStr"><is><t>甲</t></is></c><c><v>1</v></c></row><row><c><v>2</v></c></row>')
    assert [(c.text, c.row, c.column) for c in draft.tables[0].cells] == [("甲", 1, 1), ("1", 1, 2), ("2", 2, 1)]


def test_too_many_rows_are_refused() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 12))
    with pytest.raises(UnreadableFileError, match="10行"):
        raw(rows, limits=Limits(rows=10))


def test_a_sheet_with_styles_down_to_the_last_row_is_no_long_sheet() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(1, 12))
    assert raw(rows, limits=Limits(rows=10)).tables == ()


@pytest.mark.parametrize(
    "row",
    [
        '<row r="x"/>',
        '<row r="1"><c r="A1" t="s"><v>7</v></c></row>',
        '<row r="1"><c r="1A"><v>1</v></c></row>',
        "<row",
    ],
)
def test_damaged_sheets(row: str) -> None:
    with pytest.raises(UnreadableFileError, match="损坏"):
        raw(row)


def test_column_letters() -> None:
    assert [column_letters(n) for n in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]
