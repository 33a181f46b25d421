"""A comparison as one HTML page: self-contained, for reading and printing, without a script. Every text is escaped."""

from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from importlib.resources import files

from assistant.precheck.html_page import whole_page
from assistant.versions.models import Entry, PackDiff, Segment, TouchedCase, TouchedRule
from assistant.versions.wording import (
    KINDS,
    MARKS,
    RULE_STATES,
    counts_in_words,
    kind_in_words,
    places_in_words,
    version_in_words,
)

_FEW = 8
_LEGEND = (
    "划线的字（前后有 － 号）是旧文本有、新文本没有的；加粗加下划线的字（前后有 ＋ 号）是新文本才有的；"
    "方框里是变了的数。"
)


def as_page(diff: PackDiff) -> str:
    """What changed and what it touches: first what has to be done, then every provision."""
    title = f"两版对照：{diff.old.version} → {diff.new.version}"
    body = [
        f"<header><h1>{escape(title)}</h1>",
        f'<p class="basis">旧：{escape(version_in_words(diff.old))}</p>',
        f'<p class="basis">新：{escape(version_in_words(diff.new))}</p>',
        *(f'<p class="notice">{escape(notice)}</p>' for notice in diff.notices),
        "</header>",
        _overview(diff),
        _rules(diff.rules),
        _fields(diff),
        _terms(diff),
        _cases("评测题目", "这些题目的标准答案所在条款有变化，题目要重新核对。", diff.cases),
        _cases("已作出的答复", "这些答复依据的条款有变化。按旧版本作出的答复仍可按原链接查到旧文本。", diff.answers),
        _entries(diff.entries),
        "<footer><p>对照由程序按文字比对得出，供核对用；法律效力以正式公布的文本为准。</p></footer>",
    ]
    return whole_page(title, page_style(), body)


@cache
def page_style() -> str:
    """The look of the pre-check's reports, and what a comparison has besides."""
    report = files("assistant.precheck").joinpath("report.css").read_text(encoding="utf-8")
    return report + files("assistant.versions").joinpath("page.css").read_text(encoding="utf-8")


def marked(segments: Iterable[Segment], figures: Iterable[str] = ()) -> str:
    """Words with what went struck out and what came underlined; `figures` among them are framed."""
    known = [figure for figure in figures if figure]
    signs = {"same": ("", ""), "removed": ("<del>－", "－</del>"), "added": ("<ins>＋", "＋</ins>")}
    parts = []
    for segment in segments:
        opening, closing = signs[segment.op]
        text = escape(segment.text)
        if segment.op != "same" and any(segment.text.strip("。；，") in figure for figure in known):
            text = f'<span class="figure">{text}</span>'
        parts.append(f"{opening}{text}{closing}")
    return "".join(parts)


def _overview(diff: PackDiff) -> str:
    tally = "".join(
        f"<li>{MARKS[kind]} {KINDS[kind]} <b>{diff.counts[kind]}</b></li>" for kind in KINDS if diff.counts.get(kind)
    )
    gone = sum(rule.state == "gone" for rule in diff.rules)
    todo = [
        f"{gone}条规则的依据已不在新文本中，改好并核对之前不起作用，结论一律为“需人工判断”" if gone else "",
        f"{len(diff.rules) - gone}条规则要核对" if len(diff.rules) > gone else "",
        f"{len(diff.fields)}个自评表字段要核对" if diff.fields else "",
        f"{len(diff.terms)}个词条要核对" if diff.terms else "",
        f"{len(diff.cases)}道评测题目要核对" if diff.cases else "",
        f"{len(diff.answers)}份已作出的答复所依据的条款有变化" if diff.answers else "",
    ]
    listed = "".join(f"<li>{escape(line)}。</li>" for line in todo if line)
    words = escape(counts_in_words(diff.counts))
    return (
        f'<section><h2>总览</h2><ul class="tally">{tally}</ul><p>{words}。</p>'
        + (f"<h3>要做的事</h3><ul>{listed}</ul>" if listed else "<p>规则、自评表和词表都不受影响。</p>")
        + "</section>"
    )


def _table(heading: str, heads: Sequence[str], rows: Iterable[str], said: str = "") -> str:
    body = "".join(rows)
    if not body:
        return ""
    head = "".join(f"<th>{words}" for words in heads)
    note = f"<p>{escape(said)}</p>" if said else ""
    return (
        f"<section><h2>{heading}</h2>{note}<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></section>"
    )


def _row(cells: Iterable[str], name: str = "") -> str:
    opening = f'<tr class="{name}">' if name else "<tr>"
    return opening + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _rules(rules: Sequence[TouchedRule]) -> str:
    order = list(RULE_STATES)
    rows = (
        _row(
            [
                f'<span class="kind">{RULE_STATES[rule.state]}</span>',
                f"{escape(rule.label)}<br><small>{escape(rule.rule)}</small>",
                f"{escape(rule.old_provision)}<br>{escape(rule.before)}",
                f"{escape(rule.new_provision) or '—'}<br>{escape(rule.after)}",
                escape(rule.reason),
            ],
            rule.state,
        )
        for rule in sorted(rules, key=lambda rule: order.index(rule.state))
    )
    return _table("规则", ("状态", "规则", "旧文本", "新文本", "说明"), rows)


def _fields(diff: PackDiff) -> str:
    rows = (
        _row(
            [
                f"{escape(field.label)}<br><small>{escape(field.field)}</small>",
                escape(field.old_provision),
                escape(field.new_provision) or "—",
                escape(field.reason),
            ]
        )
        for field in diff.fields
    )
    return _table("自评表字段", ("字段", "旧条款", "新条款", "说明"), rows)


def _terms(diff: PackDiff) -> str:
    rows = (_row([escape(term.law), escape(_few(term.said)), escape(term.reason)]) for term in diff.terms)
    return _table("词表", ("条文用语", "人们的说法", "说明"), rows)


def _few(words: Sequence[str]) -> str:
    return "、".join(words[:_FEW]) + (f"等{len(words)}个" if len(words) > _FEW else "")


def _cases(heading: str, said: str, cases: Sequence[TouchedCase]) -> str:
    rows = (
        _row(
            [
                escape(case.source),
                escape(case.id),
                escape(case.question),
                escape("、".join(case.provisions)),
                "、".join(KINDS[kind] for kind in case.kinds),
            ]
        )
        for case in cases
    )
    return _table(heading, ("来源", "编号", "问题", "旧条款", "变化"), rows, said)


def _entries(entries: Sequence[Entry]) -> str:
    changed = [entry for entry in entries if entry.kind != "unchanged"]
    same = [side.label for entry in entries if entry.kind == "unchanged" for side in entry.old]
    rest = f'<p class="rest">没有变化的{len(same)}处：{escape("、".join(same))}。</p>' if same else ""
    if not changed:
        return f"<section><h2>逐条对照</h2>{rest}</section>"
    rows = "".join(_entry(entry) for entry in changed)
    head = "<tr><th>变化<th>旧条款<th>新条款<th>文字</tr>"
    return (
        f'<section><h2>逐条对照</h2><p class="legend">{_LEGEND}</p>'
        f'<table class="change"><thead>{head}</thead><tbody>{rows}</tbody></table>{rest}</section>'
    )


def _entry(entry: Entry) -> str:
    old, new = places_in_words(entry)
    kind = (
        f'<span class="kind"><span aria-hidden="true">{MARKS[entry.kind]}</span> {escape(kind_in_words(entry))}</span>'
    )
    figures = "".join(
        f'<br><span class="figure">{escape(f.old) or "（无）"} → {escape(f.new) or "（无）"}</span>'
        for f in entry.figures
    )
    if entry.segments:
        words = marked(entry.segments, [figure for f in entry.figures for figure in (f.old, f.new)])
    else:
        words = escape("".join(side.text for side in entry.new))
    return _row([kind + figures, escape(old), escape(new), f"<p>{words}</p>"])
