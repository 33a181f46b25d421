"""What the text leaves open: questions that it did not settle, and defects found in it, as one report."""

from assistant.open_matters.report import OpenMatters, open_matters
from assistant.open_matters.text_checker import check_law

__all__ = ["OpenMatters", "check_law", "open_matters"]
