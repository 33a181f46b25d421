"""A regulation's source file -> its text, whatever kind of file it is."""

from pathlib import Path

from assistant.errors import UnreadableFileError
from assistant.files.decode import decode_text
from assistant.files.kinds import Kind, kind_of
from assistant.files.limits import MAX_FILE_BYTES, check_size
from assistant.files.markdown_text import plain_markdown

_ACCEPTED = "可用的格式：.txt、.md、.docx、带文字层的.pdf。"
_TEXT_SUFFIXES = frozenset({"", ".txt", ".text", ".md", ".markdown"})
_MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})
_SAVE_AS_DOCX = "请用Word或WPS打开，另存为.docx后再试。"
_REFUSED: dict[Kind, tuple[str, str]] = {
    "empty": ("文件是空的。", "请检查是否选错了文件，或重新下载。"),
    "ole": ("这是旧版Office文件（.doc、.wps等），暂不能读取。", _SAVE_AS_DOCX),
    "encrypted office": ("文件设有打开密码，无法读取。", "请去掉密码后再试。"),
    "rtf": ("这是RTF文件，暂不能读取。", _SAVE_AS_DOCX),
    "web page": ("这是网页文件，不是文档。", _SAVE_AS_DOCX),
    "xml": ("这是XML文件，不是文档。", _SAVE_AS_DOCX),
    "picture": ("这是图片，没有可读取的文字。", "请先做文字识别（OCR），或提供文字版文件。"),
}


def read_source(path: Path) -> str:
    """The text of the file at `path`, recognised by its content.

    Raises UnreadableFileError if it is missing, too large, damaged or of a kind that cannot be read.
    """
    data = _read_bytes(path)
    kind = kind_of(data)
    if kind in _REFUSED:
        raise UnreadableFileError(*_REFUSED[kind])
    if kind == "zip":
        from assistant.files.docx_text import docx_text

        return docx_text(data)
    if kind == "pdf":
        from assistant.files.pdf_text import pdf_text

        return pdf_text(data)
    return _plain_text(data, path.suffix.lower())


def _read_bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise UnreadableFileError(f"找不到文件：{path.name}。", "请检查路径；这里需要一个文件，不是文件夹。")
        check_size(path.stat().st_size)
        with path.open("rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)  # a file may grow between the two calls
    except (OSError, ValueError) as error:
        raise UnreadableFileError(f"无法打开文件：{path.name}。", "请检查文件权限，或是否被其他程序占用。") from error
    check_size(len(data))
    return data


def _plain_text(data: bytes, suffix: str) -> str:
    if suffix in (".docx", ".doc", ".pdf"):
        raise UnreadableFileError(f"扩展名是{suffix}，内容却不是这种文件，可能已损坏。", _ACCEPTED)
    if suffix not in _TEXT_SUFFIXES:
        raise UnreadableFileError(f"不支持{suffix}文件。", _ACCEPTED)
    text = decode_text(data)
    if not text.strip("\ufeff \t\r\n\u3000"):
        raise UnreadableFileError("文件中没有文字。", "请检查是否选错了文件。")
    return plain_markdown(text) if suffix in _MARKDOWN_SUFFIXES else text
