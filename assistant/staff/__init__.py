"""Who works at the desk and what they work on: accounts, sessions, the queue, and what becomes of a correction."""
