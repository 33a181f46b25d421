"""The evaluation as one page for people who decide: self-contained, in Chinese, totals only."""
