"""Measures the project on question and form sets kept as data; never imported by `assistant`."""
