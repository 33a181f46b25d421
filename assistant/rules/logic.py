"""Three-valued logic after Kleene: what is not known stays unknown unless the rest settles it."""

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"

    @classmethod
    def of(cls, value: bool | None) -> "Truth":
        """None is unknown."""
        return cls.UNKNOWN if value is None else cls.TRUE if value else cls.FALSE


def negated(truth: Truth) -> Truth:
    return {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE}.get(truth, Truth.UNKNOWN)


def all_of(truths: Iterable[Truth]) -> Truth:
    """False if one is false, whatever is unknown; true if all are true, also if there are none."""
    found = set(truths)
    if Truth.FALSE in found:
        return Truth.FALSE
    return Truth.UNKNOWN if Truth.UNKNOWN in found else Truth.TRUE


def any_of(truths: Iterable[Truth]) -> Truth:
    """True if one is true, whatever is unknown; false if all are false, also if there are none."""
    return negated(all_of(negated(truth) for truth in truths))
