"""A zip with many drafts -> its files in a folder, under names of this program, each with the name it had.

Nothing in the archive chooses where a file lands. Names from Chinese Windows are decoded; what systems add on their
own is left out; an archive in the archive is refused, alone.
"""

import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from assistant.errors import UnreadableFileError
from assistant.files.limits import MAX_RATIO, MIB, RATIO_COUNTS_FROM, Limits

_CHUNK = 256 * 1024
_UTF8_FLAG = 0x800
_ENCRYPTED_FLAG = 0x1
_UNICODE_PATH = 0x7075
_LEFT_OUT = re.compile(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$|\._)", re.IGNORECASE)
_ARCHIVE_SUFFIX = re.compile(r"\.(?:zip|rar|7z|tar|gz|tgz|bz2|xz)$", re.IGNORECASE)
_SAFE_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A file of an archive: the name it had in it, and where it lies now, or why it was refused (Chinese)."""

    name: str
    path: Path | None
    error: str = ""


def unpack(archive: Path, folder: Path, limits: Limits) -> tuple[Unpacked, ...]:
    """Writes the files of a zip into `folder`, in the order of their names.

    Raises UnreadableFileError if it is no zip, damaged, or holds more than the limits allow; a single file that
    is protected, has an unsafe name, is too large or is an archive itself is refused alone.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            named = sorted(((_name(member), member) for member in opened.infolist()), key=lambda each: each[0])
            members = [
                (name, member) for name, member in named if not name.endswith("/") and not _LEFT_OUT.search(name)
            ]
            _check(members, limits)
            budget = limits.batch_bytes
            unpacked = []
            for count, (name, member) in enumerate(members, start=1):
                target = folder / f"{count:05d}{_suffix(name)}"
                error = _refusal(name, member, limits) or _write(opened, member, target, min(limits.file_bytes, budget))
                budget -= target.stat().st_size if not error else 0
                unpacked.append(Unpacked(name, None if error else target, error))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as problem:
        raise UnreadableFileError("压缩包已损坏或不是ZIP格式，无法打开。", "请重新压缩为ZIP后再试。") from problem
    except OSError as problem:
        raise UnreadableFileError("压缩包无法打开或解压。", "请检查文件权限和磁盘空间后再试。") from problem
    if not unpacked:
        raise UnreadableFileError("压缩包是空的。", "请检查是否选错了文件。")
    return tuple(unpacked)


def _check(members: list[tuple[str, zipfile.ZipInfo]], limits: Limits) -> None:
    if len(members) > limits.batch_files:
        raise UnreadableFileError(f"压缩包中的文件超过{limits.batch_files}个的上限。", "请分批上传。")
    size = sum(member.file_size for _, member in members)
    packed = sum(member.compress_size for _, member in members)
    if size > limits.batch_bytes:
        raise UnreadableFileError(f"压缩包解压后超过{limits.batch_bytes // MIB} MB的上限。", "请分批上传。")
    if size > RATIO_COUNTS_FROM and size > MAX_RATIO * max(packed, 1):
        raise UnreadableFileError("压缩包的压缩比异常，已拒绝解压。", "请重新压缩后再试。")


def _refusal(name: str, member: zipfile.ZipInfo, limits: Limits) -> str:
    """Why a file is not even unpacked; "" if nothing speaks against it."""
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or (member.external_attr >> 28) == 0xA:
        return "文件在压缩包中的路径不安全，没有读取。"
    if member.flag_bits & _ENCRYPTED_FLAG:
        return "文件在压缩包中设有密码，请去掉密码后再试。"
    if member.file_size > limits.file_bytes:
        return f"文件有{member.file_size / MIB:.1f} MB，超过{limits.file_bytes // MIB} MB的上限。"
    return "压缩包中又有压缩包，没有读取，请解压后再试。" if _ARCHIVE_SUFFIX.search(name) else ""


def _write(opened: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, limit: int) -> str:
    """Unpacks one file in small steps; why that failed, or ""."""
    size = 0
    error = ""
    try:
        with opened.open(member) as source, target.open("xb") as copy:
            while not error and (chunk := source.read(_CHUNK)):
                size += len(chunk)
                if size > limit:
                    error = "文件解压后的大小超过上限，没有读取。"
                copy.write(chunk)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        error = "文件在压缩包中已损坏，没有读取。"
    if error:
        target.unlink(missing_ok=True)
    return error


def _name(member: zipfile.ZipInfo) -> str:
    """A member's name: as UTF-8 where it says so, else as what Chinese systems write."""
    said = _unicode_path(member.extra)
    if said:
        return said
    if member.flag_bits & _UTF8_FLAG:
        return member.filename
    raw = member.orig_filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).replace("\\", "/").split("\0")[0]
        except UnicodeDecodeError:
            continue
    return member.filename


def _unicode_path(extra: bytes) -> str:
    """The name in Info-ZIP's extra field; "" if there is none."""
    while len(extra) >= 4:
        kind, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        if kind == _UNICODE_PATH and size > 5:
            try:
                return extra[9 : 4 + size].decode("utf-8")
            except UnicodeDecodeError:
                return ""
        extra = extra[4 + size :]
    return ""


def _suffix(name: str) -> str:
    suffix = PurePosixPath(name).suffix
    return suffix.lower() if _SAFE_SUFFIX.fullmatch(suffix) else ""
