"""Draft forms in, findings with citations out: the form, finding its fields, the check, reports and batches."""
