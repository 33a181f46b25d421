"""The law beside the chat: the whole text by chapter, with what an answer quotes marked in its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from assistant.law.locator import Kind
from assistant.law.pack import Pack
from assistant.law.types import Authority, Document, Provision
from assistant.ui.sources import Sources, Target

_INDENT = re.compile(r"[ \t\u3000]*\n[ \t\u3000]*")


@dataclass(frozen=True)
class _Group:
    """A chapter with what stands in it, or the provisions that stand in none."""

    chapter: Provision | None
    provisions: tuple[Provision, ...]


def render_law(sources: Sources, target: Target | None = None, *, request: int = 0) -> str:
    """The panel. `request` changes with every choice, so that choosing the same place again is noticed."""
    documents = [(pack, document) for pack in sources.packs for document in pack.documents]
    wanted = (target.pack, target.document) if target else None
    shown = next((i for i, (pack, document) in enumerate(documents) if (pack.sha256, document.id) == wanted), 0)
    tabs = "".join(
        f'<button type="button" class="tab" data-tab="{i}" aria-pressed="{str(i == shown).lower()}">'
        f"{escape(_tab_name(pack, document, sources.packs))}</button>"
        for i, (pack, document) in enumerate(documents)
    )
    bodies = "".join(
        f'<div class="document" data-document="{i}"{"" if i == shown else " hidden"}>'
        f"{_document(pack, document, target if i == shown else None)}</div>"
        for i, (pack, document) in enumerate(documents)
    )
    kind = "law" if target is None or target.is_basis else "law no-basis"
    return (
        f'<div class="{kind}" data-request="{request}">'
        '<div class="law-head"><div class="law-title"><h2>原文</h2>'
        f'<div class="tabs" role="group" aria-label="选择文件">{tabs}</div>'
        '<button type="button" class="close" aria-label="关闭原文，返回问答">返回</button></div>'
        '<input class="find" type="search" aria-label="在原文中查找" autocomplete="off" maxlength="50" '
        'placeholder="在原文中查找，如：研发费用">'
        f'<p class="found" role="status" aria-live="polite">{_where(sources, target)}</p></div>'
        f'<div class="law-body" tabindex="0" role="region" aria-label="原文内容">{bodies}</div></div>'
    )


def _tab_name(pack: Pack, document: Document, packs: tuple[Pack, ...]) -> str:
    if document.authority is not Authority.REGULATION:
        return "相关政策"
    if len({other.id for other in packs}) == 1 and document is pack.regulation:
        return "办法" if len(packs) == 1 else pack.version
    versions = sum(other.id == pack.id for other in packs)
    return (
        f"{document.title}（{pack.version}）" if versions > 1 and pack.version not in document.title else document.title
    )


def _where(sources: Sources, target: Target | None) -> str:
    """Where the marked words stand, in one line."""
    if target is None:
        return ""
    pack = next(p for p in sources.packs if p.sha256 == target.pack)
    document = pack.document(target.document)
    chapter = document.get(target.provision.path[0]) if document and target.provision.path else None
    steps = [f"{chapter.label}　{chapter.heading}"] if chapter and chapter.kind is Kind.CHAPTER else []
    place = " › ".join([*steps, target.provision.label])
    what = "引用的文字已标出" if target.is_basis else "仅供参考，不作为依据"
    return f"<strong>{escape(place)}</strong><span>{what}</span>"


def _document(pack: Pack, document: Document, target: Target | None) -> str:
    official = document.authority is Authority.REGULATION
    issuer = f'<p class="issuer">{escape(pack.about.issuer)}</p>' if official and pack.about.issuer else ""
    warning = (
        ""
        if official
        else '<p class="unofficial"><strong>非官方整理</strong>不是政策原文，仅供了解背景，不作为依据。</p>'
    )
    groups = "".join(_group(document, group, target) for group in _groups(document))
    preface = "" if official else _preface(document)
    return f'<h3 class="document-title">{escape(document.title)}</h3>{issuer}{warning}{preface}{groups}'


def _preface(document: Document) -> str:
    """The words of a summary before its first provision, without its title line."""
    first = min((p.start for p in document.provisions), default=len(document.text))
    lines = [line.strip() for line in document.text[:first].splitlines()]
    kept = [line for line in lines if line and line.lstrip("# ") != document.title]
    return "".join(f'<p class="text">{escape(line)}</p>' for line in kept)


def _groups(document: Document) -> Iterator[_Group]:
    """The chapters in order; neighbours outside any chapter together."""
    loose: list[Provision] = []
    for provision in document.children(None):
        if provision.kind is Kind.CHAPTER:
            if loose:
                yield _Group(None, tuple(loose))
                loose = []
            yield _Group(provision, document.children(provision.locator))
        else:
            loose.append(provision)
    if loose:
        yield _Group(None, tuple(loose))


def _group(document: Document, group: _Group, target: Target | None) -> str:
    body = "".join(_provision(document, p, target) for p in group.provisions)
    has_chapters = any(p.kind is Kind.CHAPTER for p in document.provisions)
    if group.chapter is None and not has_chapters:
        return body
    number, name = (group.chapter.label, group.chapter.heading) if group.chapter else ("", "（原文无章名）")
    chosen = target is not None and any(p.start <= target.provision.start < p.end for p in group.provisions)
    if group.chapter and target and target.provision.locator == group.chapter.locator:
        chosen = True
    is_open = chosen if target else group.chapter is None
    return (
        f'<details class="chapter"{" open" if is_open else ""}><summary><span class="chapter-name">'
        f"{f'<span>{escape(number)}</span>' if number else ''}<span>{escape(name)}</span></span>"
        f'<span class="range">{escape(_range(group.provisions))}</span></summary>{body}</details>'
    )


def _range(provisions: tuple[Provision, ...]) -> str:
    articles = [p.label for p in provisions if p.kind is Kind.ARTICLE]
    if not articles:
        return ""
    return articles[0] if len(articles) == 1 else f"{articles[0]}至{articles[-1]}"


def _provision(document: Document, provision: Provision, target: Target | None) -> str:
    """A provision and those below it. Its own words come in source order around its children."""
    number = document.text[provision.start : provision.body_start].strip()
    pieces: list[tuple[int, int, Provision | None]] = [
        *((start, end, None) for start, end in document.own_spans(provision)),
        *((child.start, child.end, child) for child in document.children(provision.locator)),
    ]
    html, head = [], f'<span class="no">{escape(number)}</span>' if number else ""
    for start, end, child in sorted(pieces, key=lambda piece: piece[:2]):
        if child is not None:
            html.append(_provision(document, child, target))
        elif document.text[start:end].strip():
            html.append(f'<p class="text">{head}{_words(document, start, end, target)}</p>')
            head = ""
    if head:
        html.insert(0, f'<p class="text">{head}</p>')
    chosen = target is not None and target.provision.locator == provision.locator
    return (
        f'<div class="provision {provision.kind.name.lower()}{" chosen" if chosen else ""}"'
        f' data-locator="{escape(str(provision.locator))}">{"".join(html)}</div>'
    )


def _words(document: Document, start: int, end: int, target: Target | None) -> str:
    """The words at `[start, end)`, with those that are quoted in `<mark>`."""
    html, position = [], start
    for begin, finish in target.spans if target else ():
        begin, finish = max(begin, position), min(finish, end)  # noqa: PLW2901
        if not document.text[begin:finish].strip():
            continue
        html.append(_trimmed(document.text[position:begin]))
        html.append(f"<mark>{_trimmed(document.text[begin:finish])}</mark>")
        position = finish
    return "".join([*html, _trimmed(document.text[position:end])]).strip()


def _trimmed(text: str) -> str:
    """Escaped, with each line's own indentation gone: the page sets its own."""
    return escape(_INDENT.sub("\n", text))
