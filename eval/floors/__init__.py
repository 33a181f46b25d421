"""Below what no measured figure may fall: `floors.toml`, written from measured figures by a rule, and its check."""
