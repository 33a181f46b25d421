"""A provision in its place, as data for a page: its whole article line by line, the quoted words marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.api.law_page import permalink
from assistant.law.citation import Citation
from assistant.law.locator import Kind, Locator
from assistant.law.pack import Pack
from assistant.law.types import Document, Provision
from assistant.qa.models import RelatedProvision

NOT_INSTALLED = "这一版本的文本没有安装在这里，或已不同，只能显示引文。"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a line: marked, the number of the provision, or plain."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One provision to show. `link` is its permalink, relative to where the service stands."""

    key: str
    label: str
    title: str
    where: str
    lines: tuple[tuple[bool, tuple[Piece, ...]], ...]
    link: str = ""
    note: str = ""


def shown_citation(packs: Sequence[Pack], citation: Citation, sha256: str, key: str, note: str = "") -> Shown:
    """A citation in its place. Only the very text that was cited is taken: `sha256` tells it."""
    found = next((p for p in packs if (p.id, p.version) == (citation.pack, citation.version)), None)
    document = found.document(citation.document) if found else None
    provision = document.get(Locator.parse(citation.locator)) if document else None
    is_same = found and document and found.sha256 == sha256
    if not (found and document and provision and is_same and _holds(document, citation)):
        quoted = ((True, (Piece(citation.quote, "mark"),)),)
        return Shown(key, citation.label, citation.version, "", quoted, note=NOT_INSTALLED)
    span = (citation.start, citation.end)
    link = permalink(citation.pack, citation.version, citation.document, citation.locator, span)
    return _shown(document, provision, span, key, link, note)


def shown_related(packs: Sequence[Pack], related: RelatedProvision, sha256: str, key: str) -> Shown:
    """A provision that was named as the nearest, with nothing marked."""
    note = "最接近的条文，不作为依据。"
    pack = next((p for p in packs if p.sha256 == sha256), None)
    document = pack.document(related.document) if pack else None
    provision = document.get(Locator.parse(related.locator)) if document else None
    if pack is None or document is None or provision is None:
        return Shown(key, related.label, "", "", ((True, (Piece(related.quote, "plain"),)),), note=NOT_INSTALLED)
    link = permalink(pack.id, pack.version, document.id, related.locator)
    return _shown(document, provision, None, key, link, note)


def _holds(document: Document, citation: Citation) -> bool:
    return document.text[citation.start : citation.end] == citation.quote


def _shown(
    document: Document, provision: Provision, span: tuple[int, int] | None, key: str, link: str, note: str
) -> Shown:
    around = [p for locator in (*provision.path, provision.locator) if (p := document.get(locator))]
    whole = next((p for p in around if p.kind is Kind.ARTICLE), provision)
    chapters = [f"{p.label}　{p.heading}" for p in around if p.kind in (Kind.CHAPTER, Kind.PART) and p is not whole]
    lines = tuple(_lines(document, whole, provision, span))
    return Shown(key, provision.label, document.title, " › ".join([*chapters, provision.label]), lines, link, note)


def _lines(
    document: Document, whole: Provision, chosen: Provision, span: tuple[int, int] | None
) -> list[tuple[bool, tuple[Piece, ...]]]:
    """The article's lines, each with whether the chosen provision is in it."""
    lines, start = [], whole.start
    for line in document.text[whole.start : whole.end].split("\n"):
        end = start + len(line)
        if line.strip():
            first, last = start + len(line) - len(line.lstrip()), start + len(line.rstrip())
            pieces = tuple(_pieces(document.text, first, last, whole, span))
            lines.append((chosen is not whole and start < chosen.end and chosen.start < end, pieces))
        start = end + 1
    return lines


def _pieces(text: str, start: int, end: int, whole: Provision, span: tuple[int, int] | None) -> list[Piece]:
    cuts = sorted(cut for cut in {start, end, whole.body_start, *(span or ())} if start <= cut <= end)
    pieces = []
    for left, right in pairwise(cuts):
        is_marked = span is not None and span[0] <= left and right <= span[1] and bool(text[left:right].strip())
        is_number = whole.start <= left and right <= whole.body_start
        pieces.append(Piece(text[left:right], "mark" if is_marked else "number" if is_number else "plain"))
    return pieces
