"""A zip of drafts: Chinese names, safe places, and one bad file does not spoil the others."""

import io
import zipfile
from pathlib import Path

import pytest

from assistant.errors import UnreadableFileError
from assistant.files.archives import unpack
from assistant.files.limits import Limits


def zip_file(folder: Path, members: dict[str, bytes], raw: bool = False) -> Path:
    """A zip; `raw`: the names are written in GBK with no word about it, as Windows does."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            if raw:
                info = zipfile.ZipInfo(name.encode("gbk").decode("cp437"))
                info.flag_bits = 0
                _write_raw(archive, info, content)
            else:
                archive.writestr(name, content)
    data = target.getvalue()
    path = folder / "drafts.zip"
    path.write_bytes(_without_utf8_flags(data, members) if raw else data)
    return path


def _write_raw(archive: zipfile.ZipFile, info: zipfile.ZipInfo, content: bytes) -> None:
    # zipfile writes names beyond ASCII as UTF-8: stand-ins of the same length in bytes are exchanged afterwards.
    length = len(info.filename.encode("cp437"))
    info.filename = f"{len(archive.infolist()):x}" * length
    archive.writestr(info, content)


def _without_utf8_flags(data: bytes, members: dict[str, bytes]) -> bytes:
    for number, name in enumerate(members):
        encoded = name.encode("gbk")
        data = data.replace(f"{number:x}".encode() * len(encoded), encoded)
    return data


def unpacked(folder: Path, members: dict[str, bytes], **options: object) -> dict[str, str]:
    """Name -> content, or the reason it was refused."""
    target = folder / "out"
    target.mkdir()
    limits = Limits(**options)  # type: ignore[arg-type]
    found = unpack(zip_file(folder, members), target, limits)
    return {each.name: each.path.read_text() if each.path else each.error for each in found}


def test_files_land_under_names_of_ours_in_the_order_of_theirs(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    path = zip_file(tmp_path, {"沈阳/乙.DOCX": b"2", "沈阳/": b"", "沈阳/一.docx": b"1", "无": b"3"})
    found = unpack(path, tmp_path / "out", Limits())
    assert [(each.name, each.path and each.path.name) for each in found] == [
        ("无", "00001"),
        ("沈阳/一.docx", "00002.docx"),
        ("沈阳/乙.DOCX", "00003.docx"),
    ]


def test_names_written_on_chinese_windows(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    path = zip_file(tmp_path, {"自评表一.docx": b"1", "机器人中心.pdf": b"2"}, raw=True)
    assert [each.name for each in unpack(path, tmp_path / "out", Limits())] == ["机器人中心.pdf", "自评表一.docx"]


def test_what_systems_add_is_left_out(tmp_path: Path) -> None:
    members = {"__MACOSX/._a.docx": b"", "a/.DS_Store": b"", "a/~$b.docx": b"", "Thumbs.db": b"", "a/b.docx": b"1"}
    assert unpacked(tmp_path, members) == {"a/b.docx": "1"}


@pytest.mark.parametrize("name", ["../a.docx", "a/../../b.docx", "/etc/passwd", "C:/a.docx", "a\\..\\..\\b.docx"])
def test_an_unsafe_name_is_refused_alone(tmp_path: Path, name: str) -> None:
    found = unpacked(tmp_path, {name: b"1", "b.docx": b"2"})
    assert found.pop("b.docx") == "2"
    assert all("不安全" in reason for reason in found.values())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["drafts.zip", "out"]


def test_an_archive_in_the_archive_is_refused_alone(tmp_path: Path) -> None:
    found = unpacked(tmp_path, {"a.zip": b"PK", "b.rar": b"", "c.docx": b"1"})
    assert found["c.docx"] == "1"
    assert "又有压缩包" in found["a.zip"]
    assert "又有压缩包" in found["b.rar"]


def test_a_file_that_is_too_large_is_refused_alone(tmp_path: Path) -> None:
    found = unpacked(tmp_path, {"a.docx": b"1" * 2000, "b.docx": b"2"}, file_bytes=1000)
    assert found["b.docx"] == "2"
    assert "上限" in found["a.docx"]


def test_a_protected_file_is_refused_alone(tmp_path: Path) -> None:
    path = zip_file(tmp_path, {"a.docx": b"1"})
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    (tmp_path / "out").mkdir()
    assert "密码" in unpack(path, tmp_path / "out", Limits())[0].error


def test_a_damaged_file_is_refused_alone(tmp_path: Path) -> None:
    path = zip_file(tmp_path, {"a.docx": b"123456789" * 50, "b.docx": b"2"})
    data = bytearray(path.read_bytes())
    data[40] ^= 0xFF
    path.write_bytes(data)
    (tmp_path / "out").mkdir()
    first, second = unpack(path, tmp_path / "out", Limits())
    assert (first.path, "损坏" in first.error) == (None, True)
    assert second.path is not None


@pytest.mark.parametrize(
    ("members", "options", "reason"),
    [
        ({f"{n}.txt": b"1" for n in range(4)}, {"batch_files": 3}, "3个"),
        ({"a.txt": b"1" * 3000}, {"batch_bytes": 2000}, "上限"),
        ({"a.txt": b"\0" * 6_000_000}, {}, "压缩比"),
        ({"a/": b""}, {}, "空的"),
    ],
)
def test_an_archive_as_a_whole_is_refused(
    tmp_path: Path, members: dict[str, bytes], options: dict[str, int], reason: str
) -> None:
    with pytest.raises(UnreadableFileError, match=reason):
        unpacked(tmp_path, members, **options)


def test_no_zip(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"Rar!")
    with pytest.raises(UnreadableFileError, match="ZIP"):
        unpack(tmp_path / "a.zip", tmp_path, Limits())
