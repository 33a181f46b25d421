"""Which of several regulations a text is held against: the one it names most."""

from collections.abc import Sequence

from assistant.cite_check.documents import Documents
from assistant.cite_check.folding import simplified
from assistant.law.pack import Pack


def pack_for(text: str, packs: Sequence[Pack]) -> Pack:
    """The pack whose title the text names most often, else whose subject; the first of those that are equal."""
    if len(packs) == 1:
        return packs[0]
    plain = simplified(text)

    def named(pack: Pack) -> tuple[int, int]:
        titles = Documents(plain, pack.about).titles
        subject = max((len(word) for word in pack.about.scope.subject if word in plain), default=0)
        return sum(title.mine and len(title.name) > 6 for title in titles), subject

    return max(packs, key=named)
