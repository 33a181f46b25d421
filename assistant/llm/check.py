"""One statement of a model: kept, with no more citations than it needs, or dropped."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Protocol

from assistant.llm.established import Established, Source, Worded
from assistant.llm.verdicts import agrees

MAX_TEXT = 400
MAX_CITATIONS = 8
_MARKUP = re.compile(r"[\[\]<>{}`*#|\\^~_]|https?:|www\.|://|@|&\w+;|!\(|\ufffd", re.IGNORECASE)
# Zero-width and other unseen characters, private use, line breaks, digits that are not 0 to 9.
_UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Mn", "Me", "No"}


class Supported(Protocol):
    """What a check of the text says."""

    @property
    def ok(self) -> bool: ...


class Verify(Protocol):
    """assistant.verify.verify, or a stand-in for it."""

    def __call__(
        self, statement: str, quotes: Sequence[str], *, known: Sequence[str] = (), labels: Sequence[str] = ()
    ) -> Supported: ...


class Checker:
    """Holds statements against what is established. `accept` is the last word, of whoever asked."""

    def __init__(self, established: Established, verify: Verify, accept: Callable[[Worded], bool]) -> None:
        self._established, self._verify, self._accept = established, verify, accept

    def kept(self, said: Worded) -> Worded | None:
        """The statement as it may be shown; None if anything is wrong with it."""
        sources = self._established.cited(said.citations)
        if not sources or len(said.citations) > MAX_CITATIONS or not is_plain(said.text):
            return None
        if not self._supports(said.text, sources):
            return None
        for source in list(sources):
            # A citation without which the rest still carries the statement is no basis of it.
            rest = [s for s in sources if s is not source]
            if rest and self._supports(said.text, rest):
                sources = rest
        kept = Worded(said.text, tuple(s.n for s in sources))
        return kept if agrees(kept, self._established) and self._accept(kept) else None

    def _supports(self, text: str, sources: Sequence[Source]) -> bool:
        numbers = {s.n for s in sources}
        known = [f.told for f in self._established.findings if numbers & set(f.sources)]
        labels = list(dict.fromkeys(name for s in sources for name in s.names))
        return self._verify(text, [s.quote for s in sources], known=known, labels=labels).ok


def is_plain(text: str) -> bool:
    """Whether a text is words alone: no markup, nothing unseen, no digits in disguise."""
    if not text or len(text) > MAX_TEXT or text != text.strip() or _MARKUP.search(text):
        return False
    if unicodedata.normalize("NFC", text) != text:
        return False
    disguised = any(c.isdigit() and c not in "0123456789" for c in text)
    return not disguised and not any(unicodedata.category(c) in _UNSEEN for c in text)
