"""What reports say in words: verdicts, outcomes, notices, and the places of a file."""

import re

from assistant.law.types import LegalStatus
from assistant.precheck.models import Check, Outcome, Verdict
from assistant.rules.rule_schema import Force

VERDICT: dict[Verdict, str] = {
    "met": "符合",
    "not_met": "不符合",
    "missing": "未提供",
    "review": "需人工判断",
    "not_applicable": "不适用",
}

# Shapes stand beside every colour: reports are printed in black and white, too.
MARK: dict[Verdict, str] = {"met": "✓", "not_met": "✗", "missing": "○", "review": "△", "not_applicable": "－"}

OUTCOME: dict[Outcome, str] = {
    "blocked": "有不符合的必要条件",
    "incomplete": "材料不完整",
    "review": "需人工判断",
    "clear": "未发现问题",
    "unreadable": "无法读取",
}

LEGAL_STATUS: dict[LegalStatus, str] = {
    LegalStatus.DRAFT_FOR_COMMENT: "本办法为征求意见稿，尚未施行，条文可能调整。正式文本发布后，以正式文本为准。",
    LegalStatus.REPEALED: "本办法已经废止。以下条文仅供查阅，不能作为办事依据。",
    LegalStatus.UNKNOWN: "本文件没有注明是否已经施行，引用前请先核实。",
    LegalStatus.IN_FORCE: "",
}

NO_APPROVAL = "预审只按填报内容对照条文，不核实真伪，不是审批，也不代表主管部门的意见；是否符合条件由主管部门审核认定。"

_YES_NO = {"true": "是", "false": "否"}
_PLAIN_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_BRACKETED_PLACE = re.compile(r"（((?:table|sheet|page|paragraph|line|field) [^（）]{1,80})）")
_PLACES = (
    (re.compile(r"\bsheet ([^,]+), ([A-Z]{1,3}\d+)"), r"工作表“\1”\2"),
    (re.compile(r"\bsheet ([^,]+)"), r"工作表“\1”"),
    (re.compile(r"\btable (\d+)"), r"表\1"),
    (re.compile(r"\bpage (\d+)"), r"第\1页"),
    (re.compile(r"\bparagraph (\d+)"), r"第\1段"),
    (re.compile(r"\brow (\d+)"), r"第\1行"),
    (re.compile(r"\bcolumn (\d+)"), r"第\1列"),
    (re.compile(r"\bline (\d+)"), r"第\1行"),
    (re.compile(r"\bfield ([\w.]+)"), r"字段\1"),
    (re.compile(r"(?<=[行页段列\d”]), (?=[第表字工])"), ""),
)


def place_in_words(found_at: str | None) -> str:
    """`table 1, row 11` -> 表1第11行; what is not known stays as it is, and nowhere is ""."""
    words = found_at or ""
    for pattern, chinese in _PLACES:
        words = pattern.sub(chinese, words)
    return words


def flag_sentence(flag: str) -> str:
    """A flag with the place it names in brackets in words."""
    return _BRACKETED_PLACE.sub(lambda found: f"（{place_in_words(found[1])}）", flag)


def notice_sentence(notice: str) -> str:
    """A notice of a report in words: a code is looked up, a sentence is itself."""
    return LEGAL_STATUS[LegalStatus(notice)] if notice in {s.value for s in LegalStatus} else notice


def actual_in_words(check: Check) -> str:
    """What the draft states, with its unit; "" where it states nothing."""
    return _with_unit(check.actual, check.unit)


def requirement_in_words(check: Check) -> str:
    """What the rule asks for: a threshold with its unit, one of several choices, 是; "" where it has no such thing."""
    required = check.required or ""
    if "|" in required:
        return "".join(f"“{choice}”" for choice in required.split("|")) + "之一"
    return _with_unit(required, check.unit)


def standing_in_words(check: Check) -> str:
    """When a rule is looked at and how strictly the text puts it, e.g. 申报·必须."""
    return check.stage if check.force == Force.NONE.value else f"{check.stage}·{check.force}"


def gap_in_words(check: Check) -> str:
    return _with_unit(check.gap, check.unit)


def _with_unit(value: str | None, unit: str | None) -> str:
    words = _YES_NO.get(value or "", value or "")
    return f"{words}{unit}" if unit and _PLAIN_NUMBER.fullmatch(words) else words


def basis_in_words(check: Check) -> tuple[str, str]:
    """The provision's label and the words quoted from it; both "" if the provision is gone."""
    return (check.citation.label, check.citation.quote) if check.citation else ("", "")
