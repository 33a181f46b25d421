"""By which version of a regulation a conversation is answered, and what its answer says about that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.law.installed import Installed, Standing, standing_in_words, standing_of
from assistant.law.pack import Pack


@dataclass(frozen=True)
class VersionChoice:
    """The version that answers, and the turns without the words that name it. `compared`: versions that the last turn
    names together; `missing`: the name of a version that it asks by and that is not installed."""

    pack: Pack
    turns: tuple[str, ...]
    compared: tuple[Pack, ...] = ()
    missing: str = ""


def choose_version(installed: Installed, pack_id: str, turns: Sequence[str], today: date) -> VersionChoice:
    """The version that was named last, in whichever turn; else the current one.

    那按征求意见稿呢 asks the question before once more.
    """
    pack = installed.current(pack_id, today)
    names = installed.names(pack_id, today)
    missing = names.missing(str(turns[-1])) if turns else ""
    if not installed.has_several(pack_id):
        return VersionChoice(pack, tuple(turns), missing=missing)
    compared: tuple[Pack, ...] = ()
    left: list[str] = []
    for turn in turns:
        naming = names.read(str(turn))
        compared = naming.versions if naming and len(naming.versions) > 1 else ()
        if naming and not compared:
            pack = naming.versions[0]
        said = naming.question if naming else str(turn)
        if said or not left:
            left.append(said)
    return VersionChoice(pack, tuple(left), compared, missing)


def version_notices(installed: Installed, choice: VersionChoice, today: date) -> list[str]:
    """What an answer says about the version that it rests on; nothing of a lone one that is in force or a draft."""
    pack = choice.pack
    standing = standing_of(pack.about, today)
    notices = ["repealed"] if standing is Standing.REPEALED else []
    words = standing_in_words(pack.about, today)
    if choice.missing:
        notices.append(f"这里没有“{choice.missing}”，回答依据的是《{pack.about.title}》{_called(pack, today)}。")
    if not installed.has_several(pack.id):
        return [*notices, f"《{pack.about.title}》{words}。"] if standing is Standing.COMING else notices
    current = installed.current(pack.id, today)
    notices.append(f"以上依据《{pack.about.title}》{_called(pack, today)}。")
    if pack is not current:
        of = f"《{current.about.title}》{_called(current, today)}"
        in_force = standing_of(current.about, today) is Standing.IN_FORCE
        notices.append(f"这不是现行版本；现在以{of}为准。" if in_force else f"没有写明版本的问题，依据的是{of}。")
    if choice.compared:
        named = "、".join(f"“{other.version}”" for other in choice.compared)
        notices.append(f"问题提到{named}几个版本，这里只依据其中一个作答；要比较，请分别写明版本各问一次。")
    return notices


def _called(pack: Pack, today: date) -> str:
    return f"“{pack.version}”（{standing_in_words(pack.about, today)}）"
