"""Numbers the quotes of an answer: the same words get the same number, and every quote is cut from the text itself."""

from assistant.errors import QuoteError
from assistant.law.locator import Kind
from assistant.law.pack import Pack
from assistant.law.types import Document, Provision
from assistant.qa.models import Citation, RelatedProvision


class CitationBook:
    """Collects the citations of one answer in the order in which they are first used."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self._numbers: dict[tuple[str, int, int], int] = {}
        self._citations: list[Citation] = []

    def cite(self, document: Document, provision: Provision, start: int, end: int) -> int:
        """Cites `[start, end)` of a document, which lies inside `provision`; returns the citation's number."""
        key = (document.id, start, end)
        if key not in self._numbers:
            self._citations.append(make_citation(self.pack, document, provision, start, end, len(self._citations) + 1))
            self._numbers[key] = len(self._citations)
        return self._numbers[key]

    @property
    def citations(self) -> list[Citation]:
        return list(self._citations)


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


def related(document: Document, provision: Provision, start: int, end: int) -> RelatedProvision:
    return RelatedProvision(
        document=document.id,
        locator=str(provision.locator),
        label=provision.label,
        quote=document.text[start:end],
    )
