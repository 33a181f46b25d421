"""A source is recognised by what it holds, and refused with a word a person understands."""

from pathlib import Path

import pytest
from docx_samples import docx_bytes, p
from pdf_samples import page_of, pdf_bytes

from assistant.errors import UnreadableFileError
from assistant.files.limits import MAX_FILE_BYTES
from assistant.files.source_text import read_source

TEXT = "第一条 为推动科技创新和产业创新深度融合，制定本办法。"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", ["办法.docx", "办法.txt", "办法", "办法.DOC", "办法.pdf"])
def test_a_docx_is_read_under_any_name(tmp_path: Path, name: str) -> None:
    assert read_source(written(tmp_path, name, docx_bytes(p(TEXT)))).strip() == TEXT


def test_a_pdf_is_read(tmp_path: Path) -> None:
    data = pdf_bytes([page_of([(0, "第一条 甲")])])
    assert read_source(written(tmp_path, "a.docx", data)).strip() == "第一条 甲"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_text_is_kept_as_it_is(tmp_path: Path, encoding: str) -> None:
    text = f"# **标题**\r\n{TEXT}\r\n[bookmark: a]"
    assert read_source(written(tmp_path, "a.txt", text.encode(encoding))) == text


def test_markdown_loses_its_marks(tmp_path: Path) -> None:
    assert read_source(written(tmp_path, "a.MD", f"## 第一章\n**{TEXT}**".encode())) == f"第一章\n{TEXT}"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"", "空的"),
        ("a.docx", b"", "空的"),
        ("a.txt", b" \r\n\t ", "没有文字"),
        ("a.docx", OLE, "旧版"),
        ("a.doc", OLE, "旧版"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("a.doc", "<!-- x --><html><body>第一条</body></html>".encode(), "网页"),
        ("a.doc", "\ufeff<!DOCTYPE html><p>第一条".encode("utf-16-le"), "网页"),
        ("a.docx", b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "网页"),
        ("a.doc", b"{\\rtf1\\ansi", "RTF"),
        ("a.doc", b'<?xml version="1.0"?><w:wordDocument/>', "XML"),
        ("a.txt", b"\xff\xd8\xff\xe0\x00\x10JFIF", "图片"),
        ("a.docx", TEXT.encode(), "内容却不是"),
        ("a.pdf", TEXT.encode(), "内容却不是"),
        ("a.docx", b"PK\x03\x04" + b"x" * 50, "损坏"),
        ("a.txt", b"MZ\x90\x00" + bytes(range(256)) * 9, "不是可识别的文本"),
        ("a.exe", b"MZ\x90\x00", "不支持.exe"),
        ("a.csv", TEXT.encode(), "不支持.csv"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_source(written(tmp_path, name, data))
    assert said in caught.value.message
    assert caught.value.hint


def test_an_unknown_type_hears_what_is_accepted(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_source(written(tmp_path, "a.ppt2", b"abc"))
    assert all(suffix in caught.value.hint for suffix in (".txt", ".md", ".docx", ".pdf"))


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    for path in (tmp_path / "没有.txt", tmp_path, tmp_path / ("x" * 5000)):
        with pytest.raises(UnreadableFileError):
            read_source(path)


def test_a_large_file_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(MAX_FILE_BYTES + 1)
    with pytest.raises(UnreadableFileError, match="上限"):
        read_source(path)
