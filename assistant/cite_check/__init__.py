"""Any text -> where it cites or quotes the regulation, and whether rightly: `check_text(text, pack)`."""

from assistant.cite_check.check import check_text
from assistant.cite_check.models import CiteReport, Finding, Verdict

__all__ = ["CiteReport", "Finding", "Verdict", "check_text"]
