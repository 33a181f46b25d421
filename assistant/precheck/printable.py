"""Text of strangers made fit for XML, HTML and JSON: what cannot be shown is shown as such."""

import re

from assistant.errors import MicError

# C0 and C1 controls without tab and line feed, surrogates, non-characters, and the marks that turn the direction of
# a line, with which a name can be made to read as another one.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """The text with line breaks as line feeds and everything unprintable as U+FFFD."""
    return _UNPRINTABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def short(text: str, length: int = 300) -> str:
    """The text, cut with an ellipsis if it is longer than `length` characters."""
    return text if len(text) <= length else text[: length - 1] + "…"


def one_sentence(error: MicError) -> str:
    """What is wrong and what to do as one sentence with one full stop."""
    parts = [part for text in (error.message, error.hint) for part in text.split("。") if part.strip()]
    return "；".join(part.strip() for part in parts) + "。"
