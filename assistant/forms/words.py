"""How words of a form are compared: widths, case and blanks do not count."""

import re
import tomllib
from functools import cache
from pathlib import Path

_WIDE = {code: ord(chr(code - 0xFEE0).lower()) for code in range(0xFF01, 0xFF5F)}
_CAPITALS = {ord(capital): ord(capital.lower()) for capital in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_SPACES = {code: ord(" ") for code in (0x3000, 0xA0, 0x2002, 0x2003, 0x2009, 0x202F, 0xFEFF, 0x200B)}
# One character for one, so that places in the folded text are places in the original.
_TABLE = (
    _WIDE | _CAPITALS | _SPACES | {ord("﹢"): ord("+"), ord("∕"): ord("/"), ord("﹕"): ord(":"), ord("︰"): ord(":")}
)
_BLANKS = re.compile(r"[\s_]+")
_QUOTES = re.compile("[“”\"'‘’「」《》]")


def folded(text: str) -> str:
    """The text with half-width forms and small letters, character for character."""
    return text.translate(_TABLE)


def plain(text: str) -> str:
    """The text for comparison: folded, without blanks, fill-in lines and quotation marks."""
    return _QUOTES.sub("", _BLANKS.sub("", folded(text)))


@cache
def spoken_words() -> tuple[tuple[str, str], ...]:
    """How questions are put in speech, each with what it stands for; the longest first."""
    pairs = (tuple(word.split(">")) for word in form_words("labels", "spoken"))
    return tuple(sorted(((said, meant) for said, meant in pairs), key=lambda pair: -len(pair[0])))


@cache
def form_words(table: str, name: str) -> frozenset[str]:
    """A list of words from form_words.toml, made plain."""
    tables = tomllib.loads(Path(__file__).with_name("form_words.toml").read_text(encoding="utf-8"))
    return frozenset(plain(word) for word in str(tables[table][name]).split())
