"""The marked-up result in the form that is asked for."""

from pathlib import Path

from assistant.cite_check.inputs import Source
from assistant.cite_check.marked_docx import marked_docx
from assistant.cite_check.models import CiteReport
from assistant.cite_check.report_docx import report_docx
from assistant.cite_check.report_html import as_html
from assistant.errors import UnreadableFileError
from assistant.files.kinds import kind_of


def marked_file(suffix: str, path: Path, source: Source, report: CiteReport) -> bytes:
    """`.docx`: for a Word file a copy of it with comments, else a new document; any other suffix: the page.

    Raises UnreadableFileError if the file cannot be read any more.
    """
    if suffix != ".docx":
        return as_html(report).encode()
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(f"无法打开文件：{path.name}。", "请检查文件权限，或是否被其他程序占用。") from error
    if source.kind == "docx" and kind_of(data) == "zip":
        return marked_docx(data, source, report)
    return report_docx(report)
