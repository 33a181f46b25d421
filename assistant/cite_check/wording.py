"""The Chinese of a cite-check: verdicts, differences, conflicts."""

from collections.abc import Sequence

from assistant.cite_check.clash import Clash
from assistant.cite_check.models import Action, CiteReport, Difference, Finding, FindingKind, Verdict
from assistant.precheck.printable import short
from assistant.verify import Reason, Support

VERDICT = {
    Verdict.DOES_NOT_EXIST: "条款不存在",
    Verdict.WRONG_PLACE: "条款引错",
    Verdict.NOT_FOUND: "查无此文",
    Verdict.UNSUPPORTED: "与条文不符",
    Verdict.DIFFERS: "与原文有出入",
    Verdict.UNCHECKED: "未核对",
    Verdict.OTHER_DOCUMENT: "其他文件",
    Verdict.SUPPORTED: "转述相符",
    Verdict.EXACT: "逐字一致",
}
MARK = {
    Verdict.DOES_NOT_EXIST: "✗", Verdict.WRONG_PLACE: "✗", Verdict.NOT_FOUND: "✗", Verdict.UNSUPPORTED: "✗",
    Verdict.DIFFERS: "≠", Verdict.UNCHECKED: "？", Verdict.OTHER_DOCUMENT: "—", Verdict.SUPPORTED: "✓",
    Verdict.EXACT: "✓",
}  # fmt: skip
ACTION = {Action.CORRECT: "须更正", Action.LOOK: "请人工看", Action.NONE: "无须处理"}
KIND = {
    FindingKind.REFERENCE: "条款引用",
    FindingKind.QUOTATION: "引文",
    FindingKind.RUN: "未加引号的原文",
    FindingKind.PARAPHRASE: "转述",
    FindingKind.TITLE: "文件名称",
}
_CONFLICT = {
    Reason.NUMBER: "数字与条文不符",
    Reason.PERIOD: "日期或期限与条文不符",
    Reason.POLARITY: "语气或方向与条文不符",
    Reason.SUBJECT: "主体或对象与条文不符",
    Reason.PROMISE: "含有条文没有的承诺或判断",
    Reason.DROPPED: "漏掉了条文中的限定语",
    Reason.ADDED: "含有条文没有的内容",
    Reason.ARTICLE: "提到了条文没有提到的条款或文件",
}
_SHOWN = 6
DISCLAIMER = "核对只比较文字，不判断引用是否恰当；“转述相符”是未发现不符，不等于逐字一致。"


def is_conflict(support: Support) -> bool:
    """Whether something definite was found that the provision does not say."""
    return not support.ok and support.reason in _CONFLICT and support.reason not in (Reason.ADDED, Reason.ARTICLE)


def conflict(support: Support, clash: Clash | None) -> str:
    """What a statement says against its provision, and on which words; empty where nothing definite was found."""
    if not is_conflict(support) or support.reason is None:
        return ""
    return _CONFLICT[support.reason] + (f"：{clash.sentence}" if clash else words_of_conflict(support))


def words_of_conflict(support: Support) -> str:
    """（“60人”）: the words that a conflict is about, without the check's own English."""
    words = support.detail.split(": ")[0].split(" for ")[0].strip()
    chinese = words and not any("a" <= c <= "z" for c in words.lower())
    return f"（“{words}”）" if chinese else ""


def difference_sentence(found: Sequence[Difference]) -> str:
    """“60”应为“80”；缺“原则上”。"""
    parts = [_one(difference) for difference in found[:_SHOWN]]
    more = f"等{len(found)}处" if len(found) > _SHOWN else ""
    return "；".join(parts) + more + "。" if parts else ""


def _one(difference: Difference) -> str:
    if difference.law and difference.text:
        return f"“{_cut(difference.text)}”应为“{_cut(difference.law)}”"
    if difference.law:
        return f"缺“{_cut(difference.law)}”"
    return f"多“{_cut(difference.text)}”"


def _cut(words: str) -> str:
    return words if len(words) <= 40 else f"{words[:18]}……{words[-18:]}"


def head_of(finding: Finding) -> str:
    """3 ✗ 条款引错（须更正）"""
    return f"{finding.n} {MARK[finding.verdict]} {VERDICT[finding.verdict]}（{ACTION[finding.action]}）"


def comment_of(finding: Finding) -> str:
    """A finding as a comment: what it is, why, and the law's words."""
    law = [f"{words.label}原文：“{short(' '.join(words.text.split()), 300)}”" for words in finding.law[:2]]
    return "\n".join([head_of(finding), finding.reason, *law])


def summary_comment(report: CiteReport, lost: Sequence[Finding]) -> str:
    """What stands at the top: the sum, what holds for the whole text, and findings without a place."""
    lines = [f"引文核对（依据《{report.title}》）：{report.summary.sentence}", *report.notices]
    lines += [f"没有找到原位置的一处：“{short(f.text, 60)}”\n{comment_of(f)}" for f in lost]
    return "\n".join([*lines, DISCLAIMER])
