"""Everything that is measured, as one JSON and one page: `python -m eval.evaluation`."""
