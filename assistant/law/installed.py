"""Which versions of which regulations are installed, and which of each is current.

Packs of one `id` are versions of one regulation, told apart by their `version`. The rule for what is current is in
docs/packs.md; it depends on nothing but the packs, their order and the day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cached_property

from assistant.config import Settings
from assistant.errors import PackError, UsageError
from assistant.law.pack import Pack, PackFile, load_pack
from assistant.law.types import LegalStatus
from assistant.law.version_names import VersionNames


class Standing(IntEnum):
    """What a version is worth on a day; the least number goes first."""

    IN_FORCE = 0
    COMING = 1
    DRAFT = 2
    UNKNOWN = 3
    REPEALED = 4


_WORDS = {
    Standing.IN_FORCE: "现行有效",
    Standing.COMING: "已发布、尚未施行",
    Standing.DRAFT: "征求意见稿，尚未施行",
    Standing.UNKNOWN: "没有注明是否施行",
    Standing.REPEALED: "已废止",
}


def standing_of(about: PackFile, today: date) -> Standing:
    """What a version is on a day, from its status and its dates. A date that is not known decides nothing."""
    gone = about.repealed and first_day(about.repealed) <= today
    if about.status is LegalStatus.REPEALED or gone:
        return Standing.REPEALED
    if about.status is LegalStatus.IN_FORCE:
        coming = about.effective and first_day(about.effective) > today
        return Standing.COMING if coming else Standing.IN_FORCE
    return Standing.DRAFT if about.status is LegalStatus.DRAFT_FOR_COMMENT else Standing.UNKNOWN


def first_day(written: str) -> date:
    """The first day of a date as `pack.toml` has it: 2026, 2026-03 or 2026-03-01."""
    year, month, day = (*(int(part) for part in written.split("-")), 1, 1)[:3]
    return date(year, month, day)


def standing_in_words(about: PackFile, today: date) -> str:
    """现行有效，自2026年3月1日起施行 and the like."""
    standing = standing_of(about, today)
    words = _WORDS[standing]
    if about.effective and standing in (Standing.IN_FORCE, Standing.COMING):
        words += f"，自{_day_in_words(about.effective)}起施行"
    return words


def _day_in_words(written: str) -> str:
    return "".join(f"{int(part)}{unit}" for part, unit in zip(written.split("-"), "年月日", strict=False))


@dataclass(frozen=True)
class Installed:
    """Packs in the order in which they are named. Make it with `install`."""

    packs: tuple[Pack, ...]

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The regulations, each once."""
        return tuple(dict.fromkeys(pack.id for pack in self.packs))

    def versions(self, pack_id: str) -> tuple[Pack, ...]:
        return tuple(pack for pack in self.packs if pack.id == pack_id)

    def current(self, pack_id: str, today: date) -> Pack:
        """The one current version: what a person has set, else by standing, then the latest, then the last named."""
        versions = self.versions(pack_id)
        chosen = next((pack for pack in versions if pack.about.current), None)
        if chosen:
            return chosen
        best = min(standing_of(pack.about, today) for pack in versions)
        return self.in_order(pack for pack in versions if standing_of(pack.about, today) is best)[-1]

    def in_order(self, versions: Iterable[Pack]) -> tuple[Pack, ...]:
        """Versions from the oldest to the newest: by the day they take effect, else by when they were published."""
        named = {id(pack): position for position, pack in enumerate(self.packs)}
        return tuple(sorted(versions, key=lambda pack: (_dated(pack.about), named[id(pack)])))

    def current_packs(self, today: date) -> tuple[Pack, ...]:
        """The current version of each regulation."""
        return tuple(self.current(pack_id, today) for pack_id in self.ids)

    def has_several(self, pack_id: str) -> bool:
        return len(self.versions(pack_id)) > 1

    def find(self, pack_id: str, version: str) -> Pack | None:
        """The pack of exactly this id and version, or None."""
        return next((pack for pack in self.versions(pack_id) if pack.version == version), None)

    def names(self, pack_id: str, today: date) -> VersionNames:
        """The words by which the versions of a regulation may be called."""
        versions = self.in_order(self.versions(pack_id))
        return VersionNames(versions, self.current(pack_id, today))

    def chosen(self, version: str, today: date) -> tuple[Pack, ...]:
        """The current version of each regulation, or those that are called `version` if that is not ""."""
        return self.called(version, today) if version else self.current_packs(today)

    def called(self, words: str, today: date) -> tuple[Pack, ...]:
        """The version of each regulation that goes by a name: its `version`, else other words for it.

        Raises UsageError, with the versions that are there, if no regulation has one.
        """
        exact = tuple(pack for pack in self.packs if pack.version == words.strip())
        if exact:
            return exact
        named = (self.names(pack_id, today).called(words) for pack_id in self.ids)
        found = tuple(pack for pack in named if pack)
        if not found:
            known = "、".join(f"“{pack.version}”（{pack.about.title}）" for pack in self.packs)
            raise UsageError(f"没有叫“{words}”的版本。", f"已安装的版本有：{known}。")
        return found


def install(packs: Sequence[Pack]) -> Installed:
    """Raises PackError if two packs are the same version of one regulation, or two are set to be current."""
    seen: dict[tuple[str, str], Pack] = {}
    for pack in packs:
        other = seen.setdefault((pack.id, pack.version), pack)
        if other is not pack:
            raise PackError(
                f"资料包 {other.path} 与 {pack.path} 的 id 和 version 都相同（{pack.id}，{pack.version}）",
                "请在 pack.toml 中给两个版本写上不同的 version，或从 MIC_PACK_DIR 去掉一个。",
            )
    installed = Installed(tuple(packs))
    for pack_id in installed.ids:
        chosen = [pack for pack in installed.versions(pack_id) if pack.about.current]
        if len(chosen) > 1:
            raise PackError(
                f"{chosen[0].path} 与 {chosen[1].path} 都写了 current = true",
                "同一办法只能有一个现行版本，请去掉一处。",
            )
    return installed


def load_installed(settings: Settings) -> Installed:
    """All packs of `MIC_PACK_DIR`. Raises PackError or SettingsError with a sentence for the operator."""
    return install([load_pack(path) for path in settings.pack_paths])


def _dated(about: PackFile) -> str:
    return about.effective or about.published
