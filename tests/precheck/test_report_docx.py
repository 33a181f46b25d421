"""The applicant's own file with comments: at the right places, nothing lost, the same bytes."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from report_samples import HOSTILE, desk

from assistant.errors import UnreadableFileError
from assistant.precheck.check import check_file
from assistant.precheck.models import Report
from assistant.precheck.report_docx import commented_copy
from assistant.precheck.wording import NO_APPROVAL

ROWS = (
    ("中心名称", "机器人省级制造业创新中心"),
    ("牵头单位类型", "企业"),
    ("固定研发人员数", "75人"),
    ("年度研发费用总额", ""),
    ("是否建立技术专家委员会", ""),
)
Change = Callable[[WordDocument], object]


def drafted(tmp_path: Path, change: Change | None = None, rows: tuple[tuple[str, str], ...] = ROWS) -> Path:
    document = docx.Document()
    document.add_paragraph("申报自评表")
    table = document.add_table(rows=0, cols=2)
    for label, value in rows:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, value
    if change:
        change(document)
    document.save(str(tmp_path / "draft.docx"))
    return tmp_path / "draft.docx"


def commented(path: Path) -> tuple[Report, dict[str, str], bytes]:
    """The report, and the first line of each comment -> the words it hangs on."""
    report = check_file(path, desk())
    data = commented_copy(path.read_bytes(), report, desk().schema)
    document = docx.Document(io.BytesIO(data))
    first = {comment.comment_id: comment.text.split("\n")[0] for comment in document.comments}
    places: dict[str, str] = {}
    for paragraph in document.element.body.iter(qn("w:p")):
        for reference in paragraph.iter(qn("w:commentReference")):
            words = "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
            places[first[int(reference.get(qn("w:id")))]] = words
    assert len(places) == len(first)
    return report, places, data


def test_a_comment_hangs_on_the_value_or_on_the_label_of_what_is_missing(tmp_path: Path) -> None:
    _, places, _ = commented(drafted(tmp_path))
    assert places["✗ 不符合：固定研究与试验发展人员数。还差5人"] == "75人"
    assert places["○ 未提供：技术专家委员会。缺少技术专家委员会成立情况"] == "是否建立技术专家委员会"
    (summary,) = [place for words, place in places.items() if words.startswith("预审结论")]
    assert summary == "申报自评表"


def test_a_comment_quotes_the_law_and_the_summary_says_what_a_precheck_is_not(tmp_path: Path) -> None:
    _, _, data = commented(drafted(tmp_path))
    comments = [comment.text for comment in docx.Document(io.BytesIO(data)).comments]
    staff = next(text for text in comments if "还差5人" in text and text.startswith("✗"))
    assert "依据：第七条第（四）项“固定研究与试验发展人员数不少于80人”" in staff
    assert any(NO_APPROVAL in text and "征求意见稿" in text for text in comments)


def test_values_in_paragraphs_and_nested_tables_are_found(tmp_path: Path) -> None:
    def change(document: WordDocument) -> None:
        nested = document.tables[0].rows[0].cells[1].add_table(1, 2)
        nested.rows[0].cells[0].text, nested.rows[0].cells[1].text = "年度研发费用总额（万元）", "900"
        document.add_paragraph("")
        document.add_paragraph("现有固定研发人员79人。")

    rows = (("中心名称", "机器人省级制造业创新中心"), ("牵头单位类型", "企业"))
    _, places, _ = commented(drafted(tmp_path, change, rows))
    assert places["✗ 不符合：固定研究与试验发展人员数。还差1人"] == "现有固定研发人员79人。"
    assert places["✗ 不符合：年度研发费用总额。还差100万元"] == "900"


def test_the_draft_itself_stays_as_it_was(tmp_path: Path) -> None:
    path = drafted(tmp_path, lambda document: document.add_paragraph("签字：＿＿＿"))
    _, _, data = commented(path)
    before, after = docx.Document(str(path)), docx.Document(io.BytesIO(data))
    assert [p.text for p in after.paragraphs] == [p.text for p in before.paragraphs]
    assert [c.text for c in after.tables[0]._cells] == [c.text for c in before.tables[0]._cells]


def test_the_same_draft_gives_the_same_bytes(tmp_path: Path) -> None:
    path = drafted(tmp_path)
    assert commented(path)[2] == commented(path)[2]


def test_a_commented_copy_that_comes_back_gets_only_what_holds_now(tmp_path: Path) -> None:
    path = drafted(tmp_path)
    _, first, data = commented(path)
    document = docx.Document(io.BytesIO(data))
    document.add_comment(document.paragraphs[0].runs, "请核对", "张三", "张")
    document.tables[0].rows[2].cells[1].paragraphs[0].runs[0].text = "85人"
    document.save(str(path))
    _, second, again = commented(path)
    assert set(first) - set(second) >= {"✗ 不符合：固定研究与试验发展人员数。还差5人"}
    assert "请核对" in second
    assert len(second) == len(first)
    assert len(commented_copy(again, check_file(path, desk()), desk().schema)) < len(again) + 200


def test_a_damaged_part_is_a_refusal(tmp_path: Path) -> None:
    path = drafted(tmp_path)
    report, spoilt = check_file(path, desk()), io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(spoilt, "w") as target:
        for name in source.namelist():
            target.writestr(name, b"" if name == "word/settings.xml" else source.read(name))
    with pytest.raises(UnreadableFileError):
        commented_copy(spoilt.getvalue(), report, desk().schema)


def test_hostile_words_are_only_words(tmp_path: Path) -> None:
    words = HOSTILE.replace("\x07", "")
    path = drafted(tmp_path, rows=(*ROWS[:2], ("建设领域", words), ("牵头单位名称", words)))
    _, _, data = commented(path)
    assert "<script>" in "".join(comment.text for comment in docx.Document(io.BytesIO(data)).comments)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no zip", b"%PDF-1.7"])
def test_what_is_no_word_file_is_refused(data: bytes, tmp_path: Path) -> None:
    report = check_file(drafted(tmp_path), desk())
    with pytest.raises(UnreadableFileError):
        commented_copy(data, report, desk().schema)
