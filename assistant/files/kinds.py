"""What a file really is, from its first bytes; the extension is not believed."""

import re
from typing import Literal

Kind = Literal["empty", "zip", "pdf", "ole", "encrypted office", "rtf", "web page", "xml", "picture", "text"]

_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_PHOTOS = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftyphevc", b"ftypavif")
_WEB_PAGE = re.compile(
    rb"(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body|meta|table|div|style|script)\b", re.IGNORECASE | re.DOTALL
)


def kind_of(data: bytes) -> Kind:
    """The kind of file `data` is; what has no known signature is "text", which decoding then proves."""
    if not data:
        return "empty"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        # A .docx with a password to open it is an OLE file with this stream in it.
        return "encrypted office" if "EncryptedPackage".encode("utf-16-le") in data else "ole"
    if data.startswith(_PICTURES) or (data.startswith(b"BM") and b"\0" in data[:16]):
        return "picture"
    # WebP is a RIFF file; HEIC and AVIF photos are ISO media files.
    if data[8:12] == b"WEBP" or data[4:12] in _PHOTOS:
        return "picture"
    # Without its zero bytes and BOM, the head of a UTF-16 file reads like that of a UTF-8 file.
    head = data[:2048].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.lower().startswith(b"mime-version:"):
        return "web page"
    without_declaration = re.sub(rb"^<\?xml.*?\?>\s*", b"", head, flags=re.DOTALL)
    if _WEB_PAGE.match(without_declaration):
        return "web page"
    return "xml" if head.startswith(b"<?xml") else "text"
