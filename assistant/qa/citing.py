"""Numbers the quotes of an answer: the same words get the same number, and every quote is cut from the text itself."""

from assistant.law.citation import Citation, make_citation
from assistant.law.pack import Pack
from assistant.law.types import Document, Provision
from assistant.qa.models import RelatedProvision


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


def related(document: Document, provision: Provision, start: int, end: int) -> RelatedProvision:
    return RelatedProvision(
        document=document.id,
        locator=str(provision.locator),
        label=provision.label,
        quote=document.text[start:end],
    )
