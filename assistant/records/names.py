"""Persons' names in texts: where a text says that a name follows, and wherever else the same name stands."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from assistant.records.folded import folded

_HAN = r"\u3400-\u9fff\U00020000-\U0003ffff"
# What may stand behind a name: anything but Chinese characters, or how people are addressed and described …
_BEHIND = (
    rf"(?=$|[^{_HAN}]|先生|女士|同志|老师|教授|博士|院士|经理|主任|总工|总(?![{_HAN}])|电话|手机|联系|身份证|邮箱|微信"
    r"|担任|任(?!务)|负责|和|与|及|或)"
)
# … and behind a name that somebody gives as theirs, also what they go on with.
_BEHIND_OWN = _BEHIND[:-1] + r"|想|要|来|在|是|的|从|请|有|代表|现|就|问|咨询|刚|也|为|给|对|已|办|以)"
_LATIN = r"[A-Z][a-z'-]+(?:[ ·]+[A-Z][a-z'-]+){1,3}"
# How far before a number a name is looked for.
_NEAR = 16


def names_in(text: str, *, is_name: bool = False) -> set[str]:
    """The names that a text gives as such: 联系人：张三, 我叫李四. `is_name`: all of it was asked for as names."""
    words, plain = _words(), folded(text).text
    found = {match["name"] for match in words.english.finditer(plain)}
    for pattern in (words.labelled, words.own):
        for match in pattern.finditer(plain):
            found.add(match["name"])
            end = match.end()
            while more := words.more.match(plain, end):
                found.add(more["name"])
                end = more.end()
    if is_name:
        found |= {match["name"] for match in words.listed.finditer(plain)}
        found |= set(re.findall(_LATIN, plain))
    return {name for name in found if words.is_name(name)}


def names_beside(text: str, numbers: Sequence[tuple[int, int]]) -> set[str]:
    """The names that stand right before or behind a person's number: 张三 138…, 138…（张三）. The text is plain."""
    words, found = _words(), set()
    for start, end in numbers:
        before = words.before.search(text, max(0, start - _NEAR), start)
        behind = words.behind.match(text, end)
        found |= {match["name"] for match in (before, behind) if match}
    return {name for name in found if words.is_name(name)}


def occurrences(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a name stands in a plain text; a Latin one only as whole words."""
    # People put a blank between the Chinese characters of a name.
    spaced = " ?".join(map(re.escape, name.replace(" ", "")))
    pattern = rf"\b{re.escape(name)}\b" if name.isascii() else spaced
    for found in re.finditer(pattern, text):
        yield found.span()


class _Words:
    """The patterns that masks.toml makes."""

    def __init__(self) -> None:
        told = tomllib.loads(files("assistant.records").joinpath("masks.toml").read_text(encoding="utf-8"))
        given = rf"(?![{told['not_given']}])[{_HAN}]"
        long = "|".join(told["surnames_long"].split())
        name = (
            rf"(?P<name>(?:{long})(?:{given}){{1,2}}?|[{told['surnames']}] ?(?:{given}){{1,2}}?"
            rf"|[{_HAN}]{{1,8}}(?:[·•][{_HAN}]{{1,8}})+)"
        )
        labels, calls, own, english = (_one_of(told[key]) for key in ("labels", "calls", "own", "labels_english"))
        is_ = r" *(?:[:是为叫]| ) *"
        self.labelled = re.compile(rf"(?:(?:{labels})(?:\([^()]{{0,8}}\))?{is_}|(?:{calls})[ :]*){name}{_BEHIND}")
        self.own = re.compile(rf"(?:{own})[ :]*{name}{_BEHIND_OWN}")
        self.more = re.compile(rf"[、和与及/ ]{{1,2}}{name}{_BEHIND}")
        self.english = re.compile(rf"(?i:\b(?:{english})) *:? *(?P<name>{_LATIN})")
        # In a list of names they follow a mark or a post.
        self.listed = re.compile(rf"(?:(?<![{_HAN}])|(?<=[任长理师人授士记席家员]))(?:{labels})?{name}{_BEHIND_OWN}")
        self.before = re.compile(rf"(?:^|[^{_HAN}]|联系|找|{labels}){name}[ :,(、]{{0,2}}$")
        self.behind = re.compile(rf"[ :,(、]{{0,2}}{name}{_BEHIND}")
        self._no_names = frozenset(told["no_names"].split())

    def is_name(self, name: str) -> bool:
        return name not in self._no_names


def _one_of(words: str | list[str]) -> str:
    listed = words.split() if isinstance(words, str) else words
    return "|".join(re.escape(word) for word in sorted(listed, key=len, reverse=True))


@cache
def _words() -> _Words:
    return _Words()
