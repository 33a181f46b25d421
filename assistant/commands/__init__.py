"""The commands of contract.md, a file for each group; `cli.py` puts them together."""
