"""The interview on the page: answers to pick, what a supposition changes, and the ledger to take along."""

import json
from collections.abc import Sequence
from html import escape

from assistant.precheck.wording import MARK, VERDICT
from assistant.qa.models import Answer, Flip, InterviewState, LedgerRow

UNKNOWN, RESULT, RESUME = "不知道", "看看结果", "继续"
TAKES = {
    "xlsx": "下载清单（Excel）",
    "json": "下载清单（JSON）",
    "form-docx": "预填自评表（Word）",
    "form-xlsx": "预填自评表（Excel）",
}
_WORSE = ("not_met", "missing", "review")


def replies(answer: Answer) -> list[str]:
    """What may be answered with one click, in order; the browser names a reply by its place here."""
    state = answer.interview
    if state is None:
        return []
    if state.paused or state.flips:
        return [RESUME]
    asked = [*state.asked.choices, UNKNOWN] if state.asked else []
    return [*asked, *([RESULT] if state.facts and not _shows_ledger(state) else [])]


def interview_card(turn: int, answer: Answer, asked: Sequence[str], *, last: bool) -> str:
    """The part of an answer's card that belongs to the interview; `asked` are all questions up to this answer."""
    state = answer.interview
    if state is None:
        return ""
    parts = [_flips(state.flips)]
    if last:
        parts.append(_replies(turn, answer))
    if state.ledger and (state.facts or _shows_ledger(state)) and not state.paused and not state.flips:
        parts.append(_ledger(state, asked))
    return "".join(parts)


def _shows_ledger(state: InterviewState) -> bool:
    return state.complete or state.move == "ledger"


def _replies(turn: int, answer: Answer) -> str:
    buttons = "".join(
        f'<li><button type="button" class="reply" data-reply="{i}" data-turn="{turn}">{escape(words)}</button></li>'
        for i, words in enumerate(replies(answer))
    )
    return f'<ul class="replies" aria-label="可以直接选">{buttons}</ul>' if buttons else ""


def _flips(flips: Sequence[Flip]) -> str:
    """Before and after, side by side."""
    rows = "".join(
        f'<tr><th scope="row">{escape(f.label)}</th><td>{_verdict(f.before)} {escape(f.value_before)}</td>'
        f"<td>{_verdict(f.after)} {escape(f.value_after)}</td></tr>"
        for f in flips
    )
    if not rows:
        return ""
    return (
        '<table class="flips"><caption>按假设，结论会怎样变</caption><thead><tr><th scope="col">条件</th>'
        f'<th scope="col">现在</th><th scope="col">假设之后</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def _ledger(state: InterviewState, asked: Sequence[str]) -> str:
    rows = sorted(state.ledger, key=lambda row: _WORSE.index(row.verdict) if row.verdict in _WORSE else len(_WORSE))
    told = sum(row.verdict != "missing" for row in rows)
    listed = "".join(map(_row, rows))
    judged = f'<p class="judged">另由人工判断：{escape("、".join(state.judged))}。</p>' if state.judged else ""
    opened = " open" if _shows_ledger(state) else ""
    takes = _takes(asked) if state.facts else ""
    return (
        f'<details class="ledger"{opened}><summary>核对清单（已说{told}项，共{len(rows)}项）</summary>'
        f"<ul>{listed}</ul>{judged}{takes}</details>"
    )


def _row(row: LedgerRow) -> str:
    more = [f"您的情况：{row.value}" if row.value else "", row.message, row.next_step]
    words = "；".join(dict.fromkeys(text for text in more if text))
    return (
        f'<li>{_verdict(row.verdict)}<span><b>{escape(row.label)}</b><span class="basis">{escape(row.basis)}</span>'
        f"<br>{escape(words)}</span></li>"
    )


def _verdict(verdict: str) -> str:
    words = next((text for name, text in VERDICT.items() if name == verdict), verdict)
    mark = next((text for name, text in MARK.items() if name == verdict), "")
    return f'<span class="verdict verdict-{escape(verdict)}"><span aria-hidden="true">{mark}</span>{words}</span>'


def _takes(asked: Sequence[str]) -> str:
    """The files are made anew from the questions: nothing of a conversation is kept for them."""
    turns = escape(json.dumps(list(asked), ensure_ascii=False))
    buttons = "".join(f'<button type="button" data-take="{kind}">{words}</button>' for kind, words in TAKES.items())
    return f'<div class="takes" data-turns="{turns}">{buttons}</div>'
