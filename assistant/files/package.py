"""Which Office or OFD document a zip file is, from the parts in it."""

import io
import re
import zipfile
from typing import Literal

Package = Literal["docx", "xlsx", "pptx", "odt", "ods", "odp", "ofd", "zip"]

_MAIN_TYPES: tuple[tuple[bytes, Package], ...] = (
    (b"wordprocessingml.document.main+xml", "docx"),
    (b"wordprocessingml.template.main+xml", "docx"),
    (b"ms-word.document.macroenabled.main+xml", "docx"),
    (b"ms-word.template.macroenabledtemplate.main+xml", "docx"),
    (b"spreadsheetml.sheet.main+xml", "xlsx"),
    (b"spreadsheetml.template.main+xml", "xlsx"),
    (b"ms-excel.sheet.macroenabled.main+xml", "xlsx"),
    (b"ms-excel.template.macroenabled.main+xml", "xlsx"),
    (b"presentationml.", "pptx"),
)
_OPEN_TYPES: tuple[tuple[bytes, Package], ...] = (
    (b"opendocument.text", "odt"),
    (b"opendocument.spreadsheet", "ods"),
    (b"opendocument.presentation", "odp"),
)
_PLAIN_WORD = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_ODD_WORD = re.compile(
    rb"application/vnd\.(?:openxmlformats-officedocument\.wordprocessingml\.template\.main"
    rb"|ms-word\.document\.macroenabled\.main|ms-word\.template\.macroenabledtemplate\.main)\+xml",
    re.IGNORECASE,
)


def package_of(archive: io.BytesIO) -> Package:
    """The kind of document in a zip file; "zip" if it is none. The archive has been checked before."""
    with zipfile.ZipFile(archive) as opened:
        names = set(opened.namelist())
        types = opened.read("[Content_Types].xml").lower() if "[Content_Types].xml" in names else b""
        mimetype = opened.read("mimetype")[:200] if "mimetype" in names else b""
    found = [kind for mark, kind in _MAIN_TYPES if mark in types] or [
        kind for mark, kind in _OPEN_TYPES if mark in mimetype
    ]
    if found:
        return found[0]
    return "ofd" if "OFD.xml" in names else "zip"


def plain_word(archive: io.BytesIO) -> io.BytesIO:
    """The archive with a macro-enabled document or a template declared as the plain document it also is.

    Its macros are parts that nothing here opens.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(archive) as opened, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as copy:
        for name in opened.namelist():
            content = opened.read(name)
            if name == "[Content_Types].xml":
                content = _ODD_WORD.sub(_PLAIN_WORD, content)
            copy.writestr(name, content)
    target.seek(0)
    return target
