"""Hostile files are refused with a word before any library opens them."""

import io
import struct
import tracemalloc
import warnings
import zipfile
import zlib

import pytest
from docx_samples import docx_bytes, docx_parts, p, zipped

from assistant.errors import UnreadableFileError
from assistant.files import limits
from assistant.files.limits import check_pdf_streams, check_size, safe_office_archive


def test_size_limit_is_inclusive() -> None:
    check_size(limits.MAX_FILE_BYTES)
    with pytest.raises(UnreadableFileError, match="20 MB"):
        check_size(limits.MAX_FILE_BYTES + 1)


def test_a_sound_archive_keeps_every_member() -> None:
    parts = docx_parts(p("甲"))
    with zipfile.ZipFile(safe_office_archive(zipped(parts))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == parts


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.99])
def test_a_truncated_zip_is_damaged(kept: float) -> None:
    data = docx_bytes(p("甲" * 1000))
    with pytest.raises(UnreadableFileError, match="损坏"):
        safe_office_archive(data[: int(len(data) * kept)])


def test_a_flipped_byte_is_damage() -> None:
    data = bytearray(zipped({"word/a.xml": b"<a>" + bytes(range(32, 127)) * 40 + b"</a>"}))
    data[60] ^= 0xFF
    with pytest.raises(UnreadableFileError, match="损坏"):
        safe_office_archive(bytes(data))


def test_a_member_that_unpacks_too_large_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="过大"):
        safe_office_archive(zipped({"word/a.xml": b"<" + b" " * limits.MAX_MEMBER_BYTES}))


def test_members_that_unpack_too_large_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_UNPACKED_BYTES", 1000)
    safe_office_archive(zipped({f"{n}": b"a" * 300 for n in range(3)}))
    with pytest.raises(UnreadableFileError, match="过大"):
        safe_office_archive(zipped({f"{n}": b"a" * 300 for n in range(4)}))


def test_an_extreme_ratio_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="压缩比"):
        safe_office_archive(zipped({"word/media/a.bmp": b"\1" * (limits.RATIO_COUNTS_FROM + 1)}))


def test_a_member_that_lies_about_its_size_is_not_unpacked_whole() -> None:
    """The directory says 10 bytes, with their checksum; the stream holds far more."""
    real, shown = b"\1" * 3_000_000, b"\1" * 10
    data = bytearray(zipped({"word/media/a.bmp": real}))
    directory = data.index(b"PK\x01\x02")
    for offset in (14, directory + 16):
        data[offset : offset + 4] = struct.pack("<L", zlib.crc32(shown))
    for offset in (22, directory + 24):
        data[offset : offset + 4] = struct.pack("<L", len(shown))
    tracemalloc.start()
    copy = safe_office_archive(bytes(data))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < len(real) / 2
    with zipfile.ZipFile(copy) as archive:
        member = archive.getinfo("word/media/a.bmp")
        assert (member.file_size, member.compress_size) == (10, 10)


def test_too_many_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_MEMBERS", 5)
    with pytest.raises(UnreadableFileError, match="部件过多"):
        safe_office_archive(zipped({f"{n}": b"" for n in range(6)}))


@pytest.mark.parametrize("name", ["../a.xml", "word/../../a.xml", "/etc/a", "C:/a.xml", "word\\..\\..\\a"])
def test_names_that_leave_the_archive_are_refused(name: str) -> None:
    with pytest.raises(UnreadableFileError, match="不安全的路径"):
        safe_office_archive(zipped({name: b"a"}))


def test_two_members_of_one_name_are_refused() -> None:
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("a.xml", "<a/>")
        archive.writestr("a.xml", "<b/>")
    with pytest.raises(UnreadableFileError, match="重名"):
        safe_office_archive(target.getvalue())


def test_an_encrypted_member_is_refused() -> None:
    data = bytearray(zipped({"a.xml": b"<a/>"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableFileError, match="密码"):
        safe_office_archive(bytes(data))


LAUGHS = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("name", ["word/document.xml", "customXml/item1.xml", "word/media/picture.png"])
def test_xml_with_a_dtd_is_refused_in_any_encoding_and_under_any_name(name: str, encoding: str) -> None:
    parts = docx_parts(p("甲")) | {name: f'<?xml version="1.0"?>{LAUGHS}'.encode(encoding)}
    with pytest.raises(UnreadableFileError, match="DTD"):
        safe_office_archive(zipped(parts))


@pytest.mark.parametrize(
    "content",
    [b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a+AD4-<a/>', LAUGHS.encode("cp037")],
    ids=["UTF-7", "EBCDIC"],
)
def test_xml_in_an_encoding_that_could_hide_a_dtd_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFileError, match="编码"):
        safe_office_archive(zipped(docx_parts(p("甲")) | {"word/numbering.xml": content}))


def test_a_pdf_stream_that_unpacks_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_STREAM_BYTES", 1_000_000)
    small, large = (zlib.compress(b"a" * size) for size in (900_000, 1_500_000))
    check_pdf_streams(b"%PDF-1.4 stream\n" + small + b"\nendstream stream\r\nnot flate endstream")
    with pytest.raises(UnreadableFileError, match="过大"):
        check_pdf_streams(b"%PDF-1.4 stream\n" + small + b"\nendstream stream\r\n" + large + b"\nendstream")
