"""A regulation's text -> what may be wrong with it, by checks that know nothing of any one regulation."""

from assistant.law.types import Document
from assistant.open_matters.check_levels import check_levels
from assistant.open_matters.check_measures import check_measures
from assistant.open_matters.check_names import check_names
from assistant.open_matters.check_outward import check_outward
from assistant.open_matters.check_structure import check_structure
from assistant.open_matters.check_terms import check_terms
from assistant.open_matters.fault import KINDS, Fault


def check_law(law: Document) -> list[Fault]:
    """All possible defects in the order of the text, each place once for each kind. A person judges each of them."""
    found = [
        *check_structure(law),
        *check_names(law),
        *check_levels(law),
        *check_terms(law),
        *check_measures(law),
        *check_outward(law),
    ]
    once = {(fault.kind, fault.start, fault.end): fault for fault in found}
    order = list(KINDS)
    return sorted(once.values(), key=lambda f: (f.start, order.index(f.kind), f.end))
