"""What stands for a label, wherever it was found."""

from dataclasses import dataclass
from decimal import Decimal

from assistant.forms.fields_labels import LabelMatch


@dataclass(frozen=True, slots=True)
class Answer:
    """A label with what was written for it, which may be nothing."""

    match: LabelMatch
    text: str
    place: str
    quote: str
    unit: str = ""
    year: str = ""
    confidence: Decimal | None = None
    note: str = ""
    doubt: str = ""
