"""A page that stands alone: it loads nothing, runs nothing, and can be printed."""

from collections.abc import Iterable
from html import escape

from assistant.precheck.printable import printable


def whole_page(title: str, style: str, body: Iterable[str]) -> str:
    """In: the title as plain text, the style sheet, the parts of the body as HTML. Out: the page, a part a line."""
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(printable(title))}</title><style>{style}</style></head>\n<body>"
        + "\n".join(part for part in body if part)
        + "\n</body></html>\n"
    )
