"""The canonical text: the decoded source without word-processor marks, BOM and CR, and otherwise untouched."""

import re

_BOOKMARK = re.compile(r"\[bookmark:[^\]\n]*\]")


def canonical_text(decoded: str) -> tuple[str, int]:
    """Returns the canonical text and how many `[bookmark: …]` marks were taken out of it."""
    text, marks = _BOOKMARK.subn("", decoded.replace("\ufeff", "").replace("\r", ""))
    return text, marks
