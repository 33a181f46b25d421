"""What pages and the screen say of a comparison, in words."""

from assistant.law.types import LegalStatus
from assistant.versions.models import Entry, Kind, VersionInfo

KINDS: dict[Kind, str] = {
    "reworded": "文字有改动",
    "added": "新增",
    "removed": "删除",
    "split": "拆分",
    "merged": "合并",
    "moved": "移动",
    "renumbered": "只改编号",
    "unchanged": "没有变化",
}
# Shapes stand beside every colour: pages are printed in black and white, too.
MARKS: dict[Kind, str] = {
    "reworded": "≠", "added": "＋", "removed": "－", "split": "⇉", "merged": "⇇", "moved": "↷", "renumbered": "№",
    "unchanged": "＝",
}  # fmt: skip
RULE_STATES = {
    "gone": "停用，待核对",
    "changed": "要求变了",
    "moved": "换了条款",
    "reworded": "上下文变了",
}
_STATUS = {
    LegalStatus.DRAFT_FOR_COMMENT.value: "征求意见稿",
    LegalStatus.IN_FORCE.value: "施行",
    LegalStatus.REPEALED.value: "已废止",
    LegalStatus.UNKNOWN.value: "未注明是否施行",
}


def kind_in_words(entry: Entry) -> str:
    """文字有改动，并移动; 文字有改动，编号也变."""
    words = KINDS[entry.kind]
    if entry.kind == "reworded" and entry.moved:
        return f"{words}，并移动"
    if entry.kind == "reworded" and entry.renumbered:
        return f"{words}，编号也变"
    return f"{words}，文字有改动" if entry.kind in ("split", "merged") and entry.reworded else words


def places_in_words(entry: Entry) -> tuple[str, str]:
    """The labels of both sides; — where there is none."""
    old, new = ("、".join(side.label for side in sides) or "—" for sides in (entry.old, entry.new))
    return old, new


def version_in_words(info: VersionInfo) -> str:
    """《…》“2026年版”（施行，2026-03-01起）."""
    since = f"，{info.effective}起" if info.effective else ""
    return f"《{info.title}》“{info.version}”（{_STATUS[info.status]}{since}）"


def counts_in_words(counts: dict[Kind, int]) -> str:
    return "，".join(f"{KINDS[kind]}{counts[kind]}处" for kind in KINDS if counts.get(kind))
