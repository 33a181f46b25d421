"""Bytes of a plain text file -> text, whatever encoding a Chinese office saved it in.

UTF-8 that decodes is nearly always UTF-8. GB18030 and UTF-16 without a BOM accept almost any bytes, so each
reading is scored by how much it looks like Chinese or English prose, and a poor best reading is refused.
"""

import codecs
from collections import Counter
from functools import lru_cache

from assistant.errors import UnreadableFileError

# The longer mark first: the UTF-32 LE mark begins with the UTF-16 LE one.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    ("\ufeff".encode("gb18030"), "gb18030"),
)
_BINARY_STARTS = (
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"%PDF-",
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b\x08",
    b"\x7fELF",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
)
# Whitespace that text files hold, and the end-of-file mark of old editors.
_TEXT_CONTROLS = frozenset("\t\n\v\f\r\x1a")
# Pairs of any ASCII letters are Chinese characters in UTF-16: without one of these a guess has no footing. The last
# three stand in tables and JSON.
_PUNCTUATION = frozenset('，。、；：？！（）“”《》\u3000 \r\n\t,:"')
_ACCEPTED_SCORE = 0.65
_MAX_CONTROL_SHARE = 0.01


def decode_text(data: bytes) -> str:
    """The text in `data`; the byte order mark is not part of it, every other character is kept.

    Raises UnreadableFileError if the bytes are no text in UTF-8, UTF-16, UTF-32 or GB18030.
    """
    if data.startswith(_BINARY_STARTS):
        raise _not_text()
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _decoded(data[len(mark) :], encoding)
            if text is not None:
                return text
    return _guessed(data)


def _guessed(data: bytes) -> str:
    """The most plausible reading of bytes without a mark."""
    utf8 = _decoded(data, "utf-8")
    others = [text for name in ("gb18030", "utf-16-le", "utf-16-be") if (text := _decoded(data, name))]
    others = [text for text in others if not _PUNCTUATION.isdisjoint(text)]
    best = max(others, key=_score, default="")
    if utf8 is not None:
        # Short GB18030 or UTF-16 text can pass as odd UTF-8; only a far better reading overrules UTF-8.
        return best if best and _score(best) > _score(utf8) + 0.4 else utf8
    if best and _score(best) >= _ACCEPTED_SCORE:
        return best
    raise _not_text()


def _decoded(data: bytes, encoding: str) -> str | None:
    """`data` in `encoding`, or None if it is invalid there or holds what no text file holds."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    if "\0" in text:
        return None
    controls = sum(text.count(chr(code)) for code in range(1, 32) if chr(code) not in _TEXT_CONTROLS)
    return None if controls > len(text) * _MAX_CONTROL_SHARE else text


def _score(text: str) -> float:
    """How much `text` looks like prose: 1 for everyday characters only, 0 or less for noise."""
    return sum(_weight(char) * count for char, count in Counter(text).items()) / max(len(text), 1)


@lru_cache(maxsize=65536)
def _weight(char: str) -> float:
    if char in _TEXT_CONTROLS or " " <= char <= "~":
        return 1.0
    if char < " " or "\ue000" <= char <= "\uf8ff":
        return -1.0
    try:
        lead = char.encode("gb2312")[0]
    except UnicodeEncodeError:
        return 0.4 if "\u4e00" <= char <= "\u9fff" else 0.1
    if lead >= 0xD8:  # the second, rarer half of GB 2312
        return 0.6
    return 1.0 if lead >= 0xB0 or lead in (0xA1, 0xA3) else 0.3


def _not_text() -> UnreadableFileError:
    return UnreadableFileError(
        "文件内容不是可识别的文本（支持UTF-8、UTF-16和GB18030编码）。",
        "请确认文件没有损坏，也不是改了扩展名的其他文件；可用记事本打开后另存为UTF-8编码再试。",
    )
