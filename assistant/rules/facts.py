"""What a person says of themselves: one value a field, with where it stood and what speaks against relying on it."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.rules.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Fact:
    """One declared value. `value` by the field's type: Quantity for numbers, bool for yes/no, else the words.

    `raw` is what the person wrote, `quote` the words it stood in, `found_at` the place a person finds it by.
    `caveats` are shown beside a verdict; each of `doubts` makes a review of it, for the reason it names.
    """

    field: str
    value: Quantity | str | bool | None
    raw: str
    found_at: str = ""
    caveats: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    quote: str = ""


Facts = Mapping[str, Fact]
