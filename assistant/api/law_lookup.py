"""Provisions and search hits as programs read them, the same from the command line, REST and MCP."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from pydantic import BaseModel

from assistant.errors import UsageError
from assistant.law.locator import Kind, Locator
from assistant.law.pack import Pack
from assistant.law.references import find_references, resolve
from assistant.law.types import Authority, Document, Provision
from assistant.retrieval.tokens import normalize

if TYPE_CHECKING:
    from assistant.retrieval.search import Search

Found = list[tuple[Document, Provision]]


class LawDocument(BaseModel):
    """A document of a pack with its canonical text."""

    document: str
    title: str
    authority: str
    text: str


class LawProvision(BaseModel):
    """A provision; `text` is the canonical text at `[start, end)`. The integers are null where they do not apply."""

    document: str
    locator: str
    label: str
    article: int | None
    branch: int | None
    item: int | None
    text: str
    start: int
    end: int


class LawSlice(BaseModel):
    """Provisions of one pack, with the documents that they stand in."""

    pack: str
    version: str
    documents: list[LawDocument]
    provisions: list[LawProvision]


class SearchRow(BaseModel):
    """A provision that a search found. `score` compares within one query only."""

    rank: int
    score: float
    pack: str
    document: str
    locator: str
    label: str
    article: int | None
    branch: int | None
    item: int | None
    text: str
    start: int
    end: int


class Placed(Protocol):
    """A provision, or a part of one that was found."""

    @property
    def locator(self) -> Locator: ...
    @property
    def label(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def everything(pack: Pack) -> Found:
    """All provisions of a pack."""
    return [(document, p) for document in pack.documents for p in document.provisions]


def located(packs: Sequence[Pack], text: str, document: str = "") -> tuple[Pack, Found]:
    """The pack that has what a reference names, and all it names. Regulations go before summaries.

    In: 第七条第（四）项, art_7.item_4 or Art. 7(4); the id of the one document to look in. Raises UsageError.
    """
    try:
        wanted = [Locator.parse(text)]
    except ValueError:
        wanted = [r.locator for r in find_references(normalize(text))]
    if not wanted:
        raise UsageError(f"看不懂“{text}”指哪一条。", "请写成 第七条第（四）项、art_7.item_4 或 Art. 7(4)。")
    for pack in packs:
        for candidate in sorted(pack.documents, key=lambda d: d.authority is not Authority.REGULATION):
            if document and candidate.id != document:
                continue
            found = [(candidate, p) for locator in wanted if (p := resolve(candidate, locator))]
            if found:
                return pack, found
    raise UsageError(f"《{packs[0].about.title}》没有{wanted[0].label}。", "请核对条号。")


def law_slice(pack: Pack, found: Found) -> LawSlice:
    """Provisions of a pack as programs read them."""
    documents = [
        LawDocument(document=d.id, title=d.title, authority=d.authority.value, text=d.text)
        for d in pack.documents
        if any(d is document for document, _ in found)
    ]
    provisions = [LawProvision(**described(document.id, p)) for document, p in found]
    return LawSlice(pack=pack.id, version=pack.version, documents=documents, provisions=provisions)


def search_rows(searches: "Sequence[Search]", query: str, k: int) -> list[SearchRow]:
    """At most `k` provisions, best first.

    Scores of two packs do not compare; the pack that is nearest in meaning goes first at each rank.
    """
    nearest = sorted(searches, key=lambda one: -float(one.dense_scores(query).max(initial=-1.0)))
    hits = [(one.pack.id, hit) for one in nearest for hit in one.search(query, k)]
    hits.sort(key=lambda found: found[1].rank)
    return [
        SearchRow(rank=rank, score=round(hit.score, 6), pack=pack, **described(hit.passage.document, hit.passage))
        for rank, (pack, hit) in enumerate(hits[:k], 1)
    ]


def described(document: str, part: Placed) -> dict[str, Any]:
    """The fields that a provision and a hit have in common."""
    place = part.locator
    steps = {"article": place.article, "branch": place.branch, "item": place.number(Kind.ITEM)}
    words = {"text": part.text, "start": part.start, "end": part.end}
    return {"document": document, "locator": str(place), "label": place.label} | steps | words
