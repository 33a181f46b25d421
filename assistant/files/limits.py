"""What a file may not exceed or hold before a library gets to open it."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from itertools import pairwise

from assistant.errors import UnreadableFileError

MIB = 1024 * 1024
MAX_FILE_BYTES = 20 * MIB
MAX_MEMBERS = 2000
MAX_MEMBER_BYTES = 32 * MIB
MAX_UNPACKED_BYTES = 100 * MIB
MAX_RATIO = 200
# A small document of repetitive XML may pack well; below this the ratio says nothing.
RATIO_COUNTS_FROM = 4 * MIB
MAX_STREAM_BYTES = 64 * MIB
MAX_STREAMS_BYTES = 512 * MIB

_CHUNK = 256 * 1024
_XML_ENCODING = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_XML_ENCODINGS = frozenset({b"utf-8", b"utf8", b"utf-16", b"utf-16le", b"utf-16be", b"us-ascii", b"ascii"})
_FORBIDDEN_XML = (b"<!doctype", b"<!entity")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of an uploaded draft is read, and how long and with how much memory its reader may run.

    Sizes are bytes. `seconds` is wall-clock time for one file; `memory_bytes` is the address space of the
    reader's process. Pages that are recognised from pictures cost seconds each and have a limit of their own.
    """

    file_bytes: int = MAX_FILE_BYTES
    pages: int = 100
    scanned_pages: int = 20
    rows: int = 5000
    cells: int = 100_000
    pixels: int = 60_000_000
    seconds: int = 120
    memory_bytes: int = 3072 * MIB
    batch_files: int = 5000
    batch_bytes: int = 2048 * MIB


def check_size(size: int, limit: int = MAX_FILE_BYTES) -> None:
    """Raises UnreadableFileError if a file of `size` bytes is larger than `limit`."""
    if size > limit:
        raise UnreadableFileError(
            f"文件有{size / MIB:.1f} MB，超过{limit // MIB} MB的上限。",
            "请删去大图片或拆分文件后再试。",
        )


def safe_office_archive(data: bytes) -> io.BytesIO:
    """An Office file that was checked and repacked without compression, for a library to open.

    In: the bytes of a zip file. Repacking makes sure that the library sees exactly the bytes that were
    checked and unpacked here under limits, whatever sizes the original declares.
    Raises UnreadableFileError: damaged, encrypted, too large unpacked, unsafe member names, XML with a DTD.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            _check_directory(members)
            return _repacked(archive, members)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise UnreadableFileError(
            "文件已损坏，无法打开。", "请用Office或WPS打开并重新另存，或重新下载后再试。"
        ) from error


def _check_directory(members: list[zipfile.ZipInfo]) -> None:
    """Raises UnreadableFileError for what the list of members already gives away."""
    if any(member.flag_bits & 0x1 for member in members):
        raise UnreadableFileError("文件设有密码，无法读取。", "请去掉密码后再试。")
    if len(members) > MAX_MEMBERS:
        raise _suspicious("其中的部件过多")
    names = [member.filename for member in members]
    if len(set(names)) != len(names):
        raise _suspicious("其中有重名的部件")
    if any(_unsafe_name(name) for name in names):
        raise _suspicious("其中有不安全的路径")
    if any(member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for member in members):
        raise _suspicious("其压缩方式不是Office所用的")
    _check_unpacked(max((member.file_size for member in members), default=0), MAX_MEMBER_BYTES)
    unpacked = sum(member.file_size for member in members)
    _check_unpacked(unpacked, MAX_UNPACKED_BYTES)
    packed = sum(member.compress_size for member in members)
    if unpacked > RATIO_COUNTS_FROM and unpacked > MAX_RATIO * max(packed, 1):
        raise _suspicious("其压缩比异常")


def _repacked(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> io.BytesIO:
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as target:
        for member in members:
            content = _unpacked(archive, member)
            _check_xml(content, member.filename)
            target.writestr(member.filename, content)
    copy.seek(0)
    return copy


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """A member read in small steps: one large read would unpack a lying member whole before any check."""
    chunks: list[bytes] = []
    size = 0
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            _check_unpacked(size, MAX_MEMBER_BYTES)
            chunks.append(chunk)
    return b"".join(chunks)


def _check_xml(content: bytes, name: str) -> None:
    """Raises UnreadableFileError if a member that is XML carries a DTD or could hide one in its encoding."""
    # Without zero bytes, UTF-16 and UTF-32 markup reads like ASCII.
    plain = content.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if not plain.startswith(b"<"):
        if plain and name.lower().endswith((".xml", ".rels")):
            raise _suspicious("其中的XML编码无法识别")
        return
    encoding = _XML_ENCODING.match(plain[:200])
    if encoding and encoding.group(1).lower() not in _XML_ENCODINGS:
        raise _suspicious("其中的XML编码不是UTF-8或UTF-16")
    lowered = plain.lower()
    if any(mark in lowered for mark in _FORBIDDEN_XML):
        raise _suspicious("其中的XML带有DTD或实体定义")


def check_pdf_streams(data: bytes) -> None:
    """Raises UnreadableFileError if a compressed stream of a PDF unpacks to an unreasonable size.

    Streams are found by their keyword and tried as Flate; those packed twice or encrypted are not seen, so
    whoever serves strangers also limits the memory and time of the whole reading.
    """
    starts = [found.end() for found in re.finditer(rb"stream\r?\n", data)] + [len(data)]
    total = 0
    for start, end in pairwise(starts):
        size = _inflated_size(memoryview(data)[start:end])
        total += size
        if size > MAX_STREAM_BYTES or total > MAX_STREAMS_BYTES:
            raise _suspicious("其解压后的内容过大")


def _inflated_size(packed: memoryview) -> int:
    """How many bytes a Flate stream unpacks to, counted no further than just past the limit."""
    inflater = zlib.decompressobj()
    size = 0
    pending: memoryview | bytes = packed
    try:
        while pending and not inflater.eof and size <= MAX_STREAM_BYTES:
            size += len(inflater.decompress(pending, _CHUNK))
            pending = inflater.unconsumed_tail
    except zlib.error:  # not Flate, or damaged from here on
        return size
    return size


def _unsafe_name(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]


def _check_unpacked(size: int, limit: int) -> None:
    if size > limit:
        raise _suspicious("其解压后的内容过大")


def _suspicious(reason: str) -> UnreadableFileError:
    return UnreadableFileError(
        f"文件不像正常的文档（{reason}），已拒绝读取。", "请用Office或WPS打开后另存为新文件再试。"
    )
