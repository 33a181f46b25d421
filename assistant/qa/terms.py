"""A term: a word of the person with the words of the law that stand for it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the person. `forms`: the words of the law that stand for it; none if the law has no such word.

    `matter`: a word without a form that names a matter of its own (公示, 重新): what answers has to have it.
    `weight`: how much it tells, from how few sentences have it. `near`: its law word is only close in meaning.
    """

    text: str
    forms: tuple[str, ...]
    start: int
    end: int
    weight: float = 1.0
    near: bool = False
    noun: bool = True
    subject: bool = False
    asked: bool = False
    matter: bool = False

    @property
    def known(self) -> bool:
        return bool(self.forms)
