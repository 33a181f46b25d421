"""Reports as one HTML page: self-contained, for reading and printing, without a script.

Every text of a form is escaped here; the page may load nothing from anywhere.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from importlib.resources import files

from assistant.precheck.compare import (
    Kinship,
    claims,
    contradictions,
    outcome_counts,
    rule_counts,
)
from assistant.precheck.grouping import grouped, untouched
from assistant.precheck.html_page import whole_page
from assistant.precheck.models import Check, Report, Verdict
from assistant.precheck.printable import short
from assistant.precheck.wording import (
    MARK,
    NO_APPROVAL,
    OUTCOME,
    VERDICT,
    actual_in_words,
    basis_in_words,
    gap_in_words,
    notice_sentence,
    place_in_words,
    requirement_in_words,
    standing_in_words,
)

# A page of more drafts than this leaves out what is met; the table of all of it is the workbook's.
FULL_UP_TO = 50
_CELL_LENGTH = 1000


def as_html(reports: Sequence[Report], title: str, kinship: Kinship) -> str:
    """One page for one draft or many. `title` is the regulation's; what drafts have in common is only for many."""
    one = len(reports) == 1
    heading = f"申报预审：{reports[0].file}" if one else f"申报预审：{len(reports)}份材料"
    body = [
        f"<header><h1>{_text(heading)}</h1>",
        f'<p class="basis">依据：《{_text(title)}》</p>{_notices(reports)}</header>',
        *([] if one else [_overview(reports, kinship)]),
        *(_draft(number, report, reports) for number, report in enumerate(reports, 1)),
        f"<footer><p>{NO_APPROVAL}</p></footer>",
    ]
    return whole_page(heading, _style(), body)


@cache
def _style() -> str:
    return files("assistant.precheck").joinpath("report.css").read_text(encoding="utf-8")


def _notices(reports: Iterable[Report]) -> str:
    notices = dict.fromkeys(notice for report in reports for notice in report.notices)
    sentences = [s for notice in notices if (s := notice_sentence(notice))]
    return "".join(f'<p class="notice">{_text(sentence)}</p>' for sentence in sentences)


def _overview(reports: Sequence[Report], kinship: Kinship) -> str:
    counts = outcome_counts(reports)
    tally = "".join(
        f"<li><b>{counts[outcome]}</b>{words}</li>" for outcome, words in OUTCOME.items() if counts[outcome]
    )
    rows = "".join(
        f'<tr><td class="number">{n}</td><td><a href="#d{n}">{_text(r.file)}</a></td>'
        f"<td>{OUTCOME[r.outcome]}</td><td>{_text(r.error or r.summary)}</td></tr>"
        for n, r in enumerate(reports, 1)
    )
    table = (
        f'<table class="list"><thead><tr><th>序号<th>文件<th>结论<th>先做什么</tr></thead><tbody>{rows}</tbody></table>'
    )
    parts = [f'<ul class="tally">{tally}</ul>', table, _failures(reports), _shared(reports, kinship)]
    return f'<section class="overview"><h2>总览</h2>{"".join(parts)}</section>'


def _failures(reports: Sequence[Report]) -> str:
    """The most common failures as bars whose length is also their number."""
    counts = [c for c in rule_counts(reports) if c.failures][:10]
    if not counts:
        return ""
    most = counts[0].failures
    rows = "".join(
        f'<tr><th>{_text(c.label)}</th><td class="bar"><span style="width:{c.failures * 100 // most}%"></span></td>'
        f'<td class="number">{c.failures}份</td>'
        f"<td>不符合{c.verdicts['not_met']}，未提供{c.verdicts['missing']}</td></tr>"
        for c in counts
    )
    return f'<h3>最常见的问题</h3><table class="bars"><tbody>{rows}</tbody></table>'


def _shared(reports: Sequence[Report], kinship: Kinship) -> str:
    differing = "".join(
        f"<li>{_text(c.shared_label)}同为“{_text(c.shared)}”，{_text(c.label)}不一致："
        + "；".join(f"{_text(file)}填“{_text(raw)}”" for file, raw, _ in c.values)
        for c in contradictions(reports, kinship)
    )
    claimed = "".join(
        f"<li>{_text(c.label)}{'同为' if c.exact else '相近于'}“{_text(c.name)}”："
        + "；".join(f"{_text(file)}（{_text(raw)}）" for file, raw in c.drafts)
        for c in claims(reports, kinship)
    )
    return (f"<h3>互相矛盾的材料</h3><ul>{differing}</ul>" if differing else "") + (
        f"<h3>填报同一领域的材料</h3><ul>{claimed}</ul>" if claimed else ""
    )


def _draft(number: int, report: Report, reports: Sequence[Report]) -> str:
    heading = "" if len(reports) == 1 else f"<h2>{number}. {_text(report.file)}</h2>"
    outcome = f'<p class="outcome {report.outcome}"><b>{OUTCOME[report.outcome]}</b>'
    flags = "".join(f"<li>{_text(flag)}</li>" for flag in report.flags)
    parts = [
        heading,
        f"{outcome}{_text(report.error or report.summary)}</p>",
        f'<div class="flags"><b>请人工查看文件</b><ul>{flags}</ul></div>' if flags else "",
        _checks(report, short_form=len(reports) > FULL_UP_TO),
    ]
    return f'<section class="draft" id="d{number}">{"".join(parts)}</section>'


def _checks(report: Report, *, short_form: bool) -> str:
    bodies = []
    for verdict, words, members in grouped(report.checks):
        if short_form and verdict == "met":
            continue
        head = f'<tr><th colspan="5" scope="rowgroup">{MARK[verdict]} {words}（{len(members)}项）</th></tr>'
        bodies.append(f'<tbody class="{verdict}">{head}{"".join(_check(check) for _, check in members)}</tbody>')
    if not bodies:
        return ""
    rest = [f"另有{met}项按所填内容符合，见表格文件。"] if short_form and (met := _number_of(report, "met")) else []
    if (others := untouched(report.checks)) and not short_form:
        rest.append(f"不适用或表中没有涉及的{len(others)}项：{'、'.join(others)}。")
    below = "".join(f'<p class="rest">{_text(words)}</p>' for words in rest)
    columns = '<col class="c1"><col class="c2"><col class="c3"><col class="c4"><col class="c5">'
    heads = "<th>结论<th>项目<th>申报表所填<th>要求<th>依据"
    head = f"<colgroup>{columns}</colgroup><thead><tr>{heads}</tr></thead>"
    return f'<table class="checks">{head}{"".join(bodies)}</table>{below}'


def _number_of(report: Report, verdict: Verdict) -> int:
    return sum(check.verdict == verdict for check in report.checks)


def _check(check: Check) -> str:
    notes = [*check.caveats, *(f"佐证：{hint}" for hint in check.evidence)]
    listed = "".join(f"<li>{_text(note)}</li>" for note in notes)
    place, gap = place_in_words(check.found_at), gap_in_words(check)
    label, quote = basis_in_words(check)
    cells = [
        f'<span aria-hidden="true">{MARK[check.verdict]}</span> {VERDICT[check.verdict]}',
        f'<b>{_text(check.label)}</b> <span class="stage">{_text(standing_in_words(check))}</span>'
        f"<p>{_text(check.message)}</p>{f'<ul>{listed}</ul>' if listed else ''}",
        (_text(actual_in_words(check)) or "—") + (f'<span class="place">{_text(place)}</span>' if place else ""),
        (_text(requirement_in_words(check)) or "—") + (f'<span class="gap">还差{_text(gap)}</span>' if gap else ""),
        f"<cite>{_text(label)}</cite><q>{_text(quote)}</q>" if quote else "条文已不在文中",
    ]
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _text(text: str) -> str:
    return escape(short(text, _CELL_LENGTH))
