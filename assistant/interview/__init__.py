"""A conversation about whether somebody may apply: facts out of its turns, what to ask next, and the ledger."""
