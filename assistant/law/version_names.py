"""The words by which a version of a regulation may be called, and where a question calls one so.

They come from its status, its title, its dates and `called` in its pack; a word that fits several versions means the
newest of them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.law.pack import Pack
from assistant.law.types import LegalStatus

_BY_STATUS: dict[LegalStatus, tuple[str, ...]] = {
    LegalStatus.DRAFT_FOR_COMMENT: (
        "公开征求意见稿", "征求意见稿", "征求意见版", "意见稿", "草案",
        "draft for comment", "draft version", "draft text",
    ),
    LegalStatus.IN_FORCE: (
        "正式发布稿", "正式稿", "正式版", "正式文本", "正式办法", "正式文件", "final version", "final text",
    ),
    LegalStatus.REPEALED: ("废止版", "废止的版本", "已废止的版本", "已废止的办法", "repealed version"),
    LegalStatus.UNKNOWN: (),
}  # fmt: skip
_CURRENT = ("现行版本", "现行版", "现行文本", "现行办法", "现行规定", "当前版本", "version in force", "current version")
_OLDER = ("旧版", "老版", "旧办法", "老办法", "旧稿", "旧规定", "上一版", "前一版", "修订前", "old version")
_NEWER = ("新版", "新办法", "新稿", "新规定", "最新版", "修订后", "new version")
_BRACKETED = re.compile(r"[（(]([^（()）]{2,20})[）)]")
_PROVISIONAL = re.compile("暂行|试行")
# What is a version's name wherever it stands, and what is one only where something is asked by it.
_DATED = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}年(?:[0-9]{1,2}月)?(?:的)?(?:修订|修正)?(?:版本?|稿|文本)(?!权)")
_ASKED_BY = re.compile(r"(?:按照|按着|按|依照|依据|根据|参照|对照|照)(?:着|那个|那份|这个|这份)?[“\"「（(《]?")
_KIND = "(?:年度?)?的?(?:修订|修正)?(?:版本|文本|办法|规定|条文|版|稿|本|文件)"

# 按征求意见稿的规定，…: what stands around a name when a question is put by a version.
_BEFORE = (
    r"(?:(?:那么?|如果|假如|要是|若)?(?:是)?(?:按照|按着|按|依照|依据|依|根据|参照|对照|照|以|用|就|在|从|看|换成|换|"
    r"under|according to|by|in|per)\s*)?(?:the\s+)?(?:(?:这|那)(?:一)?(?:个|份|版|部)?(?!年))?"
    r"(?:[0-9]{4}年(?:[0-9]{1,2}月)?的?)?[“\"「（(《]?"
)
_AFTER = (
    r"[”\"」）)》]?(?:版本|文本)?(?:的|之)?(?:规定|要求|条文|标准|口径|说法|内容|文字)?(?:当中|里面|里头|之中|里|中|上|下|内)?"
    r"(?:来?(?:看|说|讲|算|衡量|判断)|为准|为依据|(?:的)?话)?\s*(?:[,，:：。]|的话)?\s*"
)
# 这还是征求意见稿吗 asks about the version, not by it.
_ABOUT_IT = re.compile(r"(?:是|成|为|变|叫|出|发布|公布|颁布|印发|转)(?:了)?(?:的)?[“\"《（(]?$")
# What is left of 那按正式稿呢: nothing that asks by itself.
_NOTHING = re.compile(r"[\s那么呢吗呀啊的又也则?？,，。.!！:：]*")


@dataclass(frozen=True)
class Naming:
    """A question that names versions. `question`: what is left of it, "" if it is only named; one version is meant,
    or several are named and the question stays as it was."""

    question: str
    versions: tuple[Pack, ...]


@dataclass(frozen=True)
class VersionNames:
    """The names of the versions of one regulation, oldest first."""

    versions: tuple[Pack, ...]
    current: Pack

    def called(self, words: str) -> Pack | None:
        """The version that goes by these words alone, with 按 or 版 around them as may be."""
        found = self.read(words)
        return found.versions[0] if found and len(found.versions) == 1 and not found.question else None

    def read(self, question: str) -> Naming | None:
        """None where a question names no version, or speaks about one and asks nothing by it."""
        if len(self.versions) < 2:
            return None
        found = [match for match in self._pattern.finditer(question) if not _ABOUT_IT.search(question[: match.start()])]
        named = list(dict.fromkeys(self._meant(match["name"]) for match in found))
        if len(named) != 1:
            return Naming(question, tuple(self.versions[i] for i in named)) if named else None
        rest = question
        for match in reversed(found):
            rest = rest[: match.start()] + rest[match.end() :]
        rest = "" if _NOTHING.fullmatch(rest) else rest.strip(" ，,:：")
        return None if rest.startswith("是") else Naming(rest, (self.versions[named[0]],))

    def missing(self, question: str) -> str:
        """The first name of a version that is none of these; "" where there is none."""
        strange = [match for match in _DATED.finditer(question) if not self._pattern.search(match.group())]
        words = {word for words in _BY_STATUS.values() for word in words}
        for asked in _ASKED_BY.finditer(question):
            after = question[asked.end() :]
            word = max((w for w in words if after.startswith(w)), key=len, default="")
            named = re.compile(re.escape(word)).search(question, asked.end()) if word else None
            if named and not self._pattern.search(word):
                strange.append(named)
        first = min(strange, key=lambda match: match.start(), default=None)
        return first.group() if first else ""

    @cached_property
    def _names(self) -> tuple[tuple[str, int], ...]:
        """Pattern and the index of its version, the longest first; of equal ones that of the newest version."""
        found: dict[str, int] = {}
        for index, pack in enumerate(self.versions):
            for pattern in names_of(pack, self.versions):
                found[pattern] = index
        place = self.versions.index(self.current)
        found |= dict.fromkeys(map(re.escape, _CURRENT), place)
        older, newer = max(place - 1, 0), len(self.versions) - 1
        found |= dict.fromkeys(map(re.escape, _OLDER), older) | dict.fromkeys(map(re.escape, _NEWER), newer)
        return tuple(sorted(found.items(), key=lambda entry: (-len(entry[0]), entry[0])))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        names = "|".join(pattern for pattern, _ in self._names)
        return re.compile(rf"{_BEFORE}(?P<name>{names}){_AFTER}", re.IGNORECASE)

    def _meant(self, name: str) -> int:
        return next(index for pattern, index in self._names if re.fullmatch(pattern, name, re.IGNORECASE))


def names_of(pack: Pack, versions: Sequence[Pack]) -> Iterator[str]:
    """Regular expressions of what one version is called among others."""
    about = pack.about
    titles = [other.about.title for other in versions if other is not pack]
    if re.fullmatch(r"[0-9.年月日-]+", about.version):
        yield f"{re.escape(about.version)}{_KIND}"
    elif len(about.version) > 1:
        yield f"{re.escape(about.version)}{'' if re.search('[版稿本]$', about.version) else '(?:版本|版|稿|本)?'}"
    yield re.escape(about.title)
    for words in (*about.called, *_BY_STATUS[about.status]):
        yield re.escape(words)
    for bracketed in _BRACKETED.findall(about.title):
        if all(bracketed not in title for title in titles):
            yield rf"{re.escape(bracketed)}{'' if bracketed.endswith(('稿', '版')) else '(?:版本|版|稿|办法)?'}"
    for word in _PROVISIONAL.findall(about.title):
        if all(word not in title for title in titles):
            yield f"{word}(?:版本|版|稿|办法|规定)"
    for written in {about.effective, about.published} - {""}:
        year, _, month = written.partition("-")
        yield f"{year}{_KIND}"
        yield f"{year} (?:version|edition|text)"
        if month:
            yield f"{year}年{int(month[:2])}月(?:份)?的?(?:修订|修正)?(?:版本|文本|办法|规定|版|稿)"
