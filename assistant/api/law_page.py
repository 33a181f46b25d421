"""The page behind a permalink: one provision in its place, with the words that were quoted marked; no script."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from itertools import pairwise
from urllib.parse import quote

from assistant.law.citation import Citation
from assistant.law.locator import Kind
from assistant.law.pack import Pack
from assistant.law.types import Authority, Document, Provision
from assistant.precheck.wording import LEGAL_STATUS

# The page loads nothing from anywhere and runs nothing.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
_QUOTE = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
_TOP = (Kind.ARTICLE, Kind.CHAPTER, Kind.SECTION, Kind.PART, Kind.PREAMBLE, Kind.ANNEX, Kind.CLOSING)
_STATUS = {"draft_for_comment": "征求意见稿", "in_force": "现行有效", "repealed": "已废止", "unknown": "未注明是否施行"}


@dataclass(frozen=True)
class Place:
    """A provision of an installed version."""

    pack: Pack
    document: Document
    provision: Provision


def permalink(pack: str, version: str, document: str, locator: str, span: tuple[int, int] | None = None) -> str:
    """The address of a provision, relative to where the service stands."""
    path = "/".join(quote(part, safe="") for part in (pack, version, document, locator))
    return f"law/{path}" + (f"?quote={span[0]}-{span[1]}" if span else "")


def citation_link(citation: Citation) -> str:
    """The permalink of what a citation quotes."""
    c = citation
    return permalink(c.pack, c.version, c.document, c.locator, (c.start, c.end))


def read_span(written: str, provision: Provision) -> tuple[int, int] | None:
    """The span that `start-end` names, if it lies in the provision."""
    found = _QUOTE.fullmatch(written)
    if not found:
        return None
    start, end = int(found[1]), int(found[2])
    return (start, end) if provision.start <= start < end <= provision.end else None


def render_provision(place: Place, span: tuple[int, int] | None, *, bad_quote: bool, home: str) -> str:
    """The page. `home` is the relative address of where the service stands; `bad_quote`: a span was asked for that is
    none of this provision's."""
    document, provision = place.document, place.provision
    title = f"{document.title} {provision.label}"
    whole = _whole(document, provision)
    notes = [
        LEGAL_STATUS[place.pack.about.status] if document.authority is Authority.REGULATION else "",
        "" if document.authority is Authority.REGULATION else "这份材料是非官方整理，不是政策原文，不能作为依据。",
        "链接里的引文位置不在这一条之内，没有标出。" if bad_quote else "",
    ]
    body = [
        f'<header><p class="where">{_path(document, provision)}</p><h1>{escape(document.title)}</h1>',
        _facts(place),
        *(f'<p class="notice">{escape(note)}</p>' for note in notes if note),
        "</header><main>",
        f'<article aria-label="{escape(whole.label)}">{_text(document, whole, provision, span)}</article>',
        f"</main>{_neighbours(document, whole)}{_footer(place, span, home)}",
    ]
    return _page(title, "".join(body))


def render_missing(home: str, installed: tuple[Pack, ...]) -> str:
    """The page for an address that leads to no provision."""
    rows = "".join(f"<li>{escape(p.about.title)}（版本：{escape(p.version)}）</li>" for p in installed)
    return _page(
        "没有这一条",
        "<main><h1>没有这一条</h1><p>这个链接指向的办法、版本或条款不存在，或者没有安装在这里。请核对链接是否完整。</p>"
        f"<p>这里有：</p><ul>{rows}</ul></main>"
        f'<footer><p><a href="{escape(home)}">回到条文问答</a></p></footer>',
    )


def _page(title: str, body: str) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex"><title>{escape(title)}</title><style>{_style()}</style></head>\n'
        f"<body>{body}</body></html>\n"
    )


@cache
def _style() -> str:
    return files("assistant.api").joinpath("law_page.css").read_text(encoding="utf-8")


def _whole(document: Document, provision: Provision) -> Provision:
    """The article around a provision; itself where there is none."""
    around = [p for locator in (*provision.path, provision.locator) if (p := document.get(locator))]
    inner = [p for p in around if p.kind is Kind.ARTICLE]
    if inner:
        return inner[0]
    return next((p for p in reversed(around) if p.kind in _TOP), provision)


def _path(document: Document, provision: Provision) -> str:
    """第二章　申报条件 › 第七条 › 第（四）项"""
    around = [p for locator in provision.path if (p := document.get(locator))]
    steps = [f"{p.label}　{p.heading}" if p.heading else p.label for p in around if p.kind in _TOP]
    return " › ".join(escape(step) for step in (*steps, provision.label))


def _facts(place: Place) -> str:
    about = place.pack.about
    official = place.document.authority is Authority.REGULATION
    rows = [
        ("条款", place.provision.label),
        ("版本", place.pack.version),
        ("效力", _STATUS[about.status.value] if official else "非官方整理"),
        ("发布单位", about.issuer if official else ""),
        ("发布", about.published if official else ""),
        ("施行", about.effective if official else ""),
    ]
    return "<dl>" + "".join(f"<div><dt>{k}</dt><dd>{escape(v)}</dd></div>" for k, v in rows if v) + "</dl>"


def _text(document: Document, whole: Provision, chosen: Provision, span: tuple[int, int] | None) -> str:
    """The words of `whole` line by line, `chosen` in its place, the quoted words marked."""
    lines, start = [], whole.start
    for line in document.text[whole.start : whole.end].split("\n"):
        end = start + len(line)
        if line.strip():
            lead, tail = len(line) - len(line.lstrip()), len(line.rstrip())
            pieces = _pieces(document.text, start + lead, start + tail, whole, chosen, span)
            is_chosen = chosen is not whole and start < chosen.end and chosen.start < end
            opening = '<p class="chosen">' if is_chosen else "<p>"
            lines.append(f"{opening}{''.join(pieces)}</p>")
        start = end + 1
    return "".join(lines)


def _pieces(
    text: str, start: int, end: int, whole: Provision, chosen: Provision, span: tuple[int, int] | None
) -> Iterator[str]:
    """A line cut where the number ends and where the quoted words begin and end."""
    cuts = {start, end, whole.body_start, chosen.body_start, *(span or ())}
    places = sorted(cut for cut in cuts if start <= cut <= end)
    for left, right in pairwise(places):
        words = escape(text[left:right])
        if not text[left:right].strip():
            yield words
        elif span and span[0] <= left and right <= span[1]:
            yield f"<mark>{words}</mark>"
        elif any(p.start <= left and right <= p.body_start for p in (whole, chosen)):
            yield f"<b>{words}</b>"
        else:
            yield words


def _neighbours(document: Document, whole: Provision) -> str:
    """The provisions before and after, of the same kind."""
    same = [p for p in document.provisions if p.kind is whole.kind]
    place = same.index(whole)
    before, after = same[place - 1 : place] if place else [], same[place + 1 : place + 2]
    links = [f'<a rel="prev" href="{quote(str(p.locator))}">← {escape(p.label)}</a>' for p in before]
    links += [f'<a rel="next" href="{quote(str(p.locator))}">{escape(p.label)} →</a>' for p in after]
    return f'<nav aria-label="前后条文">{"".join(links)}</nav>' if links else ""


def _footer(place: Place, span: tuple[int, int] | None, home: str) -> str:
    cited = f"《{place.document.title}》{place.provision.label}"
    words = f"：“{place.document.text[slice(*span)].strip()}”" if span else ""
    return (
        f'<footer><h2>引用格式</h2><p class="cite">{escape(cited)}{escape(words)}'
        f"（版本：{escape(place.pack.version)}）</p>"
        f"<p>文本指纹 {place.pack.sha256[:16]}；这个链接始终指向这一版本的文字。</p>"
        f'<p class="home"><a href="{escape(home)}">回到条文问答</a></p></footer>'
    )
