"""What the assistant is held against: public ways to answer from a text, asked the same questions in the same run."""
