"""The pre-check's tab as HTML. Every text of a form or a file name is escaped here."""

from collections.abc import Sequence
from html import escape

from assistant.files.limits import MIB
from assistant.forms.form_schema import FormSchema
from assistant.precheck.grouping import grouped, untouched
from assistant.precheck.models import Check, Outcome, Report
from assistant.precheck.printable import short
from assistant.precheck.wording import (
    LEGAL_STATUS,
    MARK,
    NO_APPROVAL,
    OUTCOME,
    VERDICT,
    actual_in_words,
    basis_in_words,
    gap_in_words,
    place_in_words,
    requirement_in_words,
    standing_in_words,
)
from assistant.ui.precheck_reports import FORMS, REPORTS
from assistant.ui.sources import Sources
from assistant.ui.upload_rooms import ACCEPTED, Draft, RoomLimits

_LENGTH = 600
_OUTCOME_MARK: dict[Outcome, str] = {"blocked": "✗", "incomplete": "○", "review": "△", "clear": "✓", "unreadable": "－"}
_HEADS = ("结论", "项目", "表中所填", "要求", "依据")


def render_counter(schema: FormSchema, limits: RoomLimits, secret: str) -> str:
    """Where files are handed in; without a secret it cannot be used yet."""
    forms = "、".join(f'<a href="precheck/forms/{kind}" download>{words}</a>' for kind, words in FORMS.items())
    rules = (
        f"可以一次选多份：Word、Excel、PDF、图片等，每份不超过{limits.file_bytes // MIB} MB，"
        f"最多{limits.files}份；多份也可以打成一个ZIP。"
    )
    kept = f"文件只用于这次预审，别人看不到；关闭页面即删除，{_minutes(limits.seconds)}没有操作也会删除。"
    return (
        f'<div class="counter" data-room="{escape(secret)}">'
        f"<h2>{escape(schema.file_name)}交出去之前，先对一遍条文</h2>"
        "<p>逐条指出哪些不符合、差多少、缺什么、哪些要人工判断，并注明条文出处。</p>"
        '<div class="drop"><input type="file" id="drafts" class="sr" multiple aria-describedby="upload-rules"'
        f' accept="{",".join(ACCEPTED)}"{"" if secret else " disabled"}>'
        '<label for="drafts" class="pick">选择文件</label><span class="or">或把文件拖到这里</span>'
        f'<p id="upload-rules">{rules}</p></div>'
        # What stands outside the findings is read aloud when it changes; what is replaced as a whole may not be.
        '<p class="sr" role="status"></p><ul class="uploads" aria-label="上传进度"></ul>'
        '<div class="refused" role="alert"></div>'
        f'<p class="side">下载空白{escape(schema.file_name)}：{forms}</p>'
        f'<p class="side kept">{kept}<button type="button" class="wipe" hidden>清除文件和结果</button></p></div>'
    )


def render_failure(sentence: str) -> str:
    """What went wrong, instead of findings."""
    return f'<div class="findings" data-busy="false"><p class="failure" role="alert">{escape(sentence)}</p></div>'


def render_findings(drafts: Sequence[Draft], chosen: int, sources: Sources) -> str:
    """How far each file is, then the overview, then the chosen draft in full."""
    if not drafts:
        return ""
    done = [draft.report for draft in drafts if draft.report]
    is_busy = len(done) < len(drafts)
    parts = [_overview(drafts, chosen, done)]
    report = drafts[chosen].report if chosen < len(drafts) else None
    if report and not is_busy:
        is_word = drafts[chosen].input.path.suffix == ".docx"
        parts += [_draft(chosen, report, sources, is_word=is_word), _notes(done)]
    return f'<div class="findings" data-busy="{str(is_busy).lower()}">{"".join(parts)}</div>'


def _overview(drafts: Sequence[Draft], chosen: int, done: Sequence[Report]) -> str:
    is_busy = len(done) < len(drafts)
    said = f"正在预审：已完成 {len(done)} 份，共 {len(drafts)} 份" if is_busy else f"预审完成，共 {len(drafts)} 份"
    bar = (
        f'<progress max="{len(drafts)}" value="{len(done)}" aria-label="预审进度"></progress>'
        if is_busy
        else _reports()
    )
    head = f'<div class="overview-head"><p class="state">{said}</p>{bar}</div>'
    if len(drafts) == 1 and not is_busy:
        return f'<section class="overview single">{head}</section>'
    rows = "".join(_row(i, draft, is_chosen=i == chosen, is_busy=is_busy) for i, draft in enumerate(drafts))
    table = (
        '<table class="files"><caption class="sr">各份材料的结论</caption>'
        '<thead><tr><th scope="col">文件</th><th scope="col">结论</th><th scope="col">先做什么</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )
    return f'<section class="overview">{head}{table}</section>'


def _row(number: int, draft: Draft, *, is_chosen: bool, is_busy: bool) -> str:
    name, report = _text(draft.input.name), draft.report
    if report is None:
        words = "正在预审" if draft.is_being_read else "等待"
        state = f'<span class="waits{" now" if draft.is_being_read else ""}">{words}</span>'
        return f'<tr><th scope="row">{name}</th><td data-head="结论">{state}</td><td></td></tr>'
    opened = (
        name
        if is_busy
        else f'<button type="button" class="open" data-draft="{number}" aria-pressed="{str(is_chosen).lower()}">'
        f"{name}</button>"
    )
    return (
        f'<tr{" class=chosen" if is_chosen and not is_busy else ""}><th scope="row">{opened}</th>'
        f'<td data-head="结论">{_outcome(report.outcome)}</td>'
        f'<td data-head="先做什么">{_text(report.error or report.summary)}</td></tr>'
    )


def _reports() -> str:
    buttons = "".join(
        f'<button type="button" data-fetch="precheck/reports/{kind}">{words}</button>'
        for kind, words in REPORTS.items()
    )
    return f'<div class="downloads" role="group" aria-label="下载报告"><span>下载报告</span>{buttons}</div>'


def _outcome(outcome: Outcome) -> str:
    mark = f'<span aria-hidden="true">{_OUTCOME_MARK[outcome]}</span>'
    return f'<span class="outcome outcome-{outcome}">{mark} {OUTCOME[outcome]}</span>'


def _draft(number: int, report: Report, sources: Sources, *, is_word: bool) -> str:
    """One draft: what comes of it, what to do first, what to look at, then everything by criterion."""
    heading = f'<h2 tabindex="-1">{_text(report.file)}</h2>{_outcome(report.outcome)}'
    if report.error:
        return (
            f'<section class="draft-card"><div class="draft-head">{heading}</div><p>{_text(report.error)}</p></section>'
        )
    tasks = [part for part in report.summary.split("；") if part]
    first = "".join(f"<li>{_text(task)}</li>" for task in tasks)
    flags = "".join(f"<li>{_text(flag)}</li>" for flag in report.flags)
    parts = [
        f'<div class="draft-head">{heading}</div>',
        f'<div class="first"><h3>先做什么</h3><ul>{first}</ul></div>',
        f'<div class="look"><h3>请人工查看文件</h3><ul>{flags}</ul></div>' if flags else "",
        _copies(number, report, is_word=is_word),
        _table(number, report, sources),
    ]
    return f'<section class="draft-card">{"".join(parts)}</section>'


def _copies(number: int, report: Report, *, is_word: bool) -> str:
    """What can be taken along of this draft alone."""
    offered = [("comments", "带批注的Word副本")] if is_word else []
    if any(check.verdict in ("not_met", "missing") for check in report.checks):
        offered.append(("notice", "补正通知（草稿）"))
    buttons = "".join(
        f'<button type="button" data-fetch="precheck/drafts/{number}/{kind}">{words}</button>'
        for kind, words in offered
    )
    return f'<div class="downloads" role="group" aria-label="下载这份材料的">{buttons}</div>' if buttons else ""


def _table(number: int, report: Report, sources: Sources) -> str:
    bodies = []
    for verdict, words, members in grouped(report.checks):
        title = f'<tr class="group"><th colspan="5" scope="rowgroup">{words}<span>{len(members)}项</span></th></tr>'
        rows = "".join(_check(number, index, check, sources) for index, check in members)
        bodies.append(f'<tbody class="group-{verdict}">{title}{rows}</tbody>')
    heads = "".join(f'<th scope="col">{head}</th>' for head in _HEADS)
    others = untouched(report.checks)
    rest = f'<p class="rest">不适用或表中没有涉及的{len(others)}项：{_text("、".join(others))}。</p>' if others else ""
    return (
        f'<table class="checks"><caption class="sr">逐项结果</caption><thead><tr>{heads}</tr></thead>'
        f"{''.join(bodies)}</table>{rest}"
    )


def _check(draft: int, index: int, check: Check, sources: Sources) -> str:
    mark = f'<span aria-hidden="true">{MARK[check.verdict]}</span>'
    verdict = f'<span class="verdict verdict-{check.verdict}">{mark} {VERDICT[check.verdict]}</span>'
    gap, required = gap_in_words(check), requirement_in_words(check)
    notes = "".join(f"<li>{_text(note)}</li>" for note in [*check.caveats, *(f"佐证：{e}" for e in check.evidence)])
    message = "" if gap and check.message.rstrip("。") == f"还差{gap}" else f"<p>{_text(check.message)}</p>"
    place = place_in_words(check.found_at)
    at = f'<span class="at">{_text(place)}</span>' if place else ""
    short_by = f'<strong class="gap">还差{_text(gap)}</strong>' if gap else ""
    stated = _text(actual_in_words(check)) or '<span class="none">未填</span>'
    cells = [
        f'<td class="c-verdict">{verdict}</td>',
        f'<td class="c-matter"><b>{_text(check.label)}</b>'
        f'<span class="standing">{_text(standing_in_words(check))}</span>'
        f"{message}{f'<ul>{notes}</ul>' if notes else ''}</td>",
        f'<td data-head="表中所填">{stated}{at}</td>',
        f'<td data-head="要求">{_text(required) or "见条文"}{short_by}</td>',
        f'<td class="c-basis" data-head="依据">{_basis(draft, index, check, sources)}</td>',
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _basis(draft: int, index: int, check: Check, sources: Sources) -> str:
    label, quote = basis_in_words(check)
    if check.citation is None or sources.place(check.citation) is None:
        return "条文已不在文中"
    return (
        f'<button type="button" class="basis" data-draft="{draft}" data-check="{index}"'
        f' aria-label="查看依据：{_text(label)}" title="{_text(quote)}">{_text(label)}</button>'
    )


def _notes(reports: Sequence[Report]) -> str:
    """What holds for all of it. The regulation's status stands at the top of the page already."""
    notices = dict.fromkeys(notice for report in reports for notice in report.notices)
    said = "".join(f"<p>{_text(notice)}</p>" for notice in notices if notice not in {s.value for s in LEGAL_STATUS})
    return f'<footer class="notes">{said}<p>{NO_APPROVAL}</p></footer>'


def _minutes(seconds: int) -> str:
    minutes = seconds // 60
    return f"{minutes // 60}小时" if minutes % 60 == 0 else f"{minutes}分钟"


def _text(text: str) -> str:
    return escape(short(text, _LENGTH))
