"""A citation, the same in chat, pre-check and API: a quote cut from the text itself, and where it stands."""

from pydantic import BaseModel, ConfigDict, Field

from assistant.errors import QuoteError
from assistant.law.locator import Kind
from assistant.law.pack import Pack
from assistant.law.types import Document, Provision


class Citation(BaseModel):
    """A quote and where it stands: `quote` is the document's canonical text at `[start, end)`."""

    model_config = ConfigDict(frozen=True)

    n: int = Field(ge=1)
    pack: str
    version: str
    document: str
    locator: str
    label: str
    article: int | None = None
    branch: int | None = None
    paragraph: int | None = None
    item: int | None = None
    subitem: int | None = None
    quote: str = Field(min_length=1)
    start: int = Field(ge=0)
    end: int = Field(ge=1)


def make_citation(pack: Pack, document: Document, provision: Provision, start: int, end: int, n: int) -> Citation:
    """One citation. Raises QuoteError if the span is empty or leaves the provision."""
    if not provision.start <= start < end <= provision.end:
        raise QuoteError(f"引文 [{start}, {end}) 不在{provision.label}之内", "请检查条文位置。")
    locator = provision.locator
    return Citation(
        n=n,
        pack=pack.id,
        version=pack.version,
        document=document.id,
        locator=str(locator),
        label=provision.label,
        article=locator.article,
        branch=locator.branch,
        paragraph=locator.number(Kind.PARAGRAPH) if locator.article else None,
        item=locator.number(Kind.ITEM) if locator.article else None,
        subitem=locator.number(Kind.SUBITEM) if locator.article else None,
        quote=document.text[start:end],
        start=start,
        end=end,
    )
