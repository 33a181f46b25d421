"""Bytes of an uploaded draft -> the reader for what they are, whatever the name says."""

import re
from pathlib import PurePath

from assistant.errors import UnreadableFileError
from assistant.files.content import Draft
from assistant.files.decode import decode_text
from assistant.files.kinds import Kind, kind_of
from assistant.files.limits import Limits, safe_office_archive

_FORMATS = "可以上传Word、Excel、CSV、JSON、文本、PDF文件或图片。"
_SAVE = "请用Word或WPS打开，另存为.docx后再试。"
_REFUSED: dict[Kind, tuple[str, str]] = {
    "empty": ("文件是空的。", "请检查是否选错了文件，或重新上传。"),
    "encrypted office": ("文件设有打开密码，无法读取。", "请去掉密码后再试。"),
    "web page": ("这是网页文件，不是文档。", _SAVE),
    "xml": ("这是XML文件，不是文档。", _SAVE),
}
# What these names promise is never plain text.
_BINARY_SUFFIX = re.compile(
    r"\.(?:docx?|docm|xlsx?|xlsm|wps|et|pptx?|pdf|ofd|png|jpe?g|tiff?|bmp|webp|gif|hei[cf]|zip|rar|7z)"
)


def draft_in(data: bytes, name: str, limits: Limits, threads: int = 1) -> Draft:
    """The draft in `data`; `name` only tells kinds of plain text apart. Raises UnreadableFileError."""
    kind = kind_of(data)
    if kind in _REFUSED:
        raise UnreadableFileError(*_REFUSED[kind])
    if kind == "zip":
        draft = _package(data, limits)
    elif kind == "pdf":
        from assistant.files.draft_pdf import read_pdf

        draft = read_pdf(data, limits, threads)
    elif kind == "picture":
        from assistant.files.draft_image import read_image

        draft = read_image(data, limits, threads)
    elif kind in ("ole", "rtf"):
        draft = _old_office(data, kind, limits)
    else:
        draft = _plain(data, PurePath(name).suffix.lower(), limits)
    if not any(cell.text for table in draft.tables for cell in table.cells) and not draft.lines and not draft.entries:
        raise UnreadableFileError("文件中没有可读取的内容。", "".join(draft.notes) or "请检查是否选错了文件。")
    return draft


def _package(data: bytes, limits: Limits) -> Draft:
    from assistant.files.package import package_of

    archive = safe_office_archive(data)
    package = package_of(archive)
    if package == "docx":
        from assistant.files.draft_docx import read_docx

        return read_docx(archive, limits)
    if package == "xlsx":
        from assistant.files.draft_xlsx import read_xlsx

        return read_xlsx(archive, limits)
    if package in ("odt", "ods"):
        from assistant.files.draft_office import read_office

        return read_office(data, "odt" if package == "odt" else "ods", limits)
    if package == "ofd":
        raise UnreadableFileError("这是OFD版式文件，暂不能读取。", "请用OFD阅读器另存或打印为PDF后再试。")
    if package in ("pptx", "odp"):
        raise UnreadableFileError("这是演示文稿，不是表格或文档。", _FORMATS)
    raise UnreadableFileError("这是压缩包，不是文档。", "请解压后上传其中的文件。")


def _old_office(data: bytes, kind: Kind, limits: Limits) -> Draft:
    from assistant.files.draft_office import ole_format, read_office

    source = "rtf" if kind == "rtf" else ole_format(data)
    if source is None:
        raise UnreadableFileError("这是旧版Office文件，但不是Word或Excel文档，或者已损坏。", _FORMATS)
    return read_office(data, source, limits)


def _plain(data: bytes, suffix: str, limits: Limits) -> Draft:
    if _BINARY_SUFFIX.fullmatch(suffix):
        raise UnreadableFileError(f"扩展名是{suffix}，内容却不是这种文件，可能已损坏。", _FORMATS)
    try:
        text = decode_text(data)
    except UnreadableFileError as error:
        raise UnreadableFileError("无法识别这种文件。", _FORMATS) from error
    if not text.strip("\ufeff \t\r\n\u3000"):
        raise UnreadableFileError("文件中没有文字。", "请检查是否选错了文件。")
    if suffix == ".json" or (suffix not in (".csv", ".tsv") and text.lstrip().startswith("{")):
        from assistant.files.draft_json import read_json

        return read_json(text, limits)
    if suffix in (".csv", ".tsv"):
        from assistant.files.draft_csv import read_csv

        return read_csv(text, limits)
    from assistant.files.draft_text import read_text

    return read_text(text, limits, markdown=suffix in (".md", ".markdown"))
