"""Any upload is read, or refused with one Chinese sentence; what breaks a reader breaks nothing else."""

import io
import os
import shutil
import tempfile
import zipfile
from pathlib import Path

import pytest
from docx_samples import docx_bytes, docx_parts, p, zipped
from openpyxl import Workbook
from pdf_samples import PdfPage, page_of, pdf_bytes

from assistant.errors import UnreadableFileError
from assistant.files import read_draft as module
from assistant.files.draft_kinds import draft_in
from assistant.files.limits import MIB, Limits
from assistant.files.read_draft import ReaderPool, read_draft, read_many

LAUGHS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'


def xlsx_bytes(rows: int = 1) -> bytes:
    book = Workbook()
    for number in range(rows):
        book.active.append(["人数", number])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


FORM = docx_bytes(p("固定研发人员83人"))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.docx", FORM, "docx"),
        ("a.pdf", FORM, "docx"),  # the content counts, not the name
        ("无扩展名", xlsx_bytes(), "xlsx"),
        ("a.csv", "人数,83".encode("gb18030"), "csv"),
        ("a.csv", "人数,83".encode("utf-16"), "csv"),
        ("a.tsv", "人数\t83".encode("utf-8-sig"), "csv"),
        ("a.json", b'{"a": 1}', "json"),
        ("a.txt", b' {"a": 1}', "json"),
        ("a.txt", "人数：83人".encode("gb18030"), "text"),
        ("a.md", "# 自评".encode(), "text"),
        ("a.pdf", pdf_bytes([page_of([(0, "固定研发人员八十三人")])]), "pdf"),
    ],
)
def test_the_kind_is_what_the_content_says(name: str, data: bytes, kind: str) -> None:
    assert draft_in(data, name, Limits()).kind == kind


HOSTILE = {
    "empty": ("a.docx", b"", "空"),
    "blank text": ("a.txt", b"\n \n", "没有文字"),
    "blank document": ("a.docx", docx_bytes(p()), "没有可读取"),
    "text named docx": ("a.docx", "人数83".encode(), "扩展名"),
    "text named png": ("a.PNG", "人数83".encode(), "扩展名"),
    "truncated docx": ("a.docx", FORM[:300], "损坏"),
    "truncated xlsx": ("a.xlsx", xlsx_bytes()[:3000], "损坏"),
    "truncated pdf": ("a.pdf", pdf_bytes([page_of([(0, "甲")])])[:150], "损坏"),
    "protected office": ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "protected pdf": ("a.pdf", pdf_bytes([page_of([(0, "甲")])], encrypt=True), "密码"),
    "unknown ole": ("a.msg", OLE, "旧版"),
    "bomb": ("a.docx", zipped(docx_parts(p("甲")) | {"word/media/a.bmp": b"\1" * 5_000_000}), "压缩比"),
    "entities": ("a.docx", zipped(docx_parts(p("甲")) | {"word/numbering.xml": LAUGHS}), "DTD"),
    "bare xml": ("a.xml", LAUGHS, "XML"),
    "web page": ("a.xls", b"<html><table><tr><td>83</td></tr></table></html>", "网页"),
    "web fragment": ("a.xls", b"<table><tr><td>83</td></tr></table>", "网页"),
    "zip": ("a.zip", zipped({"a.docx": FORM}), "压缩包"),
    "ofd": ("a.ofd", zipped({"OFD.xml": b"<ofd/>"}), "OFD"),
    "slides": (
        "a.pptx",
        zipped({"[Content_Types].xml": b"<t>presentationml.presentation.main+xml</t>"}),
        "演示",
    ),
    "10000 rows": ("a.xlsx", xlsx_bytes(10_000), "5000行"),
    "500 pages": ("a.pdf", pdf_bytes([PdfPage()] * 500), "500页"),
    "noise": ("a.bin", bytes(range(256)) * 50, "无法识别"),
    "bad json": ("a.json", b'{"a": ', "JSON"),
}


@pytest.mark.parametrize(("name", "data", "reason"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_and_broken_files_give_one_sentence(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFileError, match=reason) as caught:
        draft_in(data, name, Limits())
    assert caught.value.message.count("。") == 1
    assert caught.value.message.endswith("。")
    assert caught.value.hint.endswith("。")


@pytest.mark.parametrize("name", ["a.rtf", "旧表.doc"])
def test_a_rich_text_is_read_where_libreoffice_is_and_refused_clearly_elsewhere(name: str) -> None:
    data = rb"{\rtf1\ansi\ansicpg936 \u20154?\u25968? 83\par}"
    if shutil.which("soffice") or shutil.which("libreoffice"):
        assert [line.text for line in draft_in(data, name, Limits()).lines] == ["人数 83"]
    else:
        with pytest.raises(UnreadableFileError, match="LibreOffice"):
            draft_in(data, name, Limits())


def test_without_libreoffice_old_files_are_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UnreadableFileError, match=r"LibreOffice.*另存为\.xlsx"):
        draft_in(OLE + "Workbook".encode("utf-16-le") + b"\0\0", "a.xls", Limits())


def file(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_a_file_is_read_in_a_process_that_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    draft = read_draft(file(tmp_path, "表.docx", FORM), Limits())
    assert [line.text for line in draft.lines] == ["固定研发人员83人"]
    assert [path.name for path in tmp_path.iterdir()] == ["表.docx"]


def test_the_name_a_person_gave_tells_kinds_of_text_apart(tmp_path: Path) -> None:
    assert read_draft(file(tmp_path, "upload", "人数,83".encode()), Limits(), name="自评表.csv").kind == "csv"


def test_files_that_need_no_reading_to_be_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="找不到"):
        read_draft(tmp_path / "没有.docx", Limits())
    with pytest.raises(UnreadableFileError, match="找不到"):
        read_draft(tmp_path, Limits())
    with pytest.raises(UnreadableFileError, match="2 MB"):
        read_draft(file(tmp_path, "a.txt", b"a" * (2 * MIB + 1)), Limits(file_bytes=2 * MIB))


def test_a_reader_that_takes_too_long_is_stopped_and_the_next_file_is_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")  # opening it waits for a writer that never comes
    sound = file(tmp_path, "b.txt", "人数83".encode())
    with ReaderPool(Limits(seconds=1)) as pool:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, "_check_file", lambda *_: None)
            with pytest.raises(UnreadableFileError, match="1秒"):
                pool.read(tmp_path / "a.txt")
        assert pool.read(sound).lines[0].text == "人数83"


def test_a_reader_that_needs_too_much_memory_says_so(tmp_path: Path) -> None:
    path = file(tmp_path, "a.txt", b"a\n" * (8 * MIB))
    with pytest.raises(UnreadableFileError, match=r"内存|中断"):
        read_draft(path, Limits(memory_bytes=40 * MIB))


def test_a_reader_that_crashes_is_replaced(tmp_path: Path) -> None:
    path = file(tmp_path, "a.txt", "人数83".encode())
    with ReaderPool(Limits()) as pool:
        pool.read(path)
        reader = pool._idle.queue[0]
        assert reader is not None
        reader._process.kill()
        reader._process.wait()
        assert pool.read(path).lines[0].text == "人数83"


def test_an_answer_that_makes_no_sense_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module._Reader, "_exchange", lambda *_: b'{"tables": 3}')
    with pytest.raises(UnreadableFileError, match="中断"):
        read_draft(file(tmp_path, "a.txt", b"a"), Limits())


def test_a_reader_knows_nothing_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIC_LLM_API_KEY", "secret")
    reader = module._Reader()
    try:
        environment = Path(f"/proc/{reader._process.pid}/environ").read_bytes()
    finally:
        reader.stop()
    assert b"secret" not in environment


def test_many_files_come_in_order_and_bad_ones_do_not_stop_them(tmp_path: Path) -> None:
    paths = [file(tmp_path, f"{n}.txt", f"人数{n}".encode() if n % 3 else b"") for n in range(12)]
    found = list(read_many(paths, Limits(), size=2))
    assert [path for path, _ in found] == paths
    for number, (_, draft) in enumerate(found):
        if number % 3:
            assert not isinstance(draft, UnreadableFileError)
            assert draft.lines[0].text == f"人数{number}"
        else:
            assert isinstance(draft, UnreadableFileError)


def test_a_zip_bomb_named_docx_is_refused_in_its_process(tmp_path: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (33 * MIB))
    with pytest.raises(UnreadableFileError, match="过大"):
        read_draft(file(tmp_path, "a.docx", target.getvalue()), Limits())
