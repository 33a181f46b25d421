"""Draft forms to measure the pre-check on: `cases.toml` is the table, the modules beside it write the files."""
