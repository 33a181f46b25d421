"""What the page says beside the answers themselves."""

from assistant.law.types import LegalStatus
from assistant.precheck.wording import LEGAL_STATUS
from assistant.qa.models import Status

STATUS: dict[Status, str] = {
    "answered": "办法有规定",
    "not_covered": "办法未作规定",
    "needs_facts": "需要补充情况",
    "out_of_scope": "与本办法无关",
}

FAILED = "抱歉，这个问题没有处理成功。请稍后重试，或换一种说法再问。"

CHECKING = "正在逐句核对…"

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
