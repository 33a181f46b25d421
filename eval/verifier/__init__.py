"""Statements and mutations to measure the verifier on; they share no code and no word lists with what they measure."""
