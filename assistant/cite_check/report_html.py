"""A cite-check as one HTML page: self-contained, for reading and printing, without a script.

Every text of the checked file is escaped here; the page may load nothing from anywhere.
"""

from functools import cache
from html import escape
from importlib.resources import files

from assistant.cite_check.models import Action, CiteReport, Difference, Finding
from assistant.cite_check.wording import ACTION, DISCLAIMER, KIND, MARK, VERDICT
from assistant.precheck.html_page import whole_page
from assistant.precheck.printable import printable, short

_LAW_LENGTH = 600


def as_html(report: CiteReport) -> str:
    """The page: the sum, what to do, the text with marks, and each finding beside the law's words."""
    heading = f"引文核对：{report.file}" if report.file else "引文核对"
    body = [
        f"<header><h1>{_text(heading)}</h1>",
        f'<p class="basis">依据：《{_text(report.title)}》（版本：{_text(report.version)}）</p>',
        f'<p class="sum">{_text(report.summary.sentence)}</p>',
        *(f'<p class="notice">{_text(notice)}</p>' for notice in report.notices),
        "</header>",
        _table("须更正和请人工看的", [f for f in report.findings if f.action is not Action.NONE]),
        f'<section><h2>标注后的全文</h2><div class="text">{_marked(report)}</div></section>',
        _table("其余各处", [f for f in report.findings if f.action is Action.NONE]),
        f"<footer><p>{DISCLAIMER}</p></footer>",
    ]
    return whole_page(heading, _style(), body)


@cache
def _style() -> str:
    return files("assistant.cite_check").joinpath("report.css").read_text(encoding="utf-8")


def _marked(report: CiteReport) -> str:
    """The text with each finding marked; where two overlap the first keeps the words, the other its number."""
    parts: list[str] = []
    position = 0
    for finding in report.findings:
        start = max(finding.start, position)
        parts.append(_text(report.text[position:start]))
        words = report.text[start : max(start, finding.end)]
        label = f"{finding.n}{MARK[finding.verdict]}{VERDICT[finding.verdict]}"
        parts.append(
            f'<a class="mark {finding.action}" href="#f{finding.n}" id="t{finding.n}">'
            f"<mark>{_text(words)}</mark><sup>〔{label}〕</sup></a>"
        )
        position = max(position, finding.end)
    return "".join([*parts, _text(report.text[position:])])


def _table(heading: str, findings: list[Finding]) -> str:
    if not findings:
        return ""
    head = "<thead><tr><th>序号<th>结论<th>文中<th>说明<th>条文原文</tr></thead>"
    rows = "".join(map(_row, findings))
    columns = "".join(f'<col class="c{n}">' for n in range(1, 6))
    return (
        f"<section><h2>{heading}（{len(findings)}处）</h2><table><colgroup>{columns}</colgroup>"
        f"{head}<tbody>{rows}</tbody></table></section>"
    )


def _row(finding: Finding) -> str:
    cited = f'<p class="cited">所注：{_text("、".join(finding.cited))}</p>' if finding.cited else ""
    changes = "".join(f"<li>{_change(d)}</li>" for d in finding.differences[:20])
    law = "".join(
        f"<p><cite>{_text(w.label)}</cite><q>{_text(short(w.text, _LAW_LENGTH))}</q></p>" for w in finding.law[:3]
    )
    cells = [
        f'<a href="#t{finding.n}">{finding.n}</a>',
        f"<b>{MARK[finding.verdict]} {VERDICT[finding.verdict]}</b><p>{ACTION[finding.action]}</p>",
        f'<p class="words">{_text(short(finding.text, _LAW_LENGTH))}</p>{cited}'
        f'<p class="cited">{KIND[finding.kind]}，{_text(finding.place)}</p>',
        f"{_text(finding.reason)}{f'<ul>{changes}</ul>' if changes else ''}",
        law or "—",
    ]
    return f'<tr id="f{finding.n}" class="{finding.action}">' + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _change(difference: Difference) -> str:
    gone = f"文中 <del>{_text(short(difference.text, 120))}</del>" if difference.text else "文中没有"
    law = f"原文 <ins>{_text(short(difference.law, 120))}</ins>" if difference.law else "原文没有"
    return f"{gone} → {law}"


def _text(text: str) -> str:
    return escape(printable(text))
