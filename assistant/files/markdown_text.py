"""Markdown -> the plain words: marks that would hide a heading from the parser of regulations go."""

import re

_QUOTE = re.compile(r"^\s{0,3}(?:>[ \t]?)+")
_HEADING = re.compile(r"^\s{0,3}(#{1,6})[ \t]*(?=[^\s#])(.*?)(?:[ \t]+#+)?[ \t]*$")
_EMPHASIS = r"(?:\*{1,3}|_{1,3})"
_NUMBERED = (
    r"(?:第[〇○零一二三四五六七八九十百千两\d]+[编章节条款项]|[（(][一二三四五六七八九十百\d]+[）)]"
    r"|[一二三四五六七八九十百]+、|\d+[.、．])"
)
_DASH = re.compile(rf"^(\s*)[-*+][ \t]+(?={_EMPHASIS}?{_NUMBERED})")
_STARS = re.compile(r"(?<![\\*])(\*{1,3})(?=[^\s*])(.+?)(?<=[^\s*\\])\1(?!\*)")
# Underscores are emphasis only at the start of a line: elsewhere they are blanks to fill in, or names.
_LEADING_UNDERSCORES = re.compile(r"^(\s*)(_{1,3})(?=[^\s_])(.+?)(?<=[^\s_])\2(?!_)")


def plain_markdown(text: str) -> str:
    """`text` without heading hashes, block quote marks, bold and italic marks, and dashes before numbering.

    Line breaks and everything else stay as they are.
    """
    return "".join(_plain_line(line) for line in text.splitlines(keepends=True))


def _plain_line(line: str) -> str:
    words = line.rstrip("\r\n")
    ending = line[len(words) :]
    words = _QUOTE.sub("", words)
    words = _HEADING.sub(r"\2", words)
    words = _DASH.sub(r"\1", words)
    words = _STARS.sub(r"\2", words)
    words = _LEADING_UNDERSCORES.sub(r"\1\3", words)
    return words + ending
