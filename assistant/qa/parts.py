"""A question taken apart: the things it asks, each with its terms."""

import re
from dataclasses import dataclass, field

from assistant.law.values import Value
from assistant.qa.need import Ask, Need
from assistant.qa.terms import Term

_ORGAN = re.compile(
    r"(?:厅|局|(?<![内全外头总干])部|委|政府|办公室|办公厅|部门|管委会)$|^(?:省里|市里|省级|市级|省上|市上|上头|上级)$"
)
_ACT_ASKED = frozenset({Need.YES_NO, Need.WHO, Need.METHOD})


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is asked. `terms` have to be met; `background` may help to choose."""

    text: str
    asks: tuple[Ask, ...]
    terms: tuple[Term, ...]
    background: tuple[Term, ...] = ()
    figures: tuple[Value, ...] = ()
    inherited: bool = False
    fallback: "Part | None" = None

    @property
    def required(self) -> tuple[Term, ...]:
        return tuple(
            t for t in self.terms if not t.subject and (t.known or t.noun or t.matter or self.need in _ACT_ASKED)
        )

    @property
    def unknown(self) -> tuple[Term, ...]:
        """The words that the law does not have and that an answer would have to have.

        A verb is often only a way of asking; where it is asked whether or by whom something is done, it is the point.
        """
        return tuple(t for t in self.required if not t.known and (t.noun or t.matter or self.need in _ACT_ASKED))

    @property
    def wanted(self) -> tuple[Term, ...]:
        """The terms that have to stand in what answers."""
        return tuple(t for t in self.required if t.known)

    @property
    def need(self) -> Need:
        return self.asks[0].need


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    parts: tuple[Part, ...]
    terms: tuple[Term, ...] = field(default=())

    @property
    def known_terms(self) -> tuple[Term, ...]:
        return tuple(t for t in self.terms if t.known)


def is_organ(term: Term) -> bool:
    """Whether a term names an authority (省科技厅, 市里): who acts, and not what is asked about."""
    return any(names_organ(word) for word in (term.text, *term.forms))


def names_organ(word: str) -> bool:
    """Whether a word ends like the name of an authority."""
    return _ORGAN.search(word) is not None
