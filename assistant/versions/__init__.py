"""Several versions of a regulation: finding one, aligning two, and what changes with the change of text."""
