"""The reports of a run as JSON, the same bytes for the same reports."""

import json
from collections.abc import Iterable

from assistant.precheck.models import Report


def as_json(reports: Iterable[Report]) -> str:
    """A list of reports, in the order given, in the contract's form; ends with a line feed."""
    return json.dumps([r.model_dump(mode="json") for r in reports], ensure_ascii=False, indent=1) + "\n"
