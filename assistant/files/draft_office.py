"""Drafts in older or other office formats -> the same as docx or xlsx, by LibreOffice where it is installed.

LibreOffice runs without its window, with a profile of its own that is thrown away, without macros, and without
following links out of the document.
"""

import io
import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

from assistant.errors import UnreadableFileError
from assistant.files.content import Draft
from assistant.files.limits import Limits, safe_office_archive

Format = Literal["doc", "xls", "rtf", "odt", "ods"]

_TARGETS: dict[Format, tuple[str, str]] = {
    "doc": ("docx", "旧版Word或WPS文字文件"),
    "xls": ("xlsx", "旧版Excel或WPS表格文件"),
    "rtf": ("docx", "RTF文件"),
    "odt": ("docx", "ODF文字文件"),
    "ods": ("xlsx", "ODF表格文件"),
}
_OFF: Final = "http://127.0.0.1:9"  # a port where nothing answers: linked pictures are not fetched
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value>
</prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>1</value>
</prop></item>
</oor:items>
"""


def ole_format(data: bytes) -> Format | None:
    """Which old Office format an OLE file holds, from the names of its streams; None for another one."""
    if "WordDocument".encode("utf-16-le") in data:
        return "doc"
    if any(name.encode("utf-16-le") + b"\0\0" in data for name in ("Workbook", "Book")):
        return "xls"
    return None


def read_office(data: bytes, source: Format, limits: Limits) -> Draft:
    """The draft in `data`. Raises UnreadableFileError: no LibreOffice here, or it cannot open the file."""
    target, name = _TARGETS[source]
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise UnreadableFileError(f"这是{name}，本机没有安装LibreOffice，不能读取。", f"请另存为.{target}后再试。")
    converted = _converted(program, data, source, target, limits)
    if converted is None:
        raise UnreadableFileError(
            f"这是{name}，无法转换，可能已损坏或设有密码。", f"请用Office或WPS打开，去掉密码并另存为.{target}后再试。"
        )
    archive = safe_office_archive(converted)
    if target == "docx":
        from assistant.files.draft_docx import read_docx

        return replace(read_docx(archive, limits), kind="docx")
    from assistant.files.draft_xlsx import read_xlsx

    return read_xlsx(archive, limits)


def _converted(program: str, data: bytes, source: str, target: str, limits: Limits) -> bytes | None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "profile" / "user").mkdir(parents=True)
        (home / "profile" / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        original = home / f"draft.{source}"
        original.write_bytes(data)
        # A fixed program, and paths that are made here.
        command = [
            program,
            f"-env:UserInstallation={(home / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--nodefault"),
            *("--convert-to", target, "--outdir", str(home / "out"), str(original)),
        ]
        environment = {
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "HOME": folder,
            "TMPDIR": folder,
            "LC_ALL": "C.UTF-8",
            **dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), _OFF),
        }
        try:
            subprocess.run(  # noqa: S603
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=limits.seconds,
                check=False,
            )
        except (subprocess.TimeoutExpired, OSError):
            return None
        made = home / "out" / f"draft.{target}"
        if not made.is_file() or made.stat().st_size > limits.file_bytes:
            return None
        return io.FileIO(made).readall()
