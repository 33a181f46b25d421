"""Text in, search tokens out: Han characters and their bigrams, other words whole.

Query and passage go through the same function, so 申請條件 finds 申请条件, and １，０００万元 finds 1000万元.
Characters with bigrams beat dictionary words (rjieba, search mode) and words with bigrams on the dev half
of STARD (eval/results/stard.md): people's words and the law's seldom cut the same way.
"""

import re
import unicodedata
from functools import cache

from opencc import OpenCC

_HAN = r"[\u3007\u3400-\u9fff\U00020000-\U000323af]"
_THOUSANDS_COMMA = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
# A run of Han characters, or a word or number with the marks inside it: r&d, 2.5, covid-19.
_RUN = re.compile(rf"(?P<han>{_HAN}+)|(?:(?!{_HAN})[^\W_])+(?:[.&'-](?:(?!{_HAN})[^\W_])+)*")


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def to_simplified(text: str) -> str:
    """`text` with traditional characters made simplified; everything else stays."""
    return str(_converter().convert(text))


def normalize(text: str) -> str:
    """`text` in NFKC, in simplified characters and lower case, without commas between thousands."""
    simplified = to_simplified(unicodedata.normalize("NFKC", text))
    return _THOUSANDS_COMMA.sub("", simplified.lower())


def search_tokens(text: str) -> list[str]:
    """The tokens of `text`, repeated as often as they occur; punctuation gives none."""
    found: list[str] = []
    for run in _RUN.finditer(normalize(text)):
        characters = run.group()
        if run.group("han"):
            found.extend(characters)
            found.extend(characters[i : i + 2] for i in range(len(characters) - 1))
        else:
            found.append(characters)
    return found
