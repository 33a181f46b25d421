"""An amount as people write it, and what it is at least and at most."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount as written, in the base unit that was asked for (人, 万元 …). Exact if `low == high`.

    `low` and `high` are inclusive unless open; None is unbounded. `doubts` say why it may not decide anything.
    """

    raw: str
    low: Decimal | None
    high: Decimal | None
    unit: str
    low_open: bool = False
    high_open: bool = False
    doubts: tuple[str, ...] = ()

    @property
    def exact(self) -> bool:
        return self.low is not None and self.low == self.high and not (self.low_open or self.high_open)


def read_quantity(text: str, unit: str, default_scale: Decimal = Decimal(1)) -> Quantity | None:
    """The one amount that a cell or phrase states, in `unit`; None if it states none.

    `default_scale` turns a bare number into `unit` where the label or header named another one (元 for 万元).
    """
    raise NotImplementedError


def find_quantities(text: str, unit: str) -> list[tuple[int, int, Quantity]]:
    """The amounts of `unit`'s kind in running text, with their places."""
    raise NotImplementedError
