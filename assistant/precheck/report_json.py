"""The reports of a run as JSON, the same bytes for the same reports."""

import json
from collections.abc import Iterable

from assistant.precheck.models import Report


def as_json(reports: Iterable[Report]) -> str:
    """A list of reports, in the order given, in the contract's form; ends with a line feed."""
    # One after the other: the whole of a large batch as objects would be many times its text.
    dumped = (json.dumps(r.model_dump(mode="json"), ensure_ascii=False, indent=1) for r in reports)
    inner = ",\n".join(" " + text.replace("\n", "\n ") for text in dumped)
    return f"[\n{inner}\n]\n" if inner else "[]\n"
