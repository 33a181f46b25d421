"""What the page says beside the answers themselves."""

from assistant.law.types import LegalStatus
from assistant.qa.models import Status, Verdict

STATUS: dict[Status, str] = {
    "answered": "办法有规定",
    "not_covered": "办法未作规定",
    "needs_facts": "需要补充情况",
    "out_of_scope": "与本办法无关",
}

VERDICT: dict[Verdict, str] = {
    "met": "符合",
    "not_met": "不符合",
    "missing": "未提供",
    "review": "需人工判断",
    "not_applicable": "不适用",
}

FAILED = "抱歉，这个问题没有处理成功。请稍后重试，或换一种说法再问。"

LEGAL_STATUS: dict[LegalStatus, str] = {
    LegalStatus.DRAFT_FOR_COMMENT: ("本办法为征求意见稿，尚未施行，条文可能调整。正式文本发布后，以正式文本为准。"),
    LegalStatus.REPEALED: "本办法已经废止。以下条文仅供查阅，不能作为办事依据。",
    LegalStatus.UNKNOWN: "本文件没有注明是否已经施行，引用前请先核实。",
    LegalStatus.IN_FORCE: "",
}

_NOTICES = {
    "draft_for_comment": LEGAL_STATUS[LegalStatus.DRAFT_FOR_COMMENT],
    "repealed": LEGAL_STATUS[LegalStatus.REPEALED],
    "unknown": LEGAL_STATUS[LegalStatus.UNKNOWN],
    "unofficial_summary": "“背景”部分出自非官方整理的摘要，不是政策原文，不能作为依据。",
}

# The page says these elsewhere: once at its top, or over the background.
_SAID_IN_PAGE = {"draft_for_comment", "repealed", "unknown", "in_force", "unofficial_summary"}


def notice_texts(notices: list[str], *, in_page: bool = False) -> list[str]:
    """The notices of an answer in words; for the page without those that it says elsewhere."""
    return [
        _NOTICES.get(code, code) for code in notices if not (in_page and code in _SAID_IN_PAGE) and code != "in_force"
    ]
