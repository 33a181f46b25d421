"""The report as one HTML page: self-contained, with charts as SVG, without a script."""

from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files

from assistant.open_matters.fault import KINDS
from assistant.open_matters.report import OpenMatters
from assistant.open_matters.wording import MACHINE, MASKED, SHOWN_BARS, SHOWN_GROUPS, heading, opening
from assistant.precheck.html_page import whole_page
from assistant.precheck.printable import printable, short

_ROW = 26


def as_html(report: OpenMatters) -> str:
    """The page; the same bytes for the same report."""
    title = heading(report)
    body = [
        f"<header><h1>{_text(title)}</h1>{''.join(f'<p>{_text(line)}</p>' for line in opening(report))}</header>",
        _questions(report),
        f"<section><h2>二、程序在文本中找出的问题</h2><p>{MACHINE}</p>",
        _chart("各类问题的数量（处）", report.by_kind),
        _table(
            ("条款", "类别", "文字", "问题"),
            [(f.label, KINDS[f.kind], short(f.quote, 80), f.problem) for f in report.faults],
        ),
        "</section>",
        _known(report),
    ]
    return whole_page(title, _style(), body)


@cache
def _style() -> str:
    return files("assistant.open_matters").joinpath("report.css").read_text(encoding="utf-8")


def _questions(report: OpenMatters) -> str:
    if not report.groups:
        return "<section><h2>一、人们问到而办法没有规定的</h2><p>没有记录。</p></section>"
    rows = [
        (
            str(g.count),
            short(g.typical, 160),
            g.need,
            f"{g.label}：{short(g.quote, 80)}" if g.label else "没有相近的条款",
            "；".join(short(e, 80) for e in g.examples) or "—",
        )
        for g in report.groups[:SHOWN_GROUPS]
    ]
    more = len(report.groups) - len(rows)
    rest = f"<p>另有{more}组，每组{report.groups[SHOWN_GROUPS].count}个以下，未列出。</p>" if more > 0 else ""
    return (
        f"<section><h2>一、人们问到而办法没有规定的</h2><p>{MASKED}</p>"
        + _chart("最接近的条款（问题数）", report.by_provision)
        + _chart("所问的事项（问题数）", report.by_need)
        + _table(("次数", "典型问题", "所问", "最接近的条款（不是依据）", "其他问法"), rows)
        + rest
        + "</section>"
    )


def _known(report: OpenMatters) -> str:
    if not report.known:
        return ""
    rows = [
        (d.label, d.problem, d.suggestion or "—", "、".join(d.found_by) if d.found_by else "此处未找到")
        for d in report.known
    ]
    table = _table(("条款", "已知问题", "建议", "程序在此处找到的类别"), rows)
    return f"<section><h2>三、已登记的已知问题</h2>{table}</section>"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{_text(name)}" for name in heads)
    lines = "".join("<tr>" + "".join(f"<td>{_text(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<table class="t{len(heads)}"><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>'


def _chart(title: str, values: Sequence[tuple[str, int]]) -> str:
    """Bars whose length is also their number; what is not shown is said."""
    shown = values[:SHOWN_BARS]
    if not shown:
        return ""
    most = max(count for _, count in shown)
    bars = "".join(
        f'<text x="190" y="{i * _ROW + 18}" text-anchor="end">{_text(short(name, 14))}</text>'
        f'<rect x="200" y="{i * _ROW + 5}" width="{max(2, count * 400 // most)}" height="17"/>'
        f'<text x="{208 + max(2, count * 400 // most)}" y="{i * _ROW + 18}">{count}</text>'
        for i, (name, count) in enumerate(shown)
    )
    rest = sum(count for _, count in values[SHOWN_BARS:])
    note = f"<p>另有{len(values) - len(shown)}项，共{rest}，未画出。</p>" if rest else ""
    label = "，".join(f"{name}{count}" for name, count in shown)
    return (
        f'<figure><figcaption>{_text(title)}</figcaption><svg viewBox="0 0 680 {len(shown) * _ROW + 6}" role="img" '
        f'aria-label="{_text(label)}">{bars}</svg>{note}</figure>'
    )


def _text(text: str) -> str:
    return escape(printable(" ".join(text.split())))
