"""One form for a question: half width, simplified characters, mended typos, single spaces."""

import re
import unicodedata
from collections.abc import Mapping

from assistant.retrieval.tokens import to_simplified

_ASKS_IN_ENGLISH = re.compile(
    r"\W*(?:who|what|when|where|which|how|why|can|could|do|does|is|are|must|may|should|will)\b", re.IGNORECASE
)
_CONTROL = re.compile(r"[\u0000-\u0008\u000b-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")


def normalise(text: str, typos: Mapping[str, str] | None = None) -> str:
    """Half-width digits and signs, simplified Chinese, no control characters, known typos mended.

    Quotation marks and the comma, full stop and question mark of Chinese keep their meaning but become one width,
    so that patterns need to know only one.
    """
    plain = _CONTROL.sub("", unicodedata.normalize("NFKC", text))
    if re.search(r"[\u4e00-\u9fff]", plain):
        plain = to_simplified(plain)
    for wrong, right in (typos or {}).items():
        plain = plain.replace(wrong, right)
    return re.sub(r"\s+", " ", plain).strip()


def simplified(text: str, typos: Mapping[str, str] | None = None) -> str:
    """Simplified characters and mended typos, with signs and lines as they were typed: 附件3，80人 stays two things."""
    kept = to_simplified(_CONTROL.sub("", text))
    for wrong, right in (typos or {}).items():
        kept = kept.replace(wrong, right)
    return kept


def is_english(text: str) -> bool:
    """Whether a question is asked in English: Latin words and hardly a Chinese character."""
    latin = len(re.findall(r"[A-Za-z]{2,}", text))
    chinese = len(re.findall(r"[\u4e00-\u9fff]", text))
    if chinese == 0:
        return latin >= 1
    return latin >= 2 and (chinese <= latin / 2 or _ASKS_IN_ENGLISH.match(text) is not None)
