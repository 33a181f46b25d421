"""From what an answer cites to the place in the law that the page shows."""

from dataclasses import dataclass
from typing import Literal, cast, get_args

from assistant.law.citation import Citation
from assistant.law.locator import Locator
from assistant.law.pack import Pack
from assistant.law.types import Document, Provision
from assistant.qa.models import Answer, RelatedProvision
from assistant.ui.conversation import Conversation

Part = Literal["citations", "authority", "background", "related"]


@dataclass(frozen=True)
class Reference:
    """What a chip stands for: the n-th entry of one part of the answer to one turn."""

    turn: int
    part: Part
    index: int


@dataclass(frozen=True)
class Target:
    """A place in a document; `spans` are the quoted words, as offsets into its text. `pack` is a pack's sha256."""

    pack: str
    document: str
    provision: Provision
    spans: tuple[tuple[int, int], ...]
    is_basis: bool


def read_reference(data: object) -> Reference | None:
    """What the browser says was chosen, if it has the right shape. It holds numbers only, never a text."""
    if not isinstance(data, dict):
        return None
    turn, part, index = data.get("turn"), data.get("part"), data.get("index")
    if type(turn) is not int or type(index) is not int or turn < 0 or index < 0 or part not in get_args(Part):
        return None
    return Reference(turn, cast(Part, part), index)


class Sources:
    """The texts that answers may cite."""

    def __init__(self, packs: tuple[Pack, ...]) -> None:
        self.packs = packs

    def title(self, citation: Citation) -> str:
        """The title of the document that a citation is from."""
        pack = self._pack(citation)
        document = pack.document(citation.document) if pack else None
        return document.title if document else ""

    def pack_of(self, answer: Answer) -> Pack:
        """The regulation that an answer is about."""
        digest = answer.provenance.pack_sha256
        return next((p for p in self.packs if p.sha256 == digest), self.packs[0])

    def _pack(self, citation: Citation) -> Pack | None:
        """The very version that is cited."""
        return next((p for p in self.packs if (p.id, p.version) == (citation.pack, citation.version)), None)

    def locate(self, conversation: Conversation, reference: Reference | None) -> Target | None:
        """The place that a chip of this conversation points to; None if there is no such chip."""
        if reference is None or reference.turn >= len(conversation):
            return None
        answer = conversation[reference.turn].answer
        entries = getattr(answer, reference.part) if answer else []
        if answer is None or reference.index >= len(entries):
            return None
        entry = entries[reference.index]
        if isinstance(entry, Citation):
            return self.place(entry, is_basis=reference.part != "background")
        return _target(self.pack_of(answer), entry, None, is_basis=False)

    def place(self, citation: Citation, *, is_basis: bool = True) -> Target | None:
        """The place that a citation points to; None if there is no such place."""
        pack = self._pack(citation)
        return _target(pack, citation, (citation.start, citation.end), is_basis=is_basis)


def _target(
    pack: Pack | None, entry: Citation | RelatedProvision, span: tuple[int, int] | None, *, is_basis: bool
) -> Target | None:
    document = pack.document(entry.document) if pack else None
    provision = _provision(document, entry.locator) if document else None
    if pack is None or document is None or provision is None:
        return None
    if span is None:
        found = document.text.find(entry.quote, provision.start, provision.end)
        span = (found, found + len(entry.quote)) if found >= 0 else (provision.start, provision.end)
    if document.text[slice(*span)] != entry.quote:
        return Target(pack.sha256, document.id, provision, (), is_basis=False)
    return Target(pack.sha256, document.id, provision, (span,), is_basis)


def _provision(document: Document, locator: str) -> Provision | None:
    """The provision at a locator, or the nearest one around it (a 款 may not be a provision of its own)."""
    try:
        steps = Locator.parse(locator).steps
    except ValueError:
        return None
    candidates = (document.get(Locator(steps[:length])) for length in range(len(steps), 0, -1))
    return next((provision for provision in candidates if provision), None)
