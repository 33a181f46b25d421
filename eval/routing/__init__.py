"""Pairs of regulations installed at once, and questions that belong to one of them, or to either."""
