"""Which document a text speaks of: 《公司法》, 本办法 or 《办法》, and whether that is the regulation."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from assistant.cite_check.folding import simplified
from assistant.law.pack import PackFile
from assistant.law.types import LegalStatus

_BRACKETS = re.compile(r"[（(〔\[]([^（()）〔〕\[\]]{1,40})[）)〕\]]")
_TITLE = re.compile(r"《((?:[^《》\n]|《[^《》\n]{1,40}》){1,80})》")
_NOTE = re.compile(r"\s{0,2}[（(]((?:[^（()）\n]|[（(][^（()）\n]{1,20}[）)]){1,80})[）)]")
_ALIAS = re.compile(
    r"(?:以下|下文|下面)?(?:统一|统|简)?称(?:为|作)?\s?[“\"「『《‘]{0,2}([^“”\"「」『』《》’）)，,。；;]{1,20})"
)
_KINDS = (
    "法典|条例|办法|规定|细则|解释|意见|通知|指南|标准|规程|规范|合同|协议书|协议|章程|公告|方案|规划|纲要|决定|制度|准则|"
    "守则|公约|申报书|建议书|任务书|征求意见稿|草案|暂行办法|法"
)
_BARE = re.compile(rf"(?P<run>[\u4e00-\u9fff]{{0,24}}(?:{_KINDS}))[的之中里]?\s?[,，]?\s?\Z")
# What may stand before a bare 办法 and is no part of its name.
_LINKS = re.compile(
    r"(?:根据|依据|依照|按照|遵照|比照|对照|参照|参考|违反|符合|执行|落实|遵守|引用|援引|适用|认为|认定|关于|属于|涉及|结合|"
    r"[按依据照和与及或对在从由是即见以于把将的了我你贵省厅市至到向为]|现行|有关|相关|新的?|这[部个份]?)\Z"
)
_SAME_ONE = re.compile(r"(?:该|此|上述|前述|以上|同一|这[部个份]?)\Z")
_VERSION = re.compile(r"暂行|试行|修订|修正|修改|废止|原|旧|送审|报批|[第二三四]次|[0-9]{4}|号|国家级?")
_NUMBERED = re.compile(r"[0-9０-９]{1,4}\s?号")


@dataclass(frozen=True, slots=True)
class Named:
    """A document named at `[start, end)`. `mine`: it is the regulation; `why` says in Chinese why it is not."""

    start: int
    end: int
    name: str
    mine: bool
    why: str = ""


@dataclass(frozen=True)
class OwnName:
    """The regulation's name in its forms, for one pack."""

    about: PackFile

    @cached_property
    def core(self) -> str:
        return _BRACKETS.sub("", simplified(self.about.title)).strip()

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What the title has in brackets: 征求意见稿."""
        return tuple(_BRACKETS.findall(simplified(self.about.title)))

    @cached_property
    def kind(self) -> str:
        """What the regulation calls itself: 办法, 通知, 细则."""
        found = re.search(rf"(?:{_KINDS})\Z", self.core)
        return found.group() if found else "规定"

    def is_mine(self, core: str) -> bool:
        """Whether a name without brackets is the title or a short form of it; 暂行 or another place make it another."""
        core = core.replace("中华人民共和国", "").strip()
        if not core:
            return False
        if core == self.core or (self.core.endswith(core) and core.endswith(self.kind)):
            return True
        if core in self.notes:
            return True
        if not core.endswith(self.kind) or _VERSION.search(core):
            return False
        rest = core.removesuffix(self.kind)
        scope = self.about.scope
        words = [*scope.subject, f"{scope.jurisdiction}省", scope.jurisdiction, "管理"]
        for word in sorted(filter(None, words), key=len, reverse=True):
            rest = rest.replace(word, "")
        named = any(word in core for word in scope.subject)
        return not rest.strip("的 省级") and named

    def resembles(self, name: str) -> bool:
        """Whether another document's name may be taken for the regulation's: the same subject under another kind."""
        core = _BRACKETS.sub("", name)
        subjects = [w for w in self.about.scope.subject if len(w) > 2 and w in self.core]
        other = any(p in name for p in self.about.scope.other_programmes)
        return not other and any(w in core for w in subjects) and core.endswith(self.kind)

    def judged(self, name: str, notes: list[str]) -> tuple[bool, str]:
        """Whether a name with what stands in brackets in or behind it is the regulation's, and why not."""
        inside = _BRACKETS.findall(name)
        core = _BRACKETS.sub("", name).strip()
        if not self.is_mine(core):
            return False, ""
        for note in [*inside, *notes]:
            if note in self.notes or _ALIAS.search(note):
                continue
            if _NUMBERED.search(note):
                if self.about.status is LegalStatus.DRAFT_FOR_COMMENT:
                    return False, f"所注文号“{note}”不属于本文本（征求意见稿没有文号）"
                continue
            if _VERSION.search(note) or note.endswith(("稿", "版")):
                return False, f"所注“{note}”与本文本的版本不同"
        return True, ""


class Documents:
    """All documents that a text names. In: the text in simplified characters, the pack's description."""

    def __init__(self, text: str, about: PackFile) -> None:
        self.text = text
        self.own = OwnName(about)
        self.aliases: dict[str, tuple[bool, str]] = {}
        self.titles = list(self._titles())
        # One that stands in the brackets behind another ends before that one does.
        self._by_end = sorted(self.titles, key=lambda title: title.end)

    def _titles(self) -> list[Named]:
        found: list[Named] = []
        for match in _TITLE.finditer(self.text):
            name, end = match.group(1), match.end()
            if name in self.aliases:
                mine, full = self.aliases[name]
                found.append(Named(match.start(), end, full, mine))
                continue
            note = _NOTE.match(self.text, end)
            notes = [note.group(1)] if note else []
            mine, why = self.own.judged(name, notes)
            if note and (_ALIAS.search(note.group(1)) or note.group(1) in self.own.notes or _VERSION.search(notes[0])):
                end = note.end()
            found.append(Named(match.start(), end, name, mine, why))
            alias = _ALIAS.search(self.text, match.end(), match.end() + 60)
            if alias and "。" not in self.text[match.end() : alias.start()]:
                self.aliases[alias.group(1).strip()] = (mine, name)
        return found

    @property
    def about_mine(self) -> bool:
        """Whether a reference without a document may be taken for one to the regulation."""
        scope = self.own.about.scope
        said = any(named.mine for named in self.titles) or any(
            w in self.text for w in (*scope.subject, *self.own.notes)
        )
        return said or not [t for t in self.titles if not t.mine]

    def right_before(self, position: int) -> Named | None:
        """The document named directly before a reference: 《公司法》第三条, 本办法第九条, 合同第七条."""
        title = self.last_before(position)
        if title and position - title.end <= 4 and not self.text[title.end : position].strip(" 的之中里,，\u3000"):
            return title
        window = self.text[max(0, position - 30) : position]
        match = _BARE.search(window)
        return self._bare(match["run"], position - len(window) + match.start()) if match else None

    def _bare(self, run: str, start: int) -> Named | None:
        for alias, (mine, full) in self.aliases.items():
            if run.endswith(alias):
                return Named(start, start + len(run), full, mine)
        kind = re.search(rf"(?:{_KINDS})\Z", run)
        word = kind.group() if kind else run
        before = run.removesuffix(word)
        end = start + len(run)
        if _SAME_ONE.search(before):
            last = self.last_before(start)
            return Named(start, end, last.name if last else word, last.mine if last else word == self.own.kind)
        if before.endswith("本") and word != self.own.kind:
            return Named(start, end, f"本{word}", False)
        common = _common_ending(run, self.own.core)
        rest = run[: len(run) - len(common)]
        if word in self.own.notes or (common.endswith(self.own.kind) and word == self.own.kind):
            rest = run.removesuffix(word) if word in self.own.notes else rest
            mine = not rest or common == self.own.core or rest.endswith("本") or _LINKS.search(rest) is not None
            mine = mine or self.own.is_mine(run)
            return Named(start, end, run, mine and not _VERSION.search(rest[-4:]))
        if before == "" or _LINKS.search(before):
            return Named(start, end, word, False) if word not in ("规定", "意见", "解释", "决定") else None
        return Named(start, end, run, False)

    def own_names(self) -> list[Named]:
        """Where the regulation itself is named, in brackets or as 本办法."""
        covered = [(t.start, t.end) for t in self.titles]
        bare = re.compile(rf"(?:本|该|上述){self.own.kind}")
        found = [t for t in self.titles if t.mine]
        for match in bare.finditer(self.text):
            if not any(a <= match.start() < b for a, b in covered):
                last = self.last_before(match.start())
                mine = match.group().startswith("本") or last is None or last.mine
                found.append(Named(match.start(), match.end(), match.group(), mine))
        return sorted(found, key=lambda n: n.start)

    def last_before(self, position: int) -> Named | None:
        index = bisect_right(self._by_end, position, key=lambda title: title.end)
        return self._by_end[index - 1] if index else None


def _common_ending(a: str, b: str) -> str:
    size = 0
    while size < min(len(a), len(b)) and a[-1 - size] == b[-1 - size]:
        size += 1
    return a[len(a) - size :]
